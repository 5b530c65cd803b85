"""A site of its own: a fresh database, and a real web server on it. Fixtures of one test or of a whole module take it here."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import redis

from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.launcher import answers, web_server
from spotcheck.wiring.machine.processes import Child, wait_until
from spotcheck.wiring.operating import databases
from tests import preloaded


@contextmanager
def fresh_database() -> Iterator[str]:
    """A database, and an empty Redis beside it; its URL. What is committed goes with it."""
    name = f"{addresses.name_of(databases.application_url())}_{secrets.token_hex(4)}"
    broker = redis.from_url(os.environ["REDIS_URL"])
    with ExitStack() as stack:
        url = databases.clone(name)
        stack.callback(databases.drop, name)
        stack.callback(broker.close)
        stack.callback(broker.flushdb)
        broker.flushdb()
        with databases.using(url):
            yield url


def environment_on(url: str) -> dict[str, str]:
    """The environment of a process on a database: as the application, without the owner."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return environment | {"DATABASE_URL": url}


@contextmanager
def served(environment: dict[str, str], log: Path, port: int = 0) -> Iterator[str]:
    """A web server, as ./run starts it; its address.

    It is forked where it can be (``preloaded.py``), and then ended at once: how one starts and stops in good order is
    asked of processes of their own (``ground/test_processes.py``, ``faults``).
    """
    port = port or free_port()
    command = web_server(port)
    if preloaded.fits(environment):
        child: Child | preloaded.Forked = preloaded.Forked(command, log, environment)
    else:
        child = Child("web server", [sys.executable, "-m", *command], log, environment=environment)
    child.start()
    try:
        wait_until(lambda: answers(port), child)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.stop()
