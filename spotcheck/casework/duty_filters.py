"""What figures count and lists are narrowed by: duties done in time or late, by step and by whose they are; rechecks.

A figure and the list behind it ask the same question of a dossier. A dossier counts once, by the worst of its duties.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock, law
from spotcheck.docket.lateness import done_late
from spotcheck.docket.models import Deadline, Track
from spotcheck.parties.models import Office
from spotcheck.remediation.models import Recheck
from spotcheck.remediation.states import RecheckState

WITHIN: Final = "within"
"""Of the reader's own office and those below it."""
CHARGED: Final = {WITHIN: gettext_lazy("本机关和下级机关")}
OPEN: Final = "open"
PROGRESS: Final = {OPEN: gettext_lazy("未办结"), "closed": gettext_lazy("已办结")}
BINS: Final = (3, 10, 30)
"""Days of delay after which the next group begins. They are ours: the text has none."""
_Rows = Callable[[], "QuerySet[Deadline]"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A dossier has such a duty, and none of the others."""

    label: Any
    has: _Rows
    but: _Rows | None = None


def _ended() -> "QuerySet[Deadline]":
    """Duties that were done, or given up only after their day."""
    late = Q(status=Deadline.Status.ENDED, ended_on__gt=F("due_on"))
    return _duties().filter(Q(status=Deadline.Status.MET) | late)


def _duties() -> "QuerySet[Deadline]":
    running_or_over = (Deadline.Status.RUNNING, Deadline.Status.MET, Deadline.Status.ENDED)
    return Deadline.objects.filter(law.rows(lambda period: period.duty), status__in=running_or_over)


def _without_reason() -> "QuerySet[Deadline]":
    return done_late().filter(Q(ended_by=None) | Q(ended_by__late_reason=""))


def _overdue() -> "QuerySet[Deadline]":
    return _duties().filter(status=Deadline.Status.RUNNING, due_on__lt=clock.today())


def _later_than(days: int) -> _Rows:
    last = Func(F("due_on"), Value(days), template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())
    return lambda: done_late().filter(ended_on__gt=last)


def _delayed_by(group: int) -> str:
    if group == len(BINS):
        return _("逾期超过 %(most)d 天") % {"most": BINS[-1]}
    least = BINS[group - 1] + 1 if group else 1
    return _("逾期 %(least)d 至 %(most)d 天") % {"least": least, "most": BINS[group]}


delayed_by = lazy(_delayed_by, str)
"""A group of delays in words, in the language of whoever reads it."""

DUTIES: Final[dict[str, Asked]] = {
    "done": Asked(gettext_lazy("已履行"), _ended),
    "in_time": Asked(gettext_lazy("按期履行"), _ended, done_late),
    "late": Asked(gettext_lazy("逾期履行"), done_late),
    "said": Asked(gettext_lazy("逾期，已说明理由"), done_late, _without_reason),
    "unsaid": Asked(gettext_lazy("逾期，未说明理由"), _without_reason),
    "late_3": Asked(delayed_by(0), done_late, _later_than(BINS[0])),
    "late_10": Asked(delayed_by(1), _later_than(BINS[0]), _later_than(BINS[1])),
    "late_30": Asked(delayed_by(2), _later_than(BINS[1]), _later_than(BINS[2])),
    "late_more": Asked(delayed_by(3), _later_than(BINS[2])),
    "overdue": Asked(gettext_lazy("已逾期，尚未履行"), _overdue),
}
"""How a dossier stands to the duties in question, by the name of the filter."""
LATE: Final = ("late_3", "late_10", "late_30", "late_more")
"""Those that are groups of delays, by :data:`BINS`, the shortest first."""
RECHECKS: Final = {
    "concluded": gettext_lazy("首次复查已有结论"),
    "passed": gettext_lazy("首次复查合格"),
    "failed": gettext_lazy("首次复查不合格"),
}


def steps() -> dict[str, Any]:
    """The duties with a number of days, by their kinds, in the order of the articles."""
    return {kind: period.name for kind, period in law.kinds().items() if period.duty}


def of_duties(duty: str, step: str, charged: str, sight: Sight) -> Q:
    """The dossiers (the outer row) with duties of a step, charged to an office, that stand so; for bureaus."""
    if not sight.asks_of_others:
        return Q()
    asked = DUTIES.get(duty)

    def holds(rows: _Rows) -> Exists:
        found = rows().filter(dossier=OuterRef("pk"))
        if step:
            found = found.filter(law.rows_of(step))
        return Exists(found.filter(_charged_to(charged, sight)))

    if asked is None:
        return Q(holds(_duties))
    return Q(holds(asked.has)) & ~Q(holds(asked.but)) if asked.but else Q(holds(asked.has))


def _charged_to(charged: str, sight: Sight) -> Q:
    if charged and charged != WITHIN:
        return Q(office__code=charged)
    return within(sight.actor.office) if charged == WITHIN else Q()


def within(office: Office | None) -> Q:
    """The duties of a bureau and of those below it; the province answers for all."""
    if office is None or office.kind == Office.Kind.PROVINCE:
        return Q()
    return Q(office=office) | Q(office__parent=office)


def of_progress(name: str) -> Q:
    """Whether something is still open in a dossier."""
    still = Exists(Track.objects.filter(dossier=OuterRef("pk"), is_open=True))
    return Q(still) if name == OPEN else ~Q(still)


def of_first_recheck(name: str) -> Q:
    """What the first recheck of the parties came to: passed, where it was for all that have had one."""
    earlier = Recheck.objects.filter(case=OuterRef("case"), is_round=True, pk__lt=OuterRef("pk"))
    first = Recheck.objects.filter(~Exists(earlier), dossier=OuterRef("pk"), is_round=True)
    failed = Q(Exists(first.filter(state=RecheckState.FAILED)))
    if name == "failed":
        return failed
    passed = Q(Exists(first.filter(state=RecheckState.PASSED)))
    return passed & ~failed if name == "passed" else passed | failed
