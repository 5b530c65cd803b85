"""What becomes of a conclusion when windows, objections and retests end (Articles 35, 38, 39, 41).

Open are the objections filed in time and not yet decided or withdrawn, and the retests from the decision
(also before Form 8 is received) until they are waived or closed. Late objections never count.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry, Track
from spotcheck.inspection.models import Conclusion, Inspection, Item, ResultNotice
from spotcheck.inspection.operations import change, conclusion_of
from spotcheck.objections.models import Objection, Retest

PROVISIONAL = ("provisional_conforming", "provisional_nonconforming")
SETTLED = ("final_conforming", "final_nonconforming", "revoked")
WINDOW_OVER = ("window_closed", "objected")


def open_retests(dossier: Dossier) -> bool:
    """Whether a retest of the sample is open, or decided and not yet begun."""
    retests = Retest.objects.filter(dossier=dossier)
    if any(retest.is_open for retest in retests):
        return True
    begun = {retest.label for retest in retests}
    decided = Objection.objects.filter(dossier=dossier, state="concluded_retest", standing=Objection.Standing.IN_TIME)
    return any(objection.label not in begun for objection in decided)


def open_objections(dossier: Dossier) -> bool:
    """Whether an objection of the sample, filed in time, is neither decided nor withdrawn."""
    filed = Objection.objects.filter(dossier=dossier, standing=Objection.Standing.IN_TIME)
    return any(not objection.is_ended for objection in filed)


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
    if open_retests(dossier):
        return
    if open_objections(dossier):
        if conclusion.state == "under_retest":
            change(conclusion, "return_to_objection", on=on, cause=cause)
        return
    if not Retest.objects.filter(dossier=dossier, completed=True).exists():
        change(conclusion, "maintain", on=on, cause=cause)
    elif Item.objects.filter(dossier=dossier, result=Item.Verdict.FAIL).exists():
        change(conclusion, "retest_nonconforming", on=on, cause=cause)
    else:
        change(conclusion, "retest_conforming", on=on, cause=cause)


def finalise(causes: Sequence[Entry]) -> None:
    """Make provisional conclusions final whose report is full, whose windows are over and for which nothing is open.

    Looks at the dossiers of these entries, all with one query; the newest entry of a dossier is the cause.
    """
    newest = {entry.dossier_id: entry for entry in sorted(causes, key=lambda entry: entry.effective_on)}
    same = {"dossier": OuterRef("dossier")}
    ready = (
        Conclusion.objects.filter(dossier__in=newest, state__in=PROVISIONAL)
        .filter(Exists(Inspection.objects.filter(state="reported", **same)))
        .exclude(Exists(ResultNotice.objects.filter(**same).exclude(state__in=WINDOW_OVER)))
        .exclude(Exists(Track.objects.filter(chart__in=("objection", "retest"), is_open=True, **same)))
        .order_by("pk")
    )
    by_verdict: dict[str, list[Conclusion]] = defaultdict(list)
    for conclusion in ready:
        by_verdict[conclusion.reported].append(conclusion)
    for verdict, conclusions in by_verdict.items():
        reasons = [newest[conclusion.dossier_id] for conclusion in conclusions]
        proceed(
            conclusions,
            "finalise_conforming" if verdict == "conforming" else "finalise",
            on=[reason.effective_on for reason in reasons],
            cause=reasons,
        )


def reopen(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Put a provisional or final conclusion in question again; any other stays."""
    conclusion = conclusion_of(dossier)
    if conclusion is not None and conclusion.state in (*PROVISIONAL, *SETTLED[:2]):
        change(conclusion, "reopen", on=on, cause=cause)
