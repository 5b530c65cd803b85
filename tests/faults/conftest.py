"""Worlds to break things in, servers of our own to stop, and what is said of a run afterwards."""

import atexit
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from spotcheck.docket.invariants import checking
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.devservices import EmbeddedServers, Urls
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import databases
from tests.faults import world

DOSSIERS = 160
"""How many a world has; about three periods each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this kills and stops servers: a short form in every full run, the rest marked ``long`` by its test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class World:
    """A database in which much is due."""

    url: str
    owner_url: str
    periods: int

    def as_owner(self, statement: str) -> None:
        """Run one statement as the owner."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute(statement)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process that works here as the application."""
        ours = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        return ours | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings"} | more

    def program(self, module: str, *arguments: object, **more: str) -> dict[str, Any]:
        """Run a program of these tests on this world to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.faults.{module}", *map(str, arguments)],
            env=self.environment(**more),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))


def _clone(name: str, template: str) -> None:
    with psycopg.connect(addresses.with_name(databases.owner_url(), "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def _pristine(django_db_blocker: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    name = f"{addresses.name_of(databases.application_url())}_world"
    with django_db_blocker.unblock():
        with databases.using(databases.clone(name)):
            periods = world.build(DOSSIERS)
        yield name, periods
        databases.drop(name)


@pytest.fixture
def worlds(_pristine: tuple[str, int], django_db_blocker: pytest.FixtureRequest) -> Iterator[Callable[..., World]]:
    """Make fresh worlds, one after the other, in which everything or only so much is due; each is a database."""
    template, periods = _pristine
    made: list[str] = []

    def make(due: int = periods) -> World:
        name = f"{template}_{secrets.token_hex(3)}"
        _clone(name, template)
        made.append(name)
        here = World(
            addresses.with_name(databases.application_url(), name),
            addresses.with_name(databases.owner_url(), name),
            due,
        )
        if due < periods:
            with databases.using(here.url):
                world.put_to_sleep()
                world.wake(due)
        return here

    with django_db_blocker.unblock():
        yield make
        for name in made:
            databases.drop(name)


@dataclass(frozen=True)
class Verdict:
    """What the invariants say of a world after a run, and how much fired in it."""

    broken: list[checking.Broken]
    fired: int

    @property
    def lost(self) -> int:
        """Periods that are due, or marked as done, and have not taken effect."""
        return self._number("due and not done", "will never be done", "lapsed without an entry")

    @property
    def doubled(self) -> int:
        """Effects that happened without a period of their own."""
        return self._number("took effect without a period", "one entry for several")

    def _number(self, *complaints: str) -> int:
        return sum(row.invariant == "I1" and row.what.startswith(complaints) for row in self.broken)

    @property
    def by_invariant(self) -> dict[str, int]:
        """How many rows break which invariant."""
        return dict(Counter(row.invariant for row in self.broken))


@contextmanager
def _in(url: str) -> Iterator[None]:
    with databases.using(url):
        yield


@pytest.fixture
def judge() -> Callable[[str], Verdict]:
    """``judge(url)``: run every invariant in the database."""

    def look(url: str) -> Verdict:
        with _in(url):
            return Verdict(list(checking.check()), world.fired())

    return look


@dataclass
class OwnServers:
    """PostgreSQL and Valkey of one test alone, to be stopped and killed at will."""

    embedded: EmbeddedServers
    urls: Urls

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process that works here as the application."""
        ours = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        return (
            ours
            | {
                "DATABASE_URL": self.urls.application,
                "REDIS_URL": self.urls.redis,
                "DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings",
            }
            | more
        )

    def child(self, name: str) -> Any:
        """The server of this name."""
        (found,) = [child for child in self.embedded.children if child.name == name]
        return found


@cache
def _once_made() -> Path:
    """The folder of servers that were set up, migrated and stopped: to be copied, for to make one takes many seconds."""
    data = _folder()
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    embedded = EmbeddedServers(data, durable=False)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        stack.callback(embedded.stop)
        for name, value in embedded.start().environment().items():
            patch.setenv(name, value)
        patch.setenv("DATABASE_TEMPLATE", "spotcheck_template")
        databases.prepare()
    return data


def _folder() -> Path:
    data = Path(tempfile.mkdtemp(prefix="spotcheck-faults-"))
    data.chmod(0o711)
    return data


@pytest.fixture
def own_servers(
    monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Callable[..., OwnServers]]:
    """Start servers of our own, migrated, with a world of so many dossiers; Django points at them."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        keys = Path(tempfile.mkdtemp(prefix="spotcheck-keys-"))  # brought along from the safe to each of them
        stack.callback(shutil.rmtree, keys, ignore_errors=True)
        monkeypatch.setenv("SPOTCHECK_BACKUP_KEYS", str(keys))

        def start(*, dossiers: int, durable: bool = False) -> OwnServers:
            data = _folder()
            stack.callback(shutil.rmtree, data, ignore_errors=True)
            subprocess.run(["cp", "-a", f"{_once_made()}/.", str(data)], check=True)
            embedded = EmbeddedServers(data, durable=durable)
            urls = embedded.start()
            stack.callback(embedded.stop)
            for name, value in urls.environment().items():
                monkeypatch.setenv(name, value)
            monkeypatch.setenv("DATABASE_TEMPLATE", "spotcheck_template")
            databases.prepare()
            stack.enter_context(databases.using(urls.application))
            world.build(dossiers)
            return OwnServers(embedded, urls)

        yield start
