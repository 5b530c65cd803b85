"""A recorded date is corrected with proof: running periods move and keep both versions; entries stay as they were."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.corrections import correct_date, legal_date
from spotcheck.docket.entries import verify
from spotcheck.docket.models import Deadline, Entry, Message
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.docket.sweep import sweep
from spotcheck.inspection.models import ResultNotice
from spotcheck.notices.models import Recipient
from spotcheck.parties.actors import in_capacity, of_office
from spotcheck.parties.models import Office
from spotcheck.remediation.models import Rectification
from tests.story import PRODUCER_AND_SELLER, Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

SLIP = "邮寄回执 EX123456789CN"


def province():
    return of_office(Office.objects.get(code="370000"))


def refused(call):
    with pytest.raises(ActNotPermitted) as refusal:
        call()
    return [reason.guard for reason in refusal.value.reasons], refusal.value.articles


@played
def served():
    """Form 7 was received on 3 March 2025, as it was recorded."""
    story = Story(reported(date(2025, 2, 28)))
    story.do("result_notice.send", date(2025, 3, 1), party="P")
    story.receipt = story.do("result_notice.record_receipt", date(2025, 3, 3), party="P")
    return story


def correct(story, on, *, day=date(2025, 3, 6), by=None, proof=SLIP, entry=None):
    with clock.simulated(day):
        return correct_date(entry or story.receipt, on=on, proof=proof, by=by or province())


def test_art35_the_window_runs_from_the_corrected_receipt(served):
    assert served.dates() == {"D35.P": (date(2025, 3, 18), date(2025, 3, 18))}
    correct(served, date(2025, 3, 5))
    assert served.dates() == {"D35.P": (date(2025, 3, 20), date(2025, 3, 20))}


def test_both_versions_of_the_period_are_kept(served):
    first = served.running("D35.P")
    correction = correct(served, date(2025, 3, 5))
    second = served.running("D35.P")
    first.refresh_from_db()
    assert (first.status, first.ended_by, first.wake_on) == (Deadline.Status.CORRECTED, correction, None)
    assert (first.started_on, first.due_on) == (date(2025, 3, 3), date(2025, 3, 18))
    assert (second.replaces, second.started_by) == (first, served.receipt)
    assert second.wake_on == date(2025, 3, 21)


def test_the_correction_is_an_entry_that_names_the_old_one(served):
    correction = correct(served, date(2025, 3, 5))
    assert correction.act == "docket.correct_date"
    assert (correction.chart, correction.label, correction.effective_on) == ("result_notice", "P", date(2025, 3, 6))
    assert correction.facts["entry"] == served.receipt.sequence
    assert (correction.facts["date_before"], correction.facts["date_after"]) == ("2025-03-03", "2025-03-05")
    assert correction.facts["proof"] == SLIP
    assert correction.facts["periods"][0]["to"]["due_on"] == "2025-03-20"
    assert set(correction.articles) == {33, 35, 59}
    served.receipt.refresh_from_db()
    assert served.receipt.effective_on == date(2025, 3, 3)
    assert legal_date(served.receipt) == date(2025, 3, 5)
    assert list(verify(served.dossier())) == []


def test_matter_and_paper_show_the_right_day(served):
    correct(served, date(2025, 3, 5))
    assert ResultNotice.objects.get().received_on == date(2025, 3, 5)
    assert Recipient.objects.get(receipt=served.receipt).received_on == date(2025, 3, 5)


def test_those_concerned_are_told(served):
    correction = correct(served, date(2025, 3, 5))
    told = Message.objects.filter(entry=correction)
    assert set(told.values_list("office__code", "party__label")) == {("370000", None), ("370102", None), (None, "P")}


def test_a_correction_may_be_corrected(served):
    correct(served, date(2025, 3, 5))
    correct(served, date(2025, 3, 4), day=date(2025, 3, 7))
    assert served.dates() == {"D35.P": (date(2025, 3, 19), date(2025, 3, 19))}
    assert legal_date(served.receipt) == date(2025, 3, 4)
    assert Deadline.objects.filter(rule="D35", status=Deadline.Status.CORRECTED).count() == 2


def test_a_window_that_was_over_in_truth_lapses_with_the_next_sweep(served):
    correct(served, date(2025, 3, 1), day=date(2025, 3, 17))
    assert served.dates() == {"D35.P": (date(2025, 3, 16), date(2025, 3, 17))}
    with clock.simulated(date(2025, 3, 18)):
        sweep()
    lapse = Entry.objects.get(act="result_notice.lapse")
    assert lapse.effective_on == date(2025, 3, 18)


def test_nobody_corrects_but_those_who_may_do_the_act(served):
    county = of_office(Office.objects.get(code="370102"))
    guards, articles = refused(lambda: correct(served, date(2025, 3, 5), by=county))
    assert guards == ["by_whom"]
    assert {6, 33, 35, 42} <= set(articles)


def test_without_proof_nothing_is_corrected(served):
    guards, _ = refused(lambda: correct(served, date(2025, 3, 5), proof="  "))
    assert guards == ["correction_proved"]
    assert served.dates() == {"D35.P": (date(2025, 3, 18), date(2025, 3, 18))}


def test_nothing_is_received_before_it_is_sent(served):
    guards, articles = refused(lambda: correct(served, date(2025, 2, 28)))
    assert guards == ["dates_in_order"]
    assert 59 in articles


def test_a_day_to_come_is_no_date_of_a_receipt(served):
    with pytest.raises(BadFacts):
        correct(served, date(2025, 3, 7), day=date(2025, 3, 6))


def test_after_a_lapse_the_correcting_act_is_the_way(served):
    with served.day(date(2025, 3, 19)):
        pass
    guards, articles = refused(lambda: correct(served, date(2025, 3, 5), day=date(2025, 3, 19)))
    assert guards == ["period_still_runs"]
    assert {33, 35} <= set(articles)
    assert ResultNotice.objects.get().received_on == date(2025, 3, 3)


def test_what_only_followed_is_not_corrected(served):
    created = Entry.objects.get(act="result_notice.create")
    guards, _ = refused(lambda: correct(served, date(2025, 3, 1), entry=created))
    assert guards == ["by_whom", "date_can_be_corrected"]


def test_the_date_on_a_paper_is_not_corrected(served):
    sent = Entry.objects.get(act="result_notice.send")
    guards, _ = refused(lambda: correct(served, date(2025, 3, 2), entry=sent))
    assert guards == ["date_can_be_corrected"]


def test_a_correction_is_not_an_act_whose_date_could_be_corrected(served):
    correction = correct(served, date(2025, 3, 5))
    guards, _ = refused(lambda: correct(served, date(2025, 3, 5), entry=correction))
    assert guards == ["date_can_be_corrected"]


def handler():
    return of_office(Office.objects.get(code="370102"))


@played
def ordered():
    """Form 11 of 3 March 2025 was received on 5 March, as it was recorded."""
    story = Story(reported(date(2025, 2, 28)))
    story.do("rectification.receive_report", date(2025, 3, 3), party="P")
    story.do("rectification.issue_order", date(2025, 3, 3), party="P")
    story.receipt = story.do("rectification.record_order_receipt", date(2025, 3, 5), party="P")
    return story


def test_art44_the_sixty_days_move_and_the_seventy_five_do_not(ordered):
    before = ordered.dates()
    correct(ordered, date(2025, 3, 6), by=handler())
    after = ordered.dates()
    assert after["D46B.P"] == before["D46B.P"]
    assert (before["D44.P"][0], after["D44.P"][0]) == (date(2025, 5, 6), date(2025, 5, 6))
    assert ordered.running("D44.P").started_on == date(2025, 3, 6)
    assert Rectification.objects.get().order_received_on == date(2025, 3, 6)


def test_art44_a_revived_period_still_runs_from_the_receipt(ordered):
    ordered.do("rectification.apply_recheck", date(2025, 3, 20), party="P")
    ordered.do("rectification.withdraw_application", date(2025, 3, 21), party="P")
    correct(ordered, date(2025, 3, 7), day=date(2025, 3, 24), by=handler())
    assert ordered.running("D44.P").started_on == date(2025, 3, 7)


def test_art44_the_receipt_does_not_come_after_the_application(ordered):
    ordered.do("rectification.apply_recheck", date(2025, 3, 20), party="P")
    ordered.do("rectification.withdraw_application", date(2025, 3, 21), party="P")
    guards, _ = refused(lambda: correct(ordered, date(2025, 3, 21), day=date(2025, 3, 24), by=handler()))
    assert guards == ["dates_in_order"]


def test_art44_an_application_cannot_be_moved_behind_the_end_of_its_period(ordered):
    applied = ordered.do("rectification.apply_recheck", date(2025, 5, 6), party="P")
    guards, _ = refused(lambda: correct(ordered, date(2025, 5, 9), day=date(2025, 5, 10), by=handler(), entry=applied))
    assert guards == ["still_in_time"]


def test_art46_the_re_check_is_due_from_the_corrected_application(ordered):
    applied = ordered.do("rectification.apply_recheck", date(2025, 4, 10), party="P")
    correct(ordered, date(2025, 4, 8), day=date(2025, 4, 11), by=handler(), entry=applied)
    assert ordered.dates() == {"D46A.P": (date(2025, 4, 23), date(2025, 4, 23))}


def test_art42_after_a_transfer_the_new_bureau_corrects_the_receipt_of_the_case_it_took_over(ordered):
    ordered.do("rectification.transfer_jurisdiction", date(2025, 3, 10), party="P", with_={"to": "370203"})
    assert set(ordered.dates()) == {"D44.P#2", "D46B.P#2"}
    guards, _ = refused(lambda: correct(ordered, date(2025, 3, 6), day=date(2025, 3, 11), by=handler()))
    assert guards == ["by_whom"]
    new = of_office(Office.objects.get(code="370203"))
    correct(ordered, date(2025, 3, 6), day=date(2025, 3, 11), by=new)
    assert ordered.running("D44.P#2").started_on == date(2025, 3, 6)
    assert set(Rectification.objects.values_list("order_received_on", flat=True)) == {date(2025, 3, 6)}


def test_art39_the_receipt_of_form_8_moves_the_formalities_of_the_retest_that_followed(tell):
    story = tell(reported(date(2025, 2, 28)), PRODUCER_AND_SELLER)
    story.do("result_notice.send", date(2025, 3, 3), party="N")
    story.do("result_notice.record_receipt", date(2025, 3, 4), party="N")
    story.do("objection.file", date(2025, 3, 5), party="N")
    story.do("objection.start_verification", date(2025, 3, 6))
    story.do("objection.order_retest", date(2025, 3, 7))
    receipt = story.do("objection.record_decision_receipt", date(2025, 3, 10))
    assert story.dates() == {"D39.1": (date(2025, 3, 17), date(2025, 3, 17))}
    correct(story, date(2025, 3, 11), day=date(2025, 3, 12), entry=receipt)
    assert story.dates() == {"D39.1": (date(2025, 3, 18), date(2025, 3, 18))}
    assert story.running("D39.1").started_by.act == "retest.create"


def test_art50_the_conclusion_is_due_from_the_corrected_visit(ordered):
    ordered.do("rectification.apply_recheck", date(2025, 4, 10), party="P")
    ordered.do("rectification.start_recheck", date(2025, 4, 11), party="P")
    visited = ordered.do("recheck.verify_on_site", date(2025, 4, 14), party="P", with_={"rectified": False})
    correct(ordered, date(2025, 4, 11), day=date(2025, 4, 15), by=handler(), entry=visited)
    assert ordered.dates() == {"D50.P": (date(2025, 4, 16), date(2025, 4, 16))}


def test_the_right_of_an_enterprise_is_corrected_by_whoever_records_for_it(ordered):
    applied = ordered.do("rectification.apply_recheck", date(2025, 4, 10), party="P")
    party = applied.party
    correct(
        ordered,
        date(2025, 4, 9),
        day=date(2025, 4, 11),
        by=in_capacity("enterprise", enterprise=party.enterprise),
        entry=applied,
    )
    assert ordered.running("D46A.P").started_on == date(2025, 4, 9)
