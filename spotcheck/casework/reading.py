"""What an address or a form asks for, read so that nothing that can be typed breaks a page."""

from typing import Final

from django.core.exceptions import BadRequest
from django.http import QueryDict

from spotcheck.rules.characters import tidied
from spotcheck.rules.days import day_of

__all__ = ["as_meant", "day_of", "whole"]

_DIGITS: Final = 18
"""So many digits fit into every key of the database."""


def whole(text: str) -> int | None:
    """The whole number that a text is, in plain digits; None when it is none, or no key could be so long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def as_meant(sent: QueryDict) -> QueryDict:
    """What a form sent, without what nobody types on purpose: blanks of no width, marks of direction, odd blanks.

    Raises :class:`BadRequest` for a zero byte: no keyboard types one, and no table can hold it.
    """
    if any("\0" in value for _name, values in sent.lists() for value in values):
        raise BadRequest
    meant = QueryDict(mutable=True)
    for name, values in sent.lists():
        meant.setlist(name, [tidied(value) for value in values])
    meant._mutable = False  # noqa: SLF001 -- as a request has it
    return meant
