"""Checking: runs the invariants and turns what breaks one into an alarm."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

import structlog
from django.db import connection, transaction

from spotcheck.docket import audit, clock
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
    """Check everything; log the rows, and alarm the province once a day."""
    broken = list(check())
    by_name = _raise_alarm(broken)
    detail = {"broken": len(broken), "rows": {name: len(rows) for name, rows in by_name.items()}}
    Beat.objects.update_or_create(name=BEAT, defaults={"at": clock.now(), "detail": detail})
    return broken


def verify_chains() -> list[Broken]:
    """Compare every entry with its hash, and every day with its root: what only reading can find (I7)."""
    found = [Broken("I7", place.dossier, f"entry {place.sequence}", place.what) for place in audit.verify()]
    _raise_alarm(found)
    return found


def _raise_alarm(broken: list[Broken]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for row in broken:
        by_name[row.invariant].append(f"{row.dossier}: {row.subject}: {row.what}")
    for name, rows in by_name.items():
        first = rows[:MOST_ROWS_LOGGED]
        logger.error("an invariant is broken", invariant=name, promise=promise(name), rows=len(rows), first=first)
    if broken:
        province = Office.objects.get(code=PROVINCE_CODE)
        told = Message(kind=ALARM, day=clock.today(), office=province, created_at=clock.now())
        Message.objects.bulk_create([told], ignore_conflicts=True)
    return by_name
