"""What can forbid an act of chapter six."""

from datetime import date
from typing import Any

from spotcheck.docket import deadlines, law, register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Dossier, Party, Track
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.rule_sets import RULE_SET_VALID
from spotcheck.inspection.models import Inspection, Item
from spotcheck.inspection.requirements import COURT_DOCUMENT
from spotcheck.inspection.states import ConclusionState, InspectionState, ResultNoticeState
from spotcheck.objections.requirements import PARTY_PAPER, RECOMMISSION_REASON
from spotcheck.parties.models import Office, in_shandong
from spotcheck.parties.regions import city_of, is_city, is_code
from spotcheck.planning.bodies import may_test
from spotcheck.remediation import coverage
from spotcheck.remediation.states import DenialState, RectificationState
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK
from spotcheck.sampling.requirements import NO_FEE

__all__ = ["COURT_DOCUMENT", "NO_FEE", "PARTY_PAPER", "RECOMMISSION_REASON", "RULE_SET_VALID"]

FINAL = (ConclusionState.FINAL_CONFORMING, ConclusionState.FINAL_NONCONFORMING, ConclusionState.REVOKED)


HANDED_OVER_ONLY = Requirement(
    "handed_over_only",
    lambda m: (
        m.dossier.origin != Dossier.Origin.PROVINCIAL
        and register.state(m.dossier, "conclusion") == ConclusionState.FINAL_NONCONFORMING
    ),
)
"""A denial in a handed-over case presupposes that the case was taken over (Articles 32, 52)."""
IN_SHANDONG = Requirement("in_shandong", lambda m: m.party.in_shandong)
REPORT_EXISTS = Requirement("report_exists", lambda m: coverage.nonconforming_stands(m.dossier))
ONE_CASE = Requirement("one_case", lambda m: coverage.may_have_a_case(m.party))
CONCLUSION_STANDS = Requirement("conclusion_stands", lambda m: coverage.nonconforming_stands(m.dossier))
FURTHER_ITEMS = Requirement("further_items", lambda m: bool(coverage.further(m.party)))
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: is_written(m.proposal["proof"]) and m.ordered_on <= m.proposal.on,
    asks=("proof",),
)
MEASURES_DONE = Requirement("measures_done", lambda m: bool(m.proposal["measures_done"]), asks=("measures_done",))
HARDSHIP_PROOF = Requirement("hardship_proof", lambda m: m.proposal["proof"] not in {None, "none"}, asks=("proof",))
STILL_IN_WINDOW = Requirement(
    "still_in_window",
    lambda m: m.applied_by_party and deadlines.in_time(deadlines.of(m, APPLY_FOR_RECHECK), m.proposal.on),
)
PROOF_IN_TIME = Requirement(
    "proof_in_time",
    lambda m: is_written(m.proposal["proof"]) and deadlines.in_time(deadlines.of(m, APPLY_FOR_RECHECK), m.proposal.on),
    asks=("proof",),
)
CONDITIONS_RESTORED = Requirement(
    "conditions_restored",
    lambda m: bool(m.proposal["conditions_restored"]),
    asks=("conditions_restored",),
)
CLOSURE_OVER = Requirement(
    "closure_over",
    lambda m: (
        m.state != RectificationState.CLOSURE_ORDERED
        or (m.closure_until is not None and m.proposal.on > m.closure_until)
    ),
)
RESTORATION_SHOWN = Requirement(
    "restoration_shown",
    lambda m: bool(m.proposal["basis"]) and is_written(m.proposal["finding"]) and is_written(m.proposal["evidence"]),
    asks=("basis", "finding", "evidence"),
)
DEREGISTRATION_SHOWN = Requirement(
    "deregistration_shown",
    lambda m: bool(m.proposal["proof"]) and is_written(m.proposal["document"]) and m.proposal["successor"] is False,
    asks=("proof", "document", "successor"),
)


def earliest_second_recheck(dossier: Dossier, announced_on: date) -> date:
    """The first day of the second recheck without the party's own request; the announcement is day 0 (R41)."""
    return date.fromordinal(announced_on.toordinal() + law.of(dossier).settings.second_recheck_from_day)


