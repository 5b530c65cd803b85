"""What can forbid an act of chapter six."""

from typing import Any

from spotcheck.docket import deadlines, register
from spotcheck.docket.models import Dossier, Party, Track
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.rule_sets import RULE_SET_VALID
from spotcheck.inspection.models import Conclusion, Item
from spotcheck.parties.models import Office, in_shandong
from spotcheck.sampling.requirements import NO_FEE

__all__ = ["NO_FEE", "RULE_SET_VALID"]

FINAL = ("final_conforming", "final_nonconforming", "revoked")


def nonconforming_stands(dossier: Dossier) -> bool:
    """Whether there is a nonconforming report whose conclusion has neither been revoked nor become conforming."""
    return (
        Conclusion.objects.filter(dossier=dossier, reported="nonconforming")
        .exclude(state__in=("revoked", "final_conforming"))
        .exists()
    )


def producer_passed(dossier: Dossier) -> bool:
    """Whether a producer of this sample has passed its re-check."""
    return Track.objects.filter(
        dossier=dossier, chart="rectification", state="passed", party__role__in=Party.PRODUCERS
    ).exists()


HANDED_OVER_ONLY = Requirement(
    "handed_over_only",
    lambda m: (
        m.dossier.origin != Dossier.Origin.PROVINCIAL
        and register.state(m.dossier, "conclusion") == "final_nonconforming"
    ),
)
"""A denial in a handed-over case presupposes that the case was taken over (Articles 32, 52)."""
IN_SHANDONG = Requirement("in_shandong", lambda m: m.party.in_shandong)
REPORT_EXISTS = Requirement("report_exists", lambda m: nonconforming_stands(m.dossier))
ONE_CASE = Requirement(
    "one_case",
    lambda m: set(register.states(m.dossier, "rectification", m.party)) <= {"transferred"},
)
CONCLUSION_STANDS = Requirement("conclusion_stands", lambda m: nonconforming_stands(m.dossier))
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: bool(m.proposal["proof"]) and m.ordered_on <= m.proposal.on,
    asks=("proof",),
)
MEASURES_DONE = Requirement("measures_done", lambda m: bool(m.proposal["measures_done"]), asks=("measures_done",))
HARDSHIP_PROOF = Requirement("hardship_proof", lambda m: m.proposal["proof"] not in {None, "none"}, asks=("proof",))
STILL_IN_WINDOW = Requirement("still_in_window", lambda m: deadlines.in_time(deadlines.of(m, "D44"), m.proposal.on))
PROOF_IN_TIME = Requirement(
    "proof_in_time",
    lambda m: bool(m.proposal["proof"]) and deadlines.in_time(deadlines.of(m, "D44"), m.proposal.on),
    asks=("proof",),
)
CONDITIONS_RESTORED = Requirement(
    "conditions_restored",
    lambda m: bool(m.proposal["conditions_restored"]),
    asks=("conditions_restored",),
)
CLOSURE_OVER = Requirement(
    "closure_over",
    lambda m: m.state != "closure_ordered" or (m.closure_until is not None and m.proposal.on > m.closure_until),
)
STEPS = {"report_up": 1, "order_closure": 2, "revoke_licence": 3}
"""Which failure of the ladder each step answers (Article 51)."""
LADDER_ROUND = Requirement("ladder_round", lambda m: m.failures == STEPS[m.proposal.spec.method])


def _is_final(m: Any) -> bool:
    """Against a party: finally nonconforming. For publication: every conclusion of the task final. Nothing open."""
    if m.chart == "publication":
        conclusions = Track.objects.filter(dossier__parent=m.dossier, chart="conclusion")
        waiting = Track.objects.filter(dossier__parent=m.dossier, chart__in=("objection", "retest"), is_open=True)
        return not conclusions.exclude(state__in=FINAL).exists() and not waiting.exists()
    is_final = register.state(m.dossier, "conclusion") == "final_nonconforming"
    return is_final and not register.any_open(m.dossier, ("objection", "retest"))


