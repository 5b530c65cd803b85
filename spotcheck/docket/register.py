"""The register of tracks: the state of every chart of a dossier, written with each act.

Guards of earlier chapters, lists and rehearsals read later charts here, by their public names.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spotcheck.docket import bulk
from spotcheck.docket.bulk import Line
from spotcheck.docket.models import Dossier, Entry, Involvement, Party, Track
from spotcheck.docket.sessions import Question, foreseen, only_charts, parts_changed, parts_of, today, unwritten
from spotcheck.docket.unwritten import REGISTER_KEY
from spotcheck.parties.models import Office
from spotcheck.rules.acts import OWN_ACTS

SINCE: Final = "since"
"""The fact of a take-over that says since when a matter stood where it came in."""

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    waiting = unwritten()
    if waiting is not None:
        waiting.register_lines(lines)
    else:
        bulk.put(Track, lines, by=REGISTER_KEY)


def lines(dossier: Dossier) -> Question:
    """The question for all lines of a dossier, oldest first."""
    return Question(("register", dossier.pk), _lines, (dossier.pk,))


def _lines(dossier_id: int) -> "QuerySet[Track]":
    return Track.objects.filter(dossier=dossier_id).order_by("matter_id")


def as_said(dossier: Dossier, tracks: Iterable[Track]) -> list[Track]:
    """The lines of a dossier as they are by what the session has said since they were read, oldest first."""
    waiting = unwritten()
    said = {key: line for key, line in waiting.states.items() if key[0] == dossier.pk} if waiting is not None else {}
    found = {(track.dossier_id, track.chart, track.label): track for track in tracks}
    found |= {key: Track(**line) for key, line in said.items()}
    return list(found.values())


def states(dossier: Dossier, chart: str, party: Party | None = None) -> list[str]:
    """Return the states of all matters of one chart (of one party), oldest first."""
    known = foreseen(("register", dossier.pk))
    if known is not None:
        return [line.state for line in known if line.chart == chart and (party is None or line.party_id == party.pk)]
    tracks = Track.objects.filter(dossier=dossier, chart=chart).order_by("matter_id")
    if party is not None:
        tracks = tracks.filter(party=party)
    with only_charts(chart):
        return list(tracks.values_list("state", flat=True))


def state(dossier: Dossier, chart: str, label: str = "") -> str | None:
    """Return the state of one matter, or None when it does not exist."""
    return _line_of(dossier.pk, chart, label)[0]


def since(matter: "Flow") -> date | None:
    """Return the legal date since which a matter is in its state, or None when it is not in the register."""
    return _line_of(matter.dossier_id, matter.chart, matter.label)[1]


def _line_of(dossier_id: int, chart: str, label: str) -> tuple[str | None, date | None]:
    known = foreseen(("register", dossier_id))
    if known is not None:
        wanted = (line for line in known if (line.chart, line.label) == (chart, label))
        return next(((line.state, line.since) for line in wanted), (None, None))
    with only_charts(chart):
        tracks = Track.objects.filter(dossier=dossier_id, chart=chart, label=label)
        return tracks.values_list("state", "since").first() or (None, None)


def put_back(matter: "Flow", state: str, **fields: Any) -> "Flow":
    """Put a matter into a state past its transitions, with these fields, and return it as it is then.

    Only what goes back along a step of the record does so: a counter-entry, and an old case that is taken back (I3).
    """
    rows = type(matter).objects
    rows.filter(pk=matter.pk).update(state=state, **fields)
    found: Flow = rows.select_related("party__enterprise", "party__handler").get(pk=matter.pk)
    found.dossier = matter.dossier
    write(found, today())
    return found


def began(dossier: Dossier, chart: str) -> date | None:
    """Return the legal date of the first entry of a chart, or None when nothing of it has happened.

    Of a matter that came in from an old system it is the day since when it stood there.
    """
    first = (
        Entry.objects.filter(dossier=dossier, chart=chart).order_by("pk").only("effective_on", "facts", "act").first()
    )
    if first is None:
        return None
    stood = first.facts.get(SINCE) if first.act == OWN_ACTS["docket.take_over"].name else None
    return date.fromisoformat(stood) if stood else first.effective_on


def any_in(dossier: Dossier, chart: str, wanted: Iterable[str]) -> bool:
    """Say whether a matter of the chart is in one of these states."""
    states = list(wanted)
    known = foreseen(("register", dossier.pk))
    if known is not None:
        return any(line.chart == chart and line.state in states for line in known)
    with only_charts(chart):
        return Track.objects.filter(dossier=dossier, chart=chart, state__in=states).exists()


def any_open(dossier: Dossier, charts: Iterable[str]) -> bool:
    """Say whether a matter of these charts still keeps others waiting."""
    asked = list(charts)
    known = foreseen(("register", dossier.pk))
    if known is not None:
        return any(line.chart in asked and line.is_open for line in known)
    with only_charts(*asked):
        return Track.objects.filter(dossier=dossier, chart__in=asked, is_open=True).exists()


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