def second_recheck_is_early(m: Any, on: date) -> bool:
    """Whether a recheck that starts on this day is the second one and comes before its time (Article 51)."""
    is_second = m.failures == SECOND - 1 and m.announced_on is not None
    return is_second and on < earliest_second_recheck(m.dossier, m.announced_on)


SECOND = 2
SECOND_RECHECK_NOT_TOO_EARLY = Requirement(
    "second_recheck_not_too_early",
    lambda m: not second_recheck_is_early(m, m.proposal.on) or is_written(m.proposal["early_reason"]),
    asks=("early_reason",),
)
STEPS = {"report_up": 1, "order_closure": 2, "revoke_licence": 3}
"""Which failure of the ladder each step answers (Article 51)."""
FAILED = (
    RectificationState.FAILED,
    RectificationState.REPORTED_UP,
    RectificationState.ANNOUNCED,
    RectificationState.CLOSURE_ORDERED,
    RectificationState.LICENCE_REVOKED,
)
"""The states that rest on a failed recheck, which can be annulled (R47)."""


def _is_the_rung(m: Any) -> bool:
    """The step belongs to the number of failures; an annulled recheck has to be one that failed."""
    if m.proposal.spec.method == "annul":
        return m.proposal["what"] != "recheck" or m.state in FAILED
    return bool(m.failures == STEPS[m.proposal.spec.method])


LADDER_ROUND = Requirement("ladder_round", _is_the_rung, asks=("what",))
AUTHORITY_DECISION = Requirement(
    "authority_decision",
    lambda m: is_written(m.proposal["document"]) and is_written(m.proposal["authority"]),
    asks=("document", "authority"),
)
CLOSURE_AHEAD = Requirement(
    "closure_ahead",
    lambda m: m.proposal["until"] is not None and m.proposal["until"] > m.proposal.on,
    asks=("until",),
)
UNTOLD = (ResultNoticeState.DUE, ResultNoticeState.SENT, ResultNoticeState.SERVED)
"""The states of a notice whose window has not run out yet."""


def _is_final(m: Any) -> bool:
    """Against a party: finally nonconforming, nothing open, and no notice of this party on its way or in its window.

    For publication: every conclusion of the task final, nothing open, no notice of any sample untold (R43).
    """
    if m.chart == "publication":
        below = Track.objects.filter(dossier__parent=m.dossier)
        waiting = below.filter(chart__in=("objection", "retest"), is_open=True)
        untold = below.filter(chart="result_notice", state__in=UNTOLD)
        conclusions = below.filter(chart="conclusion").exclude(state__in=FINAL)
        return not (conclusions.exists() or waiting.exists() or untold.exists())
    is_final = register.state(m.dossier, "conclusion") == ConclusionState.FINAL_NONCONFORMING
    told = not set(UNTOLD) & set(register.states(m.dossier, "result_notice", m.party))
    return is_final and told and not register.any_open(m.dossier, ("objection", "retest"))


CONCLUSION_FINAL = Requirement("conclusion_final", _is_final)


def _place_is_elsewhere(m: Any) -> bool:
    """The actual place is another one, with the finding on it (Article 42)."""
    to = m.proposal["to"] or ""
    if not is_code(to) or to == m.bureau.code or not is_written(m.proposal["finding"]):
        return False
    return not in_shandong(to) or _bureaus_may_pass_on(m, to)


def _bureaus_may_pass_on(m: Any, to: str) -> bool:
    """Inside Shandong bureaus pass a case on for a real move; a city gives work to its own county until service.

    A county never passes a case to its own city, and the province none inside Shandong (Article 42, R35).
    """
    by, here = m.proposal.by, m.bureau.code
    is_province = by.word == "province" or (by.office is not None and by.office.kind == Office.Kind.PROVINCE)
    if is_province or city_of(here) == to or (is_division_of_work(here, to) and m.was_received):
        return False
    return Office.objects.filter(code=to, kind__in=("city", "county")).exists()


