"""Films of unsealings and hand-overs: what was filmed follows from a film, never from a tick (Articles 26, 39)."""

import re
from datetime import datetime
from typing import Any, Final

from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Entry, Evidence
from spotcheck.planning.queries import has_full_record
from spotcheck.sampling.tables import Film

SHA256: Final = re.compile(r"[0-9a-f]{64}")
MOST_NAMED: Final = 200


def is_shown(m: Any, *kinds: str) -> bool:
    """Whether an act was filmed: as claimed, or where the record is full, by a file or by a film kept elsewhere.

    ``kinds`` are the kinds of evidence that show it. A film kept elsewhere is named by its SHA-256 and by who keeps it.
    Another claim than what the record says is none.
    """
    proposal = m.proposal
    if not has_full_record(m.dossier):
        return bool(proposal["filmed"])
    attached = any(one.kind in kinds for one in proposal.evidence)
    elsewhere = is_hash(proposal["film_sha256"]) and is_written(proposal["film_kept_by"])
    return (attached or elsewhere) and proposal["filmed"] in {None, True}


def is_hash(stated: str | None) -> bool:
    """Whether a text is the SHA-256 of a file, in hexadecimal digits."""
    return SHA256.fullmatch((stated or "").strip().lower()) is not None


def keep(entry: Entry, unit: Any = None) -> list[Film]:
    """Keep the films that came with an entry: of a unit, or of the parcel when there is none yet."""
    facts = entry.facts
    began, ended = (_moment(facts.get(name)) for name in ("film_began", "film_ended"))
    sides = {"dossier": entry.dossier, "unit": unit, "entry": entry, "started_at": began, "ended_at": ended}
    rows = Evidence.objects.filter(entry=entry, kind="film").select_related("stored").order_by("pk")
    keeper = entry.office.name[:MOST_NAMED] if entry.office is not None else ""
    made = [
        Film(evidence=row, sha256=row.stored_id, size=row.stored.size, kept_by=keeper, **sides)
        for row in (rows if entry.evidence else [])
    ]
    if is_hash(facts.get("film_sha256")):
        elsewhere = {"sha256": facts["film_sha256"].strip().lower(), "size": facts.get("film_size")}
        made.append(Film(evidence=None, kept_by=facts.get("film_kept_by") or "", **elsewhere, **sides))
    return Film.objects.bulk_create(made)


def _moment(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated) if stated else None
