"""Vitals: the few numbers by which an operator sees whether the docket lives."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Min

from spotcheck.docket import clock
from spotcheck.docket.invariants.checking import BEAT as INVARIANTS
from spotcheck.docket.models import Beat, Deadline, Delivery, Message
from spotcheck.docket.sweep import NAME as SWEEP

BACKED_UP: Final = "backup"
PRACTISED: Final = "restore"
"""The beats of the last backup, and of the last restore that was practised."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """Ages in seconds; None where there is nothing to be old."""

    sweep_age: float | None
    oldest_due: float
    parked: int
    outbox: int
    outbox_oldest: float
    letters: int
    letters_parked: int
    invariants_age: float | None
    invariants_broken: int


def read() -> Vitals:
    """Read them, each from a partial index or a single row."""
    now = clock.now()
    beats = {beat.name: beat for beat in Beat.objects.filter(name__in=(SWEEP, INVARIANTS))}
    sweep, checked = beats.get(SWEEP), beats.get(INVARIANTS)
    due = Deadline.objects.to_look_at(clock.today_of(now)).filter(parked_at__isnull=True)
    waiting = Message.objects.filter(delivered_at__isnull=True)
    return Vitals(
        sweep_age=_seconds(sweep.at, now) if sweep else None,
        oldest_due=_since_midnight_of(due.aggregate(first=Min("wake_on"))["first"], now),
        parked=Deadline.objects.running().filter(parked_at__isnull=False).count(),
        outbox=waiting.count(),
        outbox_oldest=_seconds(waiting.aggregate(first=Min("created_at"))["first"], now),
        letters=Delivery.objects.filter(done_at=None, parked_at=None).count(),
        letters_parked=Delivery.objects.filter(done_at=None, parked_at__isnull=False).count(),
        invariants_age=_seconds(checked.at, now) if checked else None,
        invariants_broken=checked.detail.get("broken", 0) if checked else 0,
    )


def _seconds(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _since_midnight_of(day: date | None, now: datetime) -> float:
    """How long ago a period that wakes on this day was due."""
    return _seconds(datetime.combine(day, time(), clock.SHANDONG), now) if day else 0.0
