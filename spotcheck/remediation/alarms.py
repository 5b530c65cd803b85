"""What somebody has to see to although no act of ours is waiting for it: on top of the page until it is read."""

from collections.abc import Iterable

from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Entry, Message
from spotcheck.docket.sessions import current
from spotcheck.parties.models import PROVINCE_CODE, Office

REVOCATION = "revocation_lost_basis"
CLOSURE = "closure_lost_basis"
SAMPLE_AGAIN = "sample_again"
MOVED_HERE = "case_moved_here"
VOIDING = ("objection.revoke", "objection.decide_anew")


@follows("ban.lift_permanent", "revocation.lost_basis_again")
def revocation_lost_basis(batch: list[Entry]) -> None:
    """The handling bureau asks the registration authority to take the revocation of the licence back; what falls later
    is one more ground for that, of which it is told too (51, R42)."""
    _alarm(REVOCATION, ((entry, entry.party.handler if entry.party else None) for entry in batch))


@follows("rectification.withdraw", "rectification.annul")
def closure_lost_basis(batch: list[Entry]) -> None:
    """The handling bureau asks the authority that ordered the closure to end it (Article 51, R42)."""
    fallen = [entry for entry in batch if "CLOSURE_LOST_BASIS" in entry.flags]
    _alarm(CLOSURE, ((entry, entry.party.handler if entry.party else None) for entry in fallen))


@follows("sampling.void", "purchase.void")
def sample_again(batch: list[Entry]) -> None:
    """After a revocation the province has the product sampled again in due time (Article 38)."""
    revoked = [entry for entry in batch if entry.cause is not None and entry.cause.act in VOIDING]
    if revoked:
        province = Office.objects.get(code=PROVINCE_CODE)
        _alarm(SAMPLE_AGAIN, ((entry, province) for entry in revoked))


@follows("rectification.transfer_jurisdiction")
def case_moved_here(batch: list[Entry]) -> None:
    """The bureau to which a case was transferred takes it up at once (Articles 42, 43)."""
    _alarm(MOVED_HERE, ((entry, entry.matter.party.handler) for entry in batch))


def _alarm(kind: str, told: Iterable[tuple[Entry, Office | None]]) -> None:
    """Write the message to each bureau; whoever works in another province is told by letter."""
    now = current().now
    messages = [
        Message(dossier_id=entry.dossier_id, entry=entry, kind=kind, office=office, created_at=now)
        for entry, office in told
        if office is not None
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
