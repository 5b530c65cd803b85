"""The facts that a scenario may state with an act: allowed values, the default, and what the flows get of it.

A default is what a careful officer would bring. ``None`` as default means that the player works it out. What is claimed
in writing is stated by ``true`` and ``false`` (or given and none): the player writes it out for the flow, which takes
no bare yes.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from rest_framework.serializers import ChoiceField

from spotcheck.docket.facts import Claim
from spotcheck.docket.flow import MATTERS, ActSpec
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


def _text(default: str | None = "") -> Fact:
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
TWO: Final = 2
DEFAULT_ITEM: Final = {"name": "导体电阻", "kind": "performance", "result": "fail"}
GIVEN: Final = "见卷内书面材料"
"""What a claim says in a rehearsal: the paper itself is not part of the file."""
_REASON = Fact("given", lambda value: value in ("given", "none"))
_NO_REASON = Fact("none", lambda value: value in ("given", "none"))
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
        "samplers": _texts([*SAMPLERS, "刘洋", "陈静"]),
        "sampler_list": _yes(),
    },
    "task.file_summary": {"heads": Fact(6, lambda value: type(value) is int and 0 <= value <= len(HEADS))},
    "task.cancel": {"reason": _REASON},
    "sampling.present_notice": {
        "samplers": _texts(None),
        "ids_valid": _yes(),
        "notice_matches": _yes(),
        "mandate_copy": _yes(),
    },
    "sampling.claim_refusal": {
        "ground": _one("19(1)", "19(2)", "19(3)", "19(4)", "19(5)"),
        "proven": _yes(),
        "earlier_check": Fact(None, _earlier),
    },
    "sampling.reject_refusal": {"reason": _REASON},
    "sampling.pass_precheck": {
        "suspicion": _one("none", "no_licence", "forged_name", "other"),
        "commissioned": _yes(default=False),
        "contract": _yes(),
        "nominal_recorded": _yes(),
    },
    "sampling.terminate_illegal": {
        "suspicion": _one("forged_name", "no_licence", "other", "none"),
        "finding": _yes(),
        "evidence": _yes(),
    },
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
    "sampling.record_obstruction": {
        "conduct": _one("absurd_price", "gate_locked", "other", "none"),
        "finding": _yes(),
        "media": _yes(),
        "no_media_reason": _NO_REASON,
    },
    "sampling.correct_sheet": {"confirmed_by": _some("samplers", "party")},
    "sampling.replace_sampler": {
        "out": _text(None),
        "in": _text(None),
        "reason": _one("illness", "leave", "conflict", "none"),
    },
    "sampling.add_sampler": {"in": _text(None), "reason": _REASON},
    "purchase.place_order": {"records": _yes(), "reserve_bought": _yes()},
    "purchase.unseal_and_check": {"filmed": _yes()},
    "purchase.seal_and_notify": {"sealed_separately": _yes(), "papers_mailed": _yes()},
    "purchase.fail": {"cause": _one("not_delivered", "wrong_goods", "damaged", "shop_closed", "outside_article_23")},
    "sample.leave_with_enterprise": {"undertaking": _yes()},
    "sample.receive": {"seal_intact": _yes()},
    "sample.issue": {"inspector": _text(INSPECTOR)},
    "sample.compromise": {
        "cause": _one("lab", "sampling_body", "retest_lab", "carrier", "natural", "applicant"),
        "evidence": _yes(),
    },
    "inspection.clear_qualification": {"licence": _one("valid", "not_required", "missing")},
    "inspection.terminate_illegal": {
        "suspicion": _one("no_licence", "forged_name", "other", "none"),
        "producer": _text("all"),
        "finding": _yes(),
        "evidence": _yes(),
    },
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
    "conclusion.import_external": {"document": _yes()},
    "conclusion.withdraw_external": {"document": _yes()},
    "conclusion.annul": {"document": _yes()},
    "objection.file": {
        "grounds": _one("test_result", "sampling", "authenticity", "denial"),
        "items": _texts(None),
        "evidence": _yes(),
    },
    "objection.denial_findings": {
        "from": _some("nominal_producer_city", "seller_city"),
        "produced": Fact(default=False, allowed=lambda value: isinstance(value, bool) or value == "differ"),
        "documents": Fact(2, lambda value: type(value) is int and 0 <= value <= TWO),
    },
    "objection.maintain": {
        "written_conclusions": _WRITERS,
        "reason": _one("unfounded", "not_reproducible", "standard_forbids", "expired", "none"),
        "verdicts": _one("support", "contradict"),
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
    "objection.uphold_denial": {"written_conclusions": _WRITERS, "reason": _REASON},
    "objection.withdraw": {"document": _yes()},
    "objection.proceed_without_experts": {"reason": _REASON},
    "objection.decide_anew": {
        "decision": Fact(None, lambda value: value in ("maintain", "revoke")),
        "cause": _one("unit", "no_body"),
        "finding": _yes(),
        "written_conclusions": _WRITERS,
    },
    "objection.record_decision_receipt": {"proof": _yes()},
    "retest.waive": {"ground": _one("tampering", "lapse")},
    "retest.recommission": {
        "reason": _one("body_unable", "none"),
        "time": _yes(),
        "lab": _one("retest_lab", "first_lab"),
    },
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
    "rectification.start_recheck": {"early_reason": _NO_REASON},
    "rectification.order_closure": {
        "until": Fact(None, lambda value: type(value) is date),
        "document": _yes(),
        "authority": _yes(),
    },
    "rectification.revoke_licence": {"document": _yes(), "authority": _yes()},
    "rectification.transfer_jurisdiction": {
        "to": Fact(None, lambda value: len(str(value)) == 6),
        "finding": _yes(),
        "letter": _yes(),
    },
    "rectification.withdraw_application": {"document": _yes()},
    "rectification.conditions_restored": {
        "finding": _yes(),
        "evidence": _yes(),
        "basis": _one("called_on", "breach", "none"),
    },
    "rectification.close_dissolved": {
        "proof": _one("deregistration", "death", "none"),
        "successor": _yes(default=False),
    },
    "rectification.annul": {
        "what": _one("order", "recheck"),
        "document": _yes(),
        "anew": _yes(default=False),
    },
    "rectification.correct_lapse": {"proof": _yes()},
    "recheck.verify_on_site": {"rectified": _yes(), "experts": _yes(default=False), "finding": _yes()},
    "recheck.commission_test": {"fee_charged": _yes(default=False)},
    "recheck.recommission": {"reason": _one("body_unable", "none"), "fee_charged": _yes(default=False)},
    "recheck.fail_no_sample": {"finding": _yes()},
    "recheck.test_done": {"conclusion": _one("conforming", "nonconforming"), "report_number": _yes()},
    "recheck.pass_without_test": {
        "resume": _yes(default=False),
        "proof": _one("dossier", "other_province", "none"),
    },
    "announcement.correct": {
        "basis": _one("changed", "court", "review", "clerical"),
        "document": _yes(),
        "text": _yes(),
    },
    "publication.publish": {"stopped": _one("items", "conforming")},
    "publication.correct": {
        "reason": _one("changed", "court"),
        "document": _yes(),
        "stopped": _one("items", "conforming"),
    },
    "denial.find_not_produced": {"finding": _yes()},
    "denial.find_nonexistent": {"finding": _yes()},
    "denial.find_produced": {"finding": _yes()},
    "denial.close": {"peer_informed": _yes()},
    "lead.create": {"source": _text("officer"), "finding": _yes()},
    "lead.file_case": {"reason": _REASON},
    "lead.decline": {"reason": _REASON},
    "lead.conclude": {"reason": _REASON},
    "lead.refer_outside": {"letter": _yes()},
    "ban.record_breach": {"evidence": _yes()},
    "ban.record_producer_proof": {"proof": _one("dossier", "other_province", "none")},
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
    known = acts_by_name()[act].facts().fields
    flow = {name: _written(known.get(name), value) for name, value in facts.items() if value is not None}
    if act in _WORKED_OUT:
        flow |= _WORKED_OUT[act](facts, on, items)
    return {name: value for name, value in flow.items() if name in known and not _is_nothing(known[name], value)}


def _reported(facts: dict[str, Any], _on: date, items: list[dict[str, str]] | None) -> dict[str, Any]:
    conforming = facts.get("conclusion") == "conforming"
    usual = [DEFAULT_ITEM | {"result": "pass"}] if conforming else items or [DEFAULT_ITEM]
    return {"items": facts["items"] or usual}


def _found(facts: dict[str, Any], _on: date, _items: Any) -> dict[str, Any]:
    papers = [f"{GIVEN}{number}" for number in range(1, facts["documents"] + 1)]
    return {"produced": {True: "yes", False: "no"}.get(facts["produced"], "differ"), "documents": papers}


def _closed_until(facts: dict[str, Any], on: date, _items: Any) -> dict[str, Any]:
    return {"until": facts["until"] or date.fromordinal(on.toordinal() + CLOSED_FOR)}


CLOSED_FOR: Final = 60
"""Days of a closure of which a file says no more."""
_WORKED_OUT: Final[dict[str, Callable[[dict[str, Any], date, Any], dict[str, Any]]]] = {
    "task.file_summary": lambda facts, *_: {"heads": list(HEADS[: facts["heads"]])},
    "sampling.correct_sheet": lambda *_: {"text": GIVEN},
    "inspection.terminate_illegal": lambda facts, *_: (
        {"producer": "" if facts["producer"] == "all" else facts["producer"]}
    ),
    "inspection.issue_report": _reported,
    "inspection.report_serious": _reported,
    "conclusion.import_external": lambda _facts, _on, items: {"items": items or [DEFAULT_ITEM]},
    "objection.denial_findings": _found,
    "rectification.order_closure": _closed_until,
    "rectification.transfer_jurisdiction": lambda facts, *_: {"to": str(facts["to"] or ""), "address": GIVEN},
    "rectification.close_dissolved": lambda *_: {"document": GIVEN},
    "recheck.pass_without_test": lambda *_: {"document": GIVEN},
    "ban.record_producer_proof": lambda *_: {"document": GIVEN},
    "publication.correct": lambda facts, *_: {"text": GIVEN if facts["reason"] == "court" else ""},
}
"""What the flow of an act wants besides, or in another form than a file states it."""


def _written(field: Any, value: Any) -> Any:
    """What a claim says: a text for what the file states, nothing for what it denies."""
    if not isinstance(field, Claim):
        return value
    return "" if value in (False, "none") else GIVEN


def _is_nothing(field: Any, value: Any) -> bool:
    """Whether the file says that a choice is not made."""
    return value == "none" and isinstance(field, ChoiceField) and "none" not in field.choices


@cache
def acts_by_name() -> dict[str, ActSpec]:
    """Every transition by its public name."""
    return {spec.name: spec for model in MATTERS.values() for spec in model.specs()}
