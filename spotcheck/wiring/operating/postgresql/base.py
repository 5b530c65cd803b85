"""Connections that do not wait for ever: what a database that is stopped never says is not waited for.

``statement_timeout`` ends a statement that the server knows to be slow. Against a server that is stopped, or a line
that is cut without a word, only the client can do something: it closes the connection. What became of a COMMIT that was
sent is then not known, and whoever asked is told so (``desk/web/errors.py``).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base

from spotcheck.network import patience

# A line that nobody closed and on which nothing comes back is noticed by the kernel within a minute, also by a worker.
_KEPT_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}


_PLANNED_AFTER: Final = 2
"""So often a statement comes on a connection before it is planned for good."""


class Connection(psycopg.Connection[Any]):
    """A connection whose every wait is taken from the patience of the request."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; a connection on which none came in time is closed. Raises ``OperationalError``."""
        mine = patience.now()
        if mine is None:
            return super().wait(gen, interval, timeout)
        begun, left = time.monotonic(), mine.left
        try:
            found = super().wait(gen, min(interval, 0.05), left if timeout is None else min(left, timeout))
        except psycopg.OperationalError:
            if time.monotonic() - begun < left:
                raise  # said by the server, or a shorter wait that somebody wanted
            self.close()
            patience.database_is(silent=True)
            raise psycopg.OperationalError("the database does not answer") from None
        finally:
            mine.spent += time.monotonic() - begun
        patience.database_is(silent=False)
        return found


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with our connections."""

    Database = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})  # type: ignore[assignment]
    _repeats = False

    @contextmanager
    def repeating(self) -> Iterator[None]:
        """Within the block statements are those that come again and again: the server keeps what it has planned.

        To plan what reads twelve tables takes longer than to read them.
        """
        before, self._repeats = self._repeats, True
        try:
            yield
        finally:
            self._repeats = before

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django's; in :meth:`repeating` one whose values go beside the statement, and not within it."""
        if name is not None or not self._repeats:
            return super().create_cursor(name)
        before, self.connection.cursor_factory = self.connection.cursor_factory, base.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = before

    def get_connection_params(self) -> dict[str, Any]:
        """What the settings say, and how long a statement may take."""
        params: dict[str, Any] = super().get_connection_params()
        limit = f"-c statement_timeout={patience.statement() * 1000}"
        hurried = patience.now() is not None
        connect = patience.CONNECT if hurried else patience.UNHURRIED_CONNECT
        given = {"connect_timeout": connect, **_KEPT_ALIVE} | params | {"prepare_threshold": _PLANNED_AFTER}
        return given | {"options": f"{params.get('options', '')} {limit}".strip()}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, within the patience of the request."""
        mine = patience.now()
        if mine is not None and mine.left < patience.CONNECT:
            raise psycopg.OperationalError("the database does not answer")
        try:
            with patience.waiting():
                return super().get_new_connection(conn_params)
        except psycopg.errors.ConnectionTimeout:
            patience.database_is(silent=True)
            raise
