"""Why a period ends on its day, on a screen: the explanation condensed into lines that a person can check by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spotcheck.casework.explanation import Explanation, started
from spotcheck.casework.privacy import Sight
from spotcheck.casework.record import EntryLine, entry_line
from spotcheck.docket import law
from spotcheck.docket.models import Deadline, Entry
from spotcheck.docket.wording import cited, dated, say
from spotcheck.rules.computation import LAST_DAY_READINGS, Counted
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.regulations import of_chart
from spotcheck.rules.traces import Step, StepKind, Trace


@dataclass(slots=True)
class ReadingLine:
    """What one reading of Article 59 gives."""

    name: str
    meaning: str
    day: str
    decides: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """An earlier version of the period: what it said, and the entry that put it right."""

    started_on: date
    due_on: date
    latest: date
    calendar: str
    by: EntryLine | None


@dataclass(slots=True)
class Lines:
    """An explanation as a screen shows it."""

    lines: list[str] = field(default_factory=list)
    """How the last day follows from the first, step by step."""
    evidence: list[EntryLine] = field(default_factory=list)
    """The entries that started the period, each with what came with it."""
    readings: list[ReadingLine] = field(default_factory=list)
    """The last days under the readings of Article 59, side by side."""
    versions: list[VersionLine] = field(default_factory=list)
    understood: list[tuple[str, str, str]] = field(default_factory=list)
    """How unclear sentences were read: the number of the reading, its question, its answer."""
    notices: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    steps: Trace = ()


def lines_of(explanation: Explanation, sight: Sight) -> Lines:
    """Tell an explanation to somebody, as far as it may be seen."""
    deadline, period, counted = explanation.deadline, explanation.period, explanation.counted
    told = Lines(lines=[_started(deadline)])
    told.evidence = _entries(started(deadline), sight)
    told.versions = [_version(old, sight) for old in explanation.replaced]
    text = of_chart(deadline.chart)
    read = [(name, text.readings[name]) for name in period.readings]
    told.understood = [(name, say(one.question), say(one.answer)) for name, one in read]
    if period.length is None:
        told.lines.append(_("期限以决定为准，止于 %(day)s，不作推算。") % {"day": dated(deadline.due_on)})
    if period.length is None or counted is None:
        return told
    told.lines.append(_first_day(deadline, counted))
    told.lines += _last_day(period, counted)
    told.lines += _moves(counted)
    told.readings = _readings(deadline, counted)
    told.steps = counted.traces["rest_day"]
    told.notices = list(dict.fromkeys(s.notice for s in _telling(told.steps) if s.notice))
    told.remarks = _remarks(explanation, counted)
    return told


def _entries(entries: Iterable[Entry], sight: Sight) -> list[EntryLine]:
    """Those of these entries that may be seen, as the record shows them."""
    keys = [entry.pk for entry in entries]
    rows = sight.of_parties(Entry.objects.filter(pk__in=keys)).select_related("office", "party__enterprise")
    return [entry_line(entry, sight) for entry in rows.order_by("sequence")]


def _version(old: Deadline, sight: Sight) -> VersionLine:
    by = _entries([old.ended_by], sight) if old.ended_by is not None else []
    return VersionLine(old.started_on, old.due_on, old.latest, old.calendar, by[0] if by else None)


def _started(deadline: Deadline) -> str:
    """The start and its evidence."""
    entry = deadline.started_by
    what = say(law.period_of(deadline).starts_with)
    return _("起算：%(day)s，%(what)s（办理记录第 %(number)d 号）。") % {
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


def _remarks(explanation: Explanation, counted: Counted) -> list[str]:
    """What follows from the dates, the calendar behind them, and whether they would be counted so today."""
    deadline, period = explanation.deadline, explanation.period
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
    if not explanation.agrees:
        found.append(
            _("按现行日历重算为 %(due)s／%(latest)s，与记录不同；以记录为准，更正须另行办理。")
            % {"due": counted.due_on, "latest": counted.latest}
        )
    found.append(_("期满：%(what)s。") % {"what": say(period.on_lapse)})
    found.append(
        _("依据：%(articles)s；日历 %(calendar)s。")
        % {"articles": cited((*period.articles, *of_chart(deadline.chart).counting)), "calendar": deadline.calendar}
    )
    if not explanation.calendar_is_its_own:
        found.append(_("该版日历已不能重建，逐日计算依照现行日历。"))
    return found


def _telling(steps: Trace) -> list[Step]:
    """The steps whose notices matter: where the kind of day changed the count."""
    told = [step for step in steps if step.step in (StepKind.SKIP, StepKind.ROLL)]
    before = [one for one, two in pairwise(steps) if two.step is StepKind.ROLL and one.step is StepKind.COUNT]
    return before + told
