"""What leaves the house as a list or a file is a line of the book first: filter, number of rows, hash; or it stays.

The one place that writes lines of the family ``export``. A list of more than :data:`MOST_WITHOUT_PURPOSE` rows of
persons goes to nobody who does not say what it is for; the purpose stands in the line.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from django.utils.translation import gettext as _

from spotcheck.docket import book
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Dossier, Record
from spotcheck.parties.models import Post, User
from spotcheck.rules.refused import Refused

MOST_WITHOUT_PURPOSE: Final = 1_000


class PurposeMissing(Refused):
    """So many persons are taken along by nobody who does not say what for."""

    status = 400
    kind = "purpose-missing"

    def __init__(self) -> None:
        most = {"most": MOST_WITHOUT_PURPOSE}
        super().__init__({"purpose": _("超过 %(most)d 行的人员信息，须写明用途才能导出；用途记入登记簿。") % most})


def needs_purpose(rows: int) -> bool:
    """Whether a list of so many rows of persons is taken along only with its purpose."""
    return rows > MOST_WITHOUT_PURPOSE


def write(
    kind: str,
    *,
    by: Post | None,
    user: User | None,
    subject: book.Subject,
    rows: int,
    digest: str,
    asked: Mapping[str, Any] | None = None,
    address: str = "",
    dossier: Dossier | None = None,
    of_persons: bool = False,
    purpose: str = "",
    **more: Any,
) -> Record | None:
    """Write down that something is taken along; raises :class:`PurposeMissing`.

    ``rows`` are its lines (of a case file the entries), ``digest`` is its SHA-256 (hex), ``asked`` the filter by which
    it was chosen, ``more`` what else is to be said of it, by names of ``rules/book.VALUES``.
    """
    if of_persons and needs_purpose(rows) and not is_written(purpose):
        raise PurposeMissing
    after = {"filter": dict(asked or {}), "rows": rows, "sha256": digest, **more}
    return book.write(
        kind, by=by, user=user, subject=subject, dossier=dossier, after=after, reason=purpose.strip(), address=address
    )


def digest_of(content: bytes) -> str:
    """The SHA-256 (hex) of what is taken along."""
    return sha256(content).hexdigest()
