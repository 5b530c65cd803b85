"""Checking: runs the invariants and turns what breaks one into an alarm."""

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

import structlog
from django.db import connection, transaction

from spotcheck.docket import clock
from spotcheck.docket.invariants import known
from spotcheck.docket.models import Beat, Message
from spotcheck.parties.models import PROVINCE_CODE, Office

logger = structlog.get_logger(__name__)

ALARM = "invariant_broken"
BEAT = "invariants"
MOST_ROWS_LOGGED = 20


class Broken(NamedTuple):
    """A row that breaks an invariant."""

    invariant: str
    dossier: str | None
    subject: str
    what: str


def names() -> list[str]:
    """The invariants there are, in order."""
    found = [
        file.name.removesuffix(".sql") for file in resources.files(__package__).iterdir() if file.name.endswith(".sql")
    ]
    return sorted(found, key=lambda name: int(name[1:]))


def text_of(name: str) -> str:
    """The file of one invariant."""
    return (resources.files(__package__) / f"{name}.sql").read_text(encoding="utf-8")


def promise(name: str) -> str:
    """What an invariant promises: the comment at the head of its file, in one line."""
    head = re.match(r"(?:--.*\n)+", text_of(name))
    assert head is not None
    return " ".join(line.removeprefix("--").strip() for line in head[0].splitlines())


def check(wanted: Iterable[str] | None = None) -> Iterator[Broken]:
    """Run these invariants (all of them), each as one statement, and yield every row that breaks one."""
    for name in wanted if wanted is not None else names():
        query = re.sub(r"--.*", "", text_of(name))
        relations, parameters = known.relations(re.findall(r"\w+", query))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
            cursor.execute(
                f"WITH {relations} SELECT dossier, subject, what FROM ({query.replace('%', '%%')}) AS broken",  # noqa: S608 -- ours
                parameters,
            )
            yield from (Broken(name, *row) for row in cursor.fetchall())


def alarm() -> list[Broken]:
    """Check everything; alarm the province, once a day for each invariant, and log the rows."""
    broken = list(check())
    for name in sorted({row.invariant for row in broken}):
        rows = [row for row in broken if row.invariant == name]
        told = [f"{row.dossier}: {row.subject}: {row.what}" for row in rows[:MOST_ROWS_LOGGED]]
        logger.error("an invariant is broken", invariant=name, promise=promise(name), rows=len(rows), first=told)
        Message.objects.bulk_create(
            [
                Message(
                    kind=f"{ALARM}.{name}",
                    day=clock.today(),
                    office=Office.objects.get(code=PROVINCE_CODE),
                    created_at=clock.now(),
                )
            ],
            ignore_conflicts=True,
        )
    Beat.objects.update_or_create(name=BEAT, defaults={"at": clock.now(), "detail": {"broken": len(broken)}})
    return broken
