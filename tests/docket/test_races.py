"""Two at once: an act happens once, is refused to the other by article, and takes one number without a gap."""

from datetime import date

import pytest
from django.db import connections, transaction

from spotcheck.docket.acts import perform
from spotcheck.docket.entries import verify
from spotcheck.docket.models import Deadline, Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.notices.models import Paper
from tests.docket.together import together
from tests.story import reported

DAY = date(2025, 3, 3)


def the_same(story, act, times=2, **keys):
    """The same act of the same person from several connections; each has read the matter before."""

    def attempt():
        line, matter, by = story.prepare(act, **keys)
        return perform(getattr(matter, line.spec.method), by=by, on=DAY, facts=story.facts(line, DAY))

    return together(DAY, *[attempt] * times)


def outcomes(results):
    """How many were done and refused; anything else is an error of the program."""
    done = [one for one in results if isinstance(one, Entry)]
    refused = [one for one in results if isinstance(one, ActNotPermitted)]
    assert len(done) + len(refused) == len(results), results
    return len(done), len(refused)


@pytest.fixture
def received(committed_db, tell):
    story = tell(reported(DAY))
    story.do("rectification.receive_report", DAY, party="P")
    return story


def test_art43_an_order_is_issued_once_with_one_number(received):
    results = the_same(received, "rectification.issue_order", times=4, party="P")
    assert outcomes(results) == (1, 3)
    paper = Paper.objects.get(form=11)
    assert paper.number.endswith("〔2025〕1号")
    assert Entry.objects.filter(act="rectification.issue_order").count() == 1
    assert Deadline.objects.running().filter(rule="D46B").count() == 1
    assert list(verify(received.dossier())) == []


def test_the_one_who_came_second_hears_the_state_and_the_articles(received):
    results = the_same(received, "rectification.issue_order", party="P")
    (refusal,) = [one for one in results if isinstance(one, ActNotPermitted)]
    assert [reason.guard for reason in refusal.reasons] == ["state"]
    assert refusal.articles == (43,)


def test_a_number_that_was_taken_in_a_failed_act_is_taken_again(received):
    _, matter, by = received.prepare("rectification.issue_order", party="P")

    def fail():
        with transaction.atomic():
            perform(matter.issue_order, by=by, on=DAY)
            raise RuntimeError("the lights go out")

    (error,) = together(DAY, fail)
    assert isinstance(error, RuntimeError)
    assert not Paper.objects.filter(form=11).exists()
    received.do("rectification.issue_order", DAY, party="P")
    assert Paper.objects.get(form=11).number.endswith("〔2025〕1号")


def test_one_bureau_numbers_its_orders_in_many_dossiers_without_a_gap(committed_db, tell):
    parties = {
        f"P{number}": {"role": "sampled_producer", "region": 370102, "dossier": number} for number in range(1, 5)
    }
    story = tell({number: reported(DAY) for number in range(1, 5)}, parties)
    for label in parties:
        story.do("rectification.receive_report", DAY, party=label)
    calls = []
    for label in parties:
        _, matter, by = story.prepare("rectification.issue_order", party=label)
        calls.append(lambda matter=matter, by=by: perform(matter.issue_order, by=by, on=DAY))
    assert outcomes(together(DAY, *calls)) == (4, 0)
    numbers = Paper.objects.filter(form=11).values_list("number", flat=True)
    assert sorted(int(number.rpartition("〕")[2].removesuffix("号")) for number in numbers) == [1, 2, 3, 4]


def test_art42_a_report_is_received_once_although_the_case_does_not_exist_before(committed_db, tell):
    story = tell(reported(DAY))
    with story.day(DAY):
        pass
    assert outcomes(the_same(story, "rectification.receive_report", times=3, party="P")) == (1, 2)
    assert Deadline.objects.running().filter(rule="D43").count() == 1


def test_art46_two_late_submissions_at_once_are_both_recorded_in_order(committed_db, tell):
    story = tell(reported(DAY))
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.issue_order", DAY, party="P")
    story.do("rectification.record_order_receipt", DAY, party="P")
    late = date(2025, 5, 8)
    with story.day(late):
        pass

    def attempt():
        _, matter, by = story.prepare("rectification.late_submission", party="P")
        return perform(matter.late_submission, by=by, on=late)

    assert outcomes(together(late, attempt, attempt)) == (2, 0)
    assert Entry.objects.filter(act="rectification.late_submission").count() == 2
    assert list(verify(story.dossier())) == []


def test_two_acts_that_exclude_each_other_do_not_both_happen(received):
    received.do("rectification.issue_order", DAY, party="P")
    received.do("rectification.record_order_receipt", DAY, party="P")
    calls = []
    for act in ("rectification.apply_recheck", "rectification.claim_hardship"):
        line, matter, by = received.prepare(act, party="P")
        facts = received.facts(line, DAY)
        calls.append(
            lambda line=line, matter=matter, by=by, facts=facts: perform(
                getattr(matter, line.spec.method), by=by, on=DAY, facts=facts
            )
        )
    assert outcomes(together(DAY, *calls)) == (1, 1)
    assert Deadline.objects.running().filter(rule="D46A").count() == 1


def test_every_thread_had_a_connection_of_its_own(committed_db):
    def process():
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    assert len(set(together(DAY, process, process, process))) == 3
