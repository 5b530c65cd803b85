"""What is done to items, notices and conclusions, here and by later chapters."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry
from spotcheck.inspection.models import Conclusion, Item, ResultNotice


def keep_items(dossier: Dossier, results: Iterable[dict[str, Any]]) -> set[str]:
    """Keep the items of a report and return the names of those that failed and were not known to have failed."""
    known = {item.name: item for item in Item.objects.filter(dossier=dossier)}
    new = set()
    kept: dict[str, Item] = {}
    for row in results:
        before = known.get(row["name"])
        if row["result"] == Item.Verdict.FAIL and (before is None or before.first_result != Item.Verdict.FAIL):
            new.add(row["name"])
        item = before or Item(dossier=dossier, name=row["name"])
        item.kind = row.get("kind") or item.kind or Item.Kind.PERFORMANCE
        item.first_result = row["result"]
        if not item.settled:  # what a retest has settled the first laboratory does not change any more (Article 41)
            item.result = row["result"]
        item.limit, item.value, item.unit = (row.get(key) or "" for key in ("limit", "value", "unit"))
        known[item.name] = kept[item.name] = item
    Item.objects.bulk_create(
        kept.values(),
        update_conflicts=True,
        unique_fields=["dossier", "name"],
        update_fields=["kind", "first_result", "result", "limit", "value", "unit"],
    )
    return new


def settle_items(dossier: Dossier, results: Iterable[dict[str, Any]]) -> None:
    """Replace the results of retested items; they are settled for everybody (Article 41)."""
    for row in results:
        Item.objects.filter(dossier=dossier, name=row["name"]).update(
            result=row["result"], settled=True, retest_value=row.get("value") or ""
        )


def notify_parties(dossier: Dossier, *, on: date, cause: Entry, supplement: bool = False) -> None:
    """Every party has to be told the result, with a notice of its own (Article 33)."""
    notices = [
        ResultNotice.new(dossier, party, supplement=supplement)
        for party in dossier.parties.select_related("enterprise", "handler").order_by("pk")
    ]
    proceed(notices, "create", on=on, cause=cause)


def conclusion_of(dossier: Dossier) -> Conclusion | None:
    """Return the conclusion of a sample."""
    return Conclusion.objects.filter(dossier=dossier).first()


def change(conclusion: Conclusion, method: str, *, on: date, cause: Entry) -> None:
    """Let the conclusion change by one of its transitions, as the later chapters decide."""
    proceed([conclusion], method, on=on, cause=cause)
