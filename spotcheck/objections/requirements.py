"""What can forbid an act of chapter five."""

from typing import Any, Final

from spotcheck.docket import deadlines, register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Dossier, Party
from spotcheck.docket.requirements import Requirement
from spotcheck.inspection.models import Item
from spotcheck.inspection.requirements import PROVINCIAL_CHECK_ONLY
from spotcheck.objections import verifications
from spotcheck.objections.facts import CITIES, WRITERS
from spotcheck.objections.states import RetestState
from spotcheck.planning.bodies import may_test
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.sd_2021_1.guards.verification import LEAST_REASONS
from spotcheck.rules.sd_2021_1.period_codes import RETEST_FORMALITIES
from spotcheck.rules.words import Words, in_one
from spotcheck.sampling import films
from spotcheck.sampling.facts import KEEPERS
from spotcheck.sampling.models import SampleUnit
from spotcheck.sampling.states import SampleState

__all__ = ["PROVINCIAL_CHECK_ONLY"]

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
    """Both cities have answered, each with its paper; without a seller in the file that of who was sampled (R63)."""
    if m.proposal.spec.method != "denial_findings":
        return set(CITIES) <= set(m.findings_from)
    papers = {paper.strip() for paper in m.proposal["documents"] or () if is_written(paper)}
    return set(CITIES) <= set(m.proposal["from"] or ()) and len(papers) >= len(CITIES)


BOTH_CITY_FINDINGS = Requirement("both_city_findings", _both_cities_have_answered, asks=("from", "documents"))


def _conclusions_are_written(m: Any) -> bool:
    """As claimed; where the record is full, both are filed, and nothing else is claimed."""
    stated = set(m.proposal["written_conclusions"] or ())
    if not has_full_record(m.dossier):
        return set(WRITERS) <= stated
    filed = set(verifications.newest(m))
    return set(WRITERS) <= filed and stated <= filed


def _conclusions_missing(m: Any) -> Words | None:
    if not has_full_record(m.dossier):
        return None
    missing = [word for word in WRITERS if word not in verifications.newest(m)]
    labels = [m.text().capacities[word].label for word in missing]
    return in_one(Words(f"尚缺{label.zh}的核实结论", f"that of the {label.en} is missing") for label in labels)


WRITTEN_CONCLUSIONS = Requirement(
    "written_conclusions", _conclusions_are_written, asks=("written_conclusions",), tells=_conclusions_missing
)


def _is_filed_with_reasons(m: Any) -> bool:
    proposal = m.proposal
    has_reasons = len((proposal["reasons"] or "").strip()) >= LEAST_REASONS
    return bool(proposal["position"]) and has_reasons and bool(_writer(m))


def _writer(m: Any) -> str:
    return verifications.writer_of(m, m.proposal.by, m.proposal["writer"])


VERIFICATION_REASONED = Requirement(
    "verification_reasoned", _is_filed_with_reasons, asks=("writer", "position", "reasons")
)


def _as_the_cities_found(m: Any) -> bool:
    """A denial is maintained when the cities found that the producer made it, upheld when not, never retested.

    Where they differ the province follows the one or the other, with reasons (R56).
    """
    gives_reason = m.proposal.spec.method != "uphold_denial" or not m.cities_differ or is_written(m.proposal["reason"])
    return not m.is_denial or (_findings_leave_open(m) and gives_reason)


def _findings_leave_open(m: Any) -> bool:
    """Whether the findings on record allow this decision, before a reason is given."""
    fits = {"maintain": m.produced is not False, "uphold_denial": m.produced is not True}
    settled = m.cities_differ or m.produced is not None
    return not m.is_denial or (settled and fits.get(m.proposal.spec.method, False))


FINDINGS_DECIDE = Requirement("findings_decide", _as_the_cities_found, asks=("reason",), stands=_findings_leave_open)


def reserve(dossier: Dossier) -> SampleUnit | None:
    """The reserve unit of a sample."""
    return SampleUnit.objects.filter(dossier=dossier, label="R").first()


INTACT: Final = (SampleState.IN_CUSTODY, SampleState.HELD_BY_ENTERPRISE, SampleState.RELEASED_FOR_RETEST)
"""The states in which the reserve unit is in somebody's keeping, fit for a retest.

One that lies sealed or is on its way is in nobody's keeping yet: a retest of it cannot be ordered (Article 38). Having
been handed over, also to a body that then could not test, spoils no unit: what was lost is recorded (R64).
"""
GONE: Final = (SampleState.RETESTED, SampleState.DISPOSED)
"""The states in which it has been used up or is no longer there."""


def unfit_by_itself(unit: SampleUnit | None) -> bool:
    """Whether the unit expired by itself, was used, or was disposed of: nobody who kept it is to blame."""
    expired = (SampleState.COMPROMISED, "natural")
    return unit is not None and (unit.state in GONE or (unit.state, unit.cause_of_loss) == expired)


def spoilt_by_applicant(unit: SampleUnit | None, party: Party | None) -> bool:
    """Whether the unit is on record as spoilt by this applicant: only where it was taken is it kept (Article 39)."""
    keeps = party is not None and party.role in Party.SAMPLED
    return keeps and unit is not None and (unit.state, unit.cause_of_loss) == (SampleState.COMPROMISED, "applicant")


def lost_by_a_body(unit: SampleUnit | None) -> bool:
    """Whether a body lost or spoilt the unit while it kept it for the province (Article 38, R33)."""
    return unit is not None and unit.state == SampleState.COMPROMISED and unit.cause_of_loss in KEEPERS


