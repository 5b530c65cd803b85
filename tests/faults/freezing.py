"""Servers that are frozen: they keep their connections, take what they are sent and say nothing."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


@contextmanager
def frozen(*servers: Any) -> Iterator[None]:
    """Stop these children and all that they have started for the length of the block, and let them go on."""
    stopped = [pid for server in servers for pid in _with_offspring(server.process.pid)]
    try:
        for pid in stopped:
            _signal(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in stopped:
            _signal(pid, signal.SIGCONT)


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _with_offspring(pid: int) -> list[int]:
    """The process first, so that it starts no more of them."""
    found = [pid]
    for each in found:
        children = Path(f"/proc/{each}/task/{each}/children")
        found += [int(child) for child in children.read_text().split()] if children.exists() else []
    return found
