"""The cast of the desk, which has cases to bring on, and colleagues in the county."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Post, User
from tests.desk import world as cast
from tests.desk.world import World, entitle
from tests.worlds import played

TODAY = date(2024, 6, 5)


@played
def county() -> tuple[World, Dossier, Dossier]:
    """A county with two open cases: wang coordinates, li and qian are officers, and so is wei, who administers too."""
    world = cast.build()
    for key, name in (("li", "李进"), ("qian", "钱宁")):
        user = User.objects.create_user(key, password=None, full_name=name)
        world.posts[key] = Post.objects.create(
            user=user, office=world.offices["county"], role="officer", since=date(2021, 1, 1)
        )
    wei = User.objects.create_user("wei", password=None, full_name="魏红")
    world.posts["wei"] = Post.objects.create(
        user=wei,
        office=world.offices["county"],
        role="administrator",
        since=date(2021, 1, 1),
        entitlements=["manages"],
    )
    entitle(world, "county", "coordinates")
    made = []
    for number in ("SD2024-001", "SD2024-002"):
        dossier = world.reported(number, date(2024, 5, 6), date(2024, 5, 27))
        world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
        made.append(dossier)
    return world, *made


@pytest.fixture(autouse=True)
def _today():
    """It is the fifth of June 2024."""
    with clock.simulated(TODAY):
        yield
