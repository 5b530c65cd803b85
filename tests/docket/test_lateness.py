"""What is late stays late: which act needs a reason for its delay, and what every later view says of it."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from spotcheck.casework.clocks import clock_of
from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.dossier_search import search
from spotcheck.casework.explanation import explain, find
from spotcheck.casework.privacy import Sight
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.lateness import days_late, late_by
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.parties.actors import SYSTEM, of_office
from spotcheck.parties.models import Office
from spotcheck.remediation.case_file import how_kept, kept_periods
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

REPORTED = date(2025, 3, 3)
DUE = date(2025, 3, 10)
"""Five working days after Monday 3 March (Article 43)."""
LATE = date(2025, 3, 14)


@played
def received():
    """A bureau has received the report."""
    story = Story(reported(REPORTED))
    story.do("rectification.receive_report", REPORTED, party="P")
    return story


def would_be_late(story, act, on, **keys):
    """The rules that an act would meet late on this day, with the days."""
    line, matter, _ = story.prepare(act, **keys)
    return {period.rule: days for period, days in late_by(matter, line.spec, on)}


def done(story, act, on, why="", **keys):
    """Do an act with a reason for its delay."""
    with story.day(on):
        line, matter, by = story.prepare(act, **keys)
        facts = story.facts(line, on)
        return perform(getattr(matter, line.spec.method), by=by, on=on, facts=facts, late_reason=why)


def test_a_duty_that_was_done_after_its_day_needs_a_reason_and_keeps_it(received):
    assert would_be_late(received, "rectification.issue_order", DUE, party="P") == {}
    assert would_be_late(received, "rectification.issue_order", LATE, party="P") == {"D43": 4}
    done(received, "rectification.issue_order", LATE, "机构改革移交期间无人办理", party="P")
    met = Deadline.objects.select_related("ended_by").get(rule="D43")
    assert days_late(met) == 4
    shown = clock_of(met, today=date(2026, 1, 5), sight=Sight(SYSTEM))
    assert (shown.tone, shown.remaining, shown.late_reason) == ("over", "逾期 4 天履行", "机构改革移交期间无人办理")
    told = explain(find("D1:D43.P")).as_json()
    assert (told["days_late"], told["late_reason"]) == (4, "机构改革移交期间无人办理")
    assert how_kept(met) == "应于2025-03-10前，2025-03-14履行，逾期4天。原因：机构改革移交期间无人办理"
    with received.day(date(2026, 1, 5)):
        (line,) = search(of_office(Office.objects.get(code="370000")), Wanted(kind="sample")).lines
        assert line.late == 4
        page = render_to_string("desk/parts/found_line.html", {"line": line})
    assert "曾逾期 4 天" in page


def test_a_duty_done_in_time_is_not_late(received):
    done(received, "rectification.issue_order", DUE, party="P")
    met = Deadline.objects.select_related("ended_by").get(rule="D43")
    assert days_late(met) == 0
    assert how_kept(met) == "应于2025-03-10前，2025-03-10按期履行"


def test_the_legal_date_counts_and_not_the_day_of_recording(received):
    """Issued on the last day and entered four days later: in time."""
    line, matter, by = received.prepare("rectification.issue_order", party="P")
    with received.day(LATE):
        assert late_by(matter, line.spec, DUE) == []
        perform(matter.issue_order, by=by, on=DUE)
    assert days_late(Deadline.objects.get(rule="D43")) == 0


def test_what_ended_undone_was_late_until_then(received):
    """Article 42: the case moves away four days after its order was due."""
    received.do("rectification.transfer_jurisdiction", LATE, party="P", with_={"to": "370302"})
    ended = Deadline.objects.get(rule="D43")
    assert (ended.status, days_late(ended)) == (Deadline.Status.ENDED, 4)
    assert clock_of(ended, today=LATE, sight=Sight(SYSTEM)).remaining == "终止时已逾期 4 天"
    assert how_kept(ended) == "应于2025-03-10前，2025-03-14终止，终止时已逾期4天"


def test_a_right_of_a_party_is_never_late(received):
    received.do("rectification.issue_order", DUE, party="P")
    received.do("rectification.record_order_receipt", DUE, party="P")
    received.do("rectification.apply_recheck", date(2025, 5, 9), party="P")
    assert {row.rule: days_late(row) for row in Deadline.objects.exclude(ended_on=None)} == {
        "D43": 0,
        "D44": 0,
        "D46B": 0,
    }


def test_a_party_is_not_asked_why_a_bureau_was_late(received):
    """Article 46: its application ends the period of the forced recheck, whose day is over because service was late."""
    received.do("rectification.issue_order", DUE, party="P")
    received.do("rectification.record_order_receipt", date(2025, 5, 20), party="P")
    on = date(2025, 7, 1)
    assert received.running("D46B.P").due_on < on
    assert would_be_late(received, "rectification.apply_recheck", on, party="P") == {}


@pytest.mark.parametrize(
    ("act", "keys"),
    [
        ("rectification.close_dissolved", {}),
        ("rectification.transfer_jurisdiction", {"with_": {"to": "370302"}}),
    ],
)
def test_what_is_given_up_needs_no_reason(received, act, keys):
    assert would_be_late(received, act, LATE, party="P", **keys) == {}


def test_a_matter_that_is_only_begun_is_late_with_nothing(received):
    case = MATTERS["rectification"].new(received.dossier(), received.dossier().parties.get())
    assert late_by(case, case.spec_of("receive_report"), LATE) == []


def test_a_visit_is_late_with_the_period_of_its_case(received):
    """Article 50: five days from the visit to Form 13 or to the commission of the test."""
    for act, on in (("issue_order", DUE), ("record_order_receipt", DUE), ("apply_recheck", date(2025, 4, 1))):
        received.do(f"rectification.{act}", on, party="P")
    received.do("rectification.start_recheck", date(2025, 4, 3), party="P")
    received.do("recheck.verify_on_site", date(2025, 4, 7), party="P")
    assert would_be_late(received, "recheck.commission_test", date(2025, 4, 15), party="P") == {"D50": 3}
    assert would_be_late(received, "recheck.commission_test", date(2025, 4, 12), party="P") == {}


def test_the_case_file_lists_how_every_period_was_kept(received):
    done(received, "rectification.issue_order", LATE, "等待检验机构补正报告", party="P")
    (check,) = kept_periods(Dossier.objects.get(number="D1"))
    assert check.title == "期限核对"
    assert check.lines == [
        (
            "下达责令改正通知书（企业P）",
            "第四十三条",
            "应于2025-03-10前，2025-03-14履行，逾期4天。原因：等待检验机构补正报告",
        ),
        ("未提交申请时组织复查（企业P）", "第四十六条", "应于2025-05-28前，尚未履行"),
    ]
    assert Entry.objects.get(act="rectification.issue_order").late_reason == "等待检验机构补正报告"
