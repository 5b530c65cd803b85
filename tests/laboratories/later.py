"""What comes after a nonconforming report: a retest that was commissioned, and the test of a recheck."""

from datetime import date
from typing import Any

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Office, StaffNumber
from tests.desk import world as cast
from tests.desk.world import World
from tests.laboratories.conftest import GOOD

FAILED = "20℃导体电阻"
RETEST_KEY, RECHECK_KEY = "SD2024-001.1", "SD2024-001.P-1"
SECOND = "R2001"
"""The staff number of whoever does everything in the retest laboratory."""


def reported(world: World, dossier: Dossier, on: date, *, value: str = "7.92") -> None:
    """Tested item by item; one item fails, and the report is out."""
    world.act(world.matter(dossier, "inspection").receive_sample, by="lab", on=on)
    world.act(world.matter(dossier, "inspection").clear_qualification, by="lab", on=on)
    world.act(world.matter(dossier, "sample", "T").issue, by="lab", on=on)
    world.act(world.matter(dossier, "inspection").start_testing, by="lab", on=on)
    results = [GOOD[0] | {"value": value}, *GOOD[1:]]
    inspection: Any = world.matter(dossier, "inspection")
    world.act(inspection.record_results, by="lab", on=on, results=results)
    world.act(world.matter(dossier, "sample", "T").record_tested, by="lab", on=on)
    world.act(world.matter(dossier, "inspection").complete, by="lab", on=on)
    stated = {"conclusion": "nonconforming", "analysis": True, "signed": True, "items": [], "report_number": "J-77001"}
    world.act(world.matter(dossier, "inspection").issue_report, by="lab", on=on, **stated)


def taken_over(world: World, dossier: Dossier, on: date) -> None:
    """Both units are with the first laboratory."""
    for label in ("T", "R"):
        world.act(world.matter(dossier, "sample", label).receive, by="lab", on=on)


def commissioned(world: World, dossier: Dossier, on: date, *, items: tuple[str, ...] = (FAILED,)) -> None:
    """The producer objects to the failed item; a retest is ordered, arranged and commissioned."""
    world.told(dossier, "P", on, on)
    objected(world, dossier, on, items=items)
    retest_ordered(world, dossier, on)


def objected(world: World, dossier: Dossier, on: date, *, items: tuple[str, ...] = (FAILED,)) -> None:
    """The producer objects, and the province has the objection verified."""
    objection: Any = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=on, items=list(items))
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=on)


def retest_ordered(world: World, dossier: Dossier, on: date) -> None:
    """A retest is ordered, arranged and commissioned."""
    for method in ("order_retest", "record_decision_receipt"):
        world.act(getattr(world.matter(dossier, "objection"), method), by="province", on=on)
    world.act(world.matter(dossier, "retest").complete_formalities, by="enterprise", on=on)
    world.act(world.matter(dossier, "retest").commission, by="province", on=on)


def rechecked(world: World, dossier: Dossier, on: date) -> None:
    """The producer was ordered to rectify and has; the test of the recheck is commissioned."""
    case: Any = world.ordered(dossier, "P", "county", on, on)
    world.act(case.record_order_receipt, by="county", on=on)
    world.act(world.matter(dossier, "rectification", "P").apply_recheck, by="enterprise", on=on)
    world.act(world.matter(dossier, "rectification", "P").start_recheck, by="county", on=on)
    world.act(world.matter(dossier, "recheck").verify_on_site, by="county", on=on)
    how = {"fee_charged": False, "technical_body": "LAB02"}
    world.act(world.matter(dossier, "recheck").commission_test, by="county", on=on, **how)


def another_laboratory(world: World, name: str = "third_lab", number: str = "T3001") -> None:
    """A third laboratory with somebody who does everything."""
    office = Office.objects.create(code="LAB03", kind=Office.Kind.LABORATORY, name="青岛市产品质量检验研究院")
    world.offices[name] = office
    world.posts[name] = cast._post(name, "吴化", "analyst", office=office)
    cast.entitle(world, name, "receive", "test", "review", "sign", "qualify", "mail")
    StaffNumber.objects.create(office=office, user=world.posts[name].user, number=number)
