"""The duties that were done late, each with the reason that was given with the act: behind the figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.casework.duty_filters import within
from spotcheck.casework.paging import Place, Turn, capped_count, cut, every
from spotcheck.docket import law
from spotcheck.docket.lateness import days_late, done_late
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.docket.wording import headed
from spotcheck.parties.actors import Actor

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Late:
    """One duty that was done late, by how many days, and why."""

    deadline: Deadline
    step: str
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of them, what ended last first."""

    lines: list[Late]
    count: str
    before: Place | None = None
    after: Place | None = None


def page(actor: Actor, turn: Turn) -> Page:
    """One page of the late duties of an office and those below it, in the dossiers in sight."""
    rows = _of(actor)
    part = cut(rows, turn, day="ended_on")
    return Page([_told(row) for row in part.rows], capped_count(rows), part.before, part.after)


def taken_along(actor: Actor, most: int) -> Iterator[Late]:
    """All of them, so many at most."""
    rows = _of(actor)
    return (_told(row) for row in every(lambda turn: cut(rows, turn, day="ended_on", most=_AT_ONCE), most))


def _of(actor: Actor) -> "QuerySet[Deadline]":
    rows = done_late().filter(within(actor.office), dossier__in=Dossier.objects.visible_to(actor).samples())
    return rows.select_related("dossier__sample_file", "office", "ended_by")


def _told(row: Deadline) -> Late:
    period: Any = law.period_of(row)
    return Late(row, headed(period.name), days_late(row), row.ended_by.late_reason if row.ended_by else "")
