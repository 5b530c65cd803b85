"""What is done to items, notices and conclusions, here and by later chapters."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket import bulk
from spotcheck.docket.acts import proceed
from spotcheck.docket.flow import label_of
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import current, now, offices, parties_of
from spotcheck.docket.together import alone
from spotcheck.inspection.models import Conclusion, Item, ResultNotice
from spotcheck.parties.models import PROVINCE_CODE

VERDICT_DIFFERS: Final = "verdict_differs"
"""What the province is told where a verdict is not what limit and value give."""

_KEPT: Final = tuple(column.attname for column in Item._meta.concrete_fields if not column.primary_key)
NOT_COVERED: Final = "not_covered"
"""What it is told where a laboratory was not qualified on the day of its report."""


def alarm(entry: Entry, kind: str) -> None:
    """Tell the province of what is marked, once for each entry (Articles 10, 29, 31)."""
    line = {"dossier_id": entry.dossier_id, "entry_id": entry.pk, "kind": kind, "created_at": now()}
    current().unwritten.tell([line | {"office_id": office.pk} for office in offices([PROVINCE_CODE])])


def keep_items(dossier: Dossier, results: Iterable[dict[str, Any]]) -> set[str]:
    """Keep the items of a report and return the names of those that failed and were not known to have failed."""
    known = {item.name: item for item in alone(_items, dossier.pk)}
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
    bulk.put(Item, [{name: getattr(item, name) for name in _KEPT} for item in kept.values()], by=("dossier_id", "name"))
    return new


def _items(dossier: int) -> "QuerySet[Item]":
    return Item.objects.filter(dossier=dossier)


def settle_items(dossier: Dossier, results: Iterable[dict[str, Any]]) -> None:
    """Replace the results of retested items; they are settled for everybody (Article 41)."""
    for row in results:
        Item.objects.filter(dossier=dossier, name=row["name"]).update(
            result=row["result"], settled=True, retest_value=row.get("value") or ""
        )


def notify_parties(dossier: Dossier, *, on: date, cause: Entry, supplement: bool = False) -> None:
    """Every party has to be told the result, with a notice of its own (Article 33); ``supplement``: once more."""
    told = ResultNotice.objects.filter(dossier=dossier).values_list("party", flat=True)
    before = Counter(told if supplement else ())
    notices = [
        ResultNotice(dossier=dossier, party=party, label=label_of(party, before[party.pk] + 1), supplement=supplement)
        for party in parties_of(dossier)
    ]
    proceed(notices, "create", on=on, cause=cause)


def conclusion_of(dossier: Dossier) -> Conclusion | None:
    """Return the conclusion of a sample."""
    return Conclusion.objects.filter(dossier=dossier).first()


def change(conclusion: Conclusion, method: str, *, on: date, cause: Entry) -> None:
    """Let the conclusion change by one of its transitions, as the later chapters decide."""
    proceed([conclusion], method, on=on, cause=cause)
