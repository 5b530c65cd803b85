"""An entry is taken back on its own page, offered where that is possible (Articles 10, 27, 54; R59)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry
from tests.desk.test_acts_on_screen import text_of
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 7)


@played
def dossier(world: World) -> Dossier:
    """The test unit was issued to somebody who has not begun."""
    found = world.sampled("SD2024-001", DAY)
    for label in ("T", "R"):
        world.act(world.matter(found, "sample", label).dispatch, by="sampler", on=DAY)
        world.act(world.matter(found, "sample", label).receive, by="lab", on=DAY)
    world.act(world.matter(found, "inspection").receive_sample, by="lab", on=DAY)
    world.act(world.matter(found, "inspection").clear_qualification, by="lab", on=DAY)
    world.act(world.matter(found, "sample", "T").issue, by="lab", on=DAY)
    return found


@pytest.fixture
def address(dossier: Dossier) -> str:
    """The page on which the issue is taken back."""
    return f"/dossiers/{dossier.number}/entries/{Entry.objects.get(act='sample.issue').sequence}/back/"


def test_the_laboratory_takes_its_issue_back_and_says_why(
    world: World, dossier: Dossier, address: str, client_of: Callable[[str], Client]
) -> None:
    lab = client_of("lab")
    entries = f"/dossiers/{dossier.number}/?tab=entries"
    with clock.simulated(DAY):
        assert address in lab.get(entries).content.decode()
        assert "撤回的理由" in text_of(lab.get(address))
        refused = lab.post(address, {"reason": " "})
        assert refused.status_code == 409
        assert "没有写明撤回登记的理由" in text_of(refused)
        assert lab.post(address, {"reason": "检验人员因病不能检验，样品已退回样品库"}).status_code == 302
        assert world.matter(dossier, "sample", "T").state == "in_custody"
        assert "登记已撤回" in text_of(lab.get(entries))
        again = lab.post(address, {"reason": "再撤回一次"})
        assert again.status_code == 409
        assert "这项登记不能撤回" in text_of(again)
        assert address not in lab.get(entries).content.decode()


def test_nobody_else_is_offered_it(dossier: Dossier, address: str, client_of: Callable[[str], Client]) -> None:
    with clock.simulated(DAY):
        for name in ("province", "sampler"):
            somebody = client_of(name)
            assert address not in somebody.get(f"/dossiers/{dossier.number}/?tab=entries").content.decode()
            assert somebody.post(address, {"reason": "不是本单位的登记"}).status_code == 403
