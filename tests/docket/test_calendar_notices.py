"""A notice of the State Council comes in by two persons, and moves exactly the periods whose dates it changes (R3)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spotcheck.casework.explanation import explain
from spotcheck.docket import calendar_notices, calendars, clock, redating, rule_sets
from spotcheck.docket.alarms import calendar_alarm
from spotcheck.docket.calendar_notices import NotTaken
from spotcheck.docket.entries import verify
from spotcheck.docket.models import CalendarNotice, Deadline, Entry, Message
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

NOTICE = """# State Council notice: https://www.gov.cn/zhengce/2027.htm
date,kind,statutory,name
2026-12-26,makeup_workday,no,元旦
2027-01-01,off,yes,元旦
2027-01-02,off,no,元旦
2027-01-03,off,no,元旦
2027-02-05,off,yes,春节
2027-02-06,off,yes,春节
2027-02-07,off,yes,春节
2027-02-08,off,yes,春节
2027-02-09,off,no,春节
2027-04-05,off,yes,清明节
2027-05-01,off,yes,劳动节
2027-05-02,off,yes,劳动节
2027-06-09,off,yes,端午节
2027-09-15,off,yes,中秋节
2027-10-01,off,yes,国庆节
2027-10-02,off,yes,国庆节
2027-10-03,off,yes,国庆节
"""
DAY = date(2026, 11, 6)


def in_force(text=NOTICE, day=DAY):
    with clock.simulated(day):
        row = calendar_notices.propose(text, by="张伟")
        return calendar_notices.confirm(row.pk, by="李娜")


def redated(notice, day=DAY):
    with clock.simulated(day):
        return redating.redate(notice)


@played
def running():
    """Three cases of autumn 2026, whose periods end around the turn of the year."""
    with clock.simulated(date(2026, 5, 3)):
        document = rule_sets.Document(
            number="鲁市监质监字〔2026〕9号",
            issued_on=date(2026, 5, 1),
            valid_from=date(2026, 5, 3),
            valid_until=date(2027, 5, 2),
        )
        rule_sets.continue_("SD-2021-1", document, by="省局质监处")
    parties = {
        "P": {"role": "sampled_producer", "region": 370102, "dossier": 1},
        "Q": {"role": "sampled_producer", "region": 370203, "dossier": 2},
        "R": {"role": "sampled_producer", "region": 370102, "dossier": 3},
    }
    story = Story({number: reported(date(2026, 10, 12)) for number in (1, 2, 3)}, parties)
    for party, ordered, received in (
        ("P", date(2026, 10, 12), date(2026, 10, 14)),
        ("R", date(2026, 10, 13), date(2026, 10, 13)),
        ("Q", date(2026, 11, 2), date(2026, 11, 2)),
    ):
        story.do("rectification.receive_report", ordered, party=party)
        story.do("rectification.issue_order", ordered, party=party)
        story.do("rectification.record_order_receipt", received, party=party)
    return story


BEFORE = {
    1: {"D44.P": (date(2026, 12, 13), date(2026, 12, 14)), "D46B.P": (date(2026, 12, 26), date(2026, 12, 28))},
    2: {"D44.Q": (date(2027, 1, 2), date(2027, 1, 4)), "D46B.Q": (date(2027, 1, 16), date(2027, 1, 18))},
    3: {"D44.R": (date(2026, 12, 12), date(2026, 12, 14)), "D46B.R": (date(2026, 12, 27), date(2026, 12, 28))},
}
AFTER = {
    1: {"D44.P": (date(2026, 12, 13), date(2026, 12, 14)), "D46B.P": (date(2026, 12, 26), date(2026, 12, 26))},
    2: {"D44.Q": (date(2027, 1, 4), date(2027, 1, 4)), "D46B.Q": (date(2027, 1, 16), date(2027, 1, 18))},
    3: {"D44.R": (date(2026, 12, 12), date(2026, 12, 14)), "D46B.R": (date(2026, 12, 27), date(2026, 12, 28))},
}


def test_before_the_notice_a_period_that_ends_next_year_is_provisional(running):
    assert {number: running.dates(number) for number in BEFORE} == BEFORE
    provisional = Deadline.objects.running().filter(provisional=True)
    assert {row.name for row in provisional} == {"D44.Q", "D46B.Q"}


def test_a_notice_moves_exactly_what_it_changes(running):
    moved = redated(in_force())
    assert {number: running.dates(number) for number in AFTER} == AFTER
    assert [(period.dossier, period.name) for period in moved] == [("D1", "D46B.P"), ("D2", "D44.Q")]
    assert moved[0].latest == (date(2026, 12, 28), date(2026, 12, 26))
    assert moved[1].due_on == (date(2027, 1, 2), date(2027, 1, 4))


def test_nothing_else_is_written(running):
    untouched = {
        row.pk: (row.due_on, row.latest, row.calendar, row.status)
        for row in Deadline.objects.exclude(pk__in=[running.running("D46B.P").pk]).exclude(dossier__number="D2")
    }
    redated(in_force())
    assert {
        row.pk: (row.due_on, row.latest, row.calendar, row.status) for row in Deadline.objects.filter(pk__in=untouched)
    } == untouched
    assert Entry.objects.filter(act="docket.redate").count() == 2
    assert not Entry.objects.filter(act="docket.redate", dossier__number="D3").exists()


def test_both_versions_and_the_notice_stand_in_the_docket(running):
    old = running.running("D44.Q", 2)
    redated(in_force())
    entry, new = Entry.objects.get(act="docket.redate", dossier__number="D2"), running.running("D44.Q", 2)
    old.refresh_from_db()
    assert (old.status, old.ended_by, old.wake_on, old.latest) == ("corrected", entry, None, date(2027, 1, 4))
    assert (new.replaces, new.started_by, new.started_on) == (old, old.started_by, old.started_on)
    assert (new.provisional, new.wake_on) == (False, date(2027, 1, 5))
    assert (entry.effective_on, entry.articles) == (DAY, [59])
    assert (entry.facts["notice"]["proposed_by"], entry.facts["notice"]["confirmed_by"]) == ("张伟", "李娜")
    assert entry.facts["periods"] == [
        {
            "period": "D44.Q",
            "chart": "rectification",
            "from": {
                "started_on": "2026-11-02",
                "due_on": "2027-01-02",
                "latest": "2027-01-04",
                "provisional": True,
                "calendar": old.calendar,
            },
            "to": {
                "started_on": "2026-11-02",
                "due_on": "2027-01-04",
                "latest": "2027-01-04",
                "provisional": False,
                "calendar": calendars.current().edition,
            },
        }
    ]
    assert list(verify(running.dossier(2))) == []


def test_a_provisional_date_that_comes_true_only_loses_the_mark(running):
    before = running.running("D46B.Q", 2)
    redated(in_force())
    after = running.running("D46B.Q", 2)
    assert after.pk == before.pk
    assert (before.provisional, after.provisional) == (True, False)
    assert after.calendar == calendars.current().edition


def test_the_bureau_is_told_and_the_party_its_certain_date(running):
    redated(in_force())
    told = Message.objects.filter(kind="docket.redate").values_list("deadline__rule", "office__code", "party__label")
    assert set(told) == {("D46B", "370102", None), ("D44", "370203", None), ("D44", None, "Q")}


def test_counting_again_twice_changes_nothing(running):
    notice = in_force()
    redated(notice)
    written = Entry.objects.count()
    assert redated(notice) == []
    assert redating.catch_up() == []
    assert Entry.objects.count() == written


def test_what_a_dead_process_left_is_finished_by_the_daily_task(running):
    in_force()
    assert {number: running.dates(number) for number in BEFORE} == BEFORE
    with clock.simulated(DAY):
        redating.catch_up()
    assert {number: running.dates(number) for number in AFTER} == AFTER


def test_a_replaced_version_is_still_explained_by_its_own_calendar(running):
    old = running.running("D44.Q", 2)
    redated(in_force())
    old.refresh_from_db()
    new = running.running("D44.Q", 2)
    for row in (old, new):
        counted = explain(row).counted
        assert (counted.due_on, counted.latest, counted.calendar) == (row.due_on, row.latest, row.calendar)


def test_cost_follows_what_moves(running, django_assert_max_num_queries):
    notice = in_force()
    with clock.simulated(DAY), django_assert_max_num_queries(45):
        redating.redate(notice)


def test_a_notice_has_no_effect_before_it_is_confirmed(running):
    with clock.simulated(DAY):
        calendar_notices.propose(NOTICE, by="张伟")
    assert calendars.current().announced_years[-1] == 2026
    assert redating.catch_up() == []


def test_the_one_who_imported_a_notice_does_not_confirm_it():
    row = calendar_notices.propose(NOTICE, by="张伟")
    with pytest.raises(NotTaken) as refused:
        calendar_notices.confirm(row.pk, by=" 张伟 ")
    assert "两人" in refused.value.words.zh
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarNotice.objects.filter(pk=row.pk).update(confirmed_by="张伟", confirmed_at=clock.now())


def test_a_notice_is_imported_and_confirmed_once():
    row = calendar_notices.propose(NOTICE, by="张伟")
    with pytest.raises(NotTaken):
        calendar_notices.propose(NOTICE, by="王强")
    calendar_notices.confirm(row.pk, by="李娜")
    with pytest.raises(NotTaken):
        calendar_notices.confirm(row.pk, by="王强")
    with pytest.raises(NotTaken):
        calendar_notices.confirm(row.pk + 1, by="王强")


@pytest.mark.parametrize(
    "text", ["", "date,kind,statutory,name\n2027-01-01,off,yes,元旦\n", NOTICE.replace("off", "of")]
)
def test_what_is_no_notice_is_refused_with_the_lines(text):
    with pytest.raises(NotTaken) as refused:
        calendar_notices.propose(text, by="张伟")
    assert "第" in refused.value.words.zh
    assert "line" in refused.value.words.en


def test_a_year_that_leaves_a_gap_is_refused():
    later = NOTICE.replace("2026-12-26,makeup_workday,no,元旦\n", "").replace("2027-", "2028-")
    with pytest.raises(NotTaken) as refused:
        calendar_notices.propose(later, by="张伟")
    assert "2028" in refused.value.words.en


def test_somebody_has_to_answer_for_a_notice():
    with pytest.raises(NotTaken):
        calendar_notices.propose(NOTICE, by="  ")


def test_a_corrected_notice_replaces_the_one_before_and_moves_what_it_changes(running):
    redated(in_force())
    corrected = NOTICE.replace("2027-01-03,off,no,元旦\n", "2027-01-03,off,no,元旦\n2027-01-04,off,no,元旦\n")
    moved = redated(in_force(corrected, date(2026, 11, 9)), date(2026, 11, 9))
    assert [(period.name, period.latest) for period in moved] == [("D44.Q", (date(2027, 1, 4), date(2027, 1, 5)))]
    versions = Deadline.objects.filter(dossier__number="D2", rule="D44").order_by("pk")
    assert [row.status for row in versions] == ["corrected", "corrected", "running"]


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2026, 12, 31), 2027), (date(2027, 1, 4), 2027)],
)
def test_from_november_the_missing_year_is_alarmed(today, missing):
    with clock.simulated(today):
        assert calendar_alarm() == missing
        calendar_alarm()
    alarms = Message.objects.filter(kind="calendar_missing").values_list("office__code", "day", "dossier")
    assert list(alarms) == ([("370000", today, None)] if missing else [])


def test_the_alarm_comes_every_day_until_the_notice_is_in_force():
    for day in (date(2026, 11, 2), date(2026, 11, 3)):
        with clock.simulated(day):
            calendar_alarm()
    in_force()
    with clock.simulated(date(2026, 11, 9)):
        assert calendar_alarm() is None
    assert Message.objects.filter(kind="calendar_missing").count() == 2
