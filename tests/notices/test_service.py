"""送达: by whom, when, with what proof; and that only a proved receipt counts."""

from datetime import date

import pytest

from spotcheck.docket import clock, entries
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Evidence
from spotcheck.files import storage
from spotcheck.notices import service
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.proofs import Proof
from spotcheck.notices.service import NotYours, ServiceRefused, acknowledge, announced_until, begin, returned
from spotcheck.parties import actors
from spotcheck.parties.models import Office
from spotcheck.remediation.case_file import bind_case_file
from spotcheck.rules.regulations import FIRST, named
from tests.notices.scans import locked, pictured, scanned

PDF = Proof("回证.pdf", scanned())
PNG = Proof("回执.png", pictured())


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
        with pytest.raises(ServiceRefused, match="认不出"):
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
        returned(first, by=by, on=date(2022, 5, 27), reason="原址查无此人")
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
    assert named(FIRST).receipts[8] == "objection.record_decision_receipt"
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


# Who may, what is said twice, what cannot be


@pytest.mark.parametrize("code", ["370000", "370300", "370102"])
def test_only_the_issuer_records_the_service_of_its_paper(recipient, code):
    """The province, the city and a stranger county leave Form 13 to the county that issued it."""
    other = actors.of_office(Office.objects.get(code=code))
    with at(date(2022, 5, 24)), pytest.raises(NotYours):
        begin(recipient, "electronic", on=date(2022, 5, 22), by=other)
    assert not recipient.services.exists()


@pytest.mark.parametrize(
    ("form", "may"), [(7, {"370000"}), (8, {"370000"}), (11, {"370303"}), (13, {"370303"}), (10, {"370000"})]
)
def test_who_records_a_service_follows_from_the_paper(thirteen, form, may):
    """Where a receipt is an act, those who do that act (33, 39, 43); else the issuer."""
    paper = thirteen.get(form=form)
    bureaus = Office.objects.filter(code__in=["370000", "370300", "370303", "370102"])
    assert {office.code for office in bureaus if service.may_serve(paper, actors.of_office(office))} == may


def test_an_enterprise_records_no_service(thirteen, recipient):
    party = actors.Actor(enterprise=recipient.party.enterprise)
    assert not any(service.may_serve(paper, party) for paper in thirteen)


def test_the_same_said_twice_is_one_service(recipient, by, media):
    """Of two clicks the second finds the work of the first, at the beginning, the end, and the return."""
    said = {"on": date(2022, 5, 21), "by": by, "tracking_no": "1"}
    with at(date(2022, 5, 30)):
        begun = [begin(recipient, "mail", **said).pk for _twice in range(2)]
        back = [returned(Service.objects.get(pk=begun[0]), by=by, on=date(2022, 5, 25), reason="查无") for _ in "12"]
        begun += [begin(recipient, "mail", **said | {"on": date(2022, 5, 26)}).pk for _twice in range(2)]
        ends = [
            acknowledge(Service.objects.get(pk=begun[2]), by=by, on=date(2022, 5, 28), proof=PDF).pk for _twice in "12"
        ]
        with pytest.raises(ServiceRefused, match="已经结束"):
            acknowledge(Service.objects.get(pk=begun[2]), by=by, on=date(2022, 5, 29), proof=PDF)
    assert begun == [begun[0], begun[0], begun[2], begun[2]]
    assert [attempt.outcome for attempt in back] == ["returned", "returned"]
    assert ends == [begun[2]] * 2
    assert recipient.services.count() == 2
    assert len([path for path in (media / "files").rglob("*.pdf") if ".leaf" not in path.name]) == 1


def test_a_paper_that_no_longer_holds_is_not_served(recipient, by):
    Paper.objects.filter(pk=recipient.paper_id).update(status="withdrawn")
    recipient = Recipient.objects.get(pk=recipient.pk)
    with at(date(2022, 5, 24)), pytest.raises(ServiceRefused, match="不再有效"):
        begin(recipient, "electronic", on=date(2022, 5, 22), by=by)


@pytest.mark.parametrize(("on", "says"), [(date(2022, 5, 1), "文书的日期"), (date(2022, 5, 25), "将来")])
def test_a_service_begins_between_the_paper_and_today(recipient, by, on, says):
    with at(date(2022, 5, 24)), pytest.raises(ServiceRefused, match=says):
        begin(recipient, "electronic", on=on, by=by)


