"""The frame and the year 2023 as rows: played once at release, kept in one compressed file, loaded in seconds.

Their dates and their seed are fixed, so playing them gives the same rows wherever and whenever. A test plays them and
compares. ``spotcheck demo --renew-rows`` plays them into the file anew: whoever changes a table, an act or a paper does
so in the same commit. Chains and drawn lists hold keys: the rows come in under the keys with which they were played
(but for messages), or not at all. Where a key is taken, a column is another or the ground differs, the demo is played.
"""

import base64
import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.db import connection

from spotcheck.files import storage
from spotcheck.files.promises import promises

FILE: Final = Path(__file__).with_name("rows.json.xz")

_OF_THE_MACHINE: Final = {"demo_demostate", "docket_beat", "django_migrations", "django_session"}
"""What a running system writes about itself."""

_GROUND: Final = (
    ("parties_office", "code"),
    ("parties_user", "username"),
    ("parties_post", "user_id, office_id, enterprise_id, role"),
    ("parties_enterprise", "credit_code"),
)
"""What rows of the demo name by key although others may have written it."""

_UNNAMED: Final = {"docket_message"}
"""Tables whose keys nothing names, and into which a running system writes by itself: their rows get new keys."""

VOLATILE: Final = {
    "docket_message": ("id",),
    "parties_user": ("password", "date_joined"),
    "notices_paper": ("code",),
    "notices_service": ("proof_file",),
}
"""Columns that differ each time: the moment, and what must not be guessed."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table, as COPY writes them: a line each, in the order of their keys."""

    columns: list[str]
    lines: list[str]
    keys: tuple[int, int] | None
    """The first and the last key; None where keys are texts."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one stage of the loading writes, and what it stands on."""

    ground: str
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """The contents that rows promise, in base64, by their SHA-256."""


def fit(name: str) -> str:
    """Say why the rows of a part cannot be loaded here; an empty text when they can."""
    part = kept()[name]
    columns = _columns()
    for table, rows in part.tables.items():
        if columns.get(table) != rows.columns:
            return f"{table} has other columns"
        if rows.keys and table not in _UNNAMED and _taken(table, rows.keys):
            return f"{table} has rows of its own"
    return "" if part.ground == _ground() else "people, offices or firms are others"


def load(name: str) -> None:
    """Write the rows of a part, and the files that they promise, within the caller's transaction."""
    part = kept()[name]
    with connection.cursor() as cursor:
        for table, rows in part.tables.items():
            columns, lines = (rows.columns, rows.lines) if table not in _UNNAMED else _without_keys(table, rows)
            names = ", ".join(f'"{column}"' for column in columns)
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                copy.write("".join(f"{line}\n" for line in lines))
            if rows.keys and table not in _UNNAMED:
                _go_on_after(table, rows.keys[1])
    place = storage.store()
    for promise in promises():
        if content := part.files.get(promise.sha256):
            place.put(promise.name, base64.b64decode(content))


@cache
def kept() -> dict[str, Part]:
    """The parts as they are kept."""
    return read(FILE.read_bytes())


def read(content: bytes) -> dict[str, Part]:
    """Read parts as :func:`packed` writes them."""
    return {
        name: Part(
            part["ground"],
            {
                table: Table(rows["columns"], rows["lines"], tuple(rows["keys"]) if rows["keys"] else None)
                for table, rows in part["tables"].items()
            },
            part["files"],
        )
        for name, part in json.loads(lzma.decompress(content)).items()
    }


def packed(parts: dict[str, Part]) -> bytes:
    """Write parts as one compressed file."""
    whole = {name: asdict(part) for name, part in parts.items()}
    return lzma.compress(json.dumps(whole, ensure_ascii=False).encode(), preset=9 | lzma.PRESET_EXTREME)


def played(stages: dict[str, Callable[[], None]]) -> dict[str, Part]:
    """Play stages one after the other in an empty database, and return what each has written."""
    found = {}
    for name, play in stages.items():
        before, ground = _keys(), _ground()
        play()
        tables = dict(_written(before))
        found[name] = Part(ground, tables, _promised(tables))
    return found


