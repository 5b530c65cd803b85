"""What stays on top of a page until somebody has read it: decisions that lost their basis, a product to be sampled
again, a case that has come here (Articles 38, 42, 51).
"""

from datetime import date

import pytest

from spotcheck.casework.inbox import alarms
from spotcheck.desk.web.today import inbox
from spotcheck.docket.models import Message
from spotcheck.parties.actors import of_office, of_post
from spotcheck.parties.models import Office, Post, User
from spotcheck.remediation.alarms import CLOSURE, MOVED_HERE, REVOCATION, SAMPLE_AGAIN
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
HANDLER, OTHER, CITY, PROVINCE = "370102", "370302", "370100", "370000"


@played
def story():
    """A nonconforming report, told on the same day."""
    told = Story(reported(DAY))
    told.do("result_notice.send", DAY, party="P")
    told.do("result_notice.record_receipt", DAY, party="P")
    return told


def told(kind):
    """The bureaus that were told of this."""
    return sorted(Message.objects.filter(kind=kind).values_list("office__code", flat=True))


def ordered(story, day=DAY):
    for act in ("receive_report", "issue_order", "record_order_receipt"):
        story.do(f"rectification.{act}", day, party="P")


def failed(story, day):
    """A recheck that fails, begun and ended on one day."""
    story.do("rectification.start_recheck", day, party="P", with_={"early_reason": "given"})
    story.do("recheck.verify_on_site", day, party="P", with_={"rectified": False})
    story.do("recheck.fail_without_test", day, party="P")


def announced(story, day):
    story.do("rectification.report_up", day, party="P")
    for act in ("submit_to_city", "submit_to_province", "announce"):
        story.do(f"announcement.{act}", day, party="P")


@played
def closed(story):
    """A closure was ordered after the second failed recheck."""
    ordered(story)
    story.do("rectification.apply_recheck", date(2025, 4, 1), party="P")
    failed(story, date(2025, 4, 7))
    announced(story, date(2025, 4, 8))
    failed(story, date(2025, 6, 20))
    story.do("rectification.order_closure", date(2025, 6, 23), party="P", with_={"until": date(2025, 7, 25)})
    return story


def test_art38_a_revocation_lets_the_province_sample_again(story):
    story.do("objection.file", date(2025, 3, 4), party="P", with_={"grounds": "sampling"})
    story.do("objection.start_verification", date(2025, 3, 4))
    assert told(SAMPLE_AGAIN) == []
    story.do("objection.revoke", date(2025, 3, 5))
    assert told(SAMPLE_AGAIN) == [PROVINCE]


def test_art27_a_lost_unit_voids_the_sampling_without_a_duty_to_sample_again():
    lost = Story({"stage": "drawn", "day": DAY})
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        lost.do(f"sampling.{act}", DAY)
    lost.do("sample.compromise", DAY, unit="T", with_={"cause": "carrier"})
    lost.do("inspection.stop_unit_lost", DAY)
    assert told(SAMPLE_AGAIN) == []


def test_art42_the_receiving_bureau_is_alarmed_before_and_after_the_order(story):
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.transfer_jurisdiction", DAY, party="P", with_={"to": OTHER})
    assert told(MOVED_HERE) == [OTHER]
    ordered(story, date(2025, 3, 4))
    story.do("rectification.transfer_jurisdiction", date(2025, 3, 5), party="P", with_={"to": HANDLER})
    assert told(MOVED_HERE) == [HANDLER, OTHER]


def test_art32_a_case_that_leaves_the_province_alarms_nobody_here(story):
    ordered(story)
    story.do("rectification.transfer_jurisdiction", DAY, party="P", by="province", with_={"to": "330106"})
    assert told(MOVED_HERE) == []


def test_art51_a_closure_that_lost_its_basis(closed):
    closed.do("conclusion.annul", date(2025, 6, 30))
    assert (told(CLOSURE), told(REVOCATION)) == ([HANDLER], [])


def test_art51_a_closure_whose_recheck_was_annulled(closed):
    closed.do("rectification.annul", date(2025, 6, 30), party="P", with_={"what": "recheck"})
    assert told(CLOSURE) == [HANDLER]


def test_art51_a_revocation_of_the_licence_that_lost_its_basis(closed):
    failed(closed, date(2025, 7, 28))
    closed.do("rectification.revoke_licence", date(2025, 7, 29), party="P")
    assert told(REVOCATION) == []
    closed.do("conclusion.annul", date(2025, 8, 4))
    assert (told(REVOCATION), told(CLOSURE)) == ([HANDLER], [])


def test_an_alarm_stays_until_the_office_has_read_it(story):
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.transfer_jurisdiction", DAY, party="P", with_={"to": OTHER})
    here = of_office(Office.objects.get(code=OTHER))
    assert [letter.message.kind for letter in alarms(here)] == [MOVED_HERE]
    assert alarms(here)[0].text == "案件已移交本局，请登记收到检验报告或者接续办理"
    inbox.mark_read(inbox.messages_of(here))
    assert alarms(here) == []


def test_art10_who_samples_for_a_bureau_reads_no_alarm_of_it_away(story):
    story.do("rectification.receive_report", DAY, party="P")
    story.do("rectification.transfer_jurisdiction", DAY, party="P", with_={"to": OTHER})
    user = User.objects.create(username="s", full_name="刘洋")
    post = Post.objects.create(user=user, office=Office.objects.get(code=OTHER), role=Post.Role.SAMPLER, since=DAY)
    assert alarms(of_post(post)) == []
    inbox.mark_read(inbox.messages_of(of_post(post)))
    assert [letter.message.kind for letter in alarms(of_office(post.office))] == [MOVED_HERE]
