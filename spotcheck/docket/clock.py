"""The only place that knows what day it is: the database's clock, or a simulated one in a rehearsal."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

SHANDONG = ZoneInfo("Asia/Shanghai")

_simulated: ContextVar[datetime | None] = ContextVar("simulated_now", default=None)


def now() -> datetime:
    """The moment, with its zone: simulated, or the database's."""
    simulated = _simulated.get()
    if simulated is not None:
        return simulated
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    return row[0].astimezone(UTC)


def today() -> date:
    """The local day in Shandong."""
    return now().astimezone(SHANDONG).date()


def today_of(moment: datetime) -> date:
    """The local day in Shandong at a moment."""
    return moment.astimezone(SHANDONG).date()


def local(moment: datetime) -> datetime:
    """A moment as the clocks of Shandong show it."""
    return moment.astimezone(SHANDONG)


def later(moment: datetime, seconds: float) -> datetime:
    """A moment some seconds later: for leases and patience, never for a period of the regulation."""
    return moment + timedelta(seconds=seconds)


def is_simulated() -> bool:
    """Whether a simulated clock is in force."""
    return _simulated.get() is not None


@contextmanager
def simulated(day: date, at: time = time(9, 30)) -> Iterator[None]:
    """Within the block it is this day and hour in Shandong."""
    token = _simulated.set(datetime.combine(day, at, SHANDONG).astimezone(UTC))
    try:
        yield
    finally:
        _simulated.reset(token)
