"""Period: what a text says of one period. The periods themselves stand in the folder of their text.

Nothing here looks at a calendar or at a clock: :mod:`spotcheck.rules.computation` counts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from spotcheck.rules.words import Words


class Unit(StrEnum):
    """What a period is counted in (Article 59)."""

    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    FIXED_DATE = "fixed date"
    AS_ORDERED = "as ordered"

    @property
    def label(self) -> Words:
        """The unit in words."""
        return _UNIT_LABELS[self]


_UNIT_LABELS: Final = {
    Unit.CALENDAR_DAYS: Words("日（公历日）", "calendar days"),
    Unit.WORKING_DAYS: Words("个工作日", "working days"),
    Unit.MONTHS: Words("个月", "months"),
    Unit.FIXED_DATE: Words("固定日期", "fixed date"),
    Unit.AS_ORDERED: Words("以决定为准", "as ordered"),
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """One period of the text.

    * ``rolls``: a last day on a holiday moves (Article 59);
    * ``running``: it runs as a deadline of a matter (the others are rules of counting);
    * ``duty``: a bureau has to act, and can be overdue;
    * ``lapses``: once the later last day is over the article takes effect, and the sweep acts.
    """

    code: str
    slug: str
    articles: tuple[int, ...]
    name: Words
    actors: tuple[str, ...]
    unit: Unit
    length: int | None = None
    every_year_on: tuple[int, int] | None = None
    once_on: date | None = None
    rolls: bool = True
    running: bool = True
    duty: bool = False
    lapses: bool = False
    starts_with: Words
    stops_with: Words
    on_lapse: Words
    form: int | None = None
    readings: tuple[str, ...] = ()
    in_force_from: date
    in_force_until: date | None = None

    def fixed_day(self, year: int) -> date:
        """Return the fixed date of this year; only for a period whose unit is a fixed date."""
        if self.every_year_on is not None:
            return date(year, *self.every_year_on)
        if self.once_on is not None:
            return self.once_on
        raise ValueError(f"{self.code} has no fixed date")
