"""The tracks of a dossier as lanes in time: acts are marks, running periods are bars, a line is today.

Pure reckoning: positions are percentages of the width, so that the drawing fits any screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from spotcheck.casework.clocks import Clock
from spotcheck.casework.possible_acts import UNITS
from spotcheck.casework.privacy import Sight
from spotcheck.casework.telling import Telling
from spotcheck.docket.models import Entry, Party, Track
from spotcheck.docket.wording import headed, say
from spotcheck.rules.acts import words_of
from spotcheck.rules.charts import CHARTS

MARGIN: Final = 4.0
"""So many percent of the width stay free at the end, so that the last mark is not cut."""
BAR_ROW: Final = 22
TOP: Final = 24
STATE_ROW: Final = 22
MOST_TICKS: Final = 7
MOST_WITH_YEARS: Final = 5
"""Days that need their year take more room."""
TURN: Final = 60.0
"""Bars that begin behind this place have their names at their end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of a lane on which something was done."""

    at: float
    day: date
    acts: tuple[str, ...]
    is_act: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A period in a lane: from its start to its last days."""

    clock: Clock
    x: float
    solid: float
    hatched_from: float
    hatched: float
    y: int

    @property
    def anchor(self) -> str:
        """On which side of its place the name is written, so that it stays inside the drawing."""
        return "end" if self.x > TURN else "start"

    @property
    def label_at(self) -> float:
        """Where the name is written."""
        return round(self.hatched_from + self.hatched, 2) if self.anchor == "end" else self.x


@dataclass(slots=True)
class Lane:
    """One lane: its name, where its charts stand, its marks and bars."""

    name: str
    states: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    start: float = 0
    end: float = 0

    @property
    def drawn(self) -> list[Mark]:
        """The marks in the order of drawing: acts lie over what follows by itself."""
        return sorted(self.marks, key=lambda mark: mark.is_act)

    @property
    def height(self) -> int:
        """So many pixels are needed."""
        return max(TOP + BAR_ROW * len(self.bars), STATE_ROW * len(self.states))


@dataclass(slots=True)
class Band:
    """The lanes of the sample, of one party, or of the leads."""

    title: str
    lanes: list[Lane] = field(default_factory=list)


@dataclass(slots=True)
class Drawing:
    """All lanes over one axis of time."""

    bands: list[Band]
    today_at: float | None
    ticks: list[tuple[float, str]]


