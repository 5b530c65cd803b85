"""The groups ``order``, ``recheck`` and ``restoration``: Forms 11 to 13, and what takes an order back."""

from typing import Any, Final

from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry, Party
from spotcheck.inspection import papers as results
from spotcheck.notices import issued
from spotcheck.notices.commissioned import body_name
from spotcheck.notices.history import Event, History, Issued
from spotcheck.notices.models import Paper
from spotcheck.parties.models import Office
from spotcheck.remediation.states import RectificationState

CONCLUSIONS: Final = {
    "recheck.pass_without_test": "passed",
    "recheck.pass_with_test": "passed",
    "recheck.fail_without_test": "failed",
    "recheck.fail_with_test": "failed",
    "recheck.fail_no_sample": "failed",
    "recheck.confirm_hardship": "hardship",
}
WITHDRAWN_FOR: Final = {
    "conclusion.revoke": "revoked",
    "conclusion.retest_conforming": "retest_conforming",
    "conclusion.maintain": "no_failed_item",
    "conclusion.annul": "conclusion_annulled",
    "conclusion.withdraw_external": "organiser",
    "objection.uphold_denial": "denial_upheld",
    "denial.find_not_produced": "not_produced",
    "denial.find_nonexistent": "nonexistent",
}
ENDED_BY: Final = ("rectification.withdraw", "rectification.annul")
ORDERS: Final = ("rectification.issue_order", "rectification.supplement_order")
TRIGGERS: Final[dict[str, str]] = {
    RectificationState.HARDSHIP_CLAIMED: "hardship",
    RectificationState.WINDOW_LAPSED: "own_motion",
    RectificationState.ANNOUNCED: "announced",
    RectificationState.CLOSURE_ORDERED: "closure",
}
"""What brought a recheck about, by the state that it found the case in."""
APPLIED: Final = {
    "rectification.apply_recheck": "application",
    "rectification.resume_and_apply": "application",
    "rectification.correct_lapse": "application",
    "rectification.conditions_restored": "restored",
    "rectification.annul": "annulled",
}
"""What made a case one that waits for its recheck."""
ROUNDS: Final = {1: "first", 2: "second", 3: "third"}
LADDER: Final = {"first": ["report_up", "again"], "second": ["closure"], "third": ["revoke"]}
BASIS: Final = "经监督抽查检验不合格，不符合执行标准，违反《中华人民共和国产品质量法》关于产品质量责任的规定。"


def groups(entry: Entry, history: History, parties: list[Party], issuer: Office) -> dict[str, dict[str, Any]]:
    """The groups that belong to the handling of results."""
    return {
        "order": _order(entry, history, issuer),
        "recheck": _recheck(entry, history, parties, issuer),
        "restoration": _restoration(entry),
    }


def items_of(entry: Entry, history: History) -> list[str] | None:
    """The items that the order of this entry, or the case it belongs to, names; None where there is no case."""
    case = case_of(entry)
    if case is None:
        return None
    named = entry.facts.get("items") if entry.act in ORDERS else None
    return list(named or getattr(case, "items", None) or results.still_failed(history))


def case_of(entry: Entry) -> Flow | None:
    """The rectification case that an entry is about."""
    if entry.chart == "rectification":
        return entry.matter
    return getattr(entry.matter, "case", None)


def orders(entry: Entry, history: History) -> list[Issued]:
    """The orders of the case that hold, oldest first; of a party without a case here those that it was given."""
    party, case = entry.matter.party, case_of(entry)
    own = issued.labels(case) if case is not None else None
    held = [paper for paper in history.standing(11, party=party) if own is None or paper.label in own]
    return [paper for paper in reversed(held) if paper.status == Paper.Status.ISSUED]


def _order(entry: Entry, history: History, issuer: Office) -> dict[str, Any]:
    party = entry.matter.party
    if party is None:
        return {}
    held = orders(entry, history)
    stop = ["stop_selling"] if party.is_seller else ["stop_making", "stop_selling"]
    return {
        "source": entry.dossier.origin,
        "number": "、".join(paper.number for paper in held),
        "issued_on": held[-1].on.isoformat() if held else None,
        "received_on": history.on("rectification.record_order_receipt", party=party),
        "basis": BASIS,
        "measures": [*stop, "find_cause", "find_liability", "measures", "rectify", "apply"],
        "apply_to": issuer.name,
        "resumes": entry.act == "rectification.resume_and_apply",
        **_extent(entry, history, held),
        **_ended(entry, history),
    }


def _extent(entry: Entry, history: History, held: list[Issued]) -> dict[str, Any]:
    """Whether an order is the first, adds to one, or is of a case of its own for further items (Articles 30, 43)."""
    if entry.act == "rectification.supplement_order":
        return {"extent": "supplement", "supplements": "、".join(paper.number for paper in held)}
    if entry.act != "rectification.issue_order":
        return {}
    left_out = set(results.still_failed(history)) - set(items_of(entry, history) or ())
    return {"extent": "further" if left_out else "whole"}


