"""What is read and taken along at the desk becomes a line of the book before it goes out, or it does not go out."""

from collections.abc import Mapping
from typing import Any

from spotcheck.docket import book
from spotcheck.docket.models import Dossier
from spotcheck.network.counting import address_of


def note(
    request: Any, kind: str, dossier: Dossier, subject: book.Subject, *, after: Mapping[str, Any] | None = None
) -> None:
    """Write down that somebody in a post reads or takes along something of a dossier."""
    book.write(
        kind,
        by=request.desk_post,
        user=request.user,
        subject=subject,
        dossier=dossier,
        after=after,
        address=address_of(request),
    )
