"""The lines of the start page: with a clock, to be done without a number of days, or waiting for somebody."""

from dataclasses import dataclass
from datetime import date

from spotcheck.casework.clocks import Clock
from spotcheck.casework.duties import Duty
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
