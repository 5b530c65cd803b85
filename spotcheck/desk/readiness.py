"""What must be so before a state is a duty, in the terms of the register, so that a list needs no question per line.

The guards themselves decide when the act is done; these conditions only keep from the worklist what cannot be
done yet, or not any more.
"""

from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Q

from spotcheck.docket.models import Track
from spotcheck.objections.models import Objection
from spotcheck.remediation.models import Rectification
from spotcheck.remediation.requirements import FINAL, STEPS

_WITH_LAB: Final = ("in_custody", "issued", "tested", "retained")


def not_ready() -> Q:
    """The lines of the register that are no duty now, although their state could be one."""
    return (
        _withdrawn_case()
        | _cancelled_task()
        | _open_conclusion()
        | _sample_not_there()
        | _told_already()
        | _unit_not_wanted()
    )


def _beside(chart: str, **more: object) -> Exists:
    """Another line of the same dossier."""
    return Exists(Track.objects.filter(dossier=OuterRef("dossier"), chart=chart, **more))


def _withdrawn_case() -> Q:
    """Visits and reports of a case that has gone another way."""
    party = OuterRef("party")
    visit = Q(chart="recheck") & ~Q(_beside("rectification", party=party, state="rechecking"))
    report = Q(chart="announcement") & ~Q(_beside("rectification", party=party, state="reported_up"))
    return visit | report


def _cancelled_task() -> Q:
    """Targets of a task that was cancelled."""
    cancelled = Track.objects.filter(dossier=OuterRef("dossier__parent"), chart="task", state="cancelled")
    return Q(chart__in=("sampling", "purchase")) & Q(Exists(cancelled))


def _open_conclusion() -> Q:
    """What is published only when the conclusion is final (reading R8)."""
    disputed = Q(_beside("objection", is_open=True)) | Q(_beside("retest", is_open=True))
    not_final = ~Q(_beside("conclusion", state="final_nonconforming")) | disputed
    below = Track.objects.filter(dossier__parent=OuterRef("dossier"))
    waiting = Q(Exists(below.filter(chart__in=("objection", "retest"), is_open=True)))
    open_below = Q(Exists(below.filter(chart="conclusion").exclude(state__in=FINAL))) | waiting
    return (Q(chart="announcement", state="at_province") & not_final) | (
        Q(chart="publication", state="compiling") & open_below
    )


def _sample_not_there() -> Q:
    """A test that waits for its sample."""
    arrived = _beside("sample", label="T", state__in=_WITH_LAB)
    return Q(chart="inspection", state="awaiting") & ~Q(arrived)


def _told_already() -> Q:
    """Decisions on objections whose receipt is recorded: their state does not tell it."""
    told = Objection.objects.filter(pk=OuterRef("matter_id"), decision_received_on__isnull=False)
    return Q(chart="objection", state__startswith="concluded_") & Q(Exists(told))


def _unit_not_wanted() -> Q:
    """The reserve unit waits to be needed, and the test unit of a stopped inspection is not tested."""
    reserve = Q(chart="sample", label="R", state__in=("in_custody", "issued", "tested"))
    stopped = Q(chart="sample", state="in_custody") & Q(_beside("inspection", state="terminated_illegal"))
    return reserve | stopped


def lab_may_mail() -> Q:
    """Notices that the laboratory mails itself: those of a conforming result (Article 33)."""
    conforming = _beside("conclusion", state__in=("provisional_conforming", "final_conforming"))
    return Q(conforming) | ~Q(chart="result_notice")


def chosen_acts(tracks: Iterable[Track]) -> dict[int, str]:
    """Which of several acts a matter calls for, by the key of its line: two questions for the whole list."""
    rows = list(tracks)
    cases = {t.matter_id: t.pk for t in rows if (t.chart, t.state) == ("rectification", "failed")}
    filed = {t.matter_id: t.pk for t in rows if (t.chart, t.state) == ("objection", "filed")}
    found: dict[int, str] = {}
    if cases:
        step = {failure: method for method, failure in STEPS.items()}
        for key, failures in Rectification.objects.filter(pk__in=cases).values_list("pk", "failures"):
            if failures in step:
                found[cases[key]] = step[failures]
    if filed:
        for objection in Objection.objects.filter(pk__in=filed).select_related("party"):
            found[filed[objection.pk]] = _answer(objection)
    return found


def _answer(objection: Objection) -> str:
    """What an objection just filed calls for (Articles 36 to 38)."""
    if objection.standing != Objection.Standing.IN_TIME:
        return "maintain_late"
    return "transfer_denial" if objection.is_denial else "start_verification"
