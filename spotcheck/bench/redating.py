"""P13: a calendar notice comes in; what that costs follows the periods that move, not those that run."""

from datetime import date
from typing import Final

from spotcheck.bench.measuring import Figure, Result, timed
from spotcheck.bench.world import Place, around
from spotcheck.docket import calendar_notices, calendars, clock, redating
from spotcheck.docket.models import Deadline
from spotcheck.rules import computation
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import PERIODS

OF_THE_FEW: Final = 2.0
PUBLISHED: Final = (11, 6)
"""The day of the year on which the notice of the next one comes in; sixty days from then the new year begins."""
FIRST_DAYS: Final = (2, 3)
"""January days off that nobody could know before."""


def notice(small: Place, large: Place, *, concerned: int) -> Result:
    """Bring the notice of the next year in, where few periods run and where many do; as many of them move."""
    few, many = small.count(), large.count()
    result = Result("P13", f"a calendar notice, {few:,} and {many:,} periods running")
    moved, seconds = {}, {}
    for name, place in (("few", small), ("many", large)):
        with place.here():
            year = calendars.current().announced_years[-1] + 1
            day = date(year - 1, *PUBLISHED)
            around(place, day, concerned)
            if name == "many":
                everything = timed(lambda: _count_everything_again(calendars.current()))
            with clock.simulated(day):
                proposed = calendar_notices.propose(_text(year, calendars.current()), by="bench")
                row = calendar_notices.confirm(proposed.pk, by="another")
                seconds[name] = timed(lambda row=row, name=name: moved.update({name: len(redating.redate(row))}))
    result.figures = {
        "moved": Figure("periods that moved, in both", moved["many"]),
        "per_second": Figure("moved a second, each with an entry and both versions", moved["many"] / seconds["many"]),
        "few_seconds": Figure(f"{few:,} running", seconds["few"], "s"),
        "many_seconds": Figure(f"{many:,} running", seconds["many"], "s"),
        "ratio": Figure("many : few, as many of them moving", seconds["many"] / seconds["few"], at_most=OF_THE_FEW),
        "everything_seconds": Figure("only counting every period again, nothing written", everything, "s"),
    }
    return result


def _text(year: int, calendar: Calendar) -> str:
    """The notice: what was estimated, and two days that were not."""
    assert calendar.provisional is not None
    days = {entry.day: (entry.statutory, entry.name) for entry in calendar.provisional.days}
    for number in FIRST_DAYS:
        days.setdefault(date(year, 1, number), (False, "元旦"))
    lines = [f"{day},off,{'yes' if statutory else 'no'},{name}" for day, (statutory, name) in sorted(days.items())]
    return "\n".join(["# https://example.org/notice", "date,kind,statutory,name", *lines, ""])


def _count_everything_again(calendar: Calendar) -> int:
    """What a program does that does not know which periods a notice can concern: it counts them all."""
    rows = Deadline.objects.running().filter(rule__in=redating.ASKING)
    return sum(
        computation.last_days(PERIODS[rule], started_on, calendar)[:2] != (due_on, latest)
        for rule, started_on, due_on, latest in rows.values_list("rule", "started_on", "due_on", "latest").iterator()
    )
