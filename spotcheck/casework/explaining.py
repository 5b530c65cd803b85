"""Why a period ends on its day: the trace of the count, condensed into lines that a person can check by hand."""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spotcheck.casework.wording import cited, dated, say
from spotcheck.docket import deadlines
from spotcheck.docket.models import Deadline
from spotcheck.rules.calendar import CalendarNotPublished
from spotcheck.rules.computation import LAST_DAY_READINGS, Counted
from spotcheck.rules.periods import PERIODS, Period, Unit
from spotcheck.rules.traces import Step, StepKind, Trace


@dataclass(slots=True)
class ReadingLine:
    """What one reading of Article 59 gives."""

    name: str
    meaning: str
    day: str
    decides: bool


@dataclass(slots=True)
class Explanation:
    """The lines of an explanation, the readings side by side, and every day of the count."""

    lines: list[str] = field(default_factory=list)
    readings: list[ReadingLine] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    steps: Trace = ()


def explain(deadline: Deadline) -> Explanation:
    """Tell why a period ends when it ends. Its start entry must be at hand."""
    told = Explanation(lines=[_started(deadline)])
    period = PERIODS[deadline.rule]
    counted = _counted(deadline)
    if counted is None:
        if period.length is None:
            told.lines.append(_("期限以决定为准，止于 %(day)s，不作推算。") % {"day": dated(deadline.due_on)})
        return told
    told.lines.append(_first_day(deadline, counted))
    told.lines += _last_day(period, counted)
    told.lines += _moves(counted)
    told.readings = _readings(deadline, counted)
    told.steps = counted.traces["rest_day"]
    told.notices = list(dict.fromkeys(s.notice for s in _telling(told.steps) if s.notice))
    told.remarks = _remarks(deadline, period, counted)
    return told


def _counted(deadline: Deadline) -> Counted | None:
    try:
        return deadlines.explain(deadline)
    except CalendarNotPublished:
        return None


def _started(deadline: Deadline) -> str:
    """The start and its evidence."""
    entry = deadline.started_by
    what = say(PERIODS[deadline.rule].starts_with)
    return _("起算：%(day)s，%(what)s（案卷流水第 %(number)d 号）。") % {
        "day": dated(deadline.started_on),
        "what": what,
        "number": entry.sequence,
    }


def _first_day(deadline: Deadline, counted: Counted) -> str:
    first = counted.traces["rest_day"][1].day
    return _("起算当日不计入，自 %(day)s 起算。") % {"day": dated(first)}


def _last_day(period: Period, counted: Counted) -> list[str]:
    """How many days were counted, and what was left out."""
    trace = counted.traces["rest_day"]
    last = [step for step in trace if step.step is StepKind.COUNT][-1]
    if period.unit is not Unit.WORKING_DAYS:
        return [_("第 %(n)d 日为 %(day)s。") % {"n": last.n, "day": dated(last.day)}]
    told = [_("只计工作日：第 %(n)d 个工作日为 %(day)s。") % {"n": last.n, "day": dated(last.day)}]
    skipped = sum(step.step is StepKind.SKIP for step in trace)
    if skipped:
        told.append(
            ngettext("其间有 %(count)d 个休息日不计。", "其间有 %(count)d 个休息日不计。", skipped) % {"count": skipped}
        )
    return told


def _moves(counted: Counted) -> list[str]:
    """How the last day moves under the readings that decide; once, when they agree."""
    moves = {name: _moved(counted.traces[name]) for name in ("holiday_block", "rest_day")}
    told = {name: move for name, move in moves.items() if move}
    if len(set(moves.values())) == 1:
        return list(set(told.values()))
    return [
        _("%(reading)s：%(move)s") % {"reading": say(LAST_DAY_READINGS[name]), "move": move}
        for name, move in told.items()
    ]


def _moved(trace: Trace) -> str:
    """From which day to which, and why; empty when the period ends where it was counted to."""
    if trace[-1].step is not StepKind.ROLL:
        return ""
    last = [step for step in trace if step.step is not StepKind.ROLL][-1]
    return _("%(last)s（%(why)s）不工作，顺延至 %(day)s。") % {
        "last": f"{last.day:%m-%d}",
        "why": _kind_of_day(last),
        "day": dated(trace[-1].day),
    }


def _kind_of_day(step: Step) -> str:
    """The description of the day inside the reason of its step."""
    reason = say(step.reason)
    for opening, closing in (("（", "）"), ("(", ")")):
        if opening in reason:
            return reason.split(opening, 1)[1].split(closing, 1)[0]
    return reason


def _readings(deadline: Deadline, counted: Counted) -> list[ReadingLine]:
    if not counted.period.rolls:
        return []
    decides = {"holiday_block": _("期限日"), "rest_day": _("最晚日"), "statutory_only": _("对照")}
    return [
        ReadingLine(
            name=decides[name],
            meaning=say(words),
            day=dated(day) if (day := counted.readings[name]) else _("该年未标注"),
            decides=name != "statutory_only",
        )
        for name, words in LAST_DAY_READINGS.items()
    ]


def _remarks(deadline: Deadline, period: Period, counted: Counted) -> list[str]:
    """What follows from the dates, the calendar behind them, and whether they would be counted so today."""
    found = []
    if counted.contested and period.lapses:
        found.append(
            _("%(due)s 之后、%(latest)s（含）之前提交的，由经办人附理由决定；%(latest)s 过后才发生逾期后果。")
            % {"due": deadline.due_on, "latest": deadline.latest}
        )
    if counted.contested and period.duty:
        found.append(_("这是机关的职责，按 %(due)s 安排和提醒。") % {"due": deadline.due_on})
    if deadline.provisional:
        found.append(_("暂定：所涉年份的放假通知尚未公布，公布后重新计算；确定之前不告知当事人。"))
    if (counted.due_on, counted.latest) != (deadline.due_on, deadline.latest):
        found.append(
            _("按现行日历重算为 %(due)s／%(latest)s，与记录不同；以记录为准，更正须另行办理。")
            % {"due": counted.due_on, "latest": counted.latest}
        )
    found.append(_("期满：%(what)s。") % {"what": say(period.on_lapse)})
    found.append(
        _("依据：%(articles)s；日历 %(calendar)s。")
        % {"articles": cited((*period.articles, 59)), "calendar": deadline.calendar}
    )
    return found


def _telling(steps: Trace) -> list[Step]:
    """The steps whose notices matter: where the kind of day changed the count."""
    told = [step for step in steps if step.step in (StepKind.SKIP, StepKind.ROLL)]
    before = [one for one, two in pairwise(steps) if two.step is StepKind.ROLL and one.step is StepKind.COUNT]
    return before + told
