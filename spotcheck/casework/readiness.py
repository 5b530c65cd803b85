"""What must be so before a state is a duty, in the terms of the register, so that a list needs no question per line.

The guards themselves decide when an act is done; these conditions only keep from the list of duties what cannot be
done yet, or not any more. What cannot be done yet waits for somebody; what rests stands on no list; what is carried
stands there by another line of the same work, as a case by its visit.

The conditions are kept by chart. They are asked of ``Track``, some also of periods and parties, which have ``dossier``
and ``party`` as well.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias

from django.db.models import Exists, OuterRef, Q

from spotcheck.docket.calls import NEVER, beside
from spotcheck.docket.models import Track
from spotcheck.inspection.models import Inspection
from spotcheck.inspection.states import ConclusionState, InspectionState
from spotcheck.objections.models import Objection
from spotcheck.objections.states import ObjectionState, RetestState
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.planning.models import Plan
from spotcheck.planning.states import PlanState, TaskState
from spotcheck.remediation.calls import has_further
from spotcheck.remediation.models import Rectification
from spotcheck.remediation.requirements import FINAL, UNTOLD
from spotcheck.remediation.states import AnnouncementState, RecheckState, RectificationState
from spotcheck.sampling.queries import UNFIT, unit
from spotcheck.sampling.states import SampleState

Condition: TypeAlias = Callable[[Actor, date], Q]

WITH_LAB: Final = (SampleState.IN_CUSTODY, SampleState.ISSUED, SampleState.TESTED, SampleState.RETAINED)
ON_ITS_WAY: Final = (SampleState.SEALED, SampleState.IN_TRANSIT)
STOPPED: Final = (InspectionState.TERMINATED_ILLEGAL, InspectionState.STOPPED_UNIT_LOST)


def rests(chart: str, actor: Actor, today: date) -> Q:
    """The lines of a chart in which nothing is to be done, although their state could be one of a duty."""
    return _RESTS[chart](actor, today) if chart in _RESTS else NEVER


def carried(chart: str, actor: Actor, today: date) -> Q:
    """The lines of a chart that stand for the same work as another line, which is on a list of its own."""
    return _CARRIED[chart](actor, today) if chart in _CARRIED else NEVER


def not_yet(chart: str, actor: Actor, today: date) -> Q:
    """The lines of a chart whose state is one of a duty, but whose act somebody or something still holds up."""
    return _NOT_YET[chart](actor, today) if chart in _NOT_YET else NEVER


# What rests


def _cancelled(*_: Any) -> Q:
    """Targets of a task that was cancelled."""
    return Q(Exists(Track.objects.filter(dossier=OuterRef("dossier__parent"), chart="task", state=TaskState.CANCELLED)))


def _without_case(*_: Any) -> Q:
    """Visits of a case that has gone another way."""
    return ~beside("rectification", party=OuterRef("party"), state=RectificationState.RECHECKING)


def _reported_no_more(*_: Any) -> Q:
    """Reports on a case that has gone another way."""
    return ~beside("rectification", party=OuterRef("party"), state=RectificationState.REPORTED_UP)


def _told_already(*_: Any) -> Q:
    """Decisions on objections whose receipt is recorded: their state does not tell it."""
    told = Objection.objects.filter(pk=OuterRef("matter_id"), decision_received_on__isnull=False)
    return Q(state__startswith="concluded_") & Q(Exists(told))


def _unit_not_wanted(*_: Any) -> Q:
    """The reserve unit waits to be needed, and the test unit of a stopped inspection is not tested."""
    reserve = Q(label="R", state__in=(SampleState.IN_CUSTODY, SampleState.ISSUED, SampleState.TESTED))
    return reserve | (
        Q(state__in=(SampleState.IN_CUSTODY, SampleState.ISSUED)) & beside("inspection", state__in=STOPPED)
    )


_RESTS: Final[dict[str, Condition]] = {
    "sampling": _cancelled,
    "purchase": _cancelled,
    "sample": _unit_not_wanted,
    "objection": _told_already,
    "recheck": _without_case,
    "announcement": _reported_no_more,
}


# What is carried


def _by_its_unit(*_: Any) -> Q:
    """A test whose unit has to come first."""
    coming = Q(state=InspectionState.AWAITING) & unit("T", *ON_ITS_WAY)
    return (
        coming
        | (Q(state=InspectionState.CLEARED) & unit("T", SampleState.IN_CUSTODY))
        | (Q(state=InspectionState.TESTING) & unit("T", SampleState.ISSUED))
    )


def _by_its_test(*_: Any) -> Q:
    """A unit whose test has to begin first."""
    before = (InspectionState.AWAITING, InspectionState.RECEIVED, InspectionState.CLEARED)
    return Q(label="T", state=SampleState.ISSUED) & beside("inspection", state__in=before)


def _by_visit_or_report(actor: Actor, _: date) -> Q:
    """A case under recheck by its visit; one reported up by the report, as long as this bureau has to report."""
    if actor.enterprise is not None:  # a party has nothing to do in either
        return NEVER
    here = beside("announcement", party=OuterRef("party"), state=AnnouncementState.REPORTING)
    if actor.office is not None and actor.office.kind == Office.Kind.CITY:
        here |= beside("announcement", party=OuterRef("party"), state=AnnouncementState.AT_CITY)
    return Q(state=RectificationState.RECHECKING) | (Q(state=RectificationState.REPORTED_UP) & here)


def _by_its_period(*_: Any) -> Q:
    """A visit whose conclusion is counted for: that period is the case's (Article 50)."""
    return Q(state__in=(RecheckState.VERIFIED, RecheckState.TESTED))


