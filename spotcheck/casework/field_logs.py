"""The log of a visit as the desk shows it: what was done when, and every picture with its hash, hour and place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from spotcheck.casework import field_settling
from spotcheck.casework.field_shape import moment_of
from spotcheck.docket.models import Dossier
from spotcheck.files.models import StoredFile
from spotcheck.parties.actors import Actor
from spotcheck.sampling.field_tables import FieldAct

MOST = 500


@dataclass(frozen=True, slots=True)
class Shot:
    """A file of a log. ``where`` is ``(latitude, longitude, metres)`` as texts, or None with ``why_not``."""

    act: FieldAct
    sha256: str
    slot: str
    name: str
    at: datetime
    wall: datetime
    by: str
    source: str
    where: tuple[str, str, str] | None
    why_not: str
    is_mock: bool
    is_supplement: bool
    stored: StoredFile | None

    @property
    def is_picture(self) -> bool:
        """Whether there is a small picture of it."""
        return self.stored is not None and not self.stored.is_gone and bool(self.stored.thumb_file)

    @property
    def seconds_apart(self) -> int:
        """By how much the clock of the tablet differed from the best estimate."""
        return round(abs((self.wall - self.at).total_seconds()))


def of_visit(actor: Actor, dossier: Dossier) -> list[FieldAct]:
    """The acts of the logs of a visit that somebody sees, in the order in which they were written."""
    rows = field_settling.seen_by(actor).filter(dossier=dossier).order_by("batch__issued_at", "log", "seq")
    return list(rows[:MOST])


def shots(acts: list[FieldAct]) -> list[Shot]:
    """The files of these acts, in the order in which they were taken, each once."""
    found = {file["sha256"]: (act, file) for act in reversed(acts) for file in act.body["evidence"]}
    stored = StoredFile.objects.select_related("disposal").in_bulk(list(found))
    made = [_shot(act, file, stored.get(sha256)) for sha256, (act, file) in found.items()]
    return sorted(made, key=lambda one: (one.at, one.sha256))


def _shot(act: FieldAct, file: Mapping[str, Any], stored: StoredFile | None) -> Shot:
    place = file.get("position") or {}
    is_known = {"lat", "lon"} <= place.keys()
    return Shot(
        act=act,
        sha256=file["sha256"],
        slot=file["slot"],
        name=file["name"],
        at=moment_of(file["at"]["best"]),
        wall=moment_of(file["at"]["wall"]),
        by=file["at"]["by"],
        source=file["source"],
        where=(str(place["lat"]), str(place["lon"]), str(place.get("accuracy", ""))) if is_known else None,
        why_not=str(place.get("none", "")),
        is_mock=bool(place.get("mock")),
        is_supplement=bool(file.get("supplement")),
        stored=stored,
    )
