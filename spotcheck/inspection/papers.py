"""What the papers of chapter four say: what reports and retests have found of a sample, item by item (30, 31, 41)."""

from typing import Any, Final

from spotcheck.docket import register
from spotcheck.docket.consequences import follows
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Entry, Party, Track
from spotcheck.notices import fate, issued
from spotcheck.notices.commissioned import body_name
from spotcheck.notices.contributions import Groups, Occasion, circle_of_parties, circle_of_places, contributes
from spotcheck.notices.history import Event, History
from spotcheck.notices.models import Paper, Recipient
from spotcheck.notices.service import end_attempts

NOTICE: Final = 7
"""The form that tells the result (Article 33)."""
FULL: Final = ("inspection.issue_report", "conclusion.import_external")
PARTIAL: Final = "inspection.report_serious"
REPORTS: Final = (*FULL, PARTIAL)
STOPPED: Final = ("inspection.terminate_illegal", "inspection.stop_unit_lost")
CLOSED: Final = {"retest.close_conforming": "pass", "retest.close_nonconforming": "fail"}
"""The acts that issue Form 10, each with the verdict on items of which the laboratory has said nothing."""
VERDICTS: Final = {"pass": "合格", "fail": "不合格"}

Item = dict[str, Any]


@contributes("report")
def of_the_report(of: Occasion) -> Groups:
    """The group of the report; of an order the chapter of handling says which failed items are its own."""
    return {"report": _report(of.entry, of.history)}


def _report(entry: Entry, history: History) -> dict[str, Any]:
    event = history.last(*REPORTS)
    if event is None:
        return {}
    items = standing_items(history)
    telling = entry.chart == "result_notice"
    failed = _as_reported(history, items) if telling else rows_of(items, only_failed=True)
    labels = [item for item in items if item.get("kind") == "label"]
    others = [item for item in items if item.get("kind") != "label"]
    number = event.facts.get("report_number") or ""
    failed_first = any(item["result"] == "fail" for item in first_items(history))
    conclusion = event.facts.get("conclusion") or ("nonconforming" if failed_first else "conforming")
    party = entry.matter.party
    return {
        "lab": body_name(entry, "lab"),
        "number": number,
        "issued_on": event.on.isoformat(),
        "received_on": history.on("rectification.receive_report", party=party),
        "basis": "、".join(filter(None, (entry.dossier.sample_file.standard, "抽查实施细则"))),
        "kind": "partial" if event.act == PARTIAL else "full",
        "conclusion": conclusion,
        "serious": history.last(PARTIAL) is not None,
        "body_verdict": _verdict(others),
        "label_verdict": _verdict(labels),
        "failed": failed,
        "attachments": _attached(event, number, conclusion),
        "follow_up": "" if party is None else ("here" if party.in_shandong else "elsewhere"),
    }


@circle_of_places("county", act="inspection.terminate_illegal")
def counties_of_producers(entry: Entry, _matter: Flow) -> set[str]:
    """The counties of the producers that the laboratory means: the one it names, otherwise all (Article 28)."""
    named = entry.facts.get("producer")
    producers = [party for party in entry.dossier.parties.all() if party.is_producer]
    meant = [party for party in producers if not named or party.label == named] or producers
    return {party.place for party in meant if party.in_shandong}


@circle_of_parties("told_parties")
def told_parties(entry: Entry) -> list[Party]:
    """The parties that were sent Form 7 (of the matter, when it is about one) and are not told by the cause itself."""
    sent = Recipient.objects.filter(paper__dossier=entry.dossier_id, paper__form=NOTICE, party__isnull=False)
    if entry.party_id is not None:
        sent = sent.filter(party=entry.party_id)
    told = set(sent.values_list("party", flat=True))
    if entry.cause_id is not None:
        told -= set(Recipient.objects.filter(paper__entry=entry.cause_id).values_list("party", flat=True))
    return list(Party.objects.filter(pk__in=told).select_related("enterprise").order_by("pk"))


def rows_of(items: list[Item], *, only_failed: bool, names: list[str] | None = None) -> list[dict[str, str]]:
    """Items of a report as rows of a paper."""
    return [
        {
            "name": item["name"],
            "limit": item.get("limit", ""),
            "value": item.get("value", ""),
            "unit": item.get("unit", ""),
            "verdict": VERDICTS[item["result"]],
        }
        for item in items
        if (not only_failed or item["result"] == "fail") and (names is None or item["name"] in names)
    ]


def _as_reported(history: History, standing: list[Item]) -> list[dict[str, str]]:
    """The failed items as the report says them; of one that a retest has passed since, that too (Articles 33, 41)."""
    passed = {item["name"] for item in standing if item["result"] == "pass"}
    rows = rows_of(first_items(history), only_failed=True)
    return [row | {"verdict": "不合格（已经复检合格）"} if row["name"] in passed else row for row in rows]


