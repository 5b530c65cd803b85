"""Databases in which a whole file has been played, so that there is something to break."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import Max

from spotcheck.docket import clock
from spotcheck.docket.models import Entry
from spotcheck.docket.sweep import sweep
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.rules.kept import TABLES
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases

TESTS = Path(__file__).parents[1]
STEMS = sorted(
    path.stem.partition("_")[0] for path in (*TESTS.glob("acceptance/[SL]*.yaml"), *TESTS.glob("journeys/J*.yaml"))
)
"""The beginnings of the names of all files that are played."""
LATER = date(2026, 4, 30)
"""A day on which every period of nearly all files has run out."""


def after_all() -> date:
    """LATER, or the last day on which something was recorded, where a file goes on beyond it."""
    last = Entry.objects.aggregate(last=Max("recorded_at"))["last"]
    return max(LATER, clock.today_of(last)) if last is not None else LATER


def rehearsal(stem: str) -> Path:
    """The file of a rehearsal by the beginning of its name."""
    (found,) = [*TESTS.glob(f"acceptance/{stem}*.yaml"), *TESTS.glob(f"journeys/{stem}*.yaml")]
    return found


class Undo(Exception):
    """Takes back what was broken."""


BY_MIGRATIONS = ("docket_evidence", "files_storedfile", "docket_record", "docket_auditroot")
"""Tables whose triggers stay on until a test switches them off: I7 names those that are missing."""


def without_triggers(*but: str) -> str:
    """What the owner says who switches off what holds rows as they were written."""
    present = set(connection.introspection.table_names())
    closed = [name for name, kept in TABLES.items() if (kept.stays or kept.promises) and name not in but]
    return "".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in closed if name in present)


@pytest.fixture(scope="module")
def as_owner(django_db_blocker: pytest.FixtureRequest) -> Iterator[Callable[[str], "contextmanager[None]"]]:
    """``with as_owner("J18"):`` work as the owner in a database in which this file was played; then nothing remains."""
    made: dict[str, tuple[str, date]] = {}

    def play_into(stem: str) -> tuple[str, date]:
        name = f"{addresses.name_of(databases.application_url())}_{secrets.token_hex(4)}"
        stack.callback(databases.drop, name)
        with databases.using(databases.clone(name)):
            list(play(read(rehearsal(stem))))
            day = after_all()
            with clock.simulated(day):
                sweep(day)
        return addresses.with_name(databases.owner_url(), name), day

    @contextmanager
    def owner(stem: str) -> Iterator[None]:
        if stem not in made:
            made[stem] = play_into(stem)
        url, day = made[stem]
        with databases.using(url), clock.simulated(day):
            try:
                with transaction.atomic():
                    with connection.cursor() as cursor:
                        cursor.execute(without_triggers(*BY_MIGRATIONS))
                        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                    yield
                    raise Undo  # noqa: TRY301 -- on purpose
            except Undo:
                pass

    with django_db_blocker.unblock(), ExitStack() as stack:
        yield owner