def test_all_that_is_missing_is_said_at_once_and_beside_its_field(recipient, by):
    with at(date(2022, 5, 24)):
        begun = begin(recipient, "left", on=date(2022, 5, 22), by=by, servers=["张伟", "李娜"])
        with pytest.raises(ServiceRefused) as refused:
            acknowledge(begun, by=by, on=date(2022, 5, 20), proof=Proof("x.pdf", b"%PDF-", size=10**9))
    assert set(refused.value.errors) == {"received_on", "witness", "refusal", "proof"}
    assert "MB" in refused.value.errors["proof"]


def test_what_does_not_fit_is_refused_and_not_cut_off(recipient, by):
    with at(date(2022, 5, 24)), pytest.raises(ServiceRefused, match="40"):
        begin(recipient, "mail", on=date(2022, 5, 22), by=by, tracking_no="9" * 41)


def test_a_return_needs_its_reason_and_a_possible_day(recipient, by):
    with at(date(2022, 5, 30)):
        begun = begin(recipient, "mail", on=date(2022, 5, 22), by=by, tracking_no="1")
        with pytest.raises(ServiceRefused) as refused:
            returned(begun, by=by, on=date(2022, 5, 21), reason=" ")
    assert set(refused.value.errors) == {"reason", "on"}


# Corrections, and what a receipt would start


def test_a_receipt_that_starts_nothing_is_corrected_by_itself(recipient, by, media):
    """Form 13 starts no period; both versions stay, each with its own proof."""
    with at(date(2022, 5, 30)):
        begun = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1")
        acknowledge(begun, by=by, on=date(2022, 5, 23), proof=PDF)
        service.correct(recipient, by=by, on=date(2022, 5, 24), proof=PNG)
        with pytest.raises(ServiceRefused, match="相同"):
            service.correct(recipient, by=by, on=date(2022, 5, 24), proof=PNG)
    assert [(s.outcome, s.received_on, s.proof_name) for s in recipient.services.order_by("pk")] == [
        ("corrected", date(2022, 5, 23), "回证.pdf"),
        ("served", date(2022, 5, 24), "回执.png"),
    ]


def test_what_has_not_been_received_is_not_corrected(recipient, by):
    with at(date(2022, 5, 30)), pytest.raises(ServiceRefused, match="无从更正"):
        service.correct(recipient, by=by, on=date(2022, 5, 24), proof=PDF)


def test_a_receipt_is_foreseen_and_leaves_nothing_behind(thirteen, media):
    """What is announced for Form 11 is what then happens: the same period with the same two last days."""
    paper = thirteen.get(form=11)
    matter = service.matter_of(paper)
    type(matter).objects.filter(pk=matter.pk).update(state="order_issued")
    waiting = paper.recipients.get(party__isnull=False)
    by = actors.of_office(paper.issuer)
    before = Deadline.objects.count(), paper.dossier.entries.count()
    with at(date(2022, 6, 30)):
        seen = service.foresee_receipt(waiting, by=by, on=date(2022, 6, 25))
        assert (Deadline.objects.count(), paper.dossier.entries.count()) == before
        assert type(matter).objects.get(pk=matter.pk).state == "order_issued"
        assert [(p.rule, p.started_on) for p in seen.started if p.rule == "D44"] == [("D44", date(2022, 6, 25))]
        assert seen.flags == ["SERVICE_LATE"]


def test_a_notice_that_could_not_be_served_is_superseded(thirteen, media):
    """Article 33: the mail came back for good; the notice is sent anew, and the first says that it no longer holds."""
    first = thirteen.get(form=7)
    matter = service.matter_of(first)
    type(matter).objects.filter(pk=matter.pk).update(state="sent")
    Recipient.objects.filter(paper=first).update(received_on=None, receipt=None)
    Service.objects.filter(recipient__paper=first).update(outcome="corrected")
    province = actors.of_office(first.issuer)
    with at(date(2022, 5, 30)):
        attempt = begin(first.recipients.get(), "mail", on=date(2022, 5, 28), by=province, tracking_no="1")
        perform(service.matter_of(first).service_failed, by=province, on=date(2022, 5, 30))
    first.refresh_from_db()
    attempt.refresh_from_db()
    assert (first.status, attempt.outcome, attempt.returned_on) == ("superseded", "returned", date(2022, 5, 30))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4 scanned", "不完整"),
        (scanned()[:300], "不完整"),
        (locked(), "密码"),
        (b"\x89PNG\r\n\x1a\n...", "损坏"),
        (pictured()[:60], "不完整|损坏"),
        (b"\xff\xd8\xff", "损坏"),
    ],
    ids=["no pdf", "half a pdf", "password", "no png", "half a png", "no jpeg"],
)
def test_a_proof_that_nobody_can_open_proves_nothing(recipient, by, content, says):
    """Told by its content and not by its first bytes alone: it goes into the case file one day (Article 53)."""
    with at(date(2022, 5, 24)):
        begun = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1")
        with pytest.raises(ServiceRefused, match=says):
            acknowledge(begun, by=by, on=date(2022, 5, 23), proof=Proof("回证", content))


