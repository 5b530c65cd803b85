"""Paging: one page is cut out of a list by the key of the last line seen, never by counting lines."""

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, QuerySet

PAGE: Final = 30
MOST_COUNTED: Final = 1000

_Row = TypeVar("_Row", bound=Model)


@dataclass(slots=True)
class Cut(Generic[_Row]):
    """The rows of one page, newest first, with the keys of the pages before and after it."""

    rows: list[_Row]
    before: int | None = None
    after: int | None = None


def cut(rows: "QuerySet[_Row]", *, after: int | None, before: int | None) -> "Cut[_Row]":
    """Return one page of the rows; ``after`` and ``before`` are keys of lines that have been seen."""
    backwards = before is not None
    rows = rows.order_by("pk" if backwards else "-pk")
    if backwards:
        rows = rows.filter(pk__gt=before)
    elif after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if not found:
        return Cut(found)
    if backwards:
        found.reverse()
    has_after = more or backwards
    has_before = more if backwards else after is not None
    return Cut(found, found[0].pk if has_before else None, found[-1].pk if has_after else None)


def capped_count(rows: "QuerySet[Any]") -> str:
    """The number of rows, never counted beyond the cap: "1,000+"."""
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"
