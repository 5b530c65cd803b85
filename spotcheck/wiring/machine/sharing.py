"""Which process keeps the servers of a data folder, and how the others use them meanwhile.

Whoever starts them holds a lock for as long as it lives (the kernel lets go of it, whatever happens)
and writes down where they are. Everybody else reads that; a short-lived command that started them
itself waits for those who joined it before it stops them.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from spotcheck.wiring.machine.devservices import EmbeddedServers, Urls, urls_given
from spotcheck.wiring.machine.places import kept_text, private_text, provide
from spotcheck.wiring.machine.problems import Problem

_PAUSE = 0.1


class InUse(Problem):
    """Another process keeps the servers of this data folder."""


@contextmanager
def kept_servers(data: Path, *, patience: float = 2) -> Iterator[tuple[Urls, EmbeddedServers | None]]:
    """Be the one who keeps the servers (none, when the environment names servers of its own)."""
    if given := urls_given():
        yield given, None
        return
    end = time.monotonic() + patience
    while (keeper := _lock(_keeper(data), fcntl.LOCK_EX)) is None:
        if time.monotonic() > end:
            raise InUse(f"spotcheck already runs in {data}: stop it, or give another --data and --port.")
        time.sleep(_PAUSE)
    servers = EmbeddedServers(data)
    with keeper:
        _record(data).unlink(missing_ok=True)
        try:
            urls = servers.start()
            private_text(_record(data), json.dumps(urls.environment()))
            yield urls, servers
        finally:
            _record(data).unlink(missing_ok=True)
            servers.stop()


@contextmanager
def available_servers(data: Path, *, patience: float = 60) -> Iterator[Urls]:
    """Have servers for the length of a command: given ones, those that run, or our own."""
    with ExitStack() as stack:
        yield _joined(stack, data, time.monotonic() + patience)


def _joined(stack: ExitStack, data: Path, end: float) -> Urls:
    """Join whoever keeps the servers, or keep them; wait while somebody starts or stops them."""
    while True:
        guest = _lock(_users(data), fcntl.LOCK_SH)
        if guest and (urls := _recorded(data)):
            stack.enter_context(guest)
            return urls
        if guest:
            guest.close()
        try:
            urls, servers = stack.enter_context(kept_servers(data, patience=0))
        except InUse:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
            continue
        if servers:
            stack.callback(_see_guests_off, data)
        return urls


def _see_guests_off(data: Path) -> None:
    """Wait for those who joined; once alone, nobody can find us any more."""
    with _users(data).open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        _record(data).unlink(missing_ok=True)


def _recorded(data: Path) -> Urls | None:
    """Where the servers are, if whoever wrote it down still keeps them."""
    try:
        record = json.loads(kept_text(_record(data)))
        urls = Urls(record["DATABASE_URL"], record["DATABASE_OWNER_URL"], record["REDIS_URL"])
    except (OSError, ValueError, TypeError, KeyError):  # not there yet, or cut off
        return None
    abandoned = _lock(_keeper(data), fcntl.LOCK_SH)
    if abandoned:
        abandoned.close()
        return None
    return urls


def _lock(path: Path, kind: int) -> IO[str] | None:
    """Take a lock that lives as long as the file is open; None when somebody else has it."""
    file = path.open("a")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _keeper(data: Path) -> Path:
    return provide(data) / "servers.lock"


def _users(data: Path) -> Path:
    return provide(data) / "servers.users"


def _record(data: Path) -> Path:
    return data / "servers.json"
