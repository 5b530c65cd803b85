"""The groups ``announcement`` and ``publication``: what the public and the governments are told (Articles 51, 57)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from spotcheck.docket.models import Entry, Track
from spotcheck.inspection import papers as results
from spotcheck.inspection.states import ConclusionState, InspectionState
from spotcheck.notices.commissioned import body_name
from spotcheck.notices.history import History
from spotcheck.remediation.papers import handling
from spotcheck.remediation.states import RectificationState

TITLE: Final = "《产品质量监督抽查复查不合格公告》"
UNDONE: Final[dict[str, str]] = {
    RectificationState.WITHDRAWN: "责令改正通知书已经撤回，公告中关于该企业的内容予以撤销。",
    RectificationState.PASSED: "该企业经再次复查合格。",
}
"""What an announcement has become untrue by, by the state of its case."""
FALLEN: Final = "检验结论已经撤销，公告中关于该企业的内容予以撤销。"
STOPPED: Final = frozenset({InspectionState.TERMINATED_ILLEGAL, InspectionState.STOPPED_UNIT_LOST})
NOT_CONFORMING: Final = "检验终止，复检项目合格，不对样品作出合格结论"
PUBLISHED: Final[dict[str, str]] = {
    ConclusionState.FINAL_CONFORMING: "合格",
    ConclusionState.FINAL_NONCONFORMING: "不合格",
    ConclusionState.REVOKED: "检验结论已经撤销",
}
"""What is published of a sample, by the state of its conclusion."""
DISPUTED: Final = frozenset({ConclusionState.UNDER_OBJECTION, ConclusionState.UNDER_RETEST})
OPEN_AGAIN: Final = "异议处理中，结论未定"
NOT_FINAL: Final = "结论尚未最终确定"
"""What a correction says of a conclusion that is open again, or has come back and is not final yet."""
OUTCOMES: Final[dict[str, str]] = {
    ConclusionState.FINAL_CONFORMING: "conforming",
    ConclusionState.FINAL_NONCONFORMING: "nonconforming",
    ConclusionState.REVOKED: "revoked",
}


def groups(entry: Entry, history: History) -> dict[str, dict[str, Any]]:
    """The groups that belong to what is made public."""
    return {"announcement": _announcement(entry, history), "publication": _publication(entry)}


def _announcement(entry: Entry, history: History) -> dict[str, Any]:
    if entry.act == "announcement.correct":
        return _correction(entry, f"{TITLE}{_number(entry, history)}", "".join(_what_changed(entry)))
    if entry.act == "publication.correct":
        return _correction(entry, "监督抽查结果公开信息", "".join(_what_differs(entry)))
    party = entry.matter.party
    if entry.chart != "announcement" or party is None:
        return {}
    file = entry.dossier.sample_file
    row = {
        "name": party.enterprise.name,
        "region": party.handler.name.removesuffix("市场监督管理局") if party.handler else "",
        "product": file.product_name or file.product_kind,
        "model": file.product_model,
        "batch": file.batch,
        "failed": "、".join(handling.items_of(entry, history) or results.still_failed(history)),
        "lab": body_name(entry, "technical_body"),
    }
    return {"rows": [row]}


def _number(entry: Entry, history: History) -> str:
    """The number of what was announced, in brackets; of what was announced anew the newer one."""
    whose = (entry.matter.party_id, entry.label)
    numbers = [
        paper.number
        for paper in history.papers
        if paper.letter == "announcement" and (paper.party, paper.label) == whose
    ]
    return f"（{numbers[-1]}）" if numbers else ""


def _correction(entry: Entry, what: str, changed: str) -> dict[str, Any]:
    facts = entry.facts
    return {
        "original": what,
        "reason": facts.get("basis") or facts.get("reason") or "changed",
        "document": facts.get("document"),
        "corrected": facts.get("text") or facts.get("remark") or changed,
    }


def _what_changed(entry: Entry) -> Iterator[str]:
    """What of an announcement is no longer so: its case was withdrawn or passed, or the conclusion has fallen (51)."""
    party = entry.matter.party
    states = Track.objects.filter(dossier=entry.dossier_id)
    case = states.filter(chart="rectification", party=party).order_by("-matter_id").values_list("state", flat=True)
    said = UNDONE.get(case.first() or "")
    if said is None and states.filter(chart="conclusion", state=ConclusionState.REVOKED).exists():
        said = FALLEN
    if said is not None and party is not None:
        yield f"{party.enterprise.name}：{said}"


def _what_differs(entry: Entry) -> Iterator[str]:
    """The samples whose conclusion is another than the one published (Article 57)."""
    published = getattr(entry.matter, "published", None) or {}
    rows = Track.objects.filter(dossier__parent=entry.dossier_id).order_by("dossier__number")
    stopped = set(rows.filter(chart="inspection", state__in=STOPPED).values_list("dossier__number", flat=True))
    for number, state in rows.filter(chart="conclusion").values_list("dossier__number", "state"):
        before = published.get(number)
        if isinstance(before, str) and before != state:
            then, now = (_shown(one, number in stopped) for one in (before, state))
            yield f"{number}：原公开为“{then}”，更正为“{now}”。"


def _shown(state: str, is_stopped: bool) -> str:
    """What is said in public of a conclusion in this state."""
    if is_stopped and state == ConclusionState.FINAL_CONFORMING:
        return NOT_CONFORMING
    return PUBLISHED.get(state) or (OPEN_AGAIN if state in DISPUTED else NOT_FINAL)


def _publication(entry: Entry) -> dict[str, Any]:
    """How the check went, in numbers: for the report to governments and departments (Article 57)."""
    if entry.act != "publication.publish":
        return {}
    rows = Track.objects.filter(dossier__parent=entry.dossier_id).values_list("dossier", "chart", "state")
    charts: dict[str, dict[int, str]] = {}
    for dossier, chart, state in rows.filter(chart__in=("sampling", "purchase", "inspection", "conclusion")):
        charts.setdefault(chart, {})[dossier] = state
    targets = charts.get("sampling", {}) | charts.get("purchase", {})
    stopped = {dossier for dossier, state in charts.get("inspection", {}).items() if state in STOPPED}
    ended = Counter(
        OUTCOMES.get(state, "")
        for dossier, state in charts.get("conclusion", {}).items()
        if dossier not in stopped or state != ConclusionState.FINAL_CONFORMING
    )
    return {
        "targets": len(targets),
        "tested": len(charts.get("inspection", {})),
        "conforming": ended["conforming"],
        "nonconforming": ended["nonconforming"],
        "revoked": ended["revoked"],
        "stopped": len(stopped),
    }
