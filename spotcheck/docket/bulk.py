"""Rows: writes many rows of a table with one statement, whatever their number.

The values go as one JSON text. Django's own ``bulk_update`` builds an expression for every value of every row and
``bulk_create`` a placeholder; both make a batch of the sweep several times as expensive.
What a row can be refused for (checks, keys, types, lengths) the database says here as there.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.db import connection, models

from spotcheck.docket.together import repeating

Rows: TypeAlias = Sequence[models.Model]
Line: TypeAlias = dict[str, Any]
"""A row that nobody needs as an object: the values by the names of their columns."""
Table: TypeAlias = type[models.Model]
Column: TypeAlias = Any
"""A field of a model."""
_LENGTH = re.compile(r"\(\d+\)")


class Step(NamedTuple):
    """A statement that has not been carried out yet, and the lines that it writes."""

    statement: str
    lines: Sequence[Line]


def insert(rows: Rows) -> None:
    """Insert new rows; they get their keys."""
    if not rows:
        return
    table = type(rows[0])
    columns = _besides_key(table)
    statement = f"{_insertion(table, columns)} RETURNING {_key(table)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_text(_lines(rows, columns))])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as save() leaves it


def insert_new(row: models.Model) -> bool:
    """Insert a row that no unique key of its table knows yet, and say whether it was one; it gets its key."""
    table = type(row)
    columns = _besides_key(table)
    statement = f"{_insertion(table, columns)} ON CONFLICT DO NOTHING RETURNING {_key(table)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_text(_lines([row], columns))])
        written = cursor.fetchone()
    if written is not None:
        row.pk = written[0]
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as save() leaves it
    return written is not None


def update(rows: Rows, names: Sequence[str]) -> None:
    """Save these fields of existing rows."""
    if rows and names:
        write([updating(rows, names)])


def change(table: Table, lines: Sequence[Line]) -> None:
    """Give the rows with the keys of these lines the other values of the lines."""
    if lines:
        write([Step(_changing(table, _columns(table, lines[0])), lines)])


def add(table: Table, lines: Sequence[Line]) -> None:
    """Insert those of these lines that no unique key of the table knows yet."""
    if lines:
        write([adding(table, lines)])


def put(table: Table, lines: Sequence[Line], *, by: Sequence[str]) -> None:
    """Insert these lines; where the unique key ``by`` is known already, they take the place of the row there."""
    if lines:
        write([putting(table, lines, by=by)])


def keys(table: Table, number: int) -> list[int]:
    """Take this many new keys of a table, ascending: for rows that others name before they are written."""
    statement, values = taking(table, number)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {statement}", values)
        return list(cursor.fetchone()[0])


def taking(table: Table, number: int) -> tuple[str, list[Any]]:
    """The expression that takes this many new keys as one array, with its values."""
    statement = (
        "(SELECT array_agg(taken.key) FROM (SELECT nextval(own.name) AS key FROM generate_series(1, %s),"
        " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS name OFFSET 0) AS own) AS taken)"
    )
    return statement, [number, table._meta.db_table, table._meta.pk.column]


def write(steps: Sequence[Step]) -> None:
    """Carry out these steps with one statement: none sees what the others write, so none may need it.

    Foreign keys are compared when the transaction ends, so that a row may come in the same statement as its entry.
    """
    *before, last = (step.statement for step in steps)
    within = ", ".join(f"step{number} AS ({statement})" for number, statement in enumerate(before))
    with repeating(), connection.cursor() as cursor:
        cursor.execute(f"WITH {within} {last}" if within else last, [_text(step.lines) for step in steps])


def inserting(rows: Rows) -> Step:
    """The step that inserts new rows which have their keys already."""
    columns = (*_besides_key(type(rows[0])), type(rows[0])._meta.pk)
    return Step(_insertion(type(rows[0]), columns), _lines(rows, columns))


def inserting_new(table: Table, lines: Sequence[Line]) -> Step:
    """The step that inserts new lines whose keys the database gives and nobody asks for."""
    return Step(_insertion(table, _columns(table, lines[0])), lines)


def lines_of(rows: Rows) -> list[Line]:
    """New rows as lines, without keys."""
    return _lines(rows, _besides_key(type(rows[0]))) if rows else []


def updating(rows: Rows, names: Sequence[str]) -> Step:
    """The step that saves these fields of existing rows."""
    table = type(rows[0])
    columns = (table._meta.pk, *(table._meta.get_field(name) for name in names))
    lines = _lines(rows, columns)
    return Step(_changing(table, _columns(table, lines[0])), lines)


def adding(table: Table, lines: Sequence[Line]) -> Step:
    """The step of :func:`add`."""
    return Step(f"{_insertion(table, _columns(table, lines[0]))} ON CONFLICT DO NOTHING", lines)


def putting(table: Table, lines: Sequence[Line], *, by: Sequence[str]) -> Step:
    """The step of :func:`put`."""
    columns = _columns(table, lines[0])
    key = ", ".join(map(_quoted, by))
    new = ", ".join(f"{name} = excluded.{name}" for name in map(_name, columns))
    return Step(f"{_insertion(table, columns)} ON CONFLICT ({key}) DO UPDATE SET {new}", lines)


# A statement depends on nothing but its columns: put together once, it serves as long as the process lives.


@cache
def _besides_key(table: Table) -> tuple[Column, ...]:
    return tuple(column for column in table._meta.concrete_fields if not (column.primary_key or column.generated))


@cache
def _changing(table: Table, columns: tuple[Column, ...]) -> str:
    key = _key(table)
    new = ", ".join(f"{name} = v.{name}" for name in map(_name, columns) if name != key)
    return f"UPDATE {_quoted(table._meta.db_table)} AS t SET {new} FROM {_source(columns)} WHERE t.{key} = v.{key}"  # noqa: S608


@cache
def _insertion(table: Table, columns: tuple[Column, ...]) -> str:
    names = ", ".join(map(_name, columns))
    return f"INSERT INTO {_quoted(table._meta.db_table)} ({names}) SELECT {names} FROM {_source(columns)}"  # noqa: S608


def _source(columns: tuple[Column, ...]) -> str:
    """The lines as a relation ``v``. Texts come without their length: what is too long is refused, and not cut."""
    # one parameter for all lines: the statement has the same text for one and for a thousand, and is planned once
    types = ", ".join(f"{_name(column)} {_LENGTH.sub('', column.db_type(connection))}" for column in columns)
    return f"json_to_recordset(%s::json) AS v({types})"


def _lines(rows: Rows, columns: Sequence[Column]) -> list[Line]:
    names = [(column.column, column.attname) for column in columns]
    return [{name: getattr(row, attribute) for name, attribute in names} for row in rows]


def _text(lines: Sequence[Line]) -> str:
    """The lines as JSON; dates and moments as ISO text."""
    return json.dumps(lines, ensure_ascii=False, default=str)


def _columns(table: Table, line: Line) -> tuple[Column, ...]:
    return tuple(column for column in table._meta.concrete_fields if column.column in line)


def _key(table: Table) -> str:
    return _name(table._meta.pk)


def _name(column: Column) -> str:
    return _quoted(column.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
