"""The append-only entries of a dossier and their hash chain."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from spotcheck.docket import law
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.sessions import current
from spotcheck.parties.models import User

if TYPE_CHECKING:
    from spotcheck.parties.actors import Actor


def draft(
    dossier: Dossier,
    *,
    act: str,
    by: "Actor",
    on: date,
    chart: str = "",
    label: str = "",
    party: Party | None = None,
    from_state: str = "",
    to_state: str = "",
    facts: dict[str, Any] | None = None,
    flags: list[str] | None = None,
    articles: tuple[int, ...] = (),
    cause: Entry | None = None,
    late_reason: str = "",
    happened_at: datetime | None = None,
    evidence: list[str] | None = None,
    second: User | None = None,
) -> Entry:
    """Return an entry that is not yet in the chain of its dossier."""
    return Entry(
        dossier=dossier,
        act=act,
        chart=chart,
        label=label,
        party=party,
        from_state=from_state,
        to_state=to_state,
        effective_on=on,
        recorded_at=current().now,
        actor=by.as_record(),
        office=by.office,
        user=by.user,
        facts=plain(facts or {}),
        flags=list(flags or []),
        articles=list(articles),
        cause=cause,
        regulation=law.text_of(dossier).id,
        late_reason=late_reason,
        happened_at=happened_at,
        evidence=list(evidence or []),
        deputy_for=by.deputy_for,
        second_user=second,
    )


def append(dossier: Dossier, **sides: Any) -> Entry:
    """Write one entry at the end of a dossier's chain; see :func:`draft` for what it may say."""
    return append_all([draft(dossier, **sides)])[0]


def append_all(drafts: list[Entry]) -> list[Entry]:
    """Write entries at the ends of the chains of their dossiers, which the session must hold.

    They have their keys at once; the session writes them before anybody reads entries, and the heads of the chains
    when it ends, once for each dossier.
    """
    for entry in drafts:
        dossier = entry.dossier
        entry.sequence = dossier.entry_count + 1
        entry.previous_hash = dossier.head_hash
        entry.hash = digest(entry)
        dossier.entry_count, dossier.head_hash = entry.sequence, entry.hash
    current().unwritten.enter(drafts)
    return drafts


def plain(value: Any) -> Any:
    """Return facts as JSON knows them: dates as ISO text, sets and tuples as lists."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def digest(entry: Entry) -> str:
    """Return the SHA-256 (hex) over everything the entry says and the hash of the entry before."""
    return hashlib.sha256(said(entry).encode()).hexdigest()


def said(entry: Entry) -> str:
    """Return everything the entry says, and the hash of the entry before, as the text that is hashed."""
    content = {
        "dossier": entry.dossier_id,
        "sequence": entry.sequence,
        "act": entry.act,
        "chart": entry.chart,
        "label": entry.label,
        "party": entry.party_id,
        "from": entry.from_state,
        "to": entry.to_state,
        "effective_on": entry.effective_on.isoformat(),
        "recorded_at": entry.recorded_at.timestamp(),
        "actor": entry.actor,
        "office": entry.office_id,
        "user": entry.user_id,
        "facts": entry.facts,
        "flags": entry.flags,
        "articles": entry.articles,
        "cause": entry.cause_id,
        "previous": entry.previous_hash,
    }
    if entry.chain >= Entry.WITH_CIRCUMSTANCES:
        content |= _circumstances(entry)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _circumstances(entry: Entry) -> dict[str, Any]:
    """What the chain covers since its second version: under which text, when exactly, for whom, on what, why late."""
    return {
        "chain": entry.chain,
        "regulation": entry.regulation,
        "happened_at": entry.happened_at.timestamp() if entry.happened_at else None,
        "deputy_for": entry.deputy_for_id,
        "second_user": entry.second_user_id,
        "evidence": entry.evidence,
        "late_reason": entry.late_reason,
    }


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold."""

    dossier: str
    sequence: int
    what: str


def verify(dossier: Dossier) -> Iterator[Break]:
    """Go through the chain of one dossier and yield every place where it is broken."""
    previous, expected = "", 1
    for entry in dossier.entries.order_by("sequence").iterator():
        if entry.sequence != expected:
            yield Break(dossier.number, expected, "missing")
        if entry.previous_hash != previous:
            yield Break(dossier.number, entry.sequence, "does not follow the entry before")
        if digest(entry) != entry.hash:
            yield Break(dossier.number, entry.sequence, "was changed")
        previous, expected = entry.hash, entry.sequence + 1
    if (dossier.entry_count, dossier.head_hash) != (expected - 1, previous):
        yield Break(dossier.number, expected, "the end of the chain is missing")
