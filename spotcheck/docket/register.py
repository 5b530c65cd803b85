"""The register of tracks: the state of every chart of a dossier, written with each act.

Guards of earlier chapters, lists and rehearsals read later charts here, by their public names.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from spotcheck.docket import bulk
from spotcheck.docket.bulk import Line
from spotcheck.docket.models import Dossier, Entry, Involvement, Party, Track
from spotcheck.docket.sessions import parts_changed, parts_of
from spotcheck.parties.models import Office

if TYPE_CHECKING:
    from spotcheck.docket.flow import Flow


def write(matter: "Flow", on: date) -> None:
    """Write one matter's state into the register, as of a day."""
    _put([_line(matter, on)])


def write_all(matters: "Sequence[Flow]") -> None:
    """Write the states of matters into the register, each as of the legal date of the act being done in it."""
    _put([_line(matter, matter.proposal.on) for matter in matters])


def _line(matter: "Flow", on: date) -> Line:
    return {
        "dossier_id": matter.dossier_id,
        "chart": matter.chart,
        "label": matter.label,
        "state": matter.state,
        "is_open": matter.is_open,
        "since": on,
        "party_id": matter.party_id,
        "matter_id": matter.pk,
    }


def _put(lines: list[Line]) -> None:
    bulk.put(Track, lines, by=("dossier_id", "chart", "label"))


def states(dossier: Dossier, chart: str, party: Party | None = None) -> list[str]:
    """Return the states of all matters of one chart (of one party), oldest first."""
    tracks = Track.objects.filter(dossier=dossier, chart=chart).order_by("matter_id")
    if party is not None:
        tracks = tracks.filter(party=party)
    return list(tracks.values_list("state", flat=True))


def state(dossier: Dossier, chart: str, label: str = "") -> str | None:
    """Return the state of one matter, or None when it does not exist."""
    return Track.objects.filter(dossier=dossier, chart=chart, label=label).values_list("state", flat=True).first()


def since(matter: "Flow") -> date | None:
    """Return the legal date since which a matter is in its state, or None when it is not in the register."""
    tracks = Track.objects.filter(dossier=matter.dossier_id, chart=matter.chart, label=matter.label)
    return tracks.values_list("since", flat=True).first()


def began(dossier: Dossier, chart: str) -> date | None:
    """Return the legal date of the first entry of a chart, or None when nothing of it has happened."""
    entries = Entry.objects.filter(dossier=dossier, chart=chart).order_by("pk")
    return entries.values_list("effective_on", flat=True).first()


def any_in(dossier: Dossier, chart: str, wanted: Iterable[str]) -> bool:
    """Say whether a matter of the chart is in one of these states."""
    return Track.objects.filter(dossier=dossier, chart=chart, state__in=list(wanted)).exists()


def any_open(dossier: Dossier, charts: Iterable[str]) -> bool:
    """Say whether a matter of these charts still keeps others waiting."""
    return Track.objects.filter(dossier=dossier, chart__in=list(charts), is_open=True).exists()


def involve(dossier: Dossier, office: Office | None, role: str, party: Party | None = None) -> None:
    """Give an office its part in a dossier."""
    if office is not None:
        part = Involvement(dossier=dossier, office=office, role=role, party=party)
        Involvement.objects.bulk_create([part], ignore_conflicts=True)
        parts_changed(dossier.pk)


def involve_all(dossier: Dossier, offices: Iterable[Office]) -> None:
    """Give many offices a part in a dossier, each as what it is."""
    parts = [Involvement(dossier=dossier, office=office, role=office.kind) for office in offices]
    Involvement.objects.bulk_create(parts, ignore_conflicts=True)
    parts_changed(dossier.pk)


def body(dossier: Dossier, role: str) -> Office | None:
    """Return the body commissioned in this role: for the dossier, or for the task above it."""
    for file in (dossier.pk, dossier.parent_id):
        newest = [part.office for part in parts_of(file) if part.role == role] if file else []
        if newest:
            return newest[-1]
    return None
