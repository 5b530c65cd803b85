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

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from spotcheck.docket.models import Track
from spotcheck.inspection.models import Inspection, Item
from spotcheck.objections.models import Objection
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.planning.models import Plan
from spotcheck.remediation.models import Rectification
from spotcheck.remediation.requirements import FINAL, UNTOLD

Condition: TypeAlias = Callable[[Actor, date], Q]

WITH_LAB: Final = ("in_custody", "issued", "tested", "retained")
UNFIT: Final = ("compromised", "retested", "disposed")
"""The states of the reserve unit in which no retest can be held with it."""
ON_ITS_WAY: Final = ("sealed", "in_transit")
STOPPED: Final = ("terminated_illegal", "stopped_unit_lost")
NEVER: Final = Q(pk__in=())


def beside(chart: str, **more: Any) -> Q:
    """Another line of the same dossier is like this."""
    return Q(Exists(Track.objects.filter(dossier=OuterRef("dossier"), chart=chart, **more)))


def unit(label: str, *states: str) -> Q:
    """A unit of the same sample is in one of these states."""
    return beside("sample", label=label, state__in=states)


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
    return Q(Exists(Track.objects.filter(dossier=OuterRef("dossier__parent"), chart="task", state="cancelled")))


def _without_case(*_: Any) -> Q:
    """Visits of a case that has gone another way."""
    return ~beside("rectification", party=OuterRef("party"), state="rechecking")


def _reported_no_more(*_: Any) -> Q:
    """Reports on a case that has gone another way."""
    return ~beside("rectification", party=OuterRef("party"), state="reported_up")


def _told_already(*_: Any) -> Q:
    """Decisions on objections whose receipt is recorded: their state does not tell it."""
    told = Objection.objects.filter(pk=OuterRef("matter_id"), decision_received_on__isnull=False)
    return Q(state__startswith="concluded_") & Q(Exists(told))


def _unit_not_wanted(*_: Any) -> Q:
    """The reserve unit waits to be needed, and the test unit of a stopped inspection is not tested."""
    reserve = Q(label="R", state__in=("in_custody", "issued", "tested"))
    return reserve | (Q(state__in=("in_custody", "issued")) & beside("inspection", state__in=STOPPED))


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
    coming = Q(state="awaiting") & unit("T", *ON_ITS_WAY)
    return coming | (Q(state="cleared") & unit("T", "in_custody")) | (Q(state="testing") & unit("T", "issued"))


def _by_its_test(*_: Any) -> Q:
    """A unit whose test has to begin first."""
    before = ("awaiting", "received", "cleared")
    return Q(label="T", state="issued") & beside("inspection", state__in=before)


def _by_visit_or_report(actor: Actor, _: date) -> Q:
    """A case under recheck by its visit; one reported up by the report, as long as this bureau has to report."""
    if actor.enterprise is not None:  # a party has nothing to do in either
        return NEVER
    here = beside("announcement", party=OuterRef("party"), state="reporting")
    if actor.office is not None and actor.office.kind == Office.Kind.CITY:
        here |= beside("announcement", party=OuterRef("party"), state="at_city")
    return Q(state="rechecking") | (Q(state="reported_up") & here)


def _by_its_period(*_: Any) -> Q:
    """A visit whose conclusion is counted for: that period is the case's (Article 50)."""
    return Q(state__in=("verified", "tested"))


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
    awaiting = Q(state="awaiting") & ~unit("T", *WITH_LAB)
    cleared = Q(state="cleared") & ~unit("T", "issued")
    testing = Q(state="testing") & ~unit("T", "tested", "retained")
    return (awaiting | cleared | testing) & ~unit("T", "compromised")


def _unit_not_so_far(*_: Any) -> Q:
    return Q(label="T", state="issued") & ~beside("inspection", state="testing")


def _unit_is_anothers(*_: Any) -> Q:
    """An objection to a result waits while the one reserve unit is taken for another objection (reading R32)."""
    result = Objection.objects.filter(pk=OuterRef("matter_id"), grounds="test_result")
    others = Track.objects.filter(dossier=OuterRef("dossier")).exclude(label=OuterRef("label"))
    ordered = Q(chart="objection", state="concluded_retest", is_open=True)
    taken = others.filter(Q(chart="retest", is_open=True) | ordered)
    return Q(state="verifying") & Q(Exists(result)) & Q(Exists(taken))


def _retest_held_up(*_: Any) -> Q:
    """A retest without a fit unit is not held; one whose unit is still on its way waits for it."""
    unfit = Q(state__in=("commissioned", "sample_handed_over", "testing")) & unit("R", *UNFIT)
    return unfit | (Q(state="commissioned") & unit("R", *ON_ITS_WAY))


def _case_held_up(*_: Any) -> Q:
    """Nothing further failed that could be ordered; closure and licence wait for the final conclusion (43, 51)."""
    rung = Rectification.objects.filter(pk=OuterRef("matter_id"), failures__gt=1)
    return (Q(state="rectifying") & ~has_further()) | (Q(state="failed") & Q(Exists(rung)) & _open_for_party())


def _report_held_up(actor: Actor, _: date) -> Q:
    """A county reports first, its city then; announced is only what is final (Article 51, readings R8, R43)."""
    first = Q(state="reporting") & ~Q(party__handler=actor.office)
    return first | (Q(state="at_province") & _open_for_party())


def _open_for_party() -> Q:
    """The conclusion is not finally nonconforming, something is open, or a notice of this party is untold."""
    untold = beside("result_notice", party=OuterRef("party"), state__in=UNTOLD)
    disputed = Track.objects.filter(dossier=OuterRef("dossier"), chart__in=("objection", "retest"), is_open=True)
    return ~beside("conclusion", state="final_nonconforming") | Q(Exists(disputed)) | untold


def _results_open(*_: Any) -> Q:
    """Published is only what is final for every sample (Article 57, readings R8, R43)."""
    disputed = Q(chart__in=("objection", "retest"), is_open=True) | Q(chart="result_notice", state__in=UNTOLD)
    open_ = disputed | (Q(chart="conclusion") & ~Q(state__in=FINAL))
    return Q(Exists(Track.objects.filter(open_, dossier__parent=OuterRef("dossier"))))


def _tasks_go_on(_: Actor, today: date) -> Q:
    """A plan is closed after its year, when all its tasks are (Article 8)."""
    tasks = Track.objects.filter(dossier__parent=OuterRef("dossier"), chart="task")
    running = Exists(tasks.exclude(state__in=("closed", "cancelled")))
    past = Exists(Plan.objects.filter(pk=OuterRef("matter_id"), year__lt=today.year))
    return Q(state="executing") & (Q(running) | ~Q(past))


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


def has_further(party: str = "party") -> Q:
    """A failed item stands that no order of this party names (Articles 30, 43)."""
    orders = Rectification.objects.filter(party=OuterRef(OuterRef(party)), covers=True)
    names = Func(F("items"), OuterRef("name"), function="jsonb_exists", output_field=BooleanField())
    failed = Item.objects.filter(dossier=OuterRef("dossier"), result=Item.Verdict.FAIL)
    return Q(Exists(failed.exclude(Exists(orders.filter(names)))))
