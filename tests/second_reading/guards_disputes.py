"""The guards of notices, conclusion, objections, retests and the publication (README section 7)."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.guards_field import seen
from tests.second_reading.world import DECIDED, World

KEPT_FOR_THE_PROVINCE = ("lab", "sampling_body", "retest_lab", "carrier")
INTACT = ("in_custody", "held_by_enterprise", "released_for_retest")
FINISHED = ("reported", "closed_conforming", "closed_nonconforming", "waived", "cancelled")


# Notices.


def _lab_may(act: Act) -> bool:
    """The lab mails Form 7, and proves its receipt, only when the conclusion is conforming (art. 33)."""
    conforming = act.world.conclusion(act.number) in ("provisional_conforming", "final_conforming")
    return act.row.get("by") != "lab" or conforming


# Conclusions.


def _final(world: World, number: int, *allowed: str) -> bool:
    return world.conclusion(number) in allowed and not world.unsettled(number)


def _conclusion_final(act: Act) -> bool:
    """Final, nothing open, and no notice on its way: of this party, or of the sample (10.1, 5)."""
    world = act.world
    if act.machine != "publication":
        told = not world.untold(world.notices.get(act.row["party"], []))
        return told and _final(world, act.number, "final_nonconforming")
    with_result = [n for n in world.under(act.label) if world.conclusion(n) != "absent"]
    return all(_final(world, n, *DECIDED) and not world.untold(world.notices_of(n)) for n in with_result)


def conclusions(act: Act) -> dict[str, str]:
    """The conclusions which a publication tells."""
    labels = [act.world.label("conclusion", number) for number in act.world.under(act.label)]
    return {label: act.world.state(label) for label in labels}


def _changed(act: Act) -> bool:
    """Since the publication or its last correction; or a court decided, with its document (art. 57)."""
    if act.fact("reason") == "court":
        return bool(act.fact("document"))
    return conclusions(act) != act.world.published[act.label]


def _stopped_not_conforming(act: Act) -> bool:
    """A sample whose testing was stopped is never shown as conforming, whether or not a partial report had gone out."""
    stopped = any(act.world.dossiers[number].stopped for number in act.world.under(act.label))
    return not stopped or act.fact("stopped") == "items"


# Objections.


def _not_settled(act: Act) -> bool:
    """Nobody disputes again what a completed retest has settled (art. 41)."""
    if act.fact("grounds") != "test_result":
        return True
    disputed = set(act.fact("items") or act.dossier.reported_failed)
    return not disputed & act.dossier.settled


def _nominal_denial(act: Act) -> bool:
    o = act.objection
    return o is not None and o.grounds == "denial" and act.world.parties[o.party].role == "nominal_producer"


def _both_findings(act: Act) -> bool:
    """Both cities have answered, each with its document (art. 37)."""
    if act.name == "objection.denial_findings":
        return set(act.fact("from")) >= {"nominal_producer_city", "seller_city"} and act.fact("documents") >= 2
    return act.objection.produced is not None


def _reasoned(act: Act) -> bool:
    """A reason, nothing found to the contrary; expired only of a unit which is gone by nobody's fault but the applicant's."""
    if act.fact("reason") == "none" or act.fact("verdicts") == "contradict":
        return False
    if act.fact("reason") != "expired":
        return True
    state = act.world.state(act.reserve)
    spoilt = state == "compromised" and act.dossier.spoiled_by in ("natural", "applicant")
    return spoilt or state in ("retested", "disposed")


def _findings_decide(act: Act) -> bool:
    """A nominal producer's denial: as the cities found, where they differ as the province follows one (R56)."""
    if not _nominal_denial(act):
        return True
    if act.name == "objection.order_retest":
        return False
    if act.objection.produced == "differ":
        return act.fact("reason") != "none"
    return act.objection.produced is (act.name == "objection.maintain")


# Retests.


