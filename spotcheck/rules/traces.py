"""Traces: a period told day by day, so that a date can be checked without the program.

A trace begins with the start event, has one step for every day up to the last one, and says of each
day what was done with it, why, and which notice of the State Council made the day what it is.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.words import Words


class StepKind(StrEnum):
    """What was done with a day."""

    START = "start"
    COUNT = "count"
    SKIP = "skip"
    ROLL = "roll"


class Step(NamedTuple):
    """One day of a trace; ``n`` is what has been counted so far."""

    day: date
    step: StepKind
    n: int
    reason: Words
    notice: str | None


Trace = tuple[Step, ...]


def of_working_days(start: date, last: date, calendar: Calendar) -> Trace:
    """Tell a period of working days: working days are counted, rest days are skipped."""
    steps = [_start(start, calendar)]
    n = 0
    for day in _days(start, last):
        working = calendar.is_working_day(day)
        n += working
        zh, en = calendar.describe(day)
        if not working:
            reason = Words(f"休息日不计（{zh}）", f"rest day, not counted ({en})")
        elif day < last:
            reason = Words(f"第{n}个工作日（{zh}）", f"working day {n} ({en})")
        else:
            reason = Words(f"第{n}个工作日，期间最后一日（{zh}）", f"working day {n}, the last day ({en})")
        step = StepKind.COUNT if working else StepKind.SKIP
        steps.append(Step(day, step, n, reason, calendar.notice(day)))
    return tuple(steps)


def counted_days(period: Period, start: date, raw: date, calendar: Calendar) -> tuple[Step, ...]:
    """Tell the days of a period of days or months up to the day before its last counted one."""
    if period.unit in (Unit.FIXED_DATE, Unit.AS_ORDERED) and start == raw:
        return ()
    steps = [_start(start, calendar)]
    for n, day in enumerate(_days(start, raw)[:-1], start=1):
        zh, en = calendar.describe(day)
        steps.append(
            Step(
                day,
                StepKind.COUNT,
                n,
                Words(f"第{n}日（{zh}）", f"day {n} ({en})"),
                calendar.notice(day),
            )
        )
    return tuple(steps)


def ending(period: Period, start: date, raw: date, end: date, calendar: Calendar, *, blocked: bool) -> tuple[Step, ...]:
    """Tell the last counted day and the days by which it moves.

    ``blocked``: nobody works on the last counted day, although this reading may leave the end
    there.
    """
    n = (raw - start).days
    kind = StepKind.COUNT if n else StepKind.START
    reason = _last_day(period, start, raw, calendar, _verdict(period, moved=end > raw, blocked=blocked))
    steps = [Step(raw, kind, n, reason, calendar.notice(raw))]
    for day in _days(raw, end):
        zh, en = calendar.describe(day)
        if day < end:
            reason = Words(f"仍为休息日，继续顺延（{zh}）", f"still a day off, it moves on ({en})")
        else:
            reason = Words(f"顺延至此日期满（{zh}）", f"the period ends on this day instead ({en})")
        steps.append(Step(day, StepKind.ROLL, n, reason, calendar.notice(day)))
    return tuple(steps)


def recompute(trace: Sequence[Step]) -> date:
    """Return the last day that a trace leads to, from the trace alone.

    Raise ``ValueError`` when the steps do not follow from one another.
    """
    first = trace[0]
    if first.step is not StepKind.START or first.n != 0:
        raise ValueError("a trace begins with its start")
    ordinal, n, rolling = first.day.toordinal(), 0, False
    for step in trace[1:]:
        ordinal += 1
        n += step.step is StepKind.COUNT
        backwards = step.step is StepKind.START or (rolling and step.step is not StepKind.ROLL)
        if step.day.toordinal() != ordinal or step.n != n or backwards:
            raise ValueError(f"{step.day} does not follow")
        rolling = step.step is StepKind.ROLL
    if trace[-1].step is StepKind.SKIP:
        raise ValueError("a trace does not end on a day that was skipped")
    return date.fromordinal(ordinal)


def _start(start: date, calendar: Calendar) -> Step:
    zh, en = calendar.describe(start)
    reason = Words(f"起算事件当日，不计入（{zh}）", f"day of the event, not counted ({en})")
    return Step(start, StepKind.START, 0, reason, calendar.notice(start))


def _days(after: date, until: date) -> list[date]:
    return [date.fromordinal(ordinal) for ordinal in range(after.toordinal() + 1, until.toordinal() + 1)]


def _last_day(period: Period, start: date, raw: date, calendar: Calendar, verdict: Words) -> Words:
    day = calendar.describe(raw)
    if period.unit is Unit.MONTHS:
        clamped = raw.day != start.day
        what = (
            Words(
                f"满{period.length}个月，该月无对应日，止于月末",
                f"{period.length} months, ending with the month",
            )
            if clamped
            else Words(f"满{period.length}个月的对应日", f"the same day {period.length} months later")
        )
    elif period.unit is Unit.FIXED_DATE:
        what = Words("规定的日期", "the fixed date")
    elif period.unit is Unit.AS_ORDERED:
        what = Words("决定确定的最后一日", "the last day as ordered")
    else:
        what = Words(f"第{period.length}日，期间最后一日", f"day {period.length}, the last day")
    return Words(f"{what.zh}（{day.zh}），{verdict.zh}", f"{what.en} ({day.en}); {verdict.en}")


def _verdict(period: Period, *, moved: bool, blocked: bool) -> Words:
    if not period.rolls:
        return Words("此期间不顺延", "this period never moves")
    if moved:
        return Words("向后顺延", "it moves on")
    if blocked:
        return Words("按此读法不顺延", "it does not move under this reading")
    return Words("不顺延", "it does not move")
