"""Days of the demo: working days to act on, and the days on which a period must have begun to end as wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from spotcheck.docket import calendars, law
from spotcheck.rules.calendar import Calendar

_LONGEST_SEARCH = 400

_kept: ContextVar[Calendar | None] = ContextVar("calendar_of_the_demo", default=None)


@contextmanager
def one_calendar() -> Iterator[None]:
    """Within the block the calendar in force is read only once."""
    token = _kept.set(calendars.current())
    try:
        yield
    finally:
        _kept.reset(token)


def _calendar() -> Calendar:
    return _kept.get() or calendars.current()


def after(day: date, days: int) -> date:
    """Return the day so many calendar days later (earlier, when negative)."""
    return date.fromordinal(day.toordinal() + days)


def open_day(day: date) -> date:
    """Return this day, or the first working day after it."""
    return _calendar().after_rest(day)


def open_before(day: date) -> date:
    """Return this day, or the last working day before it."""
    calendar = _calendar()
    while calendar.is_rest_day(day):
        day = after(day, -1)
    return day


def working(day: date, days: int) -> date:
    """Return the n-th working day after this day."""
    return _calendar().working_day_after(day, days)


def working_before(day: date, days: int) -> date:
    """Return the n-th working day before this day."""
    calendar = _calendar()
    while days:
        day = after(day, -1)
        days -= calendar.is_working_day(day)
    return day


def begun(rule: str, due_on: date, *, late: bool = False) -> date:
    """Return the day, a working day if one will do, on which a period began that is due on this day.

    When none is (because the day is a holiday), it is due as soon after as possible; with ``late``, as shortly before.
    """
    starts: dict[date, list[date]] = {}
    for back in range(_LONGEST_SEARCH):
        start = after(due_on, -back)
        due = _due_on(rule, start)
        starts.setdefault(due, []).append(start)
        if due < due_on:
            break
    wanted = max(day for day in starts if day <= due_on) if late else min(day for day in starts if day >= due_on)
    working_days = [start for start in starts[wanted] if _calendar().is_working_day(start)]
    return (working_days or starts[wanted])[0]


def _due_on(rule: str, start: date) -> date:
    return law.last_days(law.of().id, rule, start, _calendar())[0]


def contested(rule: str, later_than: date) -> date:
    """Return a day on which a period begins whose readings differ, with both last days after this one."""
    calendar = _calendar()
    for back in range(_LONGEST_SEARCH, 0, -1):
        start = after(later_than, -back)
        due_on, latest, _, _ = law.last_days(law.of().id, rule, start, calendar)
        if later_than < due_on < latest:
            return start
    raise LookupError(f"no contested {rule} after {later_than}")