# Where a proof is kept


@pytest.fixture
def awaited(thirteen, media):
    """The party that waits for Form 11, whose receipt an act records."""
    paper = thirteen.get(form=11)
    matter = service.matter_of(paper)
    type(matter).objects.filter(pk=matter.pk).update(state="order_issued")
    waiting = paper.recipients.get(party__isnull=False)
    waiting.services.update(outcome="corrected")
    Recipient.objects.filter(pk=waiting.pk).update(received_on=None, receipt=None)
    waiting.refresh_from_db()
    return waiting


def test_the_proof_of_a_receipt_comes_with_its_act_and_stands_in_the_chain(awaited, media):
    by = actors.of_office(awaited.paper.issuer)
    with at(date(2022, 6, 30)):
        begun = begin(awaited, "mail", on=date(2022, 6, 24), by=by, tracking_no="1")
        done = acknowledge(begun, by=by, on=date(2022, 6, 25), proof=PDF)
        again = acknowledge(begun, by=by, on=date(2022, 6, 25), proof=PDF)
    assert again.pk == done.pk
    slip = Evidence.objects.get(entry=done.receipt)
    assert (slip.kind, slip.name, slip.stored_id) == ("slip", "回证.pdf", PDF.sha256)
    assert (done.receipt.act, done.receipt.evidence) == ("rectification.record_order_receipt", [PDF.sha256])
    assert list(entries.verify(done.receipt.dossier)) == []
    assert (done.proof_file, done.proof.name, storage.read(done.proof.file, done.proof.sha256)) == (
        "",
        "回证.pdf",
        PDF.content,
    )
    assert list(Service.objects.proved().filter(recipient=awaited)) == [done]


def test_a_corrected_receipt_has_the_proof_of_its_correction_and_the_old_one_its_own(awaited, media):
    by = actors.of_office(awaited.paper.issuer)
    with at(date(2022, 6, 30)):
        acknowledge(
            begin(awaited, "mail", on=date(2022, 6, 24), by=by, tracking_no="1"),
            by=by,
            on=date(2022, 6, 25),
            proof=PDF,
        )
        awaited.refresh_from_db()
        service.correct(awaited, by=by, on=date(2022, 6, 26), proof=PNG, remark="回证上的日期")
    shown = [(s.outcome, s.proof.name, s.receipt.act) for s in awaited.services.filter(tracking_no="1").order_by("pk")]
    assert shown == [
        ("corrected", "回证.pdf", "rectification.record_order_receipt"),
        ("served", "回执.png", "docket.correct_date"),
    ]
    assert list(entries.verify(awaited.paper.dossier)) == []
    bound = bind_case_file(awaited.paper.dossier)
    kept = [name for name in bound.originals if name.startswith("送达凭证-")]
    assert len(kept) == 2
    assert not [name for name in bound.originals if "凭证" in name and name.startswith("材料-")]


def test_a_proof_of_before_there_was_evidence_stays_readable(recipient, by, media):
    """A receipt that no act records, and every old one, has its proof in its own columns."""
    with at(date(2022, 5, 30)):
        begun = begin(recipient, "mail", on=date(2022, 5, 21), by=by, tracking_no="1")
        done = acknowledge(begun, by=by, on=date(2022, 5, 23), proof=PDF)
    assert (done.proof.name, done.proof.sha256, done.proof.file) == ("回证.pdf", PDF.sha256, done.proof_file)
    assert not Evidence.objects.filter(dossier=recipient.paper.dossier).exists()