def _retest_possible(act: Act) -> bool:
    """The unit is there and fit, and no other retest has taken it or is to take it (10.1, 3).

    For the order: kept at the laboratory or the enterprise, or handed over and not opened. A unit which lies sealed
    or is on its way to the laboratory is not named among them (OB10). Opened and no longer fit is only what
    sample.compromise has recorded: a retest which was cancelled while testing leaves the unit intact otherwise.
    For start, report and recommission the retest is the one which has the unit; asked is whether it is still fit.
    """
    world = act.world
    if act.name != "objection.order_retest":
        wanted = INTACT if act.name == "retest.recommission" else ("released_for_retest",)
        return world.state(act.reserve) in wanted
    free = not world.open_retests(act.number)
    return bool(act.fact("reproducible")) and free and world.state(act.reserve) in INTACT


def _waiver_ground(act: Act) -> bool:
    """On record: spoilt by the applicant; or D39 has run out unnoticed (art. 39)."""
    if act.fact("ground") == "tampering":
        return act.world.state(act.reserve) == "compromised" and act.dossier.spoiled_by == "applicant"
    running = act.world.state(act.label) == "awaiting_formalities"
    return running and act.day > act.retest.window.latest


def _retest_impossible(act: Act) -> bool:
    """The ordered retest cannot be held (10.1, 3; R33).

    A retest which has ended is none that cannot be held: a waived one was given up by its applicant. `no_body` is
    believed on the written answers whatever the unit is like, but is no way round the loss by a body: never
    maintained then. A unit spoilt by its applicant is no cause `unit`: that is a waiver.
    """
    decision, dossier = act.fact("decision"), act.dossier
    if not act.fact("finding") or act.world.state(act.objection.retest) in FINISHED:
        return False
    if decision == "maintain" and dossier.spoiled_by in KEPT_FOR_THE_PROVINCE:
        return False
    gone = act.world.state(act.reserve) in ("compromised", "retested", "disposed")
    return act.fact("cause") == "no_body" or (gone and dossier.spoiled_by != "applicant")


def _retest_result(act: Act) -> bool:
    failed = "fail" in act.retest.items.values()
    return failed == (act.name == "retest.close_nonconforming")


def _results_given(act: Act) -> bool:
    """A result for every item of Form 9 (art. 41)."""
    return act.retest.named <= {item["name"] for item in act.fact("items") or []}


# What is corrected or withdrawn.


def _proof_in_time(act: Act) -> bool:
    """The filing had arrived in time: the legal date of the entry says so, or the objection on file."""
    if not act.fact("proof"):
        return False
    if act.machine == "retest":
        return act.retest.waived == "lapse" and act.day <= act.retest.window.latest
    if act.machine == "rectification":
        return act.day <= act.case.d44.latest
    last = act.notice.window.latest
    on_file = [o for o in act.world.objections if o.party == act.row["party"] and act.world.pending(o)]
    return act.day <= last or any(o.filed_on <= last for o in on_file)


GUARDS = {
    "lab_mails_only_conforming": _lab_may,
    "proof_of_service": seen("proof"),
    "provincial_check_only": lambda a: not a.dossier.handed_over,
    "handed_over_only": lambda a: a.dossier.handed_over,
    "external_document": seen("document"),
    "court_document": seen("document"),
    "final_after_retest": _not_settled,
    "written_evidence": seen("evidence"),
    "in_time_objection": lambda a: a.objection is not None and a.objection.counts,
    "not_a_denial": lambda a: not _nominal_denial(a),
    "late_objection": lambda a: a.objection is not None and a.objection.late,
    "denial_by_nominal": _nominal_denial,
    "both_city_findings": _both_findings,
    "written_conclusions": lambda a: set(a.fact("written_conclusions")) >= {"sampling_body", "lab"},
    "decision_reasoned": _reasoned,
    "findings_decide": _findings_decide,
    "party_paper": seen("document"),
    "retest_possible": _retest_possible,
    "other_lab": seen("lab", "retest_lab"),
    "waiver_ground": _waiver_ground,
    "retest_impossible": _retest_impossible,
    "recommission_reason": lambda a: a.fact("reason") != "none",
    "form9_contents": lambda a: a.fact("time") and a.fact("items") != [],
    "filmed": seen("filmed"),
    "results_given": _results_given,
    "retest_result": _retest_result,
    "proof_in_time": _proof_in_time,
    "conclusion_final": _conclusion_final,
    "changed_after_publication": _changed,
    "as_approved": lambda a: conclusions(a) == a.world.approved[a.label],
    "stopped_not_conforming": _stopped_not_conforming,
}
