"""What a person's post does not entitle to is not offered to it, and who may is said; what a rule says is filled in."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from tests.desk import world as cast
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World, entitle
from tests.inspection.conftest import HEAD, ITEMS
from tests.laboratories import later

TODAY = date(2024, 6, 5)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.simulated(TODAY):
        yield


def on_its_way(world: World) -> Dossier:
    dossier = world.sampled("SD2024-001", TODAY)
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=TODAY)
    return dossier


def test_a_sample_is_seen_by_its_laboratory_from_the_dispatch_on(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """What was only drawn and taken is none of its business yet: neither the page nor a list knows it (26, 27, 29)."""
    dossier = world.sampled("SD2024-001", TODAY)
    lab = client_of("lab")
    assert lab.get(f"/dossiers/{dossier.number}/").status_code == 404
    assert dossier.number not in lab.get("/").content.decode()
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=TODAY)
    assert lab.get(f"/dossiers/{dossier.number}/").status_code == 200
    assert dossier.number in lab.get("/").content.decode()


def test_an_act_of_a_colleague_is_not_offered_and_the_colleague_is_named(
    world: World, client_of: Callable[[str], Client]
) -> None:
    dossier = on_its_way(world)
    address = address_of(dossier, "sample", "receive", "T")
    lab = client_of("lab")
    assert address in lab.get(f"/dossiers/{dossier.number}/").content.decode()  # nobody has divided the work
    world.posts["keeper"] = cast._post("keeper", "孙库", "analyst", office=world.offices["lab"])
    entitle(world, "keeper", "receive")
    entitle(world, "lab", "test")
    page = lab.get(f"/dossiers/{dossier.number}/")
    assert address not in page.content.decode()
    assert "由孙库办理" in text_of(page)
    assert address in client_of("keeper").get(f"/dossiers/{dossier.number}/").content.decode()
    english = lab.get(f"/dossiers/{dossier.number}/", headers={"Accept-Language": "en"})
    assert "for 孙库" in text_of(english)


def test_where_nobody_is_entitled_the_page_says_so(world: World, client_of: Callable[[str], Client]) -> None:
    dossier = on_its_way(world)
    entitle(world, "lab", "sign")
    assert "本机构还没有人有这项权限" in text_of(client_of("lab").get(f"/dossiers/{dossier.number}/"))


@pytest.mark.parametrize("repeats", [True, False])
def test_art38_whether_an_item_can_be_repeated_is_as_the_rule_says(
    world: World, client_of: Callable[[str], Client], repeats: bool
) -> None:
    items = [item | ({"reproducible": repeats} if item["name"] == later.FAILED else {}) for item in ITEMS]
    rule = detail_rules.publish(
        detail_rules.add(HEAD | {"valid_from": date(2024, 1, 1)}, items), by=world.posts["province"]
    )
    dossier = world.sampled("SD2024-001", TODAY)
    world.act(Task.objects.get(dossier=dossier.parent).choose_rule, by="province", on=TODAY, rule=rule.pk)
    for label in ("T", "R"):
        world.act(world.matter(dossier, "sample", label).dispatch, by="sampler", on=TODAY)
    later.taken_over(world, dossier, TODAY)
    later.reported(world, dossier, TODAY)
    world.told(dossier, "P", TODAY, TODAY)
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=TODAY, items=[later.FAILED])
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=TODAY)
    form = client_of("province").get(address_of(dossier, "objection", "order_retest", "1"))
    (box,) = [line for line in form.content.decode().split("<input") if 'name="reproducible"' in line[:200]]
    assert ("checked" in box.partition(">")[0]) is repeats
    assert ("不能重复检验" in text_of(form)) is not repeats