def first_items(history: History) -> list[Item]:
    """The items as the first laboratory found them, those of an earlier partial report included (Article 30)."""
    found: dict[str, Item] = {}
    for event in history.events:
        if event.act in REPORTS:
            found |= {item["name"]: item for item in event.facts.get("items") or []}
    return list(found.values())


def standing_items(history: History, *, but: str = "") -> list[Item]:
    """The items as they stand: what a closed retest found has taken the place of the first result (Article 41).

    ``but`` leaves out the retest with this label.
    """
    found = {item["name"]: item for item in first_items(history)}
    for event in history.events:
        if event.act not in CLOSED or event.label == but:
            continue
        for item in retested(history, event.label, CLOSED[event.act]):
            found[item["name"]] = found.get(item["name"], {}) | item
    return list(found.values())


def still_failed(history: History) -> list[str]:
    """The names of the items that stand as failed."""
    return [item["name"] for item in standing_items(history) if item["result"] == "fail"]


def retested(history: History, label: str, verdict: str) -> list[Item]:
    """What a retest found of each of its items: as reported, or the verdict for all that Form 9 named."""
    reported = history.facts("retest.report", label=label).get("items")
    return reported or [{"name": name, "result": verdict} for name in commissioned(history, label)]


def commissioned(history: History, label: str) -> list[str]:
    """The items that Form 9 names; before it, those that the objection disputes (Article 40)."""
    for event in history.each("retest.commission", "retest.recommission", label=label):
        if event.facts.get("items"):
            return list(event.facts["items"])
    return disputed(history, label)


def disputed(history: History, label: str) -> list[str]:
    """The items that an objection disputes: those it names, or all that had failed in the reports (Article 35)."""
    named = history.facts("objection.file", label=label).get("items")
    return named or [item["name"] for item in first_items(history) if item["result"] == "fail"]


def is_full_report_out(history: History) -> bool:
    """Whether the full report has been issued, so that the sample has a conclusion of its own (Article 31)."""
    return history.last(*FULL) is not None


def is_stopped(history: History) -> bool:
    """Whether the testing was stopped, so that there will be no full report (Articles 27, 28)."""
    return history.last(*STOPPED) is not None


def was_revoked(entry: Entry) -> bool:
    """Whether the conclusion has fallen already, so that nothing decided beside it maintains or changes it (38)."""
    return register.state(entry.dossier, "conclusion") == "revoked"


def orders_that_fall(entry: Entry, history: History, party: Party | None = None) -> list[str]:
    """The numbers of the orders, of all parties or of one, that are withdrawn when the conclusion falls (38, 41, 43).

    No case, no order yet, an order taken back before, a licence that is revoked (R42): a paper that promised a
    withdrawal then would promise what nobody does.
    """
    ends = MATTERS["rectification"].spec_of("withdraw").source
    cases = Track.objects.filter(dossier=entry.dossier_id, chart="rectification", state__in=ends)
    fall = set(cases.values_list("party", flat=True))
    held = [paper for paper in history.standing(11, party=party) if paper.status == Paper.Status.ISSUED]
    return [paper.number for paper in reversed(held) if paper.party in fall]


def _verdict(items: list[Item]) -> str:
    if not items:
        return ""
    return "fail" if any(item["result"] == "fail" for item in items) else "pass"


def _attached(event: Event, number: str, conclusion: str) -> list[str]:
    """What goes with the notice: the report, and with a nonconforming one its analysis (Articles 30, 31, 33)."""
    title = "不合格项目检验报告" if event.act == PARTIAL else "检验报告"
    names = [f"{title}（{number}）" if number else title]
    if conclusion == "nonconforming" and event.act != PARTIAL:
        names.append("不合格项目分析报告")
    return names


@follows("result_notice.end")
def withdraw_notices(batch: list[Entry]) -> None:
    """A result that has fallen is not told any more (Articles 33, 38)."""
    for entry in batch:
        fate.withdraw(issued.standing(NOTICE, entry))


@follows("conclusion.revoke", "conclusion.annul")
def withdraw_all_notices(batch: list[Entry]) -> None:
    """What was told of a result that has fallen no longer holds, whoever was told (Article 38)."""
    for entry in batch:
        told = Paper.objects.filter(dossier=entry.dossier_id, form=NOTICE, letter="", status=Paper.Status.ISSUED)
        fate.withdraw(told)


@follows("result_notice.service_failed")
def replace_notice(batch: list[Entry]) -> None:
    """A notice that could not be served is sent anew; the first no longer holds, and its service has ended."""
    for entry in batch:
        paper = issued.newest(NOTICE, entry)
        if paper is None:
            continue
        fate.supersede([paper])
        end_attempts(paper, entry)