def is_division_of_work(here: str, to: str) -> bool:
    """Whether a city gives a case to its own county: no move, both have the place in their district (R35)."""
    return is_city(here) and not is_city(to) and city_of(to) == here


ACTUAL_PLACE = Requirement("actual_place", _place_is_elsewhere, asks=("to", "finding"))
PROVINCE_LETTER = Requirement(
    "province_letter",
    lambda m: in_shandong(m.proposal["to"] or "37") or is_written(m.proposal["letter"]),
    asks=("to", "letter"),
)
TECHNICAL_BODY_QUALIFIED = may_test("technical_body")
PRODUCERS_ONLY = Requirement("producers_only", lambda m: m.party.is_producer)
RECTIFIED = Requirement("rectified", lambda m: m.rectified is True)
NOT_RECTIFIED = Requirement("not_rectified", lambda m: m.rectified is False)


FINDING_WRITTEN = Requirement(
    "finding_written",
    lambda m: m.proposal["rectified"] is not False or is_written(m.proposal["finding"]),
    asks=("rectified", "finding"),
)
TEST_REPORT = Requirement("test_report", lambda m: is_written(m.proposal["report_number"]), asks=("report_number",))
SAMPLE_REFUSED = Requirement("sample_refused", lambda m: is_written(m.proposal["finding"]), asks=("finding",))


def _only_labels_failed(m: Any) -> bool:
    """A seller needs no test; a producer only when of what no passed case covers nothing but labels failed."""
    if m.party.is_seller:
        return True
    names = coverage.to_be_tested(m.party)
    kinds = set(Item.objects.filter(dossier=m.dossier, name__in=names).values_list("kind", flat=True))
    return kinds == {"label"}


LABEL_ONLY = Requirement("label_only", _only_labels_failed)


def _producer_pass_is_shown(m: Any) -> bool:
    """A seller that goes on selling, or asks for the end of its ban, shows that its producers have passed (R57)."""
    if m.chart == "recheck":
        if not (m.party.is_seller and m.proposal["resume"]):
            return True
    elif not m.party.is_seller or RectificationState.PASSED not in register.states(m.dossier, "rectification", m.party):
        return False
    match m.proposal["proof"]:
        case "dossier":
            return coverage.producers_have_passed(m.dossier)
        case "other_province":
            return is_written(m.proposal["document"]) and coverage.outside_producer_may_be_proved(m.dossier)
        case _:
            return False


PRODUCER_PASS_SHOWN = Requirement("producer_pass_shown", _producer_pass_is_shown, asks=("resume", "proof", "document"))
RECHECK_RESULT = Requirement(
    "recheck_result",
    lambda m: (m.test_conclusion == "conforming") == (m.proposal.spec.method == "pass_with_test"),
)
HARDSHIP_CLAIMED = Requirement("hardship_claimed", lambda m: not m.is_round)
CASE_REPORTED_UP = Requirement("case_reported_up", lambda m: m.case.state == RectificationState.REPORTED_UP)


def _correction_has_a_basis(m: Any) -> bool:
    """What was announced has changed since, or a decision or a slip of the pen is named, with its text (R54)."""
    if m.proposal["basis"] == "changed":
        return m.has_changed()
    return bool(m.proposal["basis"]) and is_written(m.proposal["document"]) and is_written(m.proposal["text"])


CORRECTION_BASIS = Requirement("correction_basis", _correction_has_a_basis, asks=("basis", "document", "text"))


def _no_level_is_skipped(m: Any) -> bool:
    """County to city, city to province."""
    handler = m.party.handler.kind if m.party.handler else ""
    match m.proposal.spec.method:
        case "submit_to_city":
            return handler == Office.Kind.COUNTY
        case "submit_to_province":
            return m.state == DenialState.AT_CITY or handler == Office.Kind.CITY
        case _:
            return True


LEVEL_BY_LEVEL = Requirement("level_by_level", _no_level_is_skipped)


def conclusions_of(task: Dossier) -> dict[str, str]:
    """The conclusions of the samples of a task, by the numbers of their dossiers."""
    tracks = Track.objects.filter(dossier__parent=task, chart="conclusion")
    return dict(tracks.values_list("dossier__number", "state"))


