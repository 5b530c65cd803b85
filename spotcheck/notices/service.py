"""送达: one service for each recipient, by whom, when and with what proof; its receipt starts the clock of that party.

Form 7, 8 and 11 start periods with their receipt: acknowledging their service performs the act that records
it, so that the register, the period and the paper can never say different things.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from spotcheck.notices import storage
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.parties.actors import Actor

RECEIPT_ACTS: Final = {7: "record_receipt", 8: "record_decision_receipt", 11: "record_order_receipt"}
"""The act of the paper's own matter that records its receipt, by form."""
ANNOUNCED_FOR: Final = 30
"""Days after which a public announcement counts as received: the practice of market regulation, not our text."""
TYPES: Final = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
"""What a proof may be, told by its first bytes."""


class ServiceRefused(ValueError):
    """A service cannot be recorded like this; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The file that proves a receipt: a scanned acknowledgement, a postal slip, a screen."""

    name: str
    content: bytes


def begin(
    recipient: Recipient,
    method: str,
    *,
    on: date,
    by: Actor,
    servers: Sequence[str] = (),
    tracking_no: str = "",
    announced_where: str = "",
) -> Service:
    """Record that a paper is on its way to one recipient."""
    if method in {Service.Method.DIRECT, Service.Method.LEFT} and len(set(servers)) < 2:
        raise ServiceRefused(_("直接送达和留置送达须由两人进行，请填写两名送达人。"))
    if method == Service.Method.MAIL and not tracking_no:
        raise ServiceRefused(_("邮寄送达须填写邮件号码。"))
    if method == Service.Method.ANNOUNCED and not announced_where:
        raise ServiceRefused(_("公告送达须填写公告的地方。"))
    with transaction.atomic():
        Recipient.objects.select_for_update().get(pk=recipient.pk)
        if recipient.services.filter(outcome__in=(Service.Outcome.UNDER_WAY, Service.Outcome.SERVED)).exists():
            raise ServiceRefused(_("该受送达人已有一次送达在进行或者已经完成。"))
        return Service.objects.create(
            recipient=recipient,
            method=method,
            started_on=on,
            servers=list(servers),
            tracking_no=tracking_no,
            announced_where=announced_where,
            recorded_by=by.user,
            recorded_at=clock.now(),
        )


def acknowledge(
    service: Service,
    *,
    by: Actor,
    on: date,
    proof: Proof | None = None,
    received_by: str = "",
    capacity: str = "",
    witness: str = "",
    refusal: str = "",
) -> Service:
    """Record the receipt with its proof. Where a period starts with it, the act of the matter is performed."""
    _check(service, on, proof, witness)
    kept = _keep(proof) if proof else None
    paper = service.recipient.paper
    with transaction.atomic():
        service = Service.objects.select_for_update().get(pk=service.pk)
        if service.outcome != Service.Outcome.UNDER_WAY:
            raise ServiceRefused(_("这次送达已经结束。"))
        service.outcome, service.received_on = Service.Outcome.SERVED, on
        service.received_by, service.capacity = received_by, capacity
        service.witness, service.refusal = witness, refusal
        if kept is not None and proof is not None:
            service.proof_name, service.proof_file, service.proof_sha256 = proof.name[:200], kept.name, kept.sha256
        service.save()
        method = RECEIPT_ACTS.get(paper.form)
        if method is not None and service.recipient.party_id is not None:
            matter = MATTERS[paper.chart].objects.get(dossier=paper.dossier, label=paper.label)
            facts = {"proof": proof is not None, "slip_number": service.tracking_no}
            perform(getattr(matter, method), by=by, on=on, facts=facts)
        else:
            Recipient.objects.filter(pk=service.recipient_id).update(received_on=on)
    service.refresh_from_db()
    return service


def returned(service: Service, *, reason: str) -> None:
    """The mail came back, nobody was found: this attempt has ended, the next may begin."""
    changed = Service.objects.filter(pk=service.pk, outcome=Service.Outcome.UNDER_WAY)
    if not changed.update(outcome=Service.Outcome.RETURNED, returned_reason=reason[:200]):
        raise ServiceRefused(_("这次送达已经结束。"))


def announced_until(on: date) -> date:
    """The day on which a paper that was announced on this day counts as received."""
    return date.fromordinal(on.toordinal() + ANNOUNCED_FOR)


def note_receipt(paper: Paper, entry: Entry) -> None:
    """Follow the act that recorded a receipt: the recipient and the service say the same."""
    for recipient in paper.recipients.filter(party__isnull=False):
        Recipient.objects.filter(pk=recipient.pk).update(received_on=entry.effective_on, receipt=entry)
        running = recipient.services.filter(outcome__in=(Service.Outcome.UNDER_WAY, Service.Outcome.SERVED))
        if running.update(outcome=Service.Outcome.SERVED, received_on=entry.effective_on, receipt=entry):
            continue
        slip = entry.facts.get("slip_number") or ""
        Service.objects.create(
            recipient=recipient,
            method=Service.Method.MAIL if slip else Service.Method.DIRECT,
            outcome=Service.Outcome.SERVED,
            started_on=paper.issued_on,
            tracking_no=slip[:40],
            received_on=entry.effective_on,
            receipt=entry,
            recorded_by=entry.user,
            recorded_at=entry.recorded_at,
        )


def correct_receipt(received: Recipient, on: date, entry: Entry) -> None:
    """A receipt corrected with proof: the old record stays and says that it was corrected."""
    for service in received.services.filter(outcome=Service.Outcome.SERVED):
        Service.objects.filter(pk=service.pk).update(outcome=Service.Outcome.CORRECTED)
        service.pk, service._state.adding = None, True  # noqa: SLF001 -- Django's own way to copy a row
        service.received_on, service.receipt, service.recorded_at = on, entry, entry.recorded_at
        service.save()
    Recipient.objects.filter(pk=received.pk).update(received_on=on)


def _check(service: Service, on: date, proof: Proof | None, witness: str) -> None:
    if on < service.started_on:
        raise ServiceRefused(_("收到日期不能早于送达开始的日期。"))
    if on > clock.today():
        raise ServiceRefused(_("收到日期不能是将来。"))
    if proof is None:
        raise ServiceRefused(_("没有送达凭证，期限不能起算；请附上回证、回执或者截图。"))
    if service.method == Service.Method.LEFT and not witness:
        raise ServiceRefused(_("留置送达须有见证人。"))
    if service.method == Service.Method.ANNOUNCED and on < announced_until(service.started_on):
        raise ServiceRefused(_("公告期未满，不视为送达。"))


def _keep(proof: Proof) -> storage.Kept:
    suffix = next((end for start, end in TYPES.items() if proof.content.startswith(start)), None)
    if suffix is None:
        raise ServiceRefused(_("凭证只能是 PDF、PNG 或者 JPEG 文件。"))
    return storage.keep(f"proofs/{clock.today().year}/{token_hex(16)}{suffix}", proof.content)
