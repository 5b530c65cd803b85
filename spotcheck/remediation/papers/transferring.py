"""The groups ``transfer`` and ``change``: what is handed on to another office, and what of it no longer stands."""

from itertools import takewhile
from typing import Any, Final

from spotcheck.docket import law, register
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Deadline, Entry, Party
from spotcheck.inspection import papers as results
from spotcheck.notices.contributions import circle_of_places
from spotcheck.notices.history import History, Issued
from spotcheck.parties.models import Office, Region, in_shandong
from spotcheck.parties.provinces import NAMES
from spotcheck.parties.regions import city_of, is_city
from spotcheck.remediation.papers import handling
from spotcheck.remediation.states import BanState

FINDINGS: Final = {
    "denial.find_not_produced": "not_produced",
    "denial.find_nonexistent": "nonexistent",
    "denial.find_produced": "produced",
}
MATERIALS: Final = (
    ("检验报告", results.REPORTS),
    ("复查申请及整改材料", ("rectification.apply_recheck", "rectification.resume_and_apply")),
    ("无法完成整改的证明材料", ("rectification.claim_hardship",)),
    ("恢复整改条件的认定", ("rectification.conditions_restored",)),
    ("整改情况核查、现场检查记录", ("recheck.verify_on_site",)),
    ("复查检验报告", ("recheck.test_done",)),
    ("公告", ("announcement.announce",)),
    ("责令停业、限期整顿的决定", ("rectification.order_closure",)),
)
"""What goes with a case, each with the acts after which there is such a thing."""
CHANGED_FOR: Final = handling.WITHDRAWN_FOR | {"conclusion.retest_nonconforming": "retest_nonconforming"}
NOW: Final = {
    "conclusion.retest_conforming": "conforming",
    "conclusion.retest_nonconforming": "nonconforming",
    "conclusion.maintain": "open",
}
"""What holds after a retest; everything else that changes a conclusion ends it."""
RECEIVED: Final = "rectification.record_order_receipt"
TOLD_OUTSIDE: Final = ("other_province", "case_handover")
"""The letters by which another province was told of a result or was given a case."""


def groups(entry: Entry, history: History) -> dict[str, dict[str, Any]]:
    """The groups of what is handed on and of what has changed since."""
    return {"transfer": _transfer(entry, history), "change": _change(entry, history)}


def _transfer(entry: Entry, history: History) -> dict[str, Any]:
    if entry.act == "objection.transfer_denial":
        codes = {party.city_code for party in entry.matter.about("city") if party.in_shandong}
        cities = Office.objects.filter(code__in=codes).order_by("code").values_list("name", flat=True)
        return {"to": "、".join(cities), "materials": ["异议处理申请书及证据材料", "抽样单和影像证据", "检验报告"]}
    if entry.act == "rectification.transfer_jurisdiction":
        return _case(entry, history)
    if entry.chart == "denial":
        return _denial(history)
    if entry.act == "lead.refer_outside":
        return {"letter": entry.facts.get("letter")}
    return {"matter": "result"} if entry.chart in {"inspection", "conclusion"} else {}


def _case(entry: Entry, history: History) -> dict[str, Any]:
    """A case that goes to another bureau, or to another province: as it really stands (Article 42)."""
    to, party = entry.facts.get("to") or "", entry.matter.party
    new = Office.objects.filter(code=to).values_list("name", flat=True).first()
    kind = "division" if divides_work(entry) else "move"
    state = _order_state(entry, history, kind)
    served, under_way = _served(entry, history)
    goes_on = in_shandong(to) and (kind == "division" or state in {"served", "further"})
    return {
        "to": new or "",
        "kind": kind,
        "place": _place(to),
        "address": entry.facts.get("address"),
        "reason": entry.facts.get("finding") or entry.facts.get("remark"),
        "order_state": state,
        "served": _numbers(served),
        "under_way": _numbers(under_way),
        "ban": _is_banned(entry, party),
        "periods": [
            {
                "name": law.period_of(period).name.zh,
                "started_on": period.started_on.isoformat(),
                "due_on": period.due_on.isoformat(),
                "state": "按原起算日继续计算" if goes_on else "因移送终止",
            }
            for period in Deadline.objects.filter(dossier=entry.dossier, ended_by=entry).order_by("pk")
        ],
        "materials": _materials(entry, history),
        "letter": entry.facts.get("letter"),
    }


def _order_state(entry: Entry, history: History, kind: str) -> str:
    """Whether the case has an order, and what becomes of one that the party has not received.

    Of a case that was served a further order on its way goes along (10.1, 10): the new bureau serves it; another
    province does not.
    """
    served, under_way = _served(entry, history)
    if not served and not under_way:
        return "none"
    if not under_way:
        return "served"
    if served:
        return "further" if in_shandong(entry.facts.get("to") or "") else "further_ends"
    return "pending" if kind == "division" else "unserved"


