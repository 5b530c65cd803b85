"""Commissioned bodies, also in the very act that commissions them."""

from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import offices, parts_of
from spotcheck.parties.models import Office


def body(entry: Entry, role: str) -> Office | None:
    """The body in a role: as this act names it, or as it was commissioned before."""
    code = entry.facts.get(role)
    if isinstance(code, str) and code and (named := offices([code])):
        return named[0]
    return commissioned(entry, role)


def commissioned(entry: Entry, role: str) -> Office | None:
    """The body commissioned last before this act: for the party, the dossier, or the task above it (10, 40, 47)."""
    for file in (entry.dossier_id, entry.dossier.parent_id):
        parts = parts_of(file) if file else []
        for part in reversed(parts):
            if part.role == role and part.party_id in {None, entry.party_id}:
                return part.office
    return None


def replaced(entry: Entry, role: str) -> Office | None:
    """The body whose commission ends with this act, because another is named."""
    before, now = commissioned(entry, role), body(entry, role)
    return before if before is not None and now is not None and before.pk != now.pk else None


def body_name(entry: Entry, role: str) -> str:
    """Its name, or nothing."""
    found = body(entry, role)
    return found.name if found else ""
