"""The group ``objection``: what was disputed, what was found, and what the province decided (Form 8)."""

from typing import Any, Final

from spotcheck.docket import register
from spotcheck.docket.models import Dossier, Entry
from spotcheck.inspection import papers as results
from spotcheck.notices.history import Event, History
from spotcheck.sampling.states import SampleState

DECISIONS: Final = {
    "objection.maintain_late": "maintain",
    "objection.maintain": "maintain",
    "objection.revoke": "revoke",
    "objection.uphold_denial": "denial_upheld",
    "objection.order_retest": "retest",
}
ANEW: Final = "objection.decide_anew"
WRITERS: Final = {"sampling_body": "抽样机构", "lab": "检验机构"}
CITIES: Final = {"nominal_producer_city": "标称生产者所在地市局", "seller_city": "被抽样销售者所在地市局"}
OF_WHO_WAS_SAMPLED: Final = {"seller_city": "被抽样生产者所在地市局"}
"""Whose city the second one is in a file without a seller (R63)."""
PRODUCED: Final = {True: "yes", False: "no", "yes": "yes", "no": "no", "differ": "differ"}
"""What the cities found; entries of the first edition say it with yes or no alone."""
FOUND: Final = {
    "yes": "核查认定产品系标称生产者生产",
    "no": "核查认定产品不是标称生产者生产",
    "differ": "的核查结论不一致",
}
UNFIT: Final[dict[str, str]] = {SampleState.RETESTED: "used", SampleState.DISPOSED: "disposed"}
"""Why the reserve unit cannot be tested any more, by its state."""
VERDICTS: Final = {"support": "，其结论支持本处理结论", "contradict": "，其结论与本处理结论不一致"}


def group(entry: Entry, history: History) -> dict[str, Any]:
    """The fields of the objection that this entry is about."""
    if entry.chart not in {"objection", "retest"}:
        return {}
    filed = history.last("objection.file", label=entry.label)
    if filed is None:
        return {}
    party, label = entry.matter.party, entry.label
    decided = history.last(*DECISIONS, ANEW, label=label)
    found = {
        "notice": history.number(7, party=party),
        "notice_received_on": history.on("result_notice.record_receipt", party=party),
        "received_on": filed.on.isoformat(),
        "late": decided is not None and decided.act == "objection.maintain_late",
        "kinds": [filed.facts["grounds"]] if filed.facts.get("grounds") else [],
        "grounds": filed.facts.get("remark"),
        "findings": _findings(entry.dossier, history, label, decided),
        "produced": PRODUCED.get(history.facts("objection.denial_findings", label=label).get("produced")),
        "own_order": "、".join(results.orders_that_fall(entry, history, party)) if party is not None else "",
        "orders_end": bool(results.orders_that_fall(entry, history)),
    }
    return found | (_decision(entry, history, decided) if decided is not None else {})


def _decision(entry: Entry, history: History, decided: Event) -> dict[str, Any]:
    """What was decided, with its reason in the words of Article 38."""
    facts = decided.facts
    if decided.act == ANEW:
        no_body = facts.get("cause") == "no_body"
        reasons = {
            "maintain": {"maintain_reason": "no_body" if no_body else _unfit(entry, history)},
            "revoke": {"revoke_reason": "no_body" if no_body else "unit_lost"},
        }
        return {
            "decision": facts.get("decision"),
            "anew": facts.get("cause"),
            "anew_finding": facts.get("finding"),
            "replaces": history.number(8, label=entry.label),
            **reasons.get(facts.get("decision") or "", {}),
        }
    decision, reason = DECISIONS[decided.act], facts.get("reason")
    if decision in {"maintain", "denial_upheld"} and results.was_revoked(entry):
        return {"decision": "no_object"}  # it was revoked on another objection: nothing is left that could stand
    if decision == "maintain":
        late = decided.act == "objection.maintain_late"
        reason = "late" if late else (_unfit(entry, history) if reason == "expired" else reason)
        return {"decision": decision, "maintain_reason": reason, "follows": facts.get("follows") or facts.get("remark")}
    if decision == "denial_upheld":
        return {"decision": decision, "follows": reason}
    return {"decision": decision, "revoke_reason": reason if decision == "revoke" else ""}


def _unfit(entry: Entry, history: History) -> str:
    """Why there can be no retest, as the record of the reserve unit says (Articles 38, 39)."""
    spoilt = history.last("sample.compromise", label="R")
    if spoilt is not None and spoilt.facts.get("cause") == "applicant":
        return "applicant"
    return UNFIT.get(register.state(entry.dossier, "sample", "R") or "", "expired")


def _findings(dossier: Dossier, history: History, label: str, decided: Event | None) -> str:
    """What was found: of a denial by the cities (Article 37), otherwise by the two bodies and by experts (36)."""
    if decided is not None and decided.act == "objection.maintain_late":
        return "收到申请之日已超过提出异议的期限。"
    answered = history.facts("objection.denial_findings", label=label)
    if "produced" in answered:
        has_seller = any(party.is_seller for party in dossier.parties.all())
        return _of_the_cities(answered, CITIES if has_seller else CITIES | OF_WHO_WAS_SAMPLED)
    facts = decided.facts if decided is not None else {}
    writers = [WRITERS[name] for name in WRITERS if name in (facts.get("written_conclusions") or [])]
    said = (
        [f"{'、'.join(writers)}已出具书面核查结论{VERDICTS.get(facts.get('verdicts') or '', '')}。"] if writers else []
    )
    if history.last("objection.expert_opinion", label=label) is not None:
        said.append("第三方专家已进行分析研判，形成评估意见。")
    return "".join(said)


def _of_the_cities(answered: dict[str, Any], cities: dict[str, str]) -> str:
    """The written findings of the cities, each with its document."""
    who = "、".join(cities[name] for name in cities if name in (answered.get("from") or [])) or "有关市局"
    documents = answered.get("documents") or []
    named = f"（{'、'.join(documents)}）" if documents else ""
    found = PRODUCED[answered["produced"]]
    each = "均" if found != "differ" and "、" in who else ""
    return f"{who}{each}{FOUND[found]}{named}。"
