"""A second way of counting, to hold the first one to account. It shares no code with it.

It reads the calendar files itself, keeps nothing but sets of dates, and finds every last day by
asking which dates of a long list satisfy a condition. It is slow and has no traces.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAYS = {
    "D35": 15,
    "D39": 7,
    "D40": 10,
    "D44": 60,
    "D45": 60,
    "D46A": 15,
    "D46B": 75,
    "D50": 5,
    "D51": 90,
}
MONTHS = {"D16": 24, "D19": 6}
WORKING_DAYS = {"D43": 5}
NEVER_MOVES = {"D51C", "D60"}
RULES = sorted({"D07", *DAYS, *MONTHS, *WORKING_DAYS, *NEVER_MOVES})


class Unknown(Exception):
    """The almanac does not reach that far."""


@dataclass
class Almanac:
    """Sets of dates: known ones, those off, those worked in exchange, the statutory ones."""

    known: list[date]
    off: set[date]
    worked: set[date]
    statutory: set[date]
    marked: set[int]

    def resting(self) -> set[date]:
        return {day for day in self.known if day.weekday() in (5, 6)} - self.worked | self.off


def from_rows(rows: list[tuple[date, str, str]], years: range) -> Almanac:
    """Make an almanac of ``(day, kind, statutory)`` rows; later rows win."""
    kinds = {day: kind for day, kind, _ in rows}
    marks = {day: mark for day, _, mark in rows}
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    statutory = {day for day, mark in marks.items() if mark == "yes"}
    return Almanac(
        known=[first + timedelta(days=n) for n in range((last - first).days + 1)],
        off={day for day, kind in kinds.items() if kind == "off"},
        worked={day for day, kind in kinds.items() if kind == "makeup_workday"},
        statutory=statutory,
        marked={day.year for day in statutory},
    )


def from_files(folder: Path) -> Almanac:
    """Read the announced years."""
    rows = []
    names = sorted(path.stem for path in folder.glob("*.csv"))
    for name in names:
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        rows += [(date.fromisoformat(row["date"]), row["kind"], row["statutory"]) for row in csv.DictReader(lines)]
    return from_rows(rows, range(int(names[0]), int(names[-1]) + 1))


def second_count(rule: str, start: date, almanac: Almanac) -> tuple[date, date, date | None]:
    """Return the last day when blocks move it, when all rest days do, when statutory days do."""
    if rule in MONTHS:
        last = _after_months(start, MONTHS[rule])
        return last, last, last
    if rule in NEVER_MOVES:
        return start, start, start
    if start not in set(almanac.known):
        raise Unknown(start)
    if rule in WORKING_DAYS:
        resting = almanac.resting()
        later = [day for day in almanac.known if day > start and day not in resting]
        last = _nth(later, WORKING_DAYS[rule])
        return last, last, last
    counted = start + timedelta(days=DAYS.get(rule, 0))
    moved = [_first_open(counted, closed, almanac) for closed in (almanac.off, almanac.resting(), almanac.statutory)]
    return moved[0], moved[1], moved[2] if counted.year in almanac.marked else None


def _first_open(counted: date, closed: set[date], almanac: Almanac) -> date:
    if counted > almanac.known[-1]:
        raise Unknown(counted)
    candidates = [day for day in almanac.known if day >= counted and day not in closed]
    return _nth(candidates, 1)


def _nth(days: list[date], n: int) -> date:
    if len(days) < n:
        raise Unknown(n)
    return days[n - 1]


def _after_months(start: date, months: int) -> date:
    """Walk over the target month to its last day that is not later in it than the start."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, 1)
    best = day
    while day.month == month:
        if day.day <= start.day:
            best = day
        day += timedelta(days=1)
    return best