def _has_changed(m: Any) -> bool:
    """A court has decided, with its document, or a published conclusion is not what was published or last corrected.

    One that is open again is changed too: nobody may go on reading it as final (Article 57).
    """
    if m.proposal["reason"] == "court":
        return is_written(m.proposal["document"])
    now = conclusions_of(m.dossier).items()
    return any(m.published.get(number) not in {None, state} for number, state in now)


CHANGED_AFTER_PUBLICATION = Requirement("changed_after_publication", _has_changed, asks=("reason", "document"))
AS_APPROVED = Requirement("as_approved", lambda m: m.approved in (None, conclusions_of(m.dossier)))


def has_stopped_samples(task: Dossier) -> bool:
    """Whether the testing of a sample of the task was stopped, with or without a partial report (Articles 31, 57)."""
    return Inspection.objects.filter(
        dossier__parent=task, state__in=(InspectionState.TERMINATED_ILLEGAL, InspectionState.STOPPED_UNIT_LOST)
    ).exists()


def _stopped_is_shown_as_it_is(m: Any) -> bool:
    """A sample whose testing was stopped is shown by its retested items and that fact, never as conforming."""
    return m.proposal["stopped"] == "items" or not has_stopped_samples(m.dossier)


STOPPED_NOT_CONFORMING = Requirement("stopped_not_conforming", _stopped_is_shown_as_it_is, asks=("stopped",))


def _sellers(m: Any) -> list[Party]:
    return list(m.dossier.parties.filter(role=Party.Role.SELLER))


SELLER_IN_SHANDONG = Requirement("seller_in_shandong", lambda m: any(seller.in_shandong for seller in _sellers(m)))
SELLER_OUTSIDE = Requirement(
    "seller_outside",  # a seller that is not in the file is one of the province that handed it over
    lambda m: not _sellers(m) or any(not seller.in_shandong for seller in _sellers(m)),
)
NOMINAL_NAMED = Requirement("nominal_named", lambda m: any(party.in_shandong for party in m.about("city")))


def _next_level_up(m: Any) -> bool:
    """The county that handles the nominal producer reports to its city, the city to the province (Article 52)."""
    levels = {bureau.kind for party in m.about("city") if (bureau := coverage.last_bureau(party)) is not None}
    if m.proposal.spec.method == "submit_to_city":
        return Office.Kind.COUNTY in levels
    return m.state == DenialState.AT_CITY or Office.Kind.CITY in levels


DENIAL_LEVEL_BY_LEVEL = Requirement("denial_level_by_level", _next_level_up)


def _province_itself(m: Any) -> bool:
    """What has come to the province only the province closes (Article 52)."""
    by = m.proposal.by
    is_province = by.word == "province" or (by.office is not None and by.office.kind == Office.Kind.PROVINCE)
    return m.state != DenialState.AT_PROVINCE or is_province


PROVINCE_CLOSES = Requirement("province_closes", _province_itself)
PEER_PROVINCE_INFORMED = Requirement(
    "peer_province_informed",
    lambda m: m.state != DenialState.AT_PROVINCE or bool(m.proposal["peer_informed"]),
    asks=("peer_informed",),
)
DENIAL_FINDING = Requirement("denial_finding", lambda m: is_written(m.proposal["finding"]), asks=("finding",))
BREACH_SHOWN = Requirement("breach_shown", lambda m: is_written(m.proposal["evidence"]), asks=("evidence",))
LEAD_FINDING = Requirement(
    "lead_finding",
    lambda m: m.proposal.by.is_system or is_written(m.proposal["finding"]),
    asks=("finding",),
)
"""What follows an act rests on the finding of that act; whoever reports something else writes down what was found."""
LEAD_REASONED = Requirement("lead_reasoned", lambda m: is_written(m.proposal["reason"]), asks=("reason",))
LEAD_OUTSIDE = Requirement(
    "lead_outside",
    lambda m: m.party is not None and not m.party.in_shandong and is_written(m.proposal["letter"]),
    asks=("letter",),
)
