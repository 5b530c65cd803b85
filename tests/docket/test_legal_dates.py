"""Legal dates: what is entered later keeps the day on which it was done, but never one before what led to it."""

from datetime import date

import pytest

from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from tests.story import Story, reported
from tests.worlds import played

REPORTED = date(2025, 3, 1)
RECEIVED = date(2025, 3, 4)


@played
def case():
    """A bureau has received the report."""
    story = Story(reported(REPORTED))
    story.do("rectification.receive_report", RECEIVED, party="P")
    return story


@pytest.mark.django_db
def test_art43_an_order_is_not_dated_before_the_report_was_received(case):
    with pytest.raises(ActNotPermitted) as refusal:
        case.do("rectification.issue_order", date(2025, 3, 6), party="P", effective_on=date(2025, 3, 3))
    assert [reason.guard for reason in refusal.value.reasons] == ["after_what_went_before"]
    assert {43, 59} <= set(refusal.value.articles)
    assert case.do("rectification.issue_order", date(2025, 3, 6), party="P", effective_on=RECEIVED)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["rectification.receive_report", "objection.file"])
def test_art32_no_report_is_received_and_disputed_before_it_was_issued(tell, act):
    sampled, issued = date(2025, 2, 10), date(2025, 3, 3)
    story = tell({"stage": "reported_nonconforming", "sampled": sampled, "received": sampled, "reported": issued})
    with pytest.raises(ActNotPermitted) as refusal:
        story.do(act, date(2025, 3, 10), party="P", effective_on=date(2025, 3, 2))
    assert [reason.guard for reason in refusal.value.reasons] == ["after_what_went_before"]
    assert story.do(act, date(2025, 3, 10), party="P", effective_on=issued)


@pytest.mark.django_db
def test_nothing_is_dated_before_its_file_was_opened(case):
    with pytest.raises(ActNotPermitted) as refusal:
        case.do("lead.create", date(2025, 3, 6), effective_on=date(2025, 2, 28))
    assert 59 in refusal.value.articles
    assert case.do("lead.create", date(2025, 3, 6), effective_on=REPORTED)


@pytest.mark.django_db
def test_art44_an_application_after_the_sixty_days_is_late_also_when_their_start_is_recorded_late(case):
    case.do("rectification.issue_order", date(2025, 3, 6), party="P")
    entered = date(2025, 6, 20)
    case.do("rectification.record_order_receipt", entered, party="P", effective_on=date(2025, 3, 10))
    with pytest.raises(ActNotPermitted) as refusal:
        case.do("rectification.apply_recheck", entered, party="P")
    assert [reason.guard for reason in refusal.value.reasons] == ["before_the_lapse"]
    assert {44, 59} <= set(refusal.value.articles)
    case.do("rectification.late_submission", date(2025, 6, 21), party="P")
    assert Entry.objects.get(act="rectification.lapse").effective_on == date(2025, 5, 10)


@pytest.mark.django_db
def test_art44_an_application_that_came_in_time_is_taken_whenever_it_is_entered(case):
    case.do("rectification.issue_order", date(2025, 3, 6), party="P")
    entered = date(2025, 6, 20)
    case.do("rectification.record_order_receipt", entered, party="P", effective_on=date(2025, 3, 10))
    assert case.do("rectification.apply_recheck", entered, party="P", effective_on=date(2025, 5, 9))


@pytest.mark.django_db
def test_art50_an_earlier_breach_may_become_known_after_a_later_one(case):
    case.do("rectification.issue_order", date(2025, 3, 5), party="P")
    case.do("rectification.record_order_receipt", date(2025, 3, 6), party="P")
    for day in (date(2025, 3, 20), date(2025, 3, 10)):
        case.do("ban.record_breach", date(2025, 3, 21), party="P", effective_on=day)
    assert Entry.objects.filter(act="lead.create").count() == 2
