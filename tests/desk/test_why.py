"""Why a period ends on its day, on the page: as much as the command tells, as far as the reader may see it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.casework.explanation import explain
from spotcheck.docket import clock
from spotcheck.docket.corrections import correct_date
from spotcheck.docket.models import Deadline, Entry
from tests.desk.test_acts_on_screen import text_of
from tests.desk.world import SLIP, World
from tests.worlds import played

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 6)


@played
def corrected(world: World) -> Deadline:
    """The window of the party, whose receipt was a day later than recorded."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    receipt = Entry.objects.get(dossier=dossier, act="result_notice.record_receipt")
    with clock.simulated(TODAY):
        correct_date(receipt, on=date(2024, 5, 31), proof="邮寄回执", by=world.actor("province"))
    return Deadline.objects.running().get(dossier=dossier, rule="D35")


def page_of(client: Client, period: Deadline, language: str = "zh-hans") -> str:
    with clock.simulated(TODAY):
        answer = client.get(
            f"/dossiers/{period.dossier.number}/clocks/{period.pk}/", headers={"Accept-Language": language}
        )
    assert answer.status_code == 200
    return text_of(answer)


def test_the_officer_sees_evidence_versions_readings_and_calendar(
    corrected: Deadline, client_of: Callable[[str], Client]
) -> None:
    """Everything that ``spotcheck explain`` tells of the same period."""
    page, told = page_of(client_of("county"), corrected), explain(corrected).as_json()
    started, old = told["start"]["entries"][0], told["corrections"][0]
    assert f"办理记录第 {started['sequence']} 号" in page
    assert SLIP in page
    assert f"办理记录第 {old['by']['sequence']} 号" in page
    assert f"自 {old['started_on']} 周四 起算，最后一日 {old['due_on']} 周五" in page
    for reading in told["readings"]:
        assert f"{reading['id']} {reading['question']}" in page
    assert f"日历 {told['calendar']['edition']}" in page


def test_the_page_is_told_in_english_too(corrected: Deadline, client_of: Callable[[str], Client]) -> None:
    page = page_of(client_of("county"), corrected, "en")
    for words in ("Evidence of the start", "Earlier versions", "How unclear sentences were read", "R2 "):
        assert words in page


def test_a_laboratory_sees_no_slip_that_names_the_party(
    corrected: Deadline, client_of: Callable[[str], Client]
) -> None:
    """It tests blind (Article 28): the entry is there, what came with it is not."""
    page = page_of(client_of("lab"), corrected)
    assert "起算的依据" in page
    assert SLIP not in page
    assert "泰山红" not in page
