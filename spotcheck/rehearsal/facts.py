"""The facts that a scenario may state with an act: allowed values, the default, and what the flows get of it.

A default is what a careful officer would bring. ``None`` as default means that the player works it out.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from spotcheck.planning.facts import HEADS


class Fact(NamedTuple):
    """One fact of an act: its default and the test of a stated value."""

    default: Any
    allowed: Callable[[Any], bool]


class WrongFact(ValueError):
    """A fact that the act does not know, or a value it cannot have."""


def _yes(*, default: bool = True) -> Fact:
    return Fact(default, lambda value: isinstance(value, bool))


def _one(*values: str, default: str | None = None) -> Fact:
    return Fact(default or values[0], lambda value: value in values)


def _some(*values: str) -> Fact:
    return Fact(list(values), lambda value: isinstance(value, list) and all(item in values for item in value))


def _texts(default: list[str] | None) -> Fact:
    return Fact(
        default,
        lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    )


def _text(default: str = "") -> Fact:
    return Fact(default, lambda value: isinstance(value, str))


def _items(*, kinds: bool) -> Fact:
    keys = {"name", "kind", "result"} if kinds else {"name", "result"}

    def allowed(value: Any) -> bool:
        return isinstance(value, list) and all(
            isinstance(item, dict)
            and {"name", "result"} <= set(item) <= keys
            and isinstance(item["name"], str)
            and item["result"] in ("pass", "fail")
            and item.get("kind", "safety") in ("performance", "safety", "label")
            for item in value
        )

    return Fact(None, allowed)


def _earlier(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if set(value) == {"dossier"}:
        return type(value["dossier"]) is int
    return (
        set(value) == {"organiser", "sampled", "same_product"}
        and value["organiser"] in ("province", "samr", "city", "other_province")
        and type(value["sampled"]) is date
        and isinstance(value["same_product"], bool)
    )


SAMPLERS: Final = ["张伟", "李娜"]
INSPECTOR: Final = "王强"
DEFAULT_ITEM: Final = {"name": "导体电阻", "kind": "performance", "result": "fail"}
_REASON = Fact("given", lambda value: value in ("given", "none"))
_WRITERS = _some("sampling_body", "lab")

FACTS: Final[dict[str, dict[str, Fact]]] = {
    "plan.submit_suggestion": {
        "in_catalogue": _yes(),
        "contents": _some("kinds", "batches", "timing"),
    },
    "plan.file_and_circulate": {"filed": _yes(), "circulated": _yes()},
    "plan.adjust": {"reason": _REASON},
    "task.set_scheme": {
        "type": _one("daily", "special"),
        "trigger": _one("none", "superior_order", "public_opinion", "emergency"),
        "scheme": _yes(),
        "detail_rules": _one("own", "superior", "none"),
    },
    "task.engage_agencies": {"same_body": _yes(default=False), "separation_system": _yes()},
    "task.draw_targets": {
        "seed": _yes(),
        "candidates": _yes(),
        "targets": Fact("all", lambda value: value == "all" or isinstance(value, list)),
    },
    "task.file_summary": {"heads": Fact(6, lambda value: type(value) is int and 0 <= value <= len(HEADS))},
    "task.cancel": {"reason": _REASON},
    "sampling.present_notice": {
        "samplers": _texts(SAMPLERS),
        "ids_valid": _yes(),
        "notice_matches": _yes(),
        "mandate_copy": _yes(),
    },
    "sampling.claim_refusal": {
        "ground": _one("19(1)", "19(2)", "19(3)", "19(4)", "19(5)"),
        "proven": _yes(),
        "earlier_check": Fact(None, _earlier),
    },
    "sampling.pass_precheck": {
        "suspicion": _one("none", "no_licence", "forged_name", "other"),
        "commissioned": _yes(default=False),
        "contract": _yes(),
    },
    "sampling.terminate_illegal": {"suspicion": _one("forged_name", "no_licence", "other")},
    "sampling.complete_sampling": {
        "media": _some("place", "storage", "marking", "stock", "process"),
        "signed": _yes(),
        "paid": _yes(),
        "fee_charged": _yes(default=False),
        "sealed_separately": _yes(),
    },
    "sampling.record_not_sampled": {
        "cause": _one("closed", "converted", "unfit"),
        "verified": _some("records", "workshop", "warehouse"),
    },
    "sampling.record_obstruction": {"conduct": _one("absurd_price", "gate_locked", "other")},
    "purchase.place_order": {"records": _yes(), "reserve_bought": _yes()},
    "purchase.unseal_and_check": {"filmed": _yes()},
    "purchase.seal_and_notify": {"sealed_separately": _yes(), "papers_mailed": _yes()},
    "purchase.fail": {"cause": _one("not_delivered", "wrong_goods", "damaged")},
    "sample.leave_with_enterprise": {"undertaking": _yes()},
    "sample.receive": {"seal_intact": _yes()},
    "sample.issue": {"inspector": _text(INSPECTOR)},
    "sample.compromise": {"cause": _one("lab", "sampling_body", "applicant")},
    "inspection.clear_qualification": {"licence": _one("valid", "not_required", "missing")},
    "inspection.terminate_illegal": {"suspicion": _one("no_licence", "forged_name", "other")},
    "inspection.start_testing": {"inspector": _text(INSPECTOR)},
    "inspection.report_serious": {"items": _items(kinds=True), "danger": _yes()},
    "inspection.complete": {"all_items": _yes()},
    "inspection.issue_report": {
        "conclusion": _one("nonconforming", "conforming"),
        "items": _items(kinds=True),
        "analysis": _yes(),
        "signed": _yes(),
    },
    "result_notice.record_receipt": {"proof": _yes()},
    "result_notice.correct_lapse": {"proof": _yes()},
    "conclusion.import_external": {},
    "objection.file": {
        "grounds": _one("test_result", "sampling", "authenticity", "denial"),
        "items": _texts(None),
        "evidence": _yes(),
    },
    "objection.denial_findings": {
        "from": _some("nominal_producer_city", "seller_city"),
        "produced": _yes(default=False),
    },
    "objection.maintain": {
        "written_conclusions": _WRITERS,
        "reason": _one("unfounded", "not_reproducible", "standard_forbids", "expired"),
    },
    "objection.revoke": {
        "written_conclusions": _WRITERS,
        "reason": _one("sampling_process", "authenticity"),
    },
    "objection.order_retest": {
        "written_conclusions": _WRITERS,
        "reproducible": _yes(),
        "lab": _one("retest_lab", "first_lab"),
    },
    "objection.uphold_denial": {"written_conclusions": _WRITERS},
    "objection.record_decision_receipt": {"proof": _yes()},
    "retest.waive": {"ground": _one("tampering", "lapse")},
    "retest.commission": {"time": _yes(), "items": _texts(None)},
    "retest.hand_over_sample": {"filmed": _yes()},
    "retest.start": {"lab": _one("retest_lab", "first_lab")},
    "retest.report": {"items": _items(kinds=False)},
    "retest.reinstate": {"proof": _yes()},
    "rectification.record_order_receipt": {"proof": _yes()},
    "rectification.apply_recheck": {"measures_done": _yes()},
    "rectification.claim_hardship": {
        "proof": _one("closure", "conversion", "relocation", "disaster", "bankruptcy", "none")
    },
    "rectification.resume_and_apply": {"conditions_restored": _yes()},
    "rectification.order_closure": {"until": Fact(None, lambda value: type(value) is date)},
    "rectification.transfer_jurisdiction": {"to": Fact(None, lambda value: len(str(value)) == 6)},
    "rectification.correct_lapse": {"proof": _yes()},
    "recheck.verify_on_site": {"rectified": _yes(), "experts": _yes(default=False)},
    "recheck.commission_test": {"fee_charged": _yes(default=False)},
    "recheck.test_done": {"conclusion": _one("conforming", "nonconforming")},
    "recheck.pass_without_test": {"resume": _yes(default=False)},
    "publication.correct": {"reason": _one("changed", "court")},
    "denial.close": {"peer_informed": _yes()},
    "lead.create": {"source": _text("officer")},
    "ban.record_breach": {"evidence": _yes()},
    "ban.record_producer_proof": {"proof": _one("dossier", "none")},
}


def stated(act: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of an act as the file means them: what it states over what a careful officer brings."""
    known = FACTS.get(act, {})
    for name, value in given.items():
        if name not in known:
            raise WrongFact(f"{act} knows no fact {name!r}; it knows {', '.join(known) or 'none'}")
        if not known[name].allowed(value):
            raise WrongFact(f"{act}: {name} cannot be {value!r}")
    return {name: given.get(name, fact.default) for name, fact in known.items()}


def for_flow(act: str, facts: dict[str, Any], *, on: date, items: list[dict[str, str]] | None) -> dict[str, Any]:
    """Return the facts as the flow takes them. ``items`` are those of the file for a report that states none."""
    flow = {name: value for name, value in facts.items() if value is not None}
    match act:
        case "plan.adjust" | "task.cancel":
            flow["reason"] = "" if facts["reason"] == "none" else "按实际需要调整"
        case "task.file_summary":
            flow["heads"] = list(HEADS[: facts["heads"]])
        case "inspection.issue_report" | "inspection.report_serious" if facts["items"] is None:
            conforming = facts.get("conclusion") == "conforming"
            flow["items"] = [] if conforming else items or [DEFAULT_ITEM]
        case "conclusion.import_external":
            flow["items"] = items or [DEFAULT_ITEM]
        case "rectification.order_closure" if facts["until"] is None:
            flow["until"] = date.fromordinal(on.toordinal() + 60)
        case "rectification.transfer_jurisdiction" if facts["to"] is not None:
            flow["to"] = str(facts["to"])
    return flow