class Axis:
    """Days as percentages of the width."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = max(last, date.fromordinal(first.toordinal() + 1))
        self.days = (self.last - first).days

    def at(self, day: date) -> float:
        """Where a day lies."""
        share = (day - self.first).days / self.days
        return round(min(max(share, 0.0), 1.0) * (100 - MARGIN) + MARGIN / 2, 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Days to write under the lanes, evenly apart."""
        has_years = self.first.year != self.last.year
        most = MOST_WITH_YEARS if has_years else MOST_TICKS
        step = max(self.days // (most - 1), 1)
        days = [date.fromordinal(self.first.toordinal() + n) for n in range(0, self.days + 1, step)]
        return [(self.at(day), day.strftime("%Y-%m-%d" if has_years else "%m-%d")) for day in days[:most]]


def draw(
    *,
    told: Telling,
    tracks: Sequence[Track],
    entries: Sequence[Entry],
    clocks: Sequence[Clock],
    parties: Sequence[Party],
    today: date,
    sight: Sight,
) -> Drawing:
    """Lay out the lanes of a dossier, as its text has them (``told``)."""
    days = [entry.effective_on for entry in entries] or [today]
    ends = [clock.deadline.latest for clock in clocks if clock.is_running]
    begins = [clock.deadline.started_on for clock in clocks]  # of an old case before anything was recorded here
    axis = Axis(min([*days, *begins]), _last(days, ends, today))
    made = _Maker(axis, tracks, entries, clocks)
    bands = [Band("", made.lanes(told.first, None))]
    for party in parties:
        title = _("%(party)s（%(role)s）") % {"party": sight.party(party), "role": party.get_role_display()}
        bands.append(Band(title, made.lanes(told.of_a_party, party)))
    if not parties:
        bands.append(Band("", made.lanes(told.of_a_party, None, any_party=True)))
    bands.append(Band("", made.lanes(told.last, None, any_party=True)))
    return Drawing(
        bands=[band for band in bands if band.lanes],
        today_at=axis.at(today) if today <= axis.last else None,
        ticks=axis.ticks(),
    )


def _last(days: Sequence[date], ends: Sequence[date], today: date) -> date:
    """Where the axis ends: today or later; with the story when that is over and has rested for longer than it ran."""
    last = max([*days, *ends])
    is_long_over = not ends and today - last > last - min(days)
    return last if is_long_over else max(last, today)


class _Maker:
    """Sorts what there is into lanes."""

    def __init__(self, axis: Axis, tracks: Sequence[Track], entries: Sequence[Entry], clocks: Sequence[Clock]) -> None:
        self.axis = axis
        self.tracks = tracks
        self.entries = entries
        self.clocks = clocks

    def lanes(
        self, wanted: Iterable[tuple[object, tuple[str, ...]]], party: Party | None, *, any_party: bool = False
    ) -> list[Lane]:
        """The lanes in which something is, in order."""
        found = []
        for name, charts in wanted:
            mine = party.pk if party else None
            tracks = [t for t in self.tracks if t.chart in charts and (any_party or t.party_id == mine)]
            if tracks:
                found.append(self._lane(str(name), charts, tracks, mine, any_party=any_party))
        return found

    def _lane(
        self, name: str, charts: tuple[str, ...], tracks: list[Track], mine: int | None, *, any_party: bool
    ) -> Lane:
        entries = [e for e in self.entries if e.chart in charts and (any_party or e.party_id == mine)]
        clocks = [c for c in self.clocks if c.deadline.chart in charts and (any_party or c.deadline.party_id == mine)]
        lane = Lane(name=name, states=_states(tracks), marks=self._marks(entries))
        lane.bars = [self._bar(clock, row) for row, clock in enumerate(clocks)]
        places = [mark.at for mark in lane.marks] or [0.0]
        lane.start, lane.end = min(places), max(places)
        return lane

    def _marks(self, entries: list[Entry]) -> list[Mark]:
        days: dict[date, list[Entry]] = defaultdict(list)
        for entry in entries:
            days[entry.effective_on].append(entry)
        return [
            Mark(
                at=self.axis.at(day),
                day=day,
                acts=tuple(_told(entry) for entry in same),
                is_act=any(entry.actor.get("word") != "system" for entry in same),
            )
            for day, same in sorted(days.items())
        ]

    def _bar(self, clock: Clock, row: int) -> Bar:
        deadline = clock.deadline
        end = _end(clock)
        x, due, last = (self.axis.at(day) for day in (deadline.started_on, min(deadline.due_on, end), end))
        return Bar(
            clock=clock,
            x=x,
            solid=round(max(due - x, 0.4), 2),
            hatched_from=due,
            hatched=round(max(last - due, 0), 2),
            y=TOP + BAR_ROW * row,
        )


def _end(clock: Clock) -> date:
    """Where a period ends: on its last day, on the day it was met; one that was met late on the day it was."""
    deadline = clock.deadline
    if clock.is_running or deadline.ended_on is None:
        return deadline.latest
    return deadline.ended_on if clock.late else min(deadline.ended_on, deadline.latest)


def _states(tracks: list[Track]) -> list[str]:
    """Where the charts of a lane stand; several units or visits by their labels."""
    found = []
    for track in tracks:
        state = headed(CHARTS[track.chart].states[track.state])
        if track.chart == "sample":
            words = CHARTS["sample"].states[track.state]
            state = _("%(unit)s：%(state)s") % {"unit": UNITS[track.label], "state": say(words)}
        found.append(state)
    return found


def _told(entry: Entry) -> str:
    return headed(words_of(entry.act).done)
