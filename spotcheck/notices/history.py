"""The history of a dossier and of the files above it, read once for one paper."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices.models import Paper, Particulars


@dataclass(frozen=True, slots=True)
class Event:
    """One entry, as far as papers need it."""

    act: str
    label: str
    party: int | None
    on: date
    facts: dict[str, Any]
    flags: tuple[str, ...]


@dataclass(slots=True)
class History:
    """What has happened, which papers were issued, and what was stated besides."""

    events: list[Event]
    papers: list[tuple[int, str, str, int | None, date, bool]]
    particulars: dict[str, dict[str, Any]] = field(default_factory=dict)

    def last(self, *acts: str, party: Party | None = None, label: str | None = None) -> Event | None:
        """The newest of these acts (of a party, or of a matter with this label), or None."""
        for event in reversed(self.events):
            if event.act not in acts:
                continue
            if party is not None and event.party != party.pk:
                continue
            if label is not None and event.label != label:
                continue
            return event
        return None

    def facts(self, *acts: str, party: Party | None = None, label: str | None = None) -> dict[str, Any]:
        """The facts of the newest of these acts."""
        found = self.last(*acts, party=party, label=label)
        return found.facts if found else {}

    def on(self, *acts: str, party: Party | None = None, label: str | None = None) -> str | None:
        """The legal date of the newest of these acts."""
        found = self.last(*acts, party=party, label=label)
        return found.on.isoformat() if found else None

    def number(self, form: int, *, party: Party | None = None, label: str | None = None) -> str:
        """The number of the newest paper of a form."""
        return next((number for number, _ in self._numbers(form, party, label)), "")

    def issued_on(self, form: int, *, party: Party | None = None, label: str | None = None) -> str | None:
        """The date of the newest paper of a form."""
        return next((on.isoformat() for _, on in self._numbers(form, party, label)), None)

    def _numbers(self, form: int, party: Party | None, label: str | None) -> Iterable[tuple[str, date]]:
        for own, number, matter, of, on, _own_file in reversed(self.papers):
            if own != form or (party is not None and of not in {party.pk, None}):
                continue
            if label is not None and matter != label:
                continue
            yield number, on


def read(dossier: Dossier, party: Party | None) -> History:
    """Read the history of a dossier, its task and its plan; particulars of this party win over those of all."""
    files = [dossier.pk]
    if dossier.parent_id:
        files.append(dossier.parent_id)
        if dossier.parent is not None and dossier.parent.parent_id:
            files.append(dossier.parent.parent_id)
    events = [
        Event(act, label, of, on, facts, tuple(flags))
        for act, label, of, on, facts, flags in Entry.objects.filter(dossier__in=files)
        .order_by("pk")
        .values_list("act", "label", "party_id", "effective_on", "facts", "flags")
    ]
    papers: list[tuple[int, str, str, int | None, date, bool]] = [
        (form, number, label, of, on, own == dossier.pk)
        for form, number, label, of, on, own in Paper.objects.filter(dossier__in=files[:2])
        .order_by("pk")
        .values_list("form", "number", "label", "party_id", "issued_on", "dossier_id")
    ]
    merged: dict[str, dict[str, Any]] = {}
    rows = Particulars.objects.filter(dossier__in=files[:2]).values_list("dossier_id", "party_id", "pk", "data")
    for _file, of, _pk, data in sorted(rows, key=lambda row: (row[0] == dossier.pk, row[1] is not None, row[2])):
        if of is None or (party is not None and of == party.pk):
            for group, members in data.items():
                merged.setdefault(group, {}).update(members)
    return History(events, papers, merged)
