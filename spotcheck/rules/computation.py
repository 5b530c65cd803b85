"""Counting: the last day of a period (Article 59) under each reading.

The day of the event is day 0 (reading R1). Days are calendar days unless the text says working
days; a last day on a holiday moves to the first day after it. What a holiday is for that purpose is
read in three ways (R2):

* ``holiday_block``: the days off named in the State Council's notice; gives ``due_on`` unless the
  rule set says otherwise;
* ``rest_day``: plain weekends too; the later date, before which nothing happens to an enterprise;
* ``statutory_only``: the days of the holiday regulation alone; shown for comparison, it never
  decides.

Everything is passed in: nothing here knows what day it is.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from spotcheck.rules import traces
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.rule_sets import RuleSet
from spotcheck.rules.service_targets import ServiceTarget
from spotcheck.rules.traces import Trace, recompute
from spotcheck.rules.words import Words

__all__ = [
    "LAST_DAY_READINGS",
    "Counted",
    "Trace",
    "contested",
    "count",
    "count_until",
    "in_time",
    "lapses_on",
    "last_days",
    "overdue",
    "recompute",
    "target_day",
]

LAST_DAY_READINGS: Final[dict[str, Words]] = {
    "holiday_block": Words("公布的放假日顺延", "announced days off move the last day"),
    "rest_day": Words("所有休息日均顺延", "every rest day moves the last day"),
    "statutory_only": Words("仅法定节日当天顺延（仅供对照）", "only statutory days move it (for comparison)"),
}
_MONTHS_A_YEAR: Final = 12
_GIVEN: Final = (Unit.FIXED_DATE, Unit.AS_ORDERED)
"""Units of periods whose last day is given, not counted."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A period counted, with every reading and the trace behind it."""

    period: Period
    start: date
    due_on: date
    latest: date
    readings: dict[str, date | None]
    provisional: bool
    calendar: str
    rule_set: str
    traces: dict[str, Trace]

    @property
    def contested(self) -> bool:
        """Whether the readings differ, so that a filing may fall between the two last days."""
        return self.due_on < self.latest

    def as_json(self, language: str = "zh-hans") -> dict[str, Any]:
        """Return the count as plain data, dates as text."""
        return {
            "rule": self.period.code,
            "start": self.start.isoformat(),
            "due_on": self.due_on.isoformat(),
            "latest": self.latest.isoformat(),
            "readings": {name: day.isoformat() if day else None for name, day in self.readings.items()},
            "provisional": self.provisional,
            "rule_set": self.rule_set,
            "calendar": self.calendar,
            "trace": {
                name: [
                    {
                        "day": step.day.isoformat(),
                        "step": step.step.value,
                        "n": step.n,
                        "reason": step.reason.in_(language),
                        "notice": step.notice,
                    }
                    for step in trace
                ]
                for name, trace in self.traces.items()
            },
        }


def last_days(
    period: Period, start: date, calendar: Calendar, *, rule_set: RuleSet
) -> tuple[date, date, date | None, bool]:
    """Return ``due_on``, ``latest``, the statutory reading, and whether they are provisional.

    For a fixed date, and for a period whose end is ordered, ``start`` is that day itself.
    """
    readings = _ends(period, start, calendar)
    latest = readings[1]
    due_on = latest if rule_set.settings.due_on_reading == "rest_day" else readings[0]
    return due_on, latest, readings[2], _asks_calendar(period) and calendar.is_provisional(latest)


def count(period: Period, start: date, calendar: Calendar, *, rule_set: RuleSet) -> Counted:
    """Count a period and tell how: :func:`last_days`, with a trace for each reading."""
    due_on, latest, _, provisional = last_days(period, start, calendar, rule_set=rule_set)
    ends = _ends(period, start, calendar)
    return Counted(
        period=period,
        start=start,
        due_on=due_on,
        latest=latest,
        readings=dict(zip(LAST_DAY_READINGS, ends, strict=True)),
        provisional=provisional,
        calendar=calendar.edition,
        rule_set=rule_set.id,
        traces=_traces(period, start, _counted_to(period, start, calendar), ends, calendar),
    )