def _ended(entry: Entry, history: History) -> dict[str, Any]:
    """Why an order is taken back, with the document of those who decided so."""
    if entry.act == "rectification.annul":
        anew = entry.facts.get("anew") or None
        return {"withdrawn_for": "annulled", "document": entry.facts.get("document"), "anew": anew}
    if entry.act not in ENDED_BY:
        return {}
    cause = entry.cause.act if entry.cause is not None else ""
    if cause not in WITHDRAWN_FOR:
        last = history.last(*WITHDRAWN_FOR)
        cause = last.act if last is not None else ""
    return {"withdrawn_for": WITHDRAWN_FOR.get(cause), "document": history.facts(cause).get("document")}


def _recheck(entry: Entry, history: History, parties: list[Party], issuer: Office) -> dict[str, Any]:
    party = entry.matter.party
    if entry.chart != "recheck" or party is None:
        return {}
    verified = history.last("recheck.verify_on_site", label=entry.label)
    tested = history.last("recheck.test_done", label=entry.label)
    ordered = entry.act in {"recheck.commission_test", "recheck.recommission"}
    done = tested or verified
    said = entry.facts.get("finding") or (verified and (verified.facts.get("finding") or verified.facts.get("remark")))
    return {
        "application_on": history.on("rectification.apply_recheck", "rectification.resume_and_apply", party=party),
        "trigger": _trigger(history, party),
        "round": _round(entry),
        "modes": _modes(party, verified, with_test=ordered or tested is not None),
        "finished_on": done.on.isoformat() if done else None,
        "body": body_name(entry, "technical_body") if ordered or tested is not None else "",
        "report": tested.facts.get("report_number") if tested else "",
        "replaces": history.number(12, label=entry.label) if entry.act == "recheck.recommission" else "",
        "rules": "原抽查实施细则",
        "items": items_of(entry, history),
        "report_to": issuer.name,
        "findings": said,
        **_outcome(entry, history, parties),
    }


def _trigger(history: History, party: Party) -> str:
    """What brought the recheck about (Articles 45, 46, 51)."""
    begun = history.last("rectification.start_recheck", party=party)
    before = begun.before if begun is not None else ""
    if before in TRIGGERS:
        return TRIGGERS[before]
    applied = history.last(*APPLIED, party=party)
    if applied is not None:
        return APPLIED[applied.act]
    return "hardship" if history.last("rectification.claim_hardship", party=party) else "own_motion"


def _round(entry: Entry) -> str:
    """Which round of the ladder of Article 51 it is; a visit after a proof of inability is none, and comes first."""
    return ROUNDS.get(getattr(case_of(entry), "round", 0), "first")


def _modes(party: Party, verified: Event | None, *, with_test: bool) -> list[str]:
    modes = ["seller" if party.is_seller else "site"]
    if verified and verified.facts.get("experts"):
        modes.append("experts")
    if with_test:
        modes.append("test")
    return modes


def _outcome(entry: Entry, history: History, parties: list[Party]) -> dict[str, Any]:
    conclusion, party = CONCLUSIONS.get(entry.act), entry.matter.party
    if conclusion is None:
        return {}
    resume = conclusion == "passed" and (not party.is_seller or bool(entry.facts.get("resume")))
    following = {"passed": ["resume"] if resume else [], "hardship": ["wait"]}
    found = {
        "conclusion": conclusion,
        "may_resume": "yes" if resume else "no",
        "next": following.get(conclusion, LADDER[_round(entry)]),
    }
    if entry.act == "recheck.pass_without_test" and party.is_producer:
        found["no_test_reason"] = "不合格项目只涉及标签、标志或者说明书，现场核查已经改正。"
    if resume and party.is_seller:
        found["producer_proof"] = _producer_proof(entry, history, parties)
    return found


def _producer_proof(entry: Entry, history: History, parties: list[Party]) -> str:
    """With what a seller has shown that its producers passed (Article 48)."""
    passed = {event.party for event in history.each("recheck.pass_without_test", "recheck.pass_with_test")}
    numbers = [
        number for one in parties if one.is_producer and one.pk in passed if (number := history.number(13, party=one))
    ]
    document = entry.facts.get("document") or ""
    if entry.facts.get("proof") == "other_province":
        return f"生产者所在地省外市场监督管理部门的证明{document}"
    named = "、".join(filter(None, (*numbers, document)))
    return f"生产者的复查结果通知书（{named}）" if named else "生产者复查合格的证明，见案卷"


def _restoration(entry: Entry) -> dict[str, Any]:
    """The finding that a party can rectify again (Article 45)."""
    if entry.act != "rectification.conditions_restored":
        return {}
    return {name: entry.facts.get(name) for name in ("basis", "finding", "evidence")}
