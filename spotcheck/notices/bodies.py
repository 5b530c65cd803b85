"""Commissioned bodies, also in the very act that commissions them."""

from spotcheck.docket import register
from spotcheck.docket.models import Entry
from spotcheck.parties.models import Office


def body(entry: Entry, role: str) -> Office | None:
    """The body in a role: as this act names it, or as it was commissioned before."""
    code = entry.facts.get(role)
    if isinstance(code, str) and code and (named := Office.objects.filter(code=code).first()):
        return named
    return register.body(entry.dossier, role)


def body_name(entry: Entry, role: str) -> str:
    """Its name, or nothing."""
    found = body(entry, role)
    return found.name if found else ""
