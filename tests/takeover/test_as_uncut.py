"""A case that ran here, cut on some day and brought in again from a sheet with all its proofs, goes on as if it had not been.

What is proved stands as before: where its matters are, what runs from which day to which, and what follows by itself.
"""

from datetime import date
from random import Random

import pytest

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Dossier
from spotcheck.docket.sweep import sweep
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running
from tests.desk import world as cast
from tests.desk.world import World
from tests.takeover.conftest import begun, line
from tests.worlds import played

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

CHARTS = ("inspection", "conclusion", "result_notice", "objection", "rectification", "ban")
CUT = date(2024, 8, 30)
STAGES = ("sent", "told", "objected", "received", "ordered", "served", "applied")


@played
def world() -> World:
    return cast.build()


def later(day: date, chance: Random, most: int) -> date:
    return date.fromordinal(day.toordinal() + chance.randint(1, most))


def lived(world: World, seed: int) -> tuple[Dossier, dict[str, str]]:
    """A case that goes on to some stage on random days, and the line by which its ledger tells the same."""
    chance = Random(seed)  # noqa: S311 -- a test is to play the same again
    stage = STAGES[seed % len(STAGES)]
    sampled = date(2024, 5, chance.randint(6, 10))
    reported = later(sampled, chance, 14)
    sent = later(reported, chance, 3)
    said = {"sampled_on": sampled, "reported_on": reported, "notice_sent_on": sent}
    dossier = world.reported(f"SD2024-9{seed:02}", sampled, reported)
    if stage == "sent":
        world.act(world.matter(dossier, "result_notice").send, by="province", on=sent)
        return dossier, told(said)
    said["notice_received_on"] = received = later(sent, chance, 6)
    world.told(dossier, "P", sent, received)
    if stage == "objected":
        said["objected_on"] = filed = later(received, chance, 12)
        world.act(MATTERS["objection"].new(dossier, dossier.parties.get(label="P")).file, by="enterprise", on=filed)
    if stage in STAGES[3:]:
        said["report_received_on"] = came = later(received, chance, 3)
        case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
        world.act(case.receive_report, by="county", on=came)
    if stage in STAGES[4:]:
        said["ordered_on"] = ordered = later(came, chance, 4)
        world.act(world.matter(dossier, "rectification").issue_order, by="county", on=ordered)
    if stage in STAGES[5:]:
        said["order_received_on"] = got = later(ordered, chance, 5)
        world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=got)
    if stage in STAGES[6:]:
        said["applied_on"] = later(got, chance, 40)
        world.act(world.matter(dossier, "rectification").apply_recheck, by="enterprise", on=said["applied_on"])
    return dossier, told(said)


def told(said: dict[str, date]) -> dict[str, str]:
    """The cells of the ledger, every day with its proof."""
    proofs = {"notice_proof": "notice_received_on", "report_proof": "report_received_on",
              "order_proof": "order_received_on", "application_proof": "applied_on"}  # fmt: skip
    cells = {name: day.isoformat() for name, day in said.items()}
    cells |= {proof: "凭证 1 号" for proof, day in proofs.items() if day in said}
    objected = {} if "notice_received_on" not in said else {"objected": "是" if "objected_on" in said else "否"}
    return cells | objected


def standing(dossier: Dossier) -> tuple[dict[str, str], set[tuple[object, ...]]]:
    """Where the matters of a file are, and what runs in it."""
    tracks = dossier.tracks.filter(chart__in=CHARTS)
    periods = dossier.deadlines.running().filter(chart__in=CHARTS)
    runs = periods.values_list("rule", "label", "started_on", "due_on", "latest", "office__code")
    return {str(track).partition(":")[0]: track.state for track in tracks}, set(runs)


@pytest.mark.parametrize("seed", range(14))
def test_it_goes_on_as_the_uncut_case(world: World, seed: int) -> None:
    uncut, cells = lived(world, seed)
    county, province = (Doer(post=world.posts[name]) for name in ("county", "province"))
    firm = world.enterprises["cable"].credit_code
    items = "、".join(uncut.items.filter(first_result="fail").values_list("name", flat=True))
    with clock.simulated(CUT):
        found = begun([line(1, code=firm, number=f"L{seed}", items=items, **cells)], county)
        assert running.take(found, by=province).rows == 1
    taken = Dossier.objects.get(number=f"旧L{seed}")
    for days in (1, 30, 90, 400):
        with clock.simulated(date.fromordinal(CUT.toordinal() + days)):
            sweep()
            assert standing(taken) == standing(uncut), days
    with clock.simulated(date.fromordinal(CUT.toordinal() + 400)):
        wrong = [row for row in checking.check() if row.dossier == taken.number]
    assert wrong == []
