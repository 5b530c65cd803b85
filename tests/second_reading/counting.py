"""Days and periods (README section 9): day 0 is the day of the event, last days roll over announced holidays.

Two last days are computed. The first moves only out of a holiday block announced by the State Council, the second out of
any day of rest. Nothing happens to an enterprise before the later one has passed (art. 59).
"""

from __future__ import annotations

import calendar as months
import csv
import functools
import pathlib
from dataclasses import dataclass
from datetime import date, timedelta

CALENDARS = pathlib.Path(__file__).parents[2] / "spotcheck" / "rules" / "calendars"
DAY = timedelta(days=1)
VALID_FROM, VALID_TO = date(2021, 5, 3), date(2026, 5, 2)

CALENDAR_DAYS = {"D35": 15, "D39": 7, "D40": 10, "D44": 60, "D45": 60, "D46A": 15, "D46B": 75, "D50": 5, "D51": 90}
WORKING_DAYS = {"D43": 5}
MONTHS = {"D19": 6, "D16": 24}
DUTIES = frozenset({"D40", "D43", "D46A", "D46B", "D50", "D51"})


@dataclass(frozen=True)
class Period:
    """One period of one matter: its rule, the day it runs from, its last day in both readings."""

    code: str
    start: date
    due_on: date
    latest: date

    def contested(self, day: date) -> bool:
        """A filing on this day is late in one reading and in time in the other (section 8)."""
        return self.due_on < day <= self.latest

    def shown(self, today: date) -> dict:
        """What a file expects of a running period: latest only when it differs, overdue only for duties."""
        line: dict = {"due_on": self.due_on}
        if self.latest != self.due_on:
            line["latest"] = self.latest
        if self.code in DUTIES and today > self.due_on:
            line["overdue"] = True
        return line


@functools.cache
def announced() -> dict[date, str]:
    """Every day named by a notice of the State Council: off or makeup_workday."""
    days = {}
    for path in sorted(CALENDARS.glob("*.csv")):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        days.update({date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(lines)})
    return days


def in_block(day: date) -> bool:
    """The day lies in an announced holiday block."""
    return announced().get(day) == "off"


def is_rest(day: date) -> bool:
    """Nobody works: an announced day off, or a weekend which was not declared a working day."""
    return in_block(day) or (day.weekday() >= 5 and announced().get(day) != "makeup_workday")


def first_after(day: date, closed) -> date:
    """The day itself, or the first later one which is not closed."""
    while closed(day):
        day += DAY
    return day


def rolled(code: str, start: date, raw: date) -> Period:
    """Both last days of a period whose count ends on the raw day."""
    return Period(code, start, first_after(raw, in_block), first_after(raw, is_rest))


def in_months(day: date, count: int) -> date:
    """The corresponding day of a later month, clamped to its end."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def period(code: str, start: date) -> Period:
    """The period of a rule which runs from this day (for D07 and D60: the fixed date itself)."""
    if code in CALENDAR_DAYS:
        return rolled(code, start, start + CALENDAR_DAYS[code] * DAY)
    if code == "D07":
        return rolled(code, start, start)
    if code in WORKING_DAYS:
        end = start
        for _ in range(WORKING_DAYS[code]):
            end = first_after(end + DAY, is_rest)
        return Period(code, start, end, end)
    end = in_months(start, MONTHS[code]) if code in MONTHS else start
    return Period(code, start, end, end)