def differences(these: dict[str, Part], others: dict[str, Part]) -> list[str]:
    """Say in which tables two ways of loading differ, but for what differs each time."""
    told = []
    for name in sorted({*these, *others}):
        one, other = these[name], others[name]
        told += [
            f"{name}: {table}"
            for table in sorted({*one.tables, *other.tables})
            if _steady(table, one.tables.get(table)) != _steady(table, other.tables.get(table))
        ]
    return told


def _without_keys(table: str, rows: Table) -> tuple[list[str], list[str]]:
    """Columns and lines without the key."""
    place = rows.columns.index(_key(table))

    def rest(cells: list[str]) -> list[str]:
        return cells[:place] + cells[place + 1 :]

    return rest(rows.columns), ["\t".join(rest(line.split("\t"))) for line in rows.lines]


def _steady(table: str, rows: Table | None) -> list[list[str]]:
    """Columns and rows without what differs each time, also where a column repeats it (the address of a paper)."""
    if rows is None:
        return []
    left_out = [rows.columns.index(name) for name in VOLATILE.get(table, ())]
    steady = [rows.columns]
    for line in rows.lines:
        cells = line.split("\t")
        repeated = [cells[place] for place in left_out if not cells[place].isdigit() and cells[place] != "\\N"]
        for value in filter(None, repeated):
            cells = [cell.replace(value, "") for cell in cells]
        steady.append([cell for place, cell in enumerate(cells) if place not in left_out])
    return steady


def _written(before: dict[str, set[str]]) -> Iterator[tuple[str, Table]]:
    """The rows that are there now and were not before, table by table."""
    columns = _columns()
    for table, now in _keys().items():
        if not (new := now - before[table]):
            continue
        key = _key(table)
        names = ", ".join(f'"{column}"' for column in columns[table])
        chosen = f'SELECT {names} FROM "{table}" WHERE "{key}"::text = ANY(%s) ORDER BY "{key}"'  # noqa: S608 -- our tables
        with connection.cursor() as cursor, cursor.copy(f"COPY ({chosen}) TO STDOUT", [list(new)]) as copy:
            lines = b"".join(bytes(part) for part in copy).decode().split("\n")[:-1]
        numbers = [int(value) for value in new] if all(value.isdigit() for value in new) else []
        yield table, Table(columns[table], lines, (min(numbers), max(numbers)) if numbers else None)


def _promised(tables: dict[str, Table]) -> dict[str, str]:
    """The contents of the files that these rows promise."""
    said = "\n".join(line for rows in tables.values() for line in rows.lines)
    wanted = {promise.sha256: promise.name for promise in promises() if promise.sha256 in said}
    return {digest: base64.b64encode(storage.read(name, digest)).decode() for digest, name in wanted.items()}


def _rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())


def _columns() -> dict[str, list[str]]:
    """The columns of our tables, in their order, but for those that the database computes."""
    found: dict[str, list[str]] = {}
    for table, column in _rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
    ):
        if table not in _OF_THE_MACHINE:
            found.setdefault(table, []).append(column)
    return found


def _key(table: str) -> str:
    return _columns_of_keys()[table]


@cache
def _columns_of_keys() -> dict[str, str]:
    """The column of the key of each table."""
    return dict(
        _rows(
            "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indisprimary"
        )
    )


def _keys() -> dict[str, set[str]]:
    """The keys of all rows, as texts."""
    return {
        table: {key for (key,) in _rows(f'SELECT "{_key(table)}"::text FROM "{table}"')}  # noqa: S608 -- our tables
        for table in _columns()
    }


def _taken(table: str, keys: tuple[int, int]) -> bool:
    statement = f'SELECT 1 FROM "{table}" WHERE "{_key(table)}" BETWEEN %s AND %s LIMIT 1'  # noqa: S608 -- our tables
    return bool(_rows(statement, *keys))


def _ground() -> str:
    """A fingerprint of the keys under which people, offices and firms are known here."""
    said = [_rows(f"SELECT id, {names} FROM {table} ORDER BY id") for table, names in _GROUND]  # noqa: S608 -- our tables
    return sha256(repr(said).encode()).hexdigest()


def _go_on_after(table: str, last: int) -> None:
    """Let new rows get keys after this one: the application may draw from a sequence, and not set it."""
    sequence = f"pg_get_serial_sequence('\"{table}\"', '{_key(table)}')"
    _rows(f"SELECT nextval({sequence}) FROM generate_series(1, %s - nextval({sequence}))", last)  # noqa: S608 -- our tables
