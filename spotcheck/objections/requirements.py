"""What can forbid an act of chapter five."""

from typing import Any

from spotcheck.docket import deadlines, register
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.requirements import Requirement
from spotcheck.inspection.models import Item
from spotcheck.objections.facts import WRITERS

PROVINCIAL_CHECK_ONLY = Requirement(
    "provincial_check_only",
    lambda m: m.dossier.origin == Dossier.Origin.PROVINCIAL and register.state(m.dossier, "conclusion") is not None,
)
WRITTEN_EVIDENCE = Requirement(
    "written_evidence",
    lambda m: bool(m.proposal["evidence"]) and bool(m.proposal["grounds"]),
    asks=("evidence", "grounds"),
)


def _disputes_nothing_settled(m: Any) -> bool:
    """What a completed retest has settled is settled for everybody."""
    settled = Item.objects.filter(dossier=m.dossier, settled=True).values_list("name", flat=True)
    return not set(settled) & set(m.disputed(m.proposal))


FINAL_AFTER_RETEST = Requirement("final_after_retest", _disputes_nothing_settled, asks=("grounds", "items"))
IN_TIME_OBJECTION = Requirement("in_time_objection", lambda m: m.standing == m.Standing.IN_TIME)
LATE_OBJECTION = Requirement("late_objection", lambda m: m.standing == m.Standing.LATE)
NOT_A_DENIAL = Requirement("not_a_denial", lambda m: not m.is_denial)
DENIAL_BY_NOMINAL = Requirement("denial_by_nominal", lambda m: m.is_denial)


def _both_cities_have_answered(m: Any) -> bool:
    """Both cities have answered; a denial is upheld only when they found so."""
    has_seller = m.dossier.parties.filter(role=Party.Role.SELLER).exists()
    wanted = {"nominal_producer_city"} | ({"seller_city"} if has_seller else set())
    if m.proposal.spec.method == "denial_findings":
        return wanted <= set(m.proposal["from"] or ())
    return wanted <= set(m.findings_from) and m.produced is not True


BOTH_CITY_FINDINGS = Requirement("both_city_findings", _both_cities_have_answered, asks=("from",))
WRITTEN_CONCLUSIONS = Requirement(
    "written_conclusions",
    lambda m: set(WRITERS) <= set(m.proposal["written_conclusions"] or ()),
    asks=("written_conclusions",),
)
INTACT = ("sealed", "in_transit", "in_custody", "held_by_enterprise")
"""The states in which the reserve unit can still be retested."""
RETEST_POSSIBLE = Requirement(
    "retest_possible",
    lambda m: bool(m.proposal["reproducible"]) and register.state(m.dossier, "sample", "R") in INTACT,
    asks=("reproducible",),
)


def _another_lab(m: Any) -> bool:
    """The retest is not given to the body that tested first."""
    first = register.body(m.dossier, "lab")
    named = m.proposal["retest_lab"]
    return m.proposal["lab"] != "first_lab" and not (named and first is not None and named == first.code)


OTHER_LAB = Requirement("other_lab", _another_lab, asks=("lab", "retest_lab"))
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: bool(m.proposal["proof"]) and m.decided_on <= m.proposal.on,
    asks=("proof",),
)


def spoilt_by_a_body(dossier: Dossier) -> bool:
    """Whether the loss of the reserve unit is on record with a body, not the applicant, as its cause (Article 39)."""
    losses = Entry.objects.filter(dossier=dossier, act="sample.compromise", label="R")
    return losses.exclude(facts__cause="applicant").exists()


def _waiver_is_grounded(m: Any) -> bool:
    """The applicant tampered with the sample, or the formalities were not completed in time.

    The province answers for the finding of tampering; what a body has lost or spoilt is never a ground for it.
    """
    if m.proposal.by.is_system:
        return True
    if m.proposal["ground"] == "tampering":
        return not spoilt_by_a_body(m.dossier)
    window = deadlines.of(m, "D39")
    lapsed = window is not None and m.proposal.on > window.latest
    return m.proposal["ground"] == "lapse" and m.state == "awaiting_formalities" and lapsed


WAIVER_GROUND = Requirement("waiver_ground", _waiver_is_grounded, asks=("ground",))
FORM9_CONTENTS = Requirement(
    "form9_contents",
    lambda m: (
        bool(m.proposal["time"]) and m.proposal["items"] != [] and bool(m.proposal["items"] or m.to_be_retested())
    ),
    asks=("time", "items"),
)
FILMED = Requirement("filmed", lambda m: bool(m.proposal["filmed"]), asks=("filmed",))


def _form10_says_what_was_found(m: Any) -> bool:
    """Conforming when every retested item passed, nonconforming when one failed; without items either may be stated."""
    if not m.results:
        return True
    failed = any(item["result"] == "fail" for item in m.results)
    return failed == (m.proposal.spec.method == "close_nonconforming")


RETEST_RESULT = Requirement("retest_result", _form10_says_what_was_found)


def _formalities_were_in_time(m: Any) -> bool:
    """Proof, and a day inside the period for the formalities; a waiver for tampering is no lapse."""
    window = deadlines.of(m, "D39")
    in_time = window is not None and deadlines.in_time(window, m.proposal.on)
    return m.waived_for == "lapse" and bool(m.proposal["proof"]) and in_time


PROOF_IN_TIME = Requirement("proof_in_time", _formalities_were_in_time, asks=("proof",))
