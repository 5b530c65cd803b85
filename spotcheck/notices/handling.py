"""The fields of Forms 11 to 13 and of the letters: order, recheck, transfer, announcement."""

from typing import Any, Final

from spotcheck.docket.models import Deadline, Entry, Party
from spotcheck.notices.bodies import body_name
from spotcheck.notices.decisions import items_of, rows_of
from spotcheck.notices.history import Event, History
from spotcheck.parties.models import Office
from spotcheck.rules.periods import PERIODS

CONCLUSIONS: Final = {
    "recheck.pass_without_test": "passed",
    "recheck.pass_with_test": "passed",
    "recheck.fail_without_test": "failed",
    "recheck.fail_with_test": "failed",
    "recheck.confirm_hardship": "hardship",
}
WITHDRAWN_FOR: Final = {
    "conclusion.revoke": "revoked",
    "conclusion.retest_conforming": "retest_conforming",
    "objection.uphold_denial": "denial_upheld",
    "denial.find_not_produced": "denial_upheld",
    "denial.find_nonexistent": "denial_upheld",
}
BASIS: Final = "经监督抽查检验不合格，不符合执行标准，违反《中华人民共和国产品质量法》关于产品质量责任的规定。"


def groups(entry: Entry, history: History, parties: list[Party], issuer: Office) -> dict[str, dict[str, Any]]:
    """The groups that belong to the handling of results."""
    return {
        "order": _order(entry, history, issuer),
        "recheck": _recheck(entry, history, issuer),
        "transfer": _transfer(entry, parties),
        "announcement": _announcement(entry, history),
    }


def _order(entry: Entry, history: History, issuer: Office) -> dict[str, Any]:
    party = entry.matter.party
    if party is None:
        return {}
    selling = ["stop_selling"] if party.is_seller else ["stop_making", "stop_selling"]
    basis = history.last(*WITHDRAWN_FOR) if entry.act == "rectification.withdraw" else None
    return {
        "source": entry.dossier.origin,
        "number": history.number(11, party=party),
        "issued_on": history.issued_on(11, party=party),
        "basis": BASIS,
        "measures": [*selling, "find_cause", "find_liability", "stock", "rectify", "apply"],
        "apply_to": issuer.name,
        "withdrawn_for": WITHDRAWN_FOR[basis.act] if basis else "",
    }


def _recheck(entry: Entry, history: History, issuer: Office) -> dict[str, Any]:
    party = entry.matter.party
    if entry.chart != "recheck" or party is None:
        return {}
    applied = history.last("rectification.apply_recheck", "rectification.resume_and_apply", party=party)
    hardship = history.last("rectification.claim_hardship", party=party)
    verified = history.last("recheck.verify_on_site", label=entry.label)
    tested = history.last("recheck.test_done", label=entry.label)
    commissioned = entry.act == "recheck.commission_test" or tested is not None
    done = tested or verified
    return {
        "application_on": applied.on.isoformat() if applied else None,
        "trigger": "application" if applied else ("hardship" if hardship else "own_motion"),
        "round": _round(history, party),
        "modes": _modes(party, verified, commissioned=commissioned),
        "finished_on": done.on.isoformat() if done else None,
        "body": body_name(entry, "technical_body") if commissioned else "",
        "rules": "原抽查实施细则",
        "items": [row["name"] for row in rows_of(items_of(history), only_failed=True)],
        "report_to": issuer.name,
        "findings": verified.facts.get("remark") if verified else "",
        **_outcome(entry, history, party),
    }


def _round(history: History, party: Party) -> str:
    """Which round of the ladder of Article 51 it is."""
    if history.last("rectification.order_closure", party=party):
        return "third"
    return "second" if history.last("rectification.announce", party=party) else "first"


def _modes(party: Party, verified: Event | None, *, commissioned: bool) -> list[str]:
    modes = ["seller" if party.is_seller else "site"]
    if verified and verified.facts.get("experts"):
        modes.append("experts")
    if commissioned:
        modes.append("test")
    return modes


def _outcome(entry: Entry, history: History, party: Party) -> dict[str, Any]:
    conclusion = CONCLUSIONS.get(entry.act)
    if conclusion is None:
        return {}
    resume = conclusion == "passed" and (not party.is_seller or bool(entry.facts.get("resume")))
    ladder = {"first": ["report_up", "again"], "second": ["closure"], "third": ["revoke"]}[_round(history, party)]
    following = {"passed": ["resume"] if resume else [], "hardship": ["wait"]}
    found = {
        "conclusion": conclusion,
        "may_resume": "yes" if resume else "no",
        "next": following.get(conclusion, ladder),
    }
    if entry.act == "recheck.pass_without_test" and party.is_producer:
        found["no_test_reason"] = "不合格项目只涉及标签、标志或者说明书，现场核查已经改正。"
    if resume and party.is_seller:
        found["producer_proof"] = "生产者复查合格的证明，见案卷"
    return found


def _transfer(entry: Entry, parties: list[Party]) -> dict[str, Any]:
    if entry.act == "objection.transfer_denial":
        codes = {party.city_code for party in parties if party.in_shandong}
        cities = Office.objects.filter(code__in=codes).order_by("code").values_list("name", flat=True)
        return {"to": "、".join(cities), "materials": ["异议处理申请书及证据材料", "抽样单和影像证据", "检验报告"]}
    if entry.act == "rectification.transfer_jurisdiction":
        new = Office.objects.filter(code=entry.facts.get("to") or "").values_list("name", flat=True).first()
        periods = Deadline.objects.filter(dossier=entry.dossier, ended_by=entry).order_by("pk")
        return {
            "to": new or "",
            "reason": entry.facts.get("remark") or "企业的实际经营地在接收部门辖区。",
            "periods": [
                {
                    "name": PERIODS[p.rule].name.zh,
                    "started_on": p.started_on.isoformat(),
                    "due_on": p.due_on.isoformat(),
                }
                for p in periods
            ],
            "materials": ["检验报告", "责令改正通知书及送达凭证"],
        }
    if entry.chart == "denial":
        return {"findings": "not_produced", "materials": ["核查结论", "核查证据"]}
    return {}


def _announcement(entry: Entry, history: History) -> dict[str, Any]:
    party, dossier = entry.matter.party, entry.dossier
    if entry.act in {"announcement.correct", "publication.correct"}:
        what = "《产品质量监督抽查复查不合格公告》" if entry.chart == "announcement" else "监督抽查结果公开"
        reason = entry.facts.get("reason") or "changed"
        return {"original": what, "reason": reason, "corrected": entry.facts.get("remark")}
    if entry.chart != "announcement" or party is None:
        return {}
    failed = [row["name"] for row in rows_of(items_of(history), only_failed=True)]
    row = {
        "name": party.enterprise.name,
        "region": party.handler.name.removesuffix("市场监督管理局") if party.handler else "",
        "product": dossier.product_name or dossier.product_kind,
        "model": dossier.product_model,
        "batch": dossier.batch,
        "failed": "、".join(failed),
        "lab": body_name(entry, "technical_body"),
    }
    return {"rows": [row]}