def count_until(period: Period, start: date, until: date, calendar: Calendar, *, rule_set: RuleSet) -> Counted:
    """Tell a period whose last day a decision has fixed (Article 51): it never moves."""
    if until < start:
        raise ValueError(f"the ordered day {until} lies before {start}")
    ends = (until, until, until)
    return Counted(
        period=period,
        start=start,
        due_on=until,
        latest=until,
        readings=dict(zip(LAST_DAY_READINGS, ends, strict=True)),
        provisional=False,
        calendar=calendar.edition,
        rule_set=rule_set.id,
        traces=_traces(period, start, until, ends, calendar),
    )


def target_day(target: ServiceTarget, start: date, calendar: Calendar) -> date:
    """Return the day by which a service target wants the duty done. It is no deadline."""
    if target.unit is Unit.WORKING_DAYS:
        return calendar.working_day_after(start, target.length)
    return start + timedelta(days=target.length)


def in_time(latest: date, on: date) -> bool:
    """Whether a filing on this day is in time: through the whole of the later last day (R2)."""
    return on <= latest


def contested(due_on: date, latest: date, on: date) -> bool:
    """Whether a filing on this day is in time under the later reading only."""
    return due_on < on <= latest


def lapses_on(latest: date) -> date:
    """Return the legal date of a lapse: the day after the later last day, whenever it is found."""
    return latest + timedelta(days=1)


def overdue(due_on: date, today: date) -> bool:
    """Whether a bureau's duty is late: it is measured by the earlier last day."""
    return today > due_on


def _asks_calendar(period: Period) -> bool:
    """Whether the date depends on what kind of day a day is."""
    return period.rolls or period.unit is Unit.WORKING_DAYS


def _ends(period: Period, start: date, calendar: Calendar) -> tuple[date, date, date | None]:
    """Return the last day under each reading, in the order of ``LAST_DAY_READINGS``."""
    raw = _counted_to(period, start, calendar)
    if not period.rolls:
        return raw, raw, raw
    return calendar.after_block(raw), calendar.after_rest(raw), calendar.after_statutory(raw)


def _counted_to(period: Period, start: date, calendar: Calendar) -> date:
    """Return the last day as counted, before it moves; of a fixed or ordered day, that day itself.

    Raises ``ValueError`` for a period that is counted and says not by how much: no day is the end of that.
    """
    if _asks_calendar(period):
        calendar.require(start)
    if period.unit in _GIVEN:
        return start
    if period.length is None:
        raise ValueError(f"{period.code} is counted in {period.unit} and has no length")
    if period.unit is Unit.WORKING_DAYS:
        return calendar.working_day_after(start, period.length)
    if period.unit is Unit.MONTHS:
        return _months_later(start, period.length)
    return start + timedelta(days=period.length)


def _months_later(start: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month if it is shorter."""
    years, month = divmod(start.month - 1 + months, _MONTHS_A_YEAR)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _traces(
    period: Period, start: date, raw: date, ends: tuple[date, date, date | None], calendar: Calendar
) -> dict[str, Trace]:
    """Tell each reading that has a date; they share the way to the last counted day."""
    if period.unit is Unit.WORKING_DAYS:
        return dict.fromkeys(LAST_DAY_READINGS, traces.of_working_days(start, raw, calendar))
    way = traces.counted_days(period, start, raw, calendar)
    blocked = calendar.covers(raw) and calendar.is_rest_day(raw)
    told: dict[date, Trace] = {}
    for end in ends:
        if end is not None and end not in told:
            told[end] = way + traces.ending(period, start, raw, end, calendar, blocked=blocked)
    return {name: told[end] for name, end in zip(LAST_DAY_READINGS, ends, strict=True) if end is not None}
