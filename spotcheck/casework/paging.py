"""Paging: one page is cut out of a list by the place of the last line seen, never by counting lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from spotcheck.casework.reading import day_of, whole

PAGE: Final = 30
MOST_COUNTED: Final = 1000

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a line in a list that is ordered by day, and by key within a day."""

    day: date
    key: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Read a place as addresses have it, ``2026-11-20.57``; None when it is none."""
        written, _, number = text.partition(".")
        day, key = day_of(written), whole(number)
        return cls(day, key) if day is not None and key is not None else None

    def __str__(self) -> str:
        return f"{self.day}.{self.key}"


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is wanted: the one after a line, the one before it, or the first."""

    after: Place | None = None
    before: Place | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Turn":
        """Read a query string; a place that makes no sense is left out."""
        return cls(Place.read(query.get("after", "")), Place.read(query.get("before", "")))


FIRST: Final = Turn()


@dataclass(slots=True)
class Cut(Generic[_Row]):
    """The rows of one page, newest first, with the places of its ends where another page follows."""

    rows: list[_Row]
    before: Place | None = None
    after: Place | None = None


def cut(rows: "QuerySet[_Row]", turn: Turn, *, day: str, oldest_first: bool = False, most: int = 0) -> "Cut[_Row]":
    """Return one page of the rows, newest first by their column ``day``; rows of one day by their keys.

    A page has ``most`` rows, those of a page of the desk where nothing is said.
    """
    most = most or PAGE
    backwards = turn.before is not None
    rows = rows.order_by(day, "pk") if backwards != oldest_first else rows.order_by(f"-{day}", "-pk")
    before, after = ("lt", "gt") if oldest_first else ("gt", "lt")
    if turn.before is not None:
        rows = _beyond(rows, day, before, turn.before)
    elif turn.after is not None:
        rows = _beyond(rows, day, after, turn.after)
    found = list(rows[: most + 1])
    more, found = len(found) > most, found[:most]
    if not found:
        return Cut(found)
    if backwards:
        found.reverse()
    has_after = more or backwards
    has_before = more if backwards else turn.after is not None
    ends = [Place(getattr(row, day), row.pk) for row in (found[0], found[-1])]
    return Cut(found, ends[0] if has_before else None, ends[1] if has_after else None)


def every(page: "Callable[[Turn], Cut[_Row]]", most: int) -> "Iterator[_Row]":
    """The rows of a list from its first page on, page after page, so many at most: as its pages show them."""
    turn, left = FIRST, most
    while True:
        part = page(turn)
        yield from part.rows[:left]
        left -= len(part.rows)
        if part.after is None or left <= 0:
            return
        turn = Turn(after=part.after)


def capped_count(rows: "QuerySet[Any]") -> str:
    """The number of rows, never counted beyond the cap: "1,000+"."""
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"


def _beyond(rows: "QuerySet[_Row]", day: str, side: str, place: Place) -> "QuerySet[_Row]":
    """The rows on one side of a place. What is asked of the day alone says nothing new, but an index can use it."""
    within_day = Q(**{day: place.day, f"pk__{side}": place.key})
    return rows.filter(Q(**{f"{day}__{side}": place.day}) | within_day, **{f"{day}__{side}e": place.day})
