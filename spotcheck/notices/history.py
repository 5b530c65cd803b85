"""The history of a dossier and of the files above it, read once for one paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices.models import Paper, Particulars

REPLACED: Final = frozenset({Paper.Status.SUPERSEDED.value, Paper.Status.VOIDED.value})
"""Papers that nothing rests on any more: another stands in their place, or they never counted."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry, as far as papers need it."""

    act: str
    label: str
    party: int | None
    on: date
    facts: dict[str, Any]
    flags: tuple[str, ...] = ()
    before: str = ""
    """The state that the act left."""


class Issued(NamedTuple):
    """One paper, as far as others speak of it."""

    form: int
    number: str
    label: str
    party: int | None
    on: date
    status: str = Paper.Status.ISSUED.value
    letter: str = ""


@dataclass(slots=True)
class History:
    """What has happened, which papers were issued, and what was stated besides."""

    events: list[Event]
    papers: list[Issued]
    particulars: dict[str, dict[str, Any]] = field(default_factory=dict)

    def each(self, *acts: str, party: Party | None = None, label: str | None = None) -> Iterator[Event]:
        """Those of these acts (of a party, or of a matter with this label), newest first."""
        for event in reversed(self.events):
            if event.act not in acts:
                continue
            if party is not None and event.party != party.pk:
                continue
            if label is not None and event.label != label:
                continue
            yield event

    def last(self, *acts: str, party: Party | None = None, label: str | None = None) -> Event | None:
        """The newest of these acts, or None."""
        return next(self.each(*acts, party=party, label=label), None)

    def facts(self, *acts: str, party: Party | None = None, label: str | None = None) -> dict[str, Any]:
        """The facts of the newest of these acts."""
        found = self.last(*acts, party=party, label=label)
        return found.facts if found else {}

    def on(self, *acts: str, party: Party | None = None, label: str | None = None) -> str | None:
        """The legal date of the newest of these acts."""
        found = self.last(*acts, party=party, label=label)
        return found.on.isoformat() if found else None

    def number(self, form: int, *, party: Party | None = None, label: str | None = None) -> str:
        """The number of the newest paper of a form that has not been replaced."""
        return next((paper.number for paper in self.standing(form, party=party, label=label)), "")

    def issued_on(self, form: int, *, party: Party | None = None, label: str | None = None) -> str | None:
        """The date of that paper."""
        return next((paper.on.isoformat() for paper in self.standing(form, party=party, label=label)), None)

    def standing(self, form: int, *, party: Party | None = None, label: str | None = None) -> Iterable[Issued]:
        """The papers of a form that have not been replaced (of a party or of all, of one matter), newest first."""
        for paper in reversed(self.papers):
            if paper.form != form or paper.letter or paper.status in REPLACED:
                continue
            if party is not None and paper.party not in {party.pk, None}:
                continue
            if label is None or paper.label == label:
                yield paper


def read(dossier: Dossier, party: Party | None) -> History:
    """Read the history of a dossier, its task and its plan; particulars of this party win over those of all."""
    files = [dossier.pk]
    if dossier.parent_id:
        files.append(dossier.parent_id)
        if dossier.parent is not None and dossier.parent.parent_id:
            files.append(dossier.parent.parent_id)
    events = [
        Event(act, label, of, on, facts, tuple(flags), before)
        for act, label, of, on, facts, flags, before in Entry.objects.filter(dossier__in=files)
        .order_by("pk")
        .values_list("act", "label", "party_id", "effective_on", "facts", "flags", "from_state")
    ]
    rows = Paper.objects.filter(dossier__in=files[:2]).order_by("pk")
    papers = rows.values_list("form", "number", "label", "party_id", "issued_on", "status", "letter")
    return History(events, [Issued(*row) for row in papers], _stated(dossier, party, files[:2]))


def stated_for(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """What people have stated for the papers of a file and the one above it, whatever party it is of."""
    return _stated(dossier, None, [dossier.pk, *([dossier.parent_id] if dossier.parent_id else [])])


def _stated(dossier: Dossier, party: Party | None, files: list[int]) -> dict[str, dict[str, Any]]:
    """What people have stated for the papers of these files, the nearer and the newer over the rest."""
    merged: dict[str, dict[str, Any]] = {}
    stated = Particulars.objects.filter(dossier__in=files).values_list("dossier_id", "party_id", "pk", "data")
    for _file, of, _pk, data in sorted(stated, key=lambda row: (row[0] == dossier.pk, row[1] is not None, row[2])):
        if of is None or (party is not None and of == party.pk):
            for group, members in data.items():
                merged.setdefault(group, {}).update(members)
    return merged
