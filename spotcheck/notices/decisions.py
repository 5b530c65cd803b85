"""The fields of Forms 7 to 10: report, objection, retest."""

from typing import Any, Final

from spotcheck.docket.models import Entry
from spotcheck.notices.bodies import body_name
from spotcheck.notices.history import Event, History

REPORTS: Final = ("inspection.issue_report", "conclusion.import_external", "inspection.report_serious")
VERDICTS: Final = {"pass": "合格", "fail": "不合格"}
DECISIONS: Final = {
    "objection.maintain_late": "maintain",
    "objection.maintain": "maintain",
    "objection.revoke": "revoke",
    "objection.uphold_denial": "revoke",
    "objection.order_retest": "retest",
}
WRITERS: Final = {"sampling_body": "抽样机构", "lab": "检验机构"}
SILENT: Final = {"objection.revoke": "", "objection.uphold_denial": "denial"}


def groups(entry: Entry, history: History) -> dict[str, dict[str, Any]]:
    """The groups that belong to results and objections."""
    return {
        "report": _report(entry, history),
        "objection": _objection(entry, history),
        "retest": _retest(entry, history),
    }


def rows_of(items: Any, *, only_failed: bool) -> list[dict[str, str]]:
    """Items of a report as rows of a paper."""
    return [
        {
            "name": item["name"],
            "limit": item.get("limit", ""),
            "value": item.get("value", ""),
            "unit": item.get("unit", ""),
            "verdict": VERDICTS[item["result"]],
        }
        for item in items or []
        if not only_failed or item["result"] == "fail"
    ]


def items_of(history: History) -> list[dict[str, Any]]:
    """The items of the newest report, an earlier partial one included (Article 30)."""
    found: dict[str, dict[str, Any]] = {}
    for event in history.events:
        if event.act in REPORTS:
            found |= {item["name"]: item for item in event.facts.get("items") or []}
    return list(found.values())


def _report(entry: Entry, history: History) -> dict[str, Any]:
    event = history.last(*REPORTS)
    if event is None:
        return {}
    items = items_of(history)
    failed = rows_of(items, only_failed=True)
    labels = [item for item in items if item.get("kind") == "label"]
    others = [item for item in items if item.get("kind") != "label"]
    number = event.facts.get("report_number") or ""
    conclusion = event.facts.get("conclusion") or ("nonconforming" if failed else "conforming")
    names = [f"检验报告（{number}）" if number else "检验报告"]
    if conclusion == "nonconforming":
        names.append("不合格项目分析报告")
    return {
        "lab": body_name(entry, "lab"),
        "number": number,
        "issued_on": event.on.isoformat(),
        "received_on": history.on("rectification.receive_report", party=entry.matter.party),
        "basis": "、".join(filter(None, (entry.dossier.standard, "抽查实施细则"))),
        "conclusion": conclusion,
        "serious": history.last("inspection.report_serious") is not None,
        "body_verdict": _verdict(others),
        "label_verdict": _verdict(labels),
        "failed": failed,
        "attachments": names,
    }


def _verdict(items: list[dict[str, Any]]) -> str:
    if not items:
        return ""
    return "fail" if any(item["result"] == "fail" for item in items) else "pass"


def _objection(entry: Entry, history: History) -> dict[str, Any]:
    party = entry.matter.party
    if entry.chart not in {"objection", "retest"}:
        return {}
    filed = history.last("objection.file", label=entry.label)
    if filed is None:
        return {}
    decided = history.last(*DECISIONS, label=entry.label)
    act = decided.act if decided else ""
    reason = decided.facts.get("reason") if decided else None
    writers = [
        WRITERS[name] for name in WRITERS if decided and name in (decided.facts.get("written_conclusions") or [])
    ]
    found = {
        "notice": history.number(7, party=party),
        "notice_received_on": history.on("result_notice.record_receipt", party=party),
        "received_on": filed.on.isoformat(),
        "late": act == "objection.maintain_late",
        "kinds": [filed.facts["grounds"]] if filed.facts.get("grounds") else [],
        "grounds": filed.facts.get("remark"),
        "findings": f"{'、'.join(writers)}已出具书面核查结论。" if writers else _denial(history, entry.label),
        "decision": DECISIONS.get(act),
    }
    if found["decision"] == "maintain":
        found["maintain_reason"] = "late" if found["late"] else reason
    if found["decision"] == "revoke":
        found["revoke_reason"] = SILENT.get(act) or reason
    return found


def _denial(history: History, label: str) -> str:
    findings = history.facts("objection.denial_findings", label=label)
    if "produced" not in findings:
        return ""
    return "两地市局核查认定系标称生产者生产。" if findings["produced"] else "两地市局核查认定非标称生产者生产。"


def _retest(entry: Entry, history: History) -> dict[str, Any]:
    label = entry.label
    if entry.chart not in {"objection", "retest"}:
        return {}
    ordered = history.last("objection.order_retest", label=label)
    if ordered is None:
        return {}
    disputed = history.facts("objection.file", label=label).get("items") or [
        item["name"] for item in items_of(history) if item["result"] == "fail"
    ]
    commissioned = history.facts("retest.commission", label=label)
    names = commissioned.get("items") or disputed
    reported = history.last("retest.report", label=label)
    report = history.last(*REPORTS)
    found: dict[str, Any] = {
        "items": names,
        "lab": body_name(entry, "retest_lab"),
        "where": "复检机构业务受理场所",
        "documents": "本通知书、营业执照复印件、授权委托书",
        "decision": history.number(8, label=label),
        "formalities_on": history.on("retest.complete_formalities", label=label),
        "first_lab": body_name(entry, "lab"),
        "first_report": report.facts.get("report_number") if report else "",
        "methods": "、".join(filter(None, (entry.dossier.standard, "原抽查实施细则"))),
        "report_to": "山东省市场监督管理局",
        "commission": history.number(9, label=label),
        "reported_on": reported.on.isoformat() if reported else None,
        "attachments": ["复检报告"] if reported else [],
        "waived_for": _waived(entry),
    }
    if entry.act in {"retest.close_conforming", "retest.close_nonconforming"}:
        found |= _settled(entry, history, reported, names)
    return found


def _waived(entry: Entry) -> str:
    if entry.act != "retest.waive":
        return ""
    return entry.facts.get("ground") or "lapse"


def _settled(entry: Entry, history: History, reported: Event | None, names: list[str]) -> dict[str, Any]:
    conforming = entry.act == "retest.close_conforming"
    first = {item["name"]: item for item in items_of(history)}
    results = (reported.facts.get("items") if reported else None) or [
        {"name": name, "result": "pass" if conforming else "fail"} for name in names
    ]
    again = {item["name"] for item in results}
    left = any(item["result"] == "fail" for name, item in first.items() if name not in again)
    final = "conforming" if conforming and not left else "nonconforming"
    return {
        "results": [
            {
                "name": item["name"],
                "limit": item.get("limit") or first.get(item["name"], {}).get("limit", ""),
                "first": first.get(item["name"], {}).get("value", ""),
                "value": item.get("value", ""),
                "verdict": VERDICTS[item["result"]],
            }
            for item in results
        ],
        "conclusion": "conforming" if conforming else "nonconforming",
        "consistent": not conforming,
        "final": final,
        "effect": "changed" if final == "conforming" else "maintained",
        "fee_bearer": "organiser" if conforming else "applicant",
    }