CONCLUSION_FINAL = Requirement("conclusion_final", _is_final)


def _place_is_elsewhere(m: Any) -> bool:
    """The actual place is named by its code and is not that of the bureau that has the case."""
    to = m.proposal["to"] or ""
    if to == m.bureau.code or len(to) != 6 or not (to.isascii() and to.isdigit()):
        return False
    return not in_shandong(to) or Office.objects.filter(code=to, kind__in=("city", "county")).exists()


ACTUAL_PLACE = Requirement("actual_place", _place_is_elsewhere, asks=("to",))
PRODUCERS_ONLY = Requirement("producers_only", lambda m: m.party.is_producer)
RECTIFIED = Requirement("rectified", lambda m: m.rectified is True)
NOT_RECTIFIED = Requirement("not_rectified", lambda m: m.rectified is False)


def _only_labels_failed(m: Any) -> bool:
    """A seller needs no test; a producer only when nothing but labels, marks or instructions failed."""
    if m.party.is_seller:
        return True
    kinds = set(Item.objects.filter(dossier=m.dossier, result="fail").values_list("kind", flat=True))
    return kinds == {"label"}


LABEL_ONLY = Requirement("label_only", _only_labels_failed)


def _producer_pass_is_shown(m: Any) -> bool:
    """A seller that goes on selling, or asks for the end of its ban, shows that the producer has passed."""
    if m.chart == "recheck":
        return not (m.party.is_seller and m.proposal["resume"]) or producer_passed(m.dossier)
    own = register.states(m.dossier, "rectification", m.party)
    if not m.party.is_seller or "passed" not in own:
        return False
    if m.proposal["proof"] == "document":
        producers = m.dossier.parties.filter(role__in=Party.PRODUCERS)
        return bool(m.proposal["document"]) and not any(party.in_shandong for party in producers)
    return m.proposal["proof"] == "dossier" and producer_passed(m.dossier)


PRODUCER_PASS_SHOWN = Requirement("producer_pass_shown", _producer_pass_is_shown, asks=("resume", "proof"))
RECHECK_RESULT = Requirement(
    "recheck_result",
    lambda m: (m.test_conclusion == "conforming") == (m.proposal.spec.method == "pass_with_test"),
)
HARDSHIP_CLAIMED = Requirement("hardship_claimed", lambda m: m.case.hardship_claimed_on is not None)


def _no_level_is_skipped(m: Any) -> bool:
    """County to city, city to province."""
    handler = m.party.handler.kind if m.party.handler else ""
    match m.proposal.spec.method:
        case "submit_to_city":
            return handler == Office.Kind.COUNTY
        case "submit_to_province":
            return m.state == "at_city" or handler == Office.Kind.CITY
        case _:
            return True


LEVEL_BY_LEVEL = Requirement("level_by_level", _no_level_is_skipped)


def _has_changed(m: Any) -> bool:
    """A court has decided, or a published conclusion has another result now."""
    if m.proposal["reason"] == "court":
        return True
    now = dict(
        Track.objects.filter(dossier__parent=m.dossier, chart="conclusion", state__in=FINAL).values_list(
            "dossier__number", "state"
        )
    )
    return any(m.published.get(number) not in {None, state} for number, state in now.items())


CHANGED_AFTER_PUBLICATION = Requirement("changed_after_publication", _has_changed, asks=("reason",))


def _sellers(m: Any) -> list[Party]:
    return list(m.dossier.parties.filter(role=Party.Role.SELLER))


SELLER_IN_SHANDONG = Requirement("seller_in_shandong", lambda m: any(seller.in_shandong for seller in _sellers(m)))
SELLER_OUTSIDE = Requirement(
    "seller_outside",  # a seller that is not in the file is one of the province that handed it over
    lambda m: not _sellers(m) or any(not seller.in_shandong for seller in _sellers(m)),
)
PEER_PROVINCE_INFORMED = Requirement(
    "peer_province_informed",
    lambda m: m.state != "at_province" or bool(m.proposal["peer_informed"]),
    asks=("peer_informed",),
)
