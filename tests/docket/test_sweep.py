"""The sweep: everything that is over, exactly once, with its legal date; one bad row stops nobody."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from spotcheck.docket import clock, outbox
from spotcheck.docket import sweep as sweeping
from spotcheck.docket.acts import perform
from spotcheck.docket.deadlines import LAPSES
from spotcheck.docket.entries import verify
from spotcheck.docket.models import Deadline, Dossier, Entry, Message
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sessions import session
from spotcheck.docket.sweep import sweep
from spotcheck.objections.models import Retest
from spotcheck.remediation.models import Rectification
from spotcheck.rules.regulations import FIRST
from tests.docket.together import together
from tests.story import reported

SERVED = date(2025, 3, 3)
LAST = date(2025, 3, 18)
OVER = date(2025, 3, 19)


def parties(number):
    """Producers in several counties, each a dossier of its own."""
    regions = [370102, 370203, 370305, 370481, 370502, 370602]
    return {
        f"P{n}": {"role": "sampled_producer", "region": regions[n % len(regions)], "dossier": n}
        for n in range(1, number + 1)
    }


def windows(tell, number):
    """Several windows that end on the same day."""
    story = tell({n: reported(date(2025, 3, 1)) for n in range(1, number + 1)}, parties(number))
    for n in range(1, number + 1):
        story.do("result_notice.send", date(2025, 3, 2), party=f"P{n}")
        story.do("result_notice.record_receipt", SERVED, party=f"P{n}")
    return story


def lapses():
    return Entry.objects.filter(act="result_notice.lapse")


def on(day, call=sweep, **keys):
    with clock.simulated(day):
        return call(**keys)


@pytest.mark.django_db
def test_art35_a_filing_is_in_time_through_the_whole_last_day(tell):
    windows(tell, 1)
    assert on(LAST).lapsed == 0
    assert on(OVER).lapsed == 1


@pytest.mark.django_db
def test_a_sweep_that_runs_twice_does_everything_once(tell):
    windows(tell, 2)
    assert [on(OVER).lapsed, on(OVER).lapsed, on(OVER, thorough=True).lapsed] == [2, 0, 0]
    assert lapses().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("found", [OVER, date(2025, 3, 20), date(2025, 3, 26), date(2025, 7, 1)])
def test_a_late_sweep_gives_the_lapse_the_day_on_which_it_fell(tell, found):
    story = windows(tell, 1)
    on(found)
    lapse = lapses().get()
    assert lapse.effective_on == OVER
    assert lapse.recorded_at.astimezone(clock.SHANDONG).date() == found
    period = Deadline.objects.get(rule="D35")
    assert (period.status, period.ended_on, period.ended_by) == (Deadline.Status.LAPSED, OVER, lapse)
    assert list(verify(story.dossier())) == []


@pytest.mark.django_db
def test_batches_of_any_size_do_the_same(tell):
    windows(tell, 3)
    assert on(OVER, batch=1).lapsed == 3
    assert lapses().count() == 3


@pytest.mark.django_db
def test_a_duty_that_is_over_changes_no_state_and_is_reported_once(tell):
    story = tell(reported(date(2025, 3, 1)))
    story.do("rectification.receive_report", SERVED, party="P")
    assert on(date(2025, 3, 11)).noted == 1
    assert on(date(2025, 3, 12), thorough=True).noted == 0
    told = Message.objects.filter(kind="duty_overdue").values_list("office__code", flat=True)
    assert sorted(told) == ["370000", "370100", "370102"]
    assert Rectification.objects.get().state == "report_received"
    assert Deadline.objects.get(rule="D43").status == Deadline.Status.RUNNING


@pytest.mark.django_db
def test_art59_nothing_lapses_before_the_later_date(tell):
    story = tell(reported(date(2021, 5, 11)))
    story.do("result_notice.send", date(2021, 6, 4), party="P")
    story.do("result_notice.record_receipt", date(2021, 6, 5), party="P")
    assert story.dates() == {"D35.P": (date(2021, 6, 20), date(2021, 6, 21))}
    assert on(date(2021, 6, 21)).lapsed == 0
    assert on(date(2021, 6, 22)).lapsed == 1
    assert lapses().get().effective_on == date(2021, 6, 22)


def test_two_sweeps_at_once_do_everything_once(committed_db, tell):
    story = windows(tell, 6)
    first, second = together(OVER, lambda: sweep(batch=2), lambda: sweep(batch=2))
    on(OVER)
    assert first.failed == second.failed == 0
    assert lapses().count() == 6
    assert Deadline.objects.running().filter(rule="D35").count() == 0
    for number in range(1, 7):
        assert list(verify(story.dossier(number))) == []


def test_a_dossier_in_which_somebody_works_is_passed_over_and_found_again(committed_db, tell):
    story = windows(tell, 2)
    held, free = threading.Event(), threading.Event()

    def work():
        try:
            with transaction.atomic():
                Dossier.objects.select_for_update().get(pk=story.dossier(1).pk)
                held.set()
                free.wait(30)
        finally:
            connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    held.wait(30)
    assert on(OVER).lapsed == 1
    free.set()
    worker.join(30)
    assert on(OVER).lapsed == 1
    assert lapses().count() == 2


def test_a_poison_row_is_parked_after_three_tries_while_its_neighbours_pass(committed_db, tell, monkeypatch):
    windows(tell, 3)
    poison = Deadline.objects.get(rule="D35", label="P2")
    sound = LAPSES[FIRST, "D35"]

    def stumble(batch):
        if any(deadline.pk == poison.pk for deadline in batch):
            raise RuntimeError("a row that cannot be done")
        sound(batch)

    monkeypatch.setitem(LAPSES, (FIRST, "D35"), stumble)
    reports = [on(OVER) for _ in range(4)]
    assert [report.lapsed for report in reports] == [2, 0, 0, 0]
    assert [report.failed for report in reports] == [1, 1, 1, 0]
    poison.refresh_from_db()
    assert (poison.tries, poison.status) == (3, Deadline.Status.RUNNING)
    assert poison.parked_at is not None
    assert set(lapses().values_list("label", flat=True)) == {"P1", "P3"}


def test_what_was_parked_is_done_with_its_legal_date_once_it_is_let_go(committed_db, tell):
    windows(tell, 1)
    Deadline.objects.filter(rule="D35").update(parked_at=clock.now(), tries=3)
    assert on(OVER).lapsed == 0
    Deadline.objects.filter(rule="D35").update(parked_at=None, tries=0)
    assert on(date(2025, 3, 24)).lapsed == 1
    assert lapses().get().effective_on == OVER


def test_a_sweep_that_dies_leaves_nothing_half_done(committed_db, tell, monkeypatch):
    story = windows(tell, 1)
    before = Entry.objects.count()
    monkeypatch.setattr(sweeping, "handle", _die_after_the_work)
    with pytest.raises(SystemExit):
        on(OVER)
    monkeypatch.undo()
    assert (Entry.objects.count(), Message.objects.filter(kind="result_notice.lapse").count()) == (before, 0)
    assert story.running("D35.P1").wake_on == OVER
    assert on(OVER).lapsed == 1


def _die_after_the_work(keys, today, report):
    with session():
        sweeping._let_pass(sweeping._claim(keys, today), report)
        raise SystemExit


@pytest.mark.django_db
def test_art39_without_formalities_the_retest_is_waived_the_day_after(tell):
    story = tell(reported(date(2025, 2, 28)))
    story.do("result_notice.send", date(2025, 3, 1), party="P")
    story.do("result_notice.record_receipt", date(2025, 3, 3), party="P")
    story.do("objection.file", date(2025, 3, 4), party="P")
    story.do("objection.start_verification", date(2025, 3, 5))
    story.do("objection.order_retest", date(2025, 3, 6))
    story.do("objection.record_decision_receipt", date(2025, 3, 10))
    on(date(2025, 3, 20))
    assert Retest.objects.get().state == "waived"
    assert Entry.objects.get(act="retest.waive").effective_on == date(2025, 3, 18)


def test_a_message_is_delivered_once_however_many_deliver(committed_db, tell):
    windows(tell, 4)
    waiting = Message.objects.filter(delivered_at__isnull=True).count()
    assert waiting > 10
    delivered = together(OVER, *[lambda: outbox.deliver(batch=3)] * 3)
    assert sum(delivered) == waiting
    assert not Message.objects.filter(delivered_at__isnull=True).exists()
    assert on(OVER, outbox.deliver) == 0


def test_a_message_of_an_act_that_was_not_committed_does_not_exist(committed_db, tell):
    story = windows(tell, 1)
    before = Message.objects.count()
    line, matter, by = story.prepare("rectification.receive_report", party="P1")
    day = date(2025, 3, 4)

    def act_and_fail():
        with clock.simulated(day), transaction.atomic():
            perform(matter.receive_report, by=by, on=day, facts=story.facts(line, day))
            raise RuntimeError("the lights go out")

    with pytest.raises(RuntimeError):
        act_and_fail()
    assert Message.objects.count() == before
    assert not Entry.objects.filter(act="rectification.receive_report").exists()


def without_sweep(story, act, day, **keys):
    """Do an act on a day on which no sweep has run yet."""
    with clock.simulated(day):
        line, matter, by = story.prepare(act, **keys)
        return perform(
            getattr(matter, line.spec.method), by=by, on=line.effective_on or day, facts=story.facts(line, day)
        )


@pytest.mark.django_db
def test_art44_an_outage_of_the_sweep_makes_no_late_application_one_in_time(tell):
    story = tell(reported(date(2025, 3, 1)))
    for act, day in (
        ("receive_report", date(2025, 3, 3)),
        ("issue_order", date(2025, 3, 4)),
        ("record_order_receipt", date(2025, 3, 5)),
    ):
        story.do(f"rectification.{act}", day, party="P")
    assert story.running("D44.P").latest == date(2025, 5, 6)
    with pytest.raises(ActNotPermitted) as refusal:
        without_sweep(story, "rectification.apply_recheck", date(2025, 5, 8), party="P")
    assert 44 in refusal.value.articles
    without_sweep(story, "rectification.late_submission", date(2025, 5, 8), party="P")
    lapse = Entry.objects.get(act="rectification.lapse")
    assert lapse.effective_on == date(2025, 5, 7)
    assert Rectification.objects.get().state == "window_lapsed"


@pytest.mark.django_db
def test_art39_an_outage_of_the_sweep_revives_no_waived_retest(tell):
    story = tell(reported(date(2025, 3, 1)))
    story.do("result_notice.send", date(2025, 3, 2), party="P")
    story.do("result_notice.record_receipt", SERVED, party="P")
    story.do("objection.file", date(2025, 3, 4), party="P")
    for act in ("start_verification", "order_retest", "record_decision_receipt"):
        story.do(f"objection.{act}", date(2025, 3, 5))
    with pytest.raises(ActNotPermitted) as refusal:
        without_sweep(story, "retest.complete_formalities", date(2025, 3, 20))
    assert 39 in refusal.value.articles
    without_sweep(story, "retest.reinstate", date(2025, 3, 20), effective_on=date(2025, 3, 12))
    assert [entry.effective_on for entry in Entry.objects.filter(act="retest.waive")] == [date(2025, 3, 13)]
    assert Retest.objects.get().state == "formalities_done"
