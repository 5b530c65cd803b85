"""Who has read a dossier: shown to whoever coordinates the cases of the office that handles it.

Auditors read the same in the book; everybody reads there what he has read himself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spotcheck.docket.models import Dossier, Record
from spotcheck.parties.models import Office, Post, User
from spotcheck.rules.book import KINDS
from spotcheck.rules.words import Words

MOST: Final = 200
"""So many readings are shown, the newest first."""
SHOWN_TO: Final = "coordinates"


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody has read or taken along something of a dossier."""

    at: datetime
    what: Words
    user: User | None
    office: Office | None


def are_shown_to(post: Post, dossier: Dossier) -> bool:
    """Whether a post coordinates the cases of an office that handles a party of the dossier."""
    if SHOWN_TO not in post.entitlements or post.office_id is None:
        return False
    return dossier.parties.filter(handler=post.office_id).exists()


def of(dossier: Dossier) -> Iterator[Reading]:
    """The readings of a dossier, the newest first."""
    rows = Record.objects.filter(dossier=dossier).select_related("user", "office").order_by("-at", "-pk")
    for record in rows[:MOST]:
        yield Reading(record.at, KINDS[record.kind], record.user, record.office)
