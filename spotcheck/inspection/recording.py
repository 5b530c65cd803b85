"""Putting judged results on record with the act that states them (Article 29: nothing is erased)."""

from typing import Any

from spotcheck.docket import bulk
from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import current, now
from spotcheck.inspection.judging import Judgement, examined
from spotcheck.inspection.results import OF_THE_ACT, shown
from spotcheck.inspection.tables import ItemLimit, ItemResult


def note(matter: Any) -> None:
    """Put the judgements on record with the act, and mark it where a verdict differs."""
    proposal, found = matter.proposal, examined(matter)
    if any(one.differs for one in found.results):
        proposal.flag("VERDICT_DIFFERS")
    proposal.facts["verdicts"] = [
        {
            "name": one.line.item["name"],
            "value": shown(one.said, one.line.limit),
            **({"result": one.verdict} if one.verdict else {}),
            "computed": one.judged.verdict.value,
            "compared": one.judged.compared,
            "revision": one.revision,
        }
        for one in found.results
    ]


def keep(entry: Entry) -> None:
    """Keep declared limits and results of an entry; the first result fixes the limits of the case."""
    found = examined(entry.matter)
    if found.limits:
        fresh = [
            {"dossier_id": entry.dossier_id, "number": number, "limit": limit, "entry_id": entry.pk}
            for number, limit in found.limits.items()
        ]
        bulk.put(ItemLimit, fresh, by=("dossier_id", "number"))
    if not found.results:
        return
    current().unwritten.add(ItemResult, [_line(one, entry) for one in found.results])
    if not any(one.line.revisions for one in found.results) and any(line.declared for line in found.lines.values()):
        ItemLimit.objects.filter(dossier=entry.dossier_id, fixed_at=None).update(fixed_at=now())


def _line(one: Judgement, entry: Entry) -> dict[str, Any]:
    tester, approver = one.tester, one.approver
    return {
        "dossier_id": entry.dossier_id,
        "number": one.line.number,
        "name": one.line.item["name"],
        "phase": entry.matter.results_phase,
        "label": entry.label,
        "revision": one.revision,
        "reported": {name: value for name, value in one.said.items() if name not in OF_THE_ACT},
        "shown": shown(one.said, one.line.limit)[:200],
        "verdict": one.verdict,
        "computed": one.judged.verdict.value,
        "compared": one.judged.compared[:300],
        "why": one.judged.why._asdict(),
        "reason": one.reason[:500],
        "tested_by_id": tester.pk if tester is not None else None,
        "approved_by_id": approver.pk if approver is not None else None,
        "entry_id": entry.pk,
    }
