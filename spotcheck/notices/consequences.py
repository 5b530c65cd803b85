"""What follows every act: the papers of its forms, the messages to those who are told, and the receipts."""

from datetime import date

from spotcheck.docket import rows
from spotcheck.docket.consequences import follows, follows_every
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry, Message, Party
from spotcheck.docket.sessions import current, know_parties
from spotcheck.notices.issuing import issue, letters_of, meant
from spotcheck.notices.models import Paper, Recipient
from spotcheck.notices.service import correct_receipt, end_attempts, note_receipt
from spotcheck.notices.telling import TOLD

RECEIPTS = {
    "result_notice.record_receipt": 7,
    "objection.record_decision_receipt": 8,
    "rectification.record_order_receipt": 11,
}
"""The acts that record the receipt of a form."""


@follows_every
def issue_papers(batch: list[Entry]) -> None:
    """Record the papers that the rules want at this step (Articles 13 to 50)."""
    for entry in batch:
        for form in entry.spec.forms:
            issue(form, entry)
        for letter in letters_of(entry):
            issue(letter, entry)


@follows_every
def tell(batch: list[Entry]) -> None:
    """Write into the outbox who has to be told."""
    now = current().now
    if len(batch) > 1 and batch[0].act in TOLD:
        know_parties(entry.dossier for entry in batch if entry.party_id is None)
    messages = []
    for entry in batch:
        line = {"dossier_id": entry.dossier_id, "entry_id": entry.pk, "kind": entry.act, "created_at": now}
        for word in TOLD.get(entry.act, ()):
            offices, parties = meant(word, entry.matter, entry)
            messages += [line | {"office_id": office.pk, "party_id": None} for office in offices]
            messages += [line | {"office_id": None, "party_id": party.pk} for party in parties]
    rows.add(Message, messages)


@follows(*RECEIPTS)
def record_receipts(batch: list[Entry]) -> None:
    """Keep on the paper itself when the party received it."""
    for entry in batch:
        newest = newest_paper(RECEIPTS[entry.act], entry)
        if newest is not None:
            note_receipt(newest, entry)


def newest_paper(form: int, matter: Entry | Flow) -> Paper | None:
    """The newest paper of a form that a matter (or the matter of an entry) has issued: the one that is received."""
    same = Paper.objects.filter(dossier=matter.dossier_id, form=form, chart=matter.chart, label=matter.label)
    return same.order_by("-pk").first()


@follows("docket.correct_date")
def correct_receipts(batch: list[Entry]) -> None:
    """A receipt whose date is corrected with proof is corrected on the paper too."""
    for entry in batch:
        received = Recipient.objects.filter(
            receipt__dossier=entry.dossier, receipt__sequence=entry.facts["entry"], party__isnull=False
        )
        for recipient in received:
            correct_receipt(recipient, date.fromisoformat(entry.facts["date_after"]), entry)


@follows(
    "sampling.present_notice",
    "purchase.seal_and_notify",
    "result_notice.send",
    "rectification.issue_order",
)
def open_to_party(batch: list[Entry]) -> None:
    """From the first paper that is meant for it, a party may see its own case (Articles 13, 26, 33, 43)."""
    for entry in batch:
        told = entry.dossier.parties.filter(told_on__isnull=True)
        concerned = {"pk": entry.party_id} if entry.party is not None else {"role__in": Party.SAMPLED}
        told.filter(**concerned).update(told_on=entry.effective_on)


@follows("rectification.withdraw")
def withdraw_order(batch: list[Entry]) -> None:
    """An order whose case is withdrawn no longer holds; the paper says so."""
    for entry in batch:
        Paper.objects.filter(dossier=entry.dossier, form=11, chart=entry.chart, label=entry.label).update(
            status=Paper.Status.WITHDRAWN
        )


@follows("result_notice.service_failed")
def replace_notice(batch: list[Entry]) -> None:
    """A notice that could not be served is sent anew; the first no longer holds, and its service has ended."""
    for entry in batch:
        paper = newest_paper(7, entry)
        if paper is None:
            continue
        Paper.objects.filter(pk=paper.pk).update(status=Paper.Status.SUPERSEDED)
        end_attempts(paper, entry)
