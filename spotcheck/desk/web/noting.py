"""What is read and taken along at the desk becomes a line of the book before it goes out, or it does not go out."""

from typing import Any

from spotcheck.docket import book, exports
from spotcheck.docket.models import Dossier
from spotcheck.network.counting import address_of


def note(request: Any, kind: str, dossier: Dossier, subject: book.Subject) -> None:
    """Write down that somebody in a post reads something of a dossier."""
    who = {"by": request.desk_post, "user": request.user, "address": address_of(request)}
    book.write(kind, subject=subject, dossier=dossier, **who)


def take_along(request: Any, kind: str, dossier: Dossier, *, rows: int, digest: str, **more: Any) -> None:
    """Write down that somebody in a post takes something of a dossier along."""
    who = {"by": request.desk_post, "user": request.user, "address": address_of(request)}
    exports.write(kind, subject=dossier, dossier=dossier, rows=rows, digest=digest, **who, **more)
