"""送达: by whom, when, with what proof; and that only a proved receipt counts."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline
from spotcheck.notices import service, storage
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.service import Proof, ServiceRefused, acknowledge, announced_until, begin, returned
from spotcheck.parties import actors

PDF = Proof("回证.pdf", b"%PDF-1.4 scanned")


@pytest.fixture
def by(thirteen):
    return actors.of_office(thirteen.get(form=13).issuer)


@pytest.fixture
def recipient(thirteen) -> Recipient:
    """The party that gets Form 13, which starts no period."""
    return thirteen.get(form=13).recipients.get(party__isnull=False)


def at(day: date):
    return clock.simulated(day)


def test_a_service_by_mail_with_its_receipt(recipient, by, media):
    with at(date(2022, 5, 24)):
        begun = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1234567890123")
        done = acknowledge(begun, by=by, on=date(2022, 5, 23), proof=PDF, received_by="王䶮", capacity="收发员")
    recipient.refresh_from_db()
    assert (done.outcome, recipient.received_on) == (Service.Outcome.SERVED, date(2022, 5, 23))
    assert storage.read(done.proof_file, done.proof_sha256) == PDF.content


@pytest.mark.parametrize(
    ("method", "more", "says"),
    [
        ("direct", {"servers": ["张伟"]}, "两人"),
        ("left", {"servers": ["张伟", "张伟"]}, "两人"),
        ("mail", {}, "邮件号码"),
        ("announced", {}, "公告的地方"),
    ],
)
def test_what_a_method_needs(recipient, by, method, more, says):
    with pytest.raises(ServiceRefused, match=says):
        begin(recipient, method, on=date(2022, 5, 21), by=by, **more)


def test_without_proof_nothing_is_received(recipient, by):
    with at(date(2022, 5, 24)):
        begun = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1")
        with pytest.raises(ServiceRefused, match="凭证"):
            acknowledge(begun, by=by, on=date(2022, 5, 23))
        with pytest.raises(ServiceRefused, match="只能是"):
            acknowledge(begun, by=by, on=date(2022, 5, 23), proof=Proof("x.exe", b"MZ"))
        with pytest.raises(ServiceRefused, match="早于"):
            acknowledge(begun, by=by, on=date(2022, 5, 20), proof=PDF)
        with pytest.raises(ServiceRefused, match="将来"):
            acknowledge(begun, by=by, on=date(2022, 5, 25), proof=PDF)
    assert Recipient.objects.get(pk=recipient.pk).received_on is None


def test_one_service_at_a_time_and_another_after_the_mail_came_back(recipient, by, media):
    with at(date(2022, 6, 30)):
        first = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1")
        with pytest.raises(ServiceRefused, match="已有一次"):
            begin(recipient, "electronic", on=date(2022, 5, 22), by=by)
        returned(first, reason="原址查无此人")
        second = begin(recipient, "announced", on=date(2022, 5, 28), by=by, announced_where="省局网站")
        with pytest.raises(ServiceRefused, match="公告期未满"):
            acknowledge(second, by=by, on=date(2022, 6, 26), proof=PDF)
        acknowledge(second, by=by, on=announced_until(date(2022, 5, 28)), proof=PDF)
    assert Recipient.objects.get(pk=recipient.pk).received_on == date(2022, 6, 27)
    assert recipient.services.count() == 2


def test_a_paper_left_behind_needs_a_witness(recipient, by, media):
    with at(date(2022, 5, 24)):
        begun = begin(recipient, "left", on=date(2022, 5, 23), by=by, servers=["张伟", "李娜"])
        with pytest.raises(ServiceRefused, match="见证人"):
            acknowledge(begun, by=by, on=date(2022, 5, 23), proof=PDF)
        acknowledge(begun, by=by, on=date(2022, 5, 23), proof=PDF, witness="赵㙍", refusal="负责人拒收")


def test_the_receipt_of_form_8_is_the_act_of_its_objection(thirteen, media):
    """The act is done through the service, so that the period starts with the day of this party's receipt."""
    paper = thirteen.get(form=8)
    assert service.RECEIPT_ACTS[8] == "record_decision_receipt"
    matter = MATTERS[paper.chart].objects.get(dossier=paper.dossier, label=paper.label)
    assert matter.decision_received_on == paper.recipients.get(party__isnull=False).received_on
    started = Deadline.objects.get(dossier=paper.dossier, rule="D39")
    assert started.started_on == matter.decision_received_on


def test_the_receipt_of_an_order_is_one_service_with_its_entry(thirteen):
    recipient = Paper.objects.get(form=11).recipients.get(party__isnull=False)
    done = recipient.services.get()
    assert done.receipt.act == "rectification.record_order_receipt"


def test_a_corrected_receipt_leaves_the_old_one_on_record(thirteen):
    recipient = Paper.objects.get(form=11).recipients.get(party__isnull=False)
    before = recipient.received_on
    service.correct_receipt(recipient, date(2022, 3, 25), recipient.receipt)
    assert Recipient.objects.get(pk=recipient.pk).received_on == date(2022, 3, 25)
    assert [(s.outcome, s.received_on) for s in recipient.services.order_by("pk")] == [
        ("corrected", before),
        ("served", date(2022, 3, 25)),
    ]