def _is_reasoned(m: Any) -> bool:
    """The decision has its reason, and what sampling body and laboratory found is not contrary to it."""
    if m.proposal.spec.method == "proceed_without_experts":
        return is_written(m.proposal["reason"])
    unit = reserve(m.dossier)
    expired = unfit_by_itself(unit) or spoilt_by_applicant(unit, m.party)
    reason = m.proposal["reason"]
    return bool(reason) and _verdicts_support(m) and (reason != "expired" or expired)


def _verdicts_support(m: Any) -> bool:
    """As claimed; where the record is full, as both writers have concluded, and nothing else is claimed."""
    stated = m.proposal["verdicts"]
    if not has_full_record(m.dossier):
        return bool(stated == verifications.SUPPORT)
    return verifications.verdict(m) == verifications.SUPPORT and stated in {None, verifications.SUPPORT}


DECISION_REASONED = Requirement("decision_reasoned", _is_reasoned, asks=("reason", "verdicts"))
PARTY_PAPER = Requirement("party_paper", lambda m: is_written(m.proposal["document"]), asks=("document",))


def _can_be_retested(m: Any) -> bool:
    """The item is reproducible, the unit is kept and fit, and no other retest has taken or is to take it (38(3), R32).

    A retest that has the unit asks only whether it is still fit, and not used by another one.
    """
    reproducible = m.chart == "retest" or bool(m.proposal["reproducible"])
    return reproducible and _has_its_unit(m)


def _has_its_unit(m: Any) -> bool:
    """What is on record of the unit, before anybody has said whether the item is reproducible."""
    unit = reserve(m.dossier)
    if unit is None or unit.state not in INTACT:
        return False
    return not m.of_others(completed=True) if m.chart == "retest" else not m.unit_is_spoken_for()


RETEST_POSSIBLE = Requirement("retest_possible", _can_be_retested, asks=("reproducible",), stands=_has_its_unit)


def _cannot_be_retested(m: Any) -> bool:
    """Why an ordered retest cannot be held is found in writing, and is not the applicant's doing (R33).

    The objection never ends maintained when a body lost the unit while it kept it for the province.
    """
    proposal, unit = m.proposal, reserve(m.dossier)
    if not is_written(proposal["finding"]) or not m.retest_can_be_cancelled() or spoilt_by_applicant(unit, m.party):
        return False
    if proposal["decision"] == "maintain" and lost_by_a_body(unit):
        return False
    is_gone = unit is None or unit.state == SampleState.COMPROMISED or unfit_by_itself(unit)
    return proposal["cause"] == "no_body" or (proposal["cause"] == "unit" and is_gone)


RETEST_IMPOSSIBLE = Requirement("retest_impossible", _cannot_be_retested, asks=("decision", "cause", "finding"))
RECOMMISSION_REASON = Requirement("recommission_reason", lambda m: is_written(m.proposal["reason"]), asks=("reason",))


def _every_item_has_a_result(m: Any) -> bool:
    """The report has a result for every item of Form 9."""
    reported = {item["name"] for item in m.proposal["items"] or ()}
    return bool(reported) and set(m.commissioned_items or m.to_be_retested()) <= reported


RESULTS_GIVEN = Requirement("results_given", _every_item_has_a_result, asks=("items",))


def _another_lab(m: Any) -> bool:
    """The retest is not given to the body that tested first."""
    first = register.body(m.dossier, "lab")
    named = m.proposal["retest_lab"]
    return m.proposal["lab"] != "first_lab" and not (named and first is not None and named == first.code)


RETEST_LAB_QUALIFIED = may_test("retest_lab")
OTHER_LAB = Requirement("other_lab", _another_lab, asks=("lab", "retest_lab"))
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: is_written(m.proposal["proof"]) and m.decided_on <= m.proposal.on,
    asks=("proof",),
)


def _waiver_is_grounded(m: Any) -> bool:
    """The formalities were not completed in time, or it is on record that the applicant, who kept it, spoilt the unit.

    Nothing is claimed: the record of the loss is read (Article 39).
    """
    if m.proposal.by.is_system:
        return True
    if m.proposal["ground"] == "tampering":
        return spoilt_by_applicant(reserve(m.dossier), m.party)
    window = deadlines.of(m, RETEST_FORMALITIES)
    lapsed = window is not None and m.proposal.on > window.latest
    return m.proposal["ground"] == "lapse" and m.state == RetestState.AWAITING_FORMALITIES and lapsed


WAIVER_GROUND = Requirement("waiver_ground", _waiver_is_grounded, asks=("ground",))
FORM9_CONTENTS = Requirement(
    "form9_contents",
    lambda m: (
        bool(m.proposal["time"]) and m.proposal["items"] != [] and bool(m.proposal["items"] or m.to_be_retested())
    ),
    asks=("time", "items"),
)
FILMED = Requirement(
    "filmed",
    lambda m: films.is_shown(m, "film"),
    asks=("filmed", "film_sha256", "film_kept_by", "seal_state"),
)


def _form10_says_what_was_found(m: Any) -> bool:
    """Conforming when every retested item passed, nonconforming when one failed; without items either may be stated."""
    if not m.results:
        return True
    failed = any(item["result"] == "fail" for item in m.results)
    return failed == (m.proposal.spec.method == "close_nonconforming")


RETEST_RESULT = Requirement("retest_result", _form10_says_what_was_found)


def _formalities_were_in_time(m: Any) -> bool:
    """Proof, and a day inside the period for the formalities; a waiver for tampering is no lapse."""
    window = deadlines.of(m, RETEST_FORMALITIES)
    in_time = window is not None and deadlines.in_time(window, m.proposal.on)
    return m.waived_for == "lapse" and is_written(m.proposal["proof"]) and in_time


PROOF_IN_TIME = Requirement("proof_in_time", _formalities_were_in_time, asks=("proof",))
