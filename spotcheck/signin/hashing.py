"""Checking or setting a password costs a third of a second of processor: half of the threads do it at once, no more.

So that a rush at half past eight, or somebody who tries passwords, leaves the other half to people who work.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

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


def in_turn(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take one turn for a page that sets a password: comparing it with the last five costs five checks more."""

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with turn():
            return view(request, *args, **kwargs)

    return taken