def _by_its_case(actor: Actor, _: date) -> Q:
    """A report that is on its way above: the bureau that handles the case waits in the case."""
    return Q(party__handler=actor.office)


_CARRIED: Final[dict[str, Condition]] = {
    "inspection": _by_its_unit,
    "sample": _by_its_test,
    "rectification": _by_visit_or_report,
    "recheck": _by_its_period,
    "announcement": _by_its_case,
}


# What cannot be done yet


def _test_not_so_far(*_: Any) -> Q:
    """A test waits for its unit step by step; a lost unit is no reason to wait."""
    awaiting = Q(state=InspectionState.AWAITING) & ~unit("T", *WITH_LAB)
    cleared = Q(state=InspectionState.CLEARED) & ~unit("T", SampleState.ISSUED)
    testing = Q(state=InspectionState.TESTING) & ~unit("T", SampleState.TESTED, SampleState.RETAINED)
    return (awaiting | cleared | testing) & ~unit("T", SampleState.COMPROMISED)


def _unit_not_so_far(*_: Any) -> Q:
    return Q(label="T", state=SampleState.ISSUED) & ~beside("inspection", state=InspectionState.TESTING)


def _unit_is_anothers(*_: Any) -> Q:
    """An objection to a result waits while the one reserve unit is taken for another objection (reading R32)."""
    result = Objection.objects.filter(pk=OuterRef("matter_id"), grounds="test_result")
    others = Track.objects.filter(dossier=OuterRef("dossier")).exclude(label=OuterRef("label"))
    ordered = Q(chart="objection", state=ObjectionState.CONCLUDED_RETEST, is_open=True)
    taken = others.filter(Q(chart="retest", is_open=True) | ordered)
    return Q(state=ObjectionState.VERIFYING) & Q(Exists(result)) & Q(Exists(taken))


def _retest_held_up(*_: Any) -> Q:
    """A retest without a fit unit is not held; one whose unit is still on its way waits for it."""
    unfit = Q(state__in=(RetestState.COMMISSIONED, RetestState.SAMPLE_HANDED_OVER, RetestState.TESTING)) & unit(
        "R", *UNFIT
    )
    return unfit | (Q(state=RetestState.COMMISSIONED) & unit("R", *ON_ITS_WAY))


def _case_held_up(*_: Any) -> Q:
    """Nothing further failed that could be ordered; closure and licence wait for the final conclusion (43, 51)."""
    rung = Rectification.objects.filter(pk=OuterRef("matter_id"), failures__gt=1)
    return (Q(state=RectificationState.RECTIFYING) & ~has_further()) | (
        Q(state=RectificationState.FAILED) & Q(Exists(rung)) & _open_for_party()
    )


def _report_held_up(actor: Actor, _: date) -> Q:
    """A county reports first, its city then; announced is only what is final (Article 51, readings R8, R43)."""
    first = Q(state=AnnouncementState.REPORTING) & ~Q(party__handler=actor.office)
    return first | (Q(state=AnnouncementState.AT_PROVINCE) & _open_for_party())


def _open_for_party() -> Q:
    """The conclusion is not finally nonconforming, something is open, or a notice of this party is untold."""
    untold = beside("result_notice", party=OuterRef("party"), state__in=UNTOLD)
    disputed = Track.objects.filter(dossier=OuterRef("dossier"), chart__in=("objection", "retest"), is_open=True)
    return ~beside("conclusion", state=ConclusionState.FINAL_NONCONFORMING) | Q(Exists(disputed)) | untold


def _results_open(*_: Any) -> Q:
    """Published is only what is final for every sample (Article 57, readings R8, R43)."""
    disputed = Q(chart__in=("objection", "retest"), is_open=True) | Q(chart="result_notice", state__in=UNTOLD)
    open_ = disputed | (Q(chart="conclusion") & ~Q(state__in=FINAL))
    return Q(Exists(Track.objects.filter(open_, dossier__parent=OuterRef("dossier"))))


def _tasks_go_on(_: Actor, today: date) -> Q:
    """A plan is closed after its year, when all its tasks are (Article 8)."""
    tasks = Track.objects.filter(dossier__parent=OuterRef("dossier"), chart="task")
    running = Exists(tasks.exclude(state__in=(TaskState.CLOSED, TaskState.CANCELLED)))
    past = Exists(Plan.objects.filter(pk=OuterRef("matter_id"), year__lt=today.year))
    return Q(state=PlanState.EXECUTING) & (Q(running) | ~Q(past))


_NOT_YET: Final[dict[str, Condition]] = {
    "plan": _tasks_go_on,
    "inspection": _test_not_so_far,
    "sample": _unit_not_so_far,
    "objection": _unit_is_anothers,
    "retest": _retest_held_up,
    "rectification": _case_held_up,
    "announcement": _report_held_up,
    "publication": _results_open,
}


# What the guards ask of single acts


def lab_may_mail() -> Q:
    """Notices that the laboratory mails itself: those of a conforming report (Article 33)."""
    return Q(Exists(Inspection.objects.filter(dossier=OuterRef("dossier"), verdict="conforming")))
