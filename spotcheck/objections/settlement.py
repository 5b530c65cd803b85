"""What becomes of a conclusion when windows, objections and retests end (Articles 35, 38, 39, 41).

Open are the objections filed in time and not yet decided or withdrawn, and the retests from the decision
(also before Form 8 is received) until they are waived, closed or cancelled. Late objections never count; one whose
window has wrongly lapsed counts for finality only (R43).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry, Track
from spotcheck.docket.sessions import only_charts
from spotcheck.docket.together import alone
from spotcheck.inspection.models import Conclusion, Inspection, Item, ResultNotice
from spotcheck.inspection.operations import change, conclusion_of
from spotcheck.inspection.states import ConclusionState, InspectionState, ResultNoticeState
from spotcheck.objections import retests

PROVISIONAL = (ConclusionState.PROVISIONAL_CONFORMING, ConclusionState.PROVISIONAL_NONCONFORMING)
SETTLED = (ConclusionState.FINAL_CONFORMING, ConclusionState.FINAL_NONCONFORMING, ConclusionState.REVOKED)
WINDOW_OVER = (ResultNoticeState.WINDOW_CLOSED, ResultNoticeState.OBJECTED)
COMPLETE = (InspectionState.REPORTED, InspectionState.TERMINATED_ILLEGAL, InspectionState.STOPPED_UNIT_LOST)
"""An inspection that brings nothing further: its full report is out, or its testing was stopped (R29)."""


def open_objections(dossier: Dossier) -> bool:
    """Whether an objection of the sample, filed in time, is neither decided nor withdrawn."""
    return any(not objection.is_ended for objection in retests.counting(dossier))


def settle(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Do what follows when an objection or a retest has ended."""
    conclusion = conclusion_of(dossier)
    if conclusion is None or conclusion.state in SETTLED:
        return
    if conclusion.state not in PROVISIONAL:
        _leave_question(conclusion, on=on, cause=cause)
    finalise([cause])


def _leave_question(conclusion: Conclusion, *, on: date, cause: Entry) -> None:
    """Say where a conclusion in question goes now."""
    dossier = conclusion.dossier
    if retests.are_open(dossier):
        return
    if open_objections(dossier):
        if conclusion.state == ConclusionState.UNDER_RETEST:
            change(conclusion, "return_to_objection", on=on, cause=cause)
        return
    if _was_retested(dossier) and _is_complete(dossier):
        _decide_by_retest(conclusion, on=on, cause=cause)
    else:
        change(conclusion, "maintain", on=on, cause=cause)


def report_is_complete(causes: Sequence[Entry]) -> None:
    """The full report is out, or there will be none: a completed retest now decides, or the windows do (R28, R29).

    Items that the full report itself brings have their own window first.
    """
    for cause in causes:
        if cause.matter.partial_on is None:
            continue  # nobody has been told a result before, so that nothing was retested
        conclusion = conclusion_of(cause.dossier)
        if (
            conclusion is not None
            and conclusion.state == ConclusionState.PROVISIONAL_NONCONFORMING
            and _was_retested(cause.dossier)
            and not _has_further_items(cause)
            and not retests.are_open(cause.dossier)
            and not open_objections(cause.dossier)
        ):
            _decide_by_retest(conclusion, on=cause.effective_on, cause=cause)
    finalise(causes)


def _was_retested(dossier: Dossier) -> bool:
    """Whether a retest of the sample was completed."""
    return retests.of(dossier).filter(completed=True).exists()


def _is_complete(dossier: Dossier) -> bool:
    """Whether the full report is out, or the testing was stopped so that none will come."""
    return Inspection.objects.filter(dossier=dossier, state__in=COMPLETE).exists()


def _has_further_items(cause: Entry) -> bool:
    """Whether this very report has brought notices of its own."""
    return Entry.objects.filter(cause=cause, act="result_notice.create").exists()


def _decide_by_retest(conclusion: Conclusion, *, on: date, cause: Entry) -> None:
    """A completed retest makes the conclusion final, item by item (Article 41)."""
    failed = Item.objects.filter(dossier=conclusion.dossier, result=Item.Verdict.FAIL).exists()
    change(conclusion, "retest_nonconforming" if failed else "retest_conforming", on=on, cause=cause)


def finalise(causes: Sequence[Entry]) -> None:
    """Make provisional conclusions final that will get no further report, whose windows are over, nothing being open.

    Looks at the dossiers of these entries, all with one query; the newest entry of a dossier is the cause.
    """
    newest = {entry.dossier_id: entry for entry in sorted(causes, key=lambda entry: entry.effective_on)}
    by_verdict: dict[str, list[Conclusion]] = defaultdict(list)
    with only_charts("objection", "retest"):
        found = list(_ready(*newest)) if len(newest) > 1 else alone(_ready, *newest)
    for conclusion in found:
        by_verdict[conclusion.reported].append(conclusion)
    for verdict, conclusions in by_verdict.items():
        reasons = [newest[conclusion.dossier_id] for conclusion in conclusions]
        proceed(
            conclusions,
            "finalise_conforming" if verdict == "conforming" else "finalise",
            on=[reason.effective_on for reason in reasons],
            cause=reasons,
        )


def _ready(*dossiers: int) -> "QuerySet[Conclusion]":
    """The provisional conclusions of these dossiers that can become final."""
    same = {"dossier": OuterRef("dossier")}
    return (
        Conclusion.objects.filter(dossier__in=dossiers, state__in=PROVISIONAL)
        .filter(Exists(Inspection.objects.filter(state__in=COMPLETE, **same)))
        .filter(Q(reported="conforming") | Exists(Item.objects.filter(result=Item.Verdict.FAIL, **same)))
        .exclude(Exists(ResultNotice.objects.filter(**same).exclude(state__in=WINDOW_OVER)))
        .exclude(Exists(Track.objects.filter(chart__in=("objection", "retest"), is_open=True, **same)))
        .order_by("pk")
    )


def reopen(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Put a provisional or final conclusion in question again; any other stays."""
    conclusion = conclusion_of(dossier)
    if conclusion is not None and conclusion.state in (*PROVISIONAL, *SETTLED[:2]):
        change(conclusion, "reopen", on=on, cause=cause)
