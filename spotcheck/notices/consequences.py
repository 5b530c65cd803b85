"""What follows every act: the papers of its forms, the messages to those who are told, and the receipts."""

from datetime import date

from spotcheck.docket.consequences import follows, follows_every
from spotcheck.docket.flow import COMPLAINTS
from spotcheck.docket.models import Entry, Party
from spotcheck.docket.sessions import current, know_parties, parties_changed
from spotcheck.notices import fate, typefaces
from spotcheck.notices.issued import newest as newest_paper
from spotcheck.notices.issuing import issue, letters_of, meant
from spotcheck.notices.models import Recipient
from spotcheck.notices.service import correct_receipt, note_receipt
from spotcheck.rules.acts import words_of

__all__ = ["newest_paper"]

COMPLAINTS.append(typefaces.complaint)  # nothing is recorded that no notice could ever say


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
    told = words_of(batch[0].act).told
    if len(batch) > 1 and told:
        know_parties(entry.dossier for entry in batch if entry.party_id is None)
    messages = []
    for entry in batch:
        line = {"dossier_id": entry.dossier_id, "entry_id": entry.pk, "kind": entry.act, "created_at": now}
        for word in told:
            offices, parties = meant(word, entry.matter, entry)
            messages += [line | {"office_id": office.pk, "party_id": None} for office in offices]
            messages += [line | {"office_id": None, "party_id": party.pk} for party in parties]
    current().unwritten.tell(messages)


follows_every(fate.replace_earlier)


@follows_every
def record_receipts(batch: list[Entry]) -> None:
    """Keep on the paper itself when the party received it: on the newest of the matter that holds."""
    form = words_of(batch[0].act).receipt_of
    if form is None:
        return
    for entry in batch:
        newest = newest_paper(form, entry)
        if newest is not None:
            note_receipt(newest, entry)


@follows("docket.correct_date")
def correct_receipts(batch: list[Entry]) -> None:
    """A receipt whose date is corrected with proof is corrected on the paper too."""
    for entry in batch:
        received = Recipient.objects.filter(
            receipt__dossier=entry.dossier, receipt__sequence=entry.facts["entry"], party__isnull=False
        )
        for recipient in received:
            correct_receipt(recipient, date.fromisoformat(entry.facts["date_after"]), entry)


@follows_every
def open_file(batch: list[Entry]) -> None:
    """From the first paper that is meant for it, a party may see its own case (Articles 13, 26, 33, 43).

    When no result will come, every party is told so, and may see it (27).
    """
    opens_to = words_of(batch[0].act).opens_to
    for entry in batch if opens_to else ():
        untold = entry.dossier.parties.filter(told_on__isnull=True)
        if opens_to == "party":
            concerned = {"pk": entry.party_id} if entry.party is not None else {"role__in": Party.SAMPLED}
            untold = untold.filter(**concerned)
        untold.update(told_on=entry.effective_on)
        parties_changed(entry.dossier_id)
