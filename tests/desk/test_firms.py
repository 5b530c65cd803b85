"""The page of a firm and the list of those under a ban: what the dossiers in sight tell, and nothing of others."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Track
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 6)


@pytest.fixture(autouse=True)
def _today():
    with clock.simulated(TODAY):
        yield


@played
def banned(world: World) -> tuple[Dossier, Dossier]:
    """The cable maker of Licheng has received its order and must not resume; a shop of Lixia sold another cable."""
    cable = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(cable, "P", date(2024, 5, 28), date(2024, 5, 30))
    world.ordered(cable, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    order = world.matter(cable, "rectification", "P")
    world.act(order.record_order_receipt, by="county", on=date(2024, 6, 5))
    both = (("S", "seller", "shop"), ("N", "nominal_producer", "cable"))
    return cable, world.reported("SD2024-002", date(2024, 5, 6), date(2024, 5, 27), *both)


def papers_of(page) -> set[int]:
    """The papers on the page of a firm."""
    return {line.paper.pk for line in page.context["papers"]}


def papers_to(dossier: Dossier, label: str) -> set[int]:
    """The papers of a dossier that went to one of its parties."""
    return set(dossier.papers.filter(recipients__party__label=label).values_list("pk", flat=True))


def test_a_firm_under_a_ban_is_listed_by_who_may_see_the_case(
    banned: tuple[Dossier, Dossier], world: World, client_of: Callable[[str], Client]
) -> None:
    assert Track.objects.filter(chart="ban", state="active").count() == 1
    for who in ("province", "city", "county"):
        (line,) = client_of(who).get("/firms/").context["found"].lines
        assert line.track.party.enterprise == world.enterprises["cable"]
    assert client_of("other").get("/firms/").context["found"].lines == []


@pytest.mark.parametrize(("words", "number"), [("泰山红", 1), ("taishanhong", 1), ("历下", 0), ("cable&x", 0)])
def test_the_list_of_bans_is_searched_by_firms(
    banned: tuple[Dossier, Dossier], client_of: Callable[[str], Client], words: str, number: int
) -> None:
    assert len(client_of("province").get("/firms/", {"q": words}).context["found"].lines) == number


def test_the_page_of_a_firm_has_its_checks_its_papers_and_its_ban(
    banned: tuple[Dossier, Dossier], world: World, client_of: Callable[[str], Client]
) -> None:
    cable, both = banned
    firm = world.enterprises["cable"]
    page = client_of("province").get(f"/firms/{firm.credit_code}/")
    assert {line.dossier for line in page.context["found"].lines} == {cable, both}
    assert [line.track.dossier for line in page.context["standing"] if line.track.chart == "ban"] == [cable]
    assert papers_of(page) == papers_to(cable, "P") | papers_to(both, "N")
    assert papers_of(page)
    shop = client_of("province").get(f"/firms/{world.enterprises['shop'].credit_code}/")
    assert [line.dossier for line in shop.context["found"].lines] == [both]
    assert shop.context["standing"] == []
    assert papers_of(shop) == papers_to(both, "S")


def test_a_bureau_finds_only_the_firms_of_its_cases(
    banned: tuple[Dossier, Dossier], world: World, client_of: Callable[[str], Client]
) -> None:
    """However the code is typed; of the cases of others nothing."""
    code = world.enterprises["cable"].credit_code
    county = client_of("county")
    assert county.get(f"/firms/{code.lower()}/").status_code == 200
    assert client_of("other").get(f"/firms/{code}/").status_code == 404
    assert county.get(f"/firms/{world.enterprises['toys'].credit_code}/").status_code == 404
    assert f"/firms/{code}/" in county.get(f"/dossiers/{banned[0].number}/?tab=parties").content.decode()
    assert "/firms/" not in client_of("lab").get(f"/dossiers/{banned[0].number}/?tab=parties").content.decode()
