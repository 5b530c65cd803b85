"""How far the loading is: written beside the loading transaction, so that others see it, and read by the pages."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from spotcheck.demo.models import DemoState
from spotcheck.demo.timeline import STEPS
from spotcheck.docket import clock

_LOCK = "spotcheck demo"
_EVERY_SECONDS = 0.5
_SILENT_AFTER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the loading is. ``is_useful``: there are files to look at, so that the desk can be used."""

    stage: str
    percent: int
    is_useful: bool
    files: int = 0
    of_files: int = 0


def current() -> Progress | None:
    """Return how far the loading is; None when nothing is being loaded (or whoever loaded is gone)."""
    state = DemoState.objects.exclude(stage=DemoState.Stage.LOADED).first()
    if state is None or (clock.now() - state.seen_at).total_seconds() > _SILENT_AFTER_SECONDS:
        return None
    return Progress(
        stage=state.stage,
        percent=min(99, 100 * state.done // state.total) if state.total else 0,
        is_useful=state.stage == DemoState.Stage.RUNNING,
        files=state.done // STEPS,
        of_files=state.total // STEPS,
    )


class Reporter:
    """The one who loads: holds the lock that keeps a second loader out, and writes signs of life."""

    def __init__(self, connection: BaseDatabaseWrapper, told: Callable[[int], None]) -> None:
        self._connection = connection
        self._told = told
        self._written = 0.0
        self._done = self._end = 0

    def begin(self, done: int, share: int) -> None:
        """Begin a stage: so much was done before, and it counts for so much."""
        self._done, self._end = done, done + share
        self._write()

    def noted(self, steps: int) -> None:
        """Some steps were taken."""
        self._done = min(self._done + steps, self._end)
        if time.monotonic() - self._written > _EVERY_SECONDS:
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        self._told(self._done)
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE demo_demostate SET done = %s, seen_at = clock_timestamp() WHERE id = %s",
                [self._done, DemoState.ONLY],
            )


@contextmanager
def reporting(told: Callable[[int], None]) -> Iterator[Reporter]:
    """Report on a connection of our own, and to ``told``; wait while somebody else loads."""
    connection = connections.create_connection("default")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [_LOCK])
        yield Reporter(connection, told)
    finally:
        connection.close()
