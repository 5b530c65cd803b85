"""Two dossiers side by side, each under rules of its own: a made-up successor has other numbers (Article 60, R9)."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from spotcheck.casework.explanation import explain
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import calendar_notices, calendars, clock, deadlines, law, redating, rule_sets
from spotcheck.docket.corrections import correct_date
from spotcheck.docket.invariants import checking
from spotcheck.docket.lateness import days_late
from spotcheck.docket.models import Deadline, Entry
from spotcheck.docket.sweep import sweep
from spotcheck.notices.models import Paper
from spotcheck.notices.template import length_of
from spotcheck.parties.actors import of_office
from spotcheck.parties.models import Office
from spotcheck.remediation.requirements import earliest_second_recheck
from spotcheck.rules.periods import Unit
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from tests.docket.test_calendar_notices import NOTICE
from tests.story import reported

pytestmark = pytest.mark.django_db

SUCCESSOR = "SD-2026-1"
LENGTHS = {"D35": 20, "D43": 3, "D44": 45, "D46A": 10, "D46B": 90}
"""What the made-up successor has in place of 15 days, 5 and 15 working days, 60 and 75 days."""
OLD, NEW = 1, 2


@pytest.fixture
def successor(monkeypatch):
    periods = SD_2021_1.periods | {code: replace(SD_2021_1.periods[code], length=n) for code, n in LENGTHS.items()}
    known = replace(
        SD_2021_1,
        id=SUCCESSOR,
        valid_from=date(2026, 5, 3),
        valid_until=date(2031, 5, 2),
        periods=MappingProxyType(periods),
        settings=replace(SD_2021_1.settings, second_recheck_from_day=31),
    )
    monkeypatch.setitem(RULE_SETS, SUCCESSOR, known)
    with clock.simulated(date(2026, 5, 3)):
        document = rule_sets.Document(
            number="鲁市监质监规字〔2026〕1号",
            issued_on=date(2026, 5, 1),
            valid_from=date(2026, 5, 3),
            valid_until=date(2031, 5, 2),
        )
        rule_sets.adopt(SUCCESSOR, document, by="省局质监处")
    return known


@pytest.fixture
def both(tell, successor):
    """P was sampled on the last day of the old rules, Q on the first of the new ones."""
    parties = {
        "P": {"role": "sampled_producer", "region": 370102, "dossier": OLD},
        "Q": {"role": "sampled_producer", "region": 370203, "dossier": NEW},
    }
    story = tell({OLD: reported(date(2026, 5, 2)), NEW: reported(date(2026, 5, 3))}, parties)
    with story.day(date(2026, 5, 6)):
        return story


def told(both, sent=date(2026, 10, 8), received=date(2026, 10, 9)):
    for party in "PQ":
        both.do("result_notice.send", sent, party=party)
    return {party: both.do("result_notice.record_receipt", received, party=party) for party in "PQ"}


def ordered(both, on=date(2026, 10, 12), received=date(2026, 10, 14)):
    for party in "PQ":
        both.do("rectification.receive_report", on, party=party)
        both.do("rectification.issue_order", on, party=party)
        both.do("rectification.record_order_receipt", received, party=party)


def first_days(both, *names):
    """How many days each of these periods has: the first of its two last days, counted from its start."""
    rows = {name: both.running(name, OLD if name.endswith("P") else NEW) for name in names}
    return {name: (row.due_on - row.started_on).days for name, row in rows.items()}


def test_each_dossier_is_pinned_to_the_rules_of_its_first_outside_act(both):
    assert [both.dossier(number).rule_set for number in (OLD, NEW)] == ["SD-2021-1", SUCCESSOR]
    assert law.of(both.dossier(OLD)) is SD_2021_1
    assert law.period(both.dossier(NEW), "D35").length == 20


def test_each_is_opened_and_counted_by_its_own(both):
    told(both)
    assert first_days(both, "D35.P", "D35.Q") == {"D35.P": 15, "D35.Q": 20}
    ordered(both, date(2026, 10, 12), date(2026, 10, 14))
    assert first_days(both, "D44.P", "D44.Q") == {"D44.P": 60, "D44.Q": 45}
    assert first_days(both, "D46B.P", "D46B.Q") == {"D46B.P": 75, "D46B.Q": 90}
    with clock.simulated(date(2026, 10, 14)):
        assert list(checking.check()) == []


def test_each_is_explained_by_its_own(both):
    told(both)
    for name, number, rules in (("D35.P", OLD, "SD-2021-1"), ("D35.Q", NEW, SUCCESSOR)):
        row = both.running(name, number)
        counted = explain(row).counted
        assert (counted.due_on, counted.latest, counted.rule_set) == (row.due_on, row.latest, rules)


def test_each_lapses_on_its_own_day(both):
    told(both)
    days = [both.running(name, number).latest + timedelta(days=1) for name, number in (("D35.P", OLD), ("D35.Q", NEW))]
    assert days == [date(2026, 10, 27), date(2026, 10, 30)]
    for day, status in zip(days, ("running", "lapsed"), strict=True):
        with clock.simulated(day):
            sweep()
            assert list(checking.check()) == []
        assert both.dossier(OLD).deadlines.get(rule="D35").status == "lapsed"
        assert both.dossier(NEW).deadlines.get(rule="D35").status == status
    lapsed = Entry.objects.filter(act="result_notice.lapse").order_by("effective_on")
    assert [entry.effective_on for entry in lapsed] == days


def test_each_is_late_by_its_own(both):
    """The fifth working day is the last one by the old rules, and four days late by those with three."""
    for party in "PQ":
        both.do("rectification.receive_report", date(2026, 11, 9), party=party)
        both.do("rectification.issue_order", date(2026, 11, 16), party=party)
    late = {row.label: days_late(row) for row in Deadline.objects.filter(rule="D43")}
    assert late == {"P": 0, "Q": 4}


def test_each_is_counted_again_by_its_own(both):
    """A notice moves what ends on its days by the rules of the dossier: of periods that start together not all do."""
    ordered(both, date(2026, 11, 2), date(2026, 11, 2))
    before = {name: both.running(name, NEW if name.endswith("Q") else OLD) for name in ("D44.P", "D46B.Q")}
    assert {name: row.due_on for name, row in before.items()} == {
        "D44.P": date(2027, 1, 2),
        "D46B.Q": date(2027, 1, 31),
    }
    with clock.simulated(date(2026, 11, 6)):
        notice = calendar_notices.confirm(calendar_notices.propose(NOTICE, by="张伟").pk, by="李娜")
        moved = redating.redate(notice)
        assert list(checking.check()) == []
    assert {one.name: one.due_on[1] for one in moved} == {"D44.P": date(2027, 1, 4)}
    assert both.running("D44.P", OLD).rule_set == "SD-2021-1"
    assert both.running("D44.Q", NEW).due_on == date(2026, 11, 2) + timedelta(days=45)


def test_a_day_that_a_decision_fixed_is_not_counted_again_however_the_period_rolls(both, monkeypatch):
    """A made-up ordered period whose last day would move: no notice touches what was ordered (Article 51)."""
    ordered(both, date(2026, 11, 2), date(2026, 11, 2))
    before = both.running("D44.P", OLD)
    as_ordered = replace(SD_2021_1.periods["D44"], unit=Unit.AS_ORDERED, length=None, rolls=True)
    made_up = replace(SD_2021_1, periods=MappingProxyType(SD_2021_1.periods | {"D44": as_ordered}))
    monkeypatch.setitem(RULE_SETS, SD_2021_1.id, made_up)
    assert not redating.asks_calendar(as_ordered)
    with clock.simulated(date(2026, 11, 6)):
        notice = calendar_notices.confirm(calendar_notices.propose(NOTICE, by="张伟").pk, by="李娜")
        assert "D44.P" not in {one.name for one in redating.redate(notice)}
    assert both.running("D44.P", OLD).pk == before.pk
    with pytest.raises(ValueError, match="is ordered"):
        deadlines.dates(made_up, "D44", date(2026, 11, 2), calendars.current())


def test_each_is_corrected_by_its_own(both):
    receipts = told(both)
    with clock.simulated(date(2026, 10, 12)):
        for receipt in receipts.values():
            province = of_office(Office.objects.get(code="370000"))
            correct_date(receipt, on=date(2026, 10, 10), proof="邮寄回执 EX123456789CN", by=province)
        assert list(checking.check()) == []
    assert first_days(both, "D35.P", "D35.Q") == {"D35.P": 15, "D35.Q": 20}
    assert {row.rule_set for row in Deadline.objects.filter(status="corrected")} == {"SD-2021-1", SUCCESSOR}


def test_each_paper_gives_the_lengths_of_its_own_rules(both):
    ordered(both)
    rules = {
        paper.dossier.number: paper.snapshot["data"]["paper"]["rule_set"]
        for paper in Paper.objects.filter(form=11).select_related("dossier")
    }
    assert rules == {"D1": "SD-2021-1", "D2": SUCCESSOR}
    assert [length_of("apply-for-recheck", one) for one in rules.values()] == ["60日", "45日"]


def test_a_list_puts_them_side_by_side_each_with_its_own_days(both):
    ordered(both)
    with clock.simulated(date(2026, 10, 15)):
        found = worklist_of(of_office(Office.objects.get(code="370000")), today=date(2026, 10, 15))
    days = {line.clock.deadline.name: line.clock.deadline.due_on for line in found.others}
    assert (days["D44.P"], days["D44.Q"]) == (date(2026, 12, 13), date(2026, 11, 28))


def test_art51_how_early_the_second_recheck_may_be_is_said_by_the_rules_of_the_dossier(both):
    announced = date(2026, 10, 1)
    days = [(earliest_second_recheck(both.dossier(n), announced) - announced).days for n in (OLD, NEW)]
    assert days == [61, 31]
