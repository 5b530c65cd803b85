"""Checking a password costs a third of a second of processor: half of the threads of a process do it at once, no more.

So that a rush at half past eight, or somebody who tries passwords, leaves the other half to people who work.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 2
"""Half of the four threads that a process of the site has (deploy/systemd, wiring/machine/launcher.py)."""
PATIENCE: Final = 2.0
"""So many seconds somebody waits for his turn."""

_turns = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Nobody's turn came in time; nothing was tried, and nothing counts."""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to check a password; raises :class:`Busy`."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()
