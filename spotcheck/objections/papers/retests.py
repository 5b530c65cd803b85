"""The group ``retest``: what is commissioned (Form 9), what it found and what that does to the sample (Form 10)."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from spotcheck.docket.consequences import follows
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry, Party, Track
from spotcheck.inspection import papers as results
from spotcheck.inspection.papers import CLOSED, VERDICTS, Item
from spotcheck.notices import fate
from spotcheck.notices.catalogue import fields
from spotcheck.notices.commissioned import body_name
from spotcheck.notices.contributions import circle_of_parties
from spotcheck.notices.history import Event, History
from spotcheck.notices.models import Paper
from spotcheck.objections.states import ObjectionState
from spotcheck.parties.models import Office
from spotcheck.rules.articles import cite

NAMED_BY: Final = ("retest.recommission", "objection.order_retest")
"""The acts that name the laboratory of a retest."""
ANSWERED: Final = {
    "conforming": "复检项目合格，以复检结论为准",
    "nonconforming": "复检项目不合格，维持原检验结果",
    "partly": "复检项目部分合格、部分不合格，以复检结论为准",
}
OPEN_OBJECTION: Final = (ObjectionState.VERIFYING, ObjectionState.EXPERT_REVIEW)


def group(entry: Entry, history: History) -> dict[str, Any]:
    """The fields of the retest that this entry is about, or that it orders."""
    label = entry.label
    if entry.chart not in {"objection", "retest"} or entry.act == "objection.decide_anew":
        return {}
    if history.last("objection.order_retest", label=label) is None:
        return {}
    names = results.commissioned(history, label)
    reported = history.last("retest.report", label=label)
    report = history.last(*results.REPORTS)
    found: dict[str, Any] = {
        "items": names,
        "lab": _laboratory(entry, history),
        "where": "复检机构业务受理场所",
        "documents": "本通知书、营业执照复印件、授权委托书",
        "decision": history.number(8, label=label),
        "formalities_on": history.on("retest.complete_formalities", label=label),
        "first_lab": body_name(entry, "lab"),
        "first_report": report.facts.get("report_number") if report else "",
        "methods": "、".join(filter(None, (entry.dossier.sample_file.standard, "原抽查实施细则"))),
        "report_to": "山东省市场监督管理局",
        "commission": history.number(9, label=label),
        "replaces": history.number(9, label=label) if entry.act == "retest.recommission" else "",
        "reported_on": reported.on.isoformat() if reported else None,
        "attachments": ["复检报告"] if reported else [],
        "waived_for": _waived(entry),
    }
    if entry.act in CLOSED:
        found |= _settled(entry, history, reported)
    return found


def _laboratory(entry: Entry, history: History) -> str:
    """The body that tests again: as the newest act names it, or as it was commissioned."""
    for event in history.each(*NAMED_BY, label=entry.label):
        code = event.facts.get("retest_lab")
        if code and (named := Office.objects.filter(code=code).first()):
            return named.name
    return body_name(entry, "retest_lab")


def _waived(entry: Entry) -> str:
    if entry.act != "retest.waive":
        return ""
    return entry.facts.get("ground") or "lapse"


def _settled(entry: Entry, history: History, reported: Event | None) -> dict[str, Any]:
    """What Form 10 says: item by item, and of the sample only what can be said of it (Articles 31, 41)."""
    again = results.retested(history, entry.label, CLOSED[entry.act])
    before = {item["name"]: item for item in results.standing_items(history, but=entry.label)}
    left = [name for name, item in (before | {one["name"]: one for one in again}).items() if item["result"] == "fail"]
    passed = {item["result"] == "pass" for item in again}
    conclusion = "partly" if len(passed) > 1 else ("conforming" if passed == {True} else "nonconforming")
    others = list(answered_objections(entry))
    is_open = _others_open(entry, {matter.label for matter in others})
    has_fallen = results.was_revoked(entry)
    final = "revoked" if has_fallen else _final(history, left, is_open=is_open)
    return {
        "results": [_row(item, before.get(item["name"], {})) for item in again],
        "conclusion": conclusion,
        "agreement": _agreement(again, before),
        "final": final,
        "still_failed": left,
        "effect": _effect(final, conclusion),
        "orders_end": not (left or is_open or has_fallen) and bool(results.orders_that_fall(entry, history)),
        "applicants": [matter.party.enterprise.name for matter in (entry.matter, *others)],
        "others": [_applicant(matter.party) for matter in others],
        "answers": [
            {
                "name": matter.party.enterprise.name,
                "received_on": history.on("objection.file", label=matter.label) or "",
                "items": "、".join(matter.items),
                "conclusion": _answer(matter.items, again),
            }
            for matter in others
        ],
    }


def _applicant(party: Party) -> dict[str, str]:
    """Who is addressed besides the retest's own applicant: each with its own particulars."""
    enterprise = party.enterprise
    return {
        "name": enterprise.name,
        "credit_code": enterprise.credit_code,
        "role": fields()["applicant.role"].say(party.role),
        "address": enterprise.actual_address or enterprise.registered_address,
        "contact": enterprise.contact,
        "phone": enterprise.phone,
    }


