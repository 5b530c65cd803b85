"""How long anybody waits for a server: said here and nowhere else.

A server that was stopped keeps its connections, takes what it is sent and answers nothing; no timeout of its own
helps. So a request has a **patience**, from which every wait for database, broker, cache and store of files is taken:
once it is used up, whoever asks is told so at once, and the page says it in words. Only waiting counts; a long upload
and a page that is long in the drawing lose nothing.

========================  ================  ======================  =====================
seconds                   a request         a worker                a command
========================  ================  ======================  =====================
all waiting together      4.5               no end                  no end
one statement             4                 3600                    no end
to connect to PostgreSQL  2                 10                      10
Redis, one answer         1                 1 (its queue: no end)   1
the store, one answer     2, asked once     30, asked four times    30, asked four times
========================  ================  ======================  =====================
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

REQUEST: Final = 4.5
"""A page answers within five seconds, whoever is silent."""
BRIEF: Final = 2.0
"""So long a request waits for a database that did not answer the request before it: a queue must not grow."""
STATEMENT: Final = 4
WORKERS_STATEMENT: Final = 3600
CONNECT: Final = 2
"""psycopg knows nothing shorter."""
UNHURRIED_CONNECT: Final = 10
SERVER: Final = 1.0
STORE: Final = 2.0


class SilentServer(OSError):
    """A server has not answered within the patience of a request."""


@dataclass(slots=True)
class Patience:
    """What a request has waited so far."""

    spent: float = 0.0
    limit: float = REQUEST

    @property
    def left(self) -> float:
        """Seconds that it may still wait, never below nothing."""
        limit = min(BRIEF, self.limit) if _of_process.is_database_silent else self.limit
        return max(0.0, limit - self.spent)


@dataclass(slots=True)
class _OfProcess:
    is_database_silent: bool = False
    statement: int = 0
    request: float = REQUEST


_of_process: Final = _OfProcess()
_now: ContextVar[Patience | None] = ContextVar("patience", default=None)


def now() -> Patience | None:
    """The patience of the request that is being answered; None in a worker or a command, which have no end of it."""
    return _now.get()


@contextmanager
def of_a_request(seconds: float | None = None) -> Iterator[Patience]:
    """Answer a request, or whatever else has to be answered soon, within its patience."""
    token = _now.set(Patience(limit=_of_process.request if seconds is None else seconds))
    try:
        yield _now.get() or Patience()
    finally:
        _now.reset(token)


@contextmanager
def waiting() -> Iterator[None]:
    """Take what is waited in this block from the patience of the request, if there is one.

    Raises :class:`SilentServer` at once when there is none left.
    """
    patience = _now.get()
    if patience is None:
        yield
        return
    if patience.left == 0:
        raise SilentServer("the patience of this request is used up")
    begun = time.monotonic()
    try:
        yield
    finally:
        patience.spent += time.monotonic() - begun


def be_a_worker() -> None:
    """From now on this process waits as workers do."""
    _of_process.statement = WORKERS_STATEMENT


def requests_wait(seconds: float) -> None:
    """From now on a request here waits so long: in a process whose machine is busy with more than answering it."""
    _of_process.request = seconds


def statement() -> int:
    """So many seconds a statement may take here; 0: without end."""
    return _of_process.statement if _now.get() is None else STATEMENT


def is_database_silent() -> bool:
    """Whether it did not answer when it was last asked."""
    return _of_process.is_database_silent


def database_is(*, silent: bool) -> None:
    """Remember whether the database answered when it was last asked, for the requests that come after."""
    _of_process.is_database_silent = silent
