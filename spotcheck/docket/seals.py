"""What the root of a day covers besides entries and the book: papers, their files, proofs, evidence, what is in force.

What is sealed, by which columns and by whose moment, says the table ``rules/kept.SEALED``; these are written once.
A root keeps a line of JSON, ``{"papers": [number, hash], ...}``, which its own seal covers. The first root that seals
something says ``before`` of it as well: everything that was there then, with the day until which it was.
"""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final, TypeAlias

from django.db import connection

from spotcheck.docket import clock
from spotcheck.rules.kept import SEALED

Seal: TypeAlias = list[Any]
"""How many rows, and the hash (SHA-256, hex) over theirs; nothing for no rows."""
Seals: TypeAlias = dict[str, Seal]
"""By the name of what is sealed."""
NOTHING: Final[Seal] = [0, ""]
BEFORE, UNTIL = "before", "until"

_ROWS: Final = """
    SELECT t.{key}::text COLLATE "C" AS key, ({moment} AT TIME ZONE 'Asia/Shanghai')::date AS day,
           jsonb_build_array({columns})::text AS said
    FROM {table} AS t
"""
_SEAL: Final = (
    "count(*), coalesce(encode(sha256(convert_to(string_agg(encode(sha256(convert_to(said, 'UTF8')), 'hex'), E'\\n' "
    "ORDER BY key), 'UTF8')), 'hex'), '')"
)


def of(day: date) -> Seals:
    """What a root of this day has to say of the rows of the day."""
    return {name: list(_asked(name, _SEAL, "WHERE day = %s", day)[0]) for name in SEALED}


def of_all() -> dict[date, Seals]:
    """The same of every day that has such rows."""
    found: dict[date, Seals] = {}
    for name in SEALED:
        for day, *seal in _asked(name, f"day, {_SEAL}", "WHERE day IS NOT NULL GROUP BY day"):
            found.setdefault(day, {})[name] = seal
    return found


def days() -> set[date]:
    """The days of which there is something to seal."""
    return {day for name in SEALED for (day,) in _asked(name, "DISTINCT day", "WHERE day IS NOT NULL")}


def before(day: date, names: Collection[str]) -> Seals:
    """The seals over all rows of these names of the days before this one."""
    return {name: list(_asked(name, _SEAL, "WHERE day < %s", day)[0]) for name in SEALED if name in names}


def new_since(line: str) -> set[str]:
    """What is sealed now and was not in the root with this line (none: everything)."""
    return set(SEALED) - set(json.loads(line) if line else ())


def as_text(seals: Seals, *, first: Collection[str]) -> str:
    """The line that a root keeps; ``first``: what is sealed for the first time, with all that was there before."""
    said: dict[str, Any] = dict(seals)
    if first:
        today = clock.today()
        said |= {BEFORE: before(today, first), UNTIL: today.isoformat()}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def differences(line: str, now: Seals) -> Iterator[str]:
    """Say what of a root's line is not so any more; ``now``: the seals of its day as they are.

    What a program of before did not seal is not missed.
    """
    said = json.loads(line)
    earlier, until = said.pop(BEFORE, None), said.pop(UNTIL, None)
    yield from (f"the {name} of the day differ" for name in said if said[name] != now.get(name, NOTHING))
    if earlier is not None:
        found = before(date.fromisoformat(until), earlier)
        yield from (f"the {name} of before {until} differ" for name in earlier if earlier[name] != found[name])


def _asked(name: str, what: str, which: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Ask the rows of one kind; the names come from our own table."""
    sealed = SEALED[name]
    columns = ", ".join(f"t.{column}" for column in sealed.columns)
    rows = _ROWS.format(table=sealed.table, key=sealed.key, moment=sealed.moment, columns=columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM ({rows}) AS rows {which}", parameters)  # noqa: S608 -- ours
        return list(cursor.fetchall())