def _others_open(entry: Entry, answered: set[str]) -> bool:
    """Whether an objection which this retest does not answer may still bring the conclusion down."""
    open_ = Track.objects.filter(dossier=entry.dossier_id, chart="objection", is_open=True)
    return open_.exclude(label__in={entry.label, *answered}).exists()


def _row(item: Item, first: Item) -> dict[str, str]:
    """One retested item beside its first result."""
    same = first.get("result") == item["result"]
    return {
        "name": item["name"],
        "limit": item.get("limit") or first.get("limit", ""),
        "first": first.get("value", ""),
        "first_verdict": VERDICTS.get(first.get("result", ""), ""),
        "value": item.get("value", ""),
        "verdict": VERDICTS[item["result"]],
        "agrees": ("一致" if same else "不一致") if first else "",
    }


def _agreement(again: Iterable[Item], before: dict[str, Item]) -> str:
    """Whether the retest found what the first laboratory had found: of all items, of none, or of some."""
    found = {before.get(item["name"], {}).get("result") == item["result"] for item in again}
    return "partly" if len(found) > 1 else ("all" if found == {True} else "none")


def _final(history: History, left: list[str], *, is_open: bool) -> str:
    """What can be said of the sample itself.

    Nothing before the full report (Article 31) or while another objection is open, and never "conforming" after a
    stopped test.
    """
    if not results.is_full_report_out(history) and not results.is_stopped(history):
        return "before_full_report"
    if is_open:
        return "objection_open"
    if left:
        return "nonconforming"
    return "conforming" if results.is_full_report_out(history) else "stopped"


def _effect(final: str, conclusion: str) -> str:
    """What becomes of the conclusion: only where the sample has one is it maintained or changed as a whole."""
    if final == "conforming":
        return "changed"
    if final == "nonconforming" and conclusion == "nonconforming":
        return "maintained"
    return "items"


def _answer(items: list[str], again: list[Item]) -> str:
    """The conclusion on an objection that is answered by this retest (Article 38, third item)."""
    found = {item["result"] for item in again if item["name"] in items}
    verdict = "partly" if len(found) > 1 else ("conforming" if found == {"pass"} else "nonconforming")
    return f"已并入本次复检（{cite(38, 3).zh}）：{ANSWERED[verdict]}"


def answered_objections(entry: Entry) -> Iterator[Any]:
    """The objections besides the retest's own whose every item stands on Form 9 (Articles 40, 41)."""
    yield from (matter for matter in _others_on_form9(entry) if set(matter.items) <= _named(entry))


def _others_on_form9(entry: Entry) -> Iterator[Any]:
    """The other objections to the test result that are being verified and have an item on Form 9."""
    if entry.chart != "retest":
        return
    rows = MATTERS["objection"].objects.filter(dossier=entry.dossier_id, grounds="test_result", standing="in_time")
    rows = rows.filter(state__in=OPEN_OBJECTION).exclude(label=entry.label)
    yield from (
        matter
        for matter in rows.select_related("party__enterprise").order_by("pk")
        if set(matter.items) & _named(entry)
    )


def _named(entry: Entry) -> set[str]:
    return set(getattr(entry.matter, "commissioned_items", None) or ())


@circle_of_parties("answered")
def _answered(entry: Entry) -> list[Party]:
    """The other applicants whose objection the retest answers."""
    return [matter.party for matter in answered_objections(entry)]


@circle_of_parties("joined")
def _joined(entry: Entry) -> list[Party]:
    """The other applicants with an item on Form 9."""
    return [matter.party for matter in _others_on_form9(entry)]


@follows("objection.decide_anew")
def take_commission_back(batch: list[Entry]) -> None:
    """A retest that cannot be held is not commissioned any more (Articles 38, 40)."""
    for entry in batch:
        of_retest = Paper.objects.filter(dossier=entry.dossier_id, form=9, chart="retest", label=entry.label)
        fate.withdraw(of_retest.filter(status=Paper.Status.ISSUED))
