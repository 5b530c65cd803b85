"""The lines of the start page: with a clock, to be done without a number of days, or waiting for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from spotcheck.casework.clocks import Clock
from spotcheck.casework.duties import Duty
from spotcheck.casework.steps import Matter, Step, step_of
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Dossier, Track
from spotcheck.notices.models import Recipient
from spotcheck.rules.calendar import Calendar, CalendarNotPublished
from spotcheck.rules.computation import target_day
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Due:
    """One line with a clock; ``waits`` says for what, when nothing can be done in the matter itself yet."""

    dossier: Dossier
    clock: Clock
    party: str
    acts: tuple[ActSpec, ...] = ()
    waits: str = ""
    others: Mapping[str, int] = field(default_factory=dict)
    """The keys of matters of other charts in which its acts are done."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its acts, each with the matter in which its form stands."""
        own = Matter(self.clock.deadline.chart, self.clock.deadline.matter_id, self.clock.deadline.party_id)
        return tuple(step_of(act, self.dossier, own, self.others) for act in self.acts)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line without a number of days; ``recipient`` when a paper is to be served on somebody."""

    dossier: Dossier
    party: str
    matter: Words
    state: Words | None
    duty: Duty
    since: date
    target: date | None
    unit: str = ""
    track: Track | None = None
    recipient: Recipient | None = None
    party_key: int | None = None
    """The party for whom a matter is to be begun, where there is none yet."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its acts, each with the matter in which its form stands."""
        track = self.track
        own = Matter("", 0, self.party_key) if track is None else Matter(track.chart, track.matter_id, track.party_id)
        return tuple(step_of(act, self.dossier, own) for act in self.duty.acts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line that waits for somebody, and has no clock."""

    dossier: Dossier
    party: str
    matter: Words
    state: Words
    since: date
    whom: str
    track: Track
    unit: str = ""


def target_of(duty: Duty, since: date, calendar: Calendar) -> date | None:
    """The day of the office's own target; a service, never a deadline."""
    if duty.target is None:
        return None
    try:
        return target_day(duty.target, since, calendar)
    except CalendarNotPublished:
        return None