def _served(entry: Entry, history: History) -> tuple[list[Issued], list[Issued]]:
    """The orders of the case that the party has received, and those still on their way."""
    held = handling.orders(entry, history)
    if not entry.matter.was_received:
        return [], held
    since = history.each(*handling.ORDERS, RECEIVED, party=entry.matter.party)
    under_way = sum(1 for _event in takewhile(lambda event: event.act != RECEIVED, since))
    return held[: len(held) - under_way], held[len(held) - under_way :]


def _numbers(papers: list[Issued]) -> str:
    return "、".join(paper.number for paper in papers)


def _materials(entry: Entry, history: History) -> list[str]:
    """What there really is to hand over."""
    party = entry.matter.party
    found = [
        name
        for name, acts in MATERIALS
        if any(event.party in {None, party.pk} for event in history.each(*acts) if event.act in acts)
    ]
    served, under_way = _served(entry, history)
    after = found.index("检验报告") + 1 if "检验报告" in found else 0
    orders = [f"责令改正通知书（{_numbers(served)}）及送达凭证"] if served else []
    if under_way:
        orders.append(f"{'补充的' if served else ''}责令改正通知书（{_numbers(under_way)}）")
    found[after:after] = orders
    if results_given := [paper.number for paper in history.standing(13, party=party)]:
        found.append(f"复查结果通知书（{'、'.join(reversed(results_given))}）")
    return found


def _is_banned(entry: Entry, party: Party) -> bool:
    return register.state(entry.dossier, "ban", party.label) == BanState.ACTIVE


def _place(code: str) -> str:
    """The name of a place: of a county with its city, of another province by the province."""
    if not in_shandong(code):
        return NAMES.get(code[:2], "")
    names = dict(Region.objects.filter(code__in={code, city_of(code)}).values_list("code", "name"))
    own, city = names.get(code, ""), names.get(city_of(code), "")
    return own if own.startswith(city) else city + own


def _denial(history: History) -> dict[str, Any]:
    """What the bureau of the nominal producer has found (Article 52)."""
    found = history.last(*FINDINGS)
    return {
        "matter": "denial",
        "findings": FINDINGS[found.act] if found is not None else "",
        "finding": found.facts.get("finding") if found is not None else "",
        "materials": ["核查结论", "核查证据"],
    }


def _change(entry: Entry, history: History) -> dict[str, Any]:
    """What has become of a result that others were told of (Articles 32, 38, 41)."""
    if entry.chart != "conclusion":
        return {}
    reason = CHANGED_FOR.get(entry.act)
    if reason is None:
        return {}
    now = NOW.get(entry.act, "revoked")
    if now == "conforming" and not results.is_full_report_out(history):
        now = "no_failed"
    sent = [paper.number for paper in history.papers if paper.letter in TOLD_OUTSIDE]
    return {
        "reason": reason,
        "now": now,
        "document": entry.facts.get("document"),
        "letters": "、".join(sent),
        "orders_end": now != "nonconforming" and bool(results.orders_that_fall(entry, history)),
    }


@circle_of_places("new_handler")
def _new_handler(entry: Entry, _matter: Flow) -> list[str]:
    """The bureau that takes the case over, in Shandong."""
    return [to for to in [entry.facts.get("to") or ""] if in_shandong(to)]


@circle_of_places("seller_bureau")
def _sellers_bureaus(entry: Entry, _matter: Flow) -> list[str]:
    """The bureaus of the sellers' places, of the level of the bureau that informs them (Article 52)."""
    sellers = [party.place for party in entry.dossier.parties.all() if party.is_seller and party.in_shandong]
    by_city = entry.office is not None and is_city(entry.office.code)
    return [city_of(place) if by_city else place for place in sellers]


@circle_of_places("registered_place")
def _registered_places(entry: Entry, matter: Flow) -> list[str]:
    """The registered place, when the case moves to another place of business (Article 42)."""
    if divides_work(entry):
        return []
    registered = [party.registered_place for party in matter.about("registered_place")]
    return [place for place in registered if place != entry.facts.get("to")]


def divides_work(entry: Entry) -> bool:
    """Whether a case goes from a city to its own county: a division of work, no move (Article 42)."""
    to, bureau = entry.facts.get("to") or "", getattr(entry.matter, "bureau", None) or entry.office
    return bureau is not None and is_city(bureau.code) and to != bureau.code and city_of(to) == bureau.code
