"""P13: a calendar notice comes in; what that costs follows the periods that move, not those that run."""

import statistics
from dataclasses import dataclass
from datetime import date
from typing import Final

from spotcheck.bench.measuring import Figure, Result, timed
from spotcheck.bench.world import Place, around
from spotcheck.docket import calendar_notices, calendars, clock, law, redating
from spotcheck.docket.models import Deadline
from spotcheck.rules.calendar import Calendar

OF_THE_FEW: Final = 2.0
OF_ONE: Final = 1.5
YEARS: Final = 3
MORE: Final = 5
PUBLISHED: Final = (11, 6)
"""The day of the year on which the notice of the next one comes in; sixty days from then the new year begins."""
FIRST_DAYS: Final = (2, 3)
"""January days off that nobody could know before."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one notice has cost."""

    running: int
    moved: int
    seconds: float
    finding: float
    """The seconds to find out what it can concern and what of that moves."""
    everything: float
    """The seconds to count every running period again, without writing anything."""

    @property
    def each(self) -> float:
        """The seconds for each period that has moved."""
        return self.seconds / self.moved


def notice(small: Place, large: Place, *, concerned: int) -> Result:
    """Bring the notices of three years in, where few periods run and where many do, in turns; as many move in both.

    At last that of a fourth year, which concerns five times as many, where few run.
    """
    in_few, in_many = [], []
    for _ in range(YEARS):
        in_few.append(_bring(small, concerned))
        in_many.append(_bring(large, concerned))
    more = _bring(small, MORE * concerned)
    few, many = in_few[-1], in_many[-1]
    return Result(
        "P13",
        f"a calendar notice, {few.running:,} and {many.running:,} periods running",
        figures={
            "moved": Figure("periods that moved, in both, in the last of the years", many.moved),
            "per_second": Figure(
                "moved a second, each with an entry and both versions", many.moved / many.seconds, "a second"
            ),
            "few_seconds": Figure(f"{few.running:,} running", few.seconds, "s"),
            "many_seconds": Figure(f"{many.running:,} running", many.seconds, "s"),
            "ratio": Figure(
                "many : few, as many of them moving",
                statistics.median(b.seconds / a.seconds for a, b in zip(in_few, in_many, strict=True)),
                at_most=OF_THE_FEW,
            ),
            "each_ratio": Figure(
                f"for each that moves, {more.moved:,} moving : {few.moved:,} moving",
                more.each / statistics.median(run.each for run in in_few),
                at_most=OF_ONE,
            ),
            "everything_ratio": Figure(
                "counting every period again : finding what moves",
                statistics.median(run.everything / run.finding for run in in_many),
                "times",
            ),
            "finding_seconds": Figure("finding what moves, many running", many.finding, "s"),
            "everything_seconds": Figure("counting every period again, nothing written", many.everything, "s"),
        },
    )


def _bring(place: Place, concerned: int) -> Run:
    """Let about so many periods run into the next year, and its notice come in."""
    with place.here():
        year = calendars.current().announced_years[-1] + 1
        day = date(year - 1, *PUBLISHED)
        around(place, day, concerned)
        everything = timed(lambda: _count_everything_again(calendars.current()))
        with clock.simulated(day):
            proposed = calendar_notices.propose(_text(year, calendars.current()), by="bench")
            row = calendar_notices.confirm(proposed.pk, by="another")
            finding = timed(lambda: _find(year))
            moved: list[redating.Moved] = []
            seconds = timed(lambda: moved.extend(redating.redate(row)))
        running = place.count()
    return Run(running, len(moved), seconds, finding, everything)


def _text(year: int, calendar: Calendar) -> str:
    """The notice: what was estimated, and two days that were not."""
    assert calendar.provisional is not None
    days = {entry.day: (entry.statutory, entry.name) for entry in calendar.provisional.days}
    for number in FIRST_DAYS:
        days.setdefault(date(year, 1, number), (False, "元旦"))
    lines = [f"{day},off,{'yes' if statutory else 'no'},{name}" for day, (statutory, name) in sorted(days.items())]
    return "\n".join(["# https://example.org/notice", "date,kind,statutory,name", *lines, ""])


def _find(year: int) -> int:
    """The part of a re-dating that looks: what the notice can concern, and what of that moves."""
    found = redating._concerned(year).values_list(*redating.PAIR).distinct()
    return sum(redating._moves(pair, calendars.current()) for pair in found)


def _count_everything_again(calendar: Calendar) -> int:
    """What a program does that does not know which periods a notice can concern: it counts them all."""
    rows = Deadline.objects.running().filter(law.rows(redating.asks_calendar))
    return sum(
        law.last_days(rule_set, rule, started_on, calendar)[:2] != (due_on, latest)
        for rule_set, rule, started_on, due_on, latest in rows.values_list(*redating.PAIR).iterator()
    )
