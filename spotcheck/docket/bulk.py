"""Rows: writes many rows of a table with one statement, whatever their number.

The values go as one JSON text. Django's own ``bulk_update`` builds an expression for every value of every row and
``bulk_create`` a placeholder; both make a batch of the sweep several times as expensive.
What a row can be refused for (checks, keys, types, lengths) the database says here as there.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from django.db import connection, models

Rows: TypeAlias = Sequence[models.Model]
Line: TypeAlias = dict[str, Any]
"""A row that nobody needs as an object: the values by the names of their columns."""
Table: TypeAlias = type[models.Model]
Column: TypeAlias = Any
"""A field of a model."""
_LENGTH = re.compile(r"\(\d+\)")


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
    if not rows or not names:
        return
    table = type(rows[0])
    columns = (table._meta.pk, *(table._meta.get_field(name) for name in names))
    change(table, _lines(rows, columns))


def change(table: Table, lines: Sequence[Line]) -> None:
    """Give the rows with the keys of these lines the other values of the lines."""
    if not lines:
        return
    _execute(_changing(table, _columns(table, lines[0])), lines)


def add(table: Table, lines: Sequence[Line]) -> None:
    """Insert those of these lines that no unique key of the table knows yet."""
    if lines:
        _execute(f"{_insertion(table, _columns(table, lines[0]))} ON CONFLICT DO NOTHING", lines)


def put(table: Table, lines: Sequence[Line], *, by: Sequence[str]) -> None:
    """Insert these lines; where the unique key ``by`` is known already, they take the place of the row there."""
    if not lines:
        return
    columns = _columns(table, lines[0])
    key = ", ".join(map(_quoted, by))
    new = ", ".join(f"{name} = excluded.{name}" for name in map(_name, columns))
    _execute(f"{_insertion(table, columns)} ON CONFLICT ({key}) DO UPDATE SET {new}", lines)


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


def _execute(statement: str, lines: Sequence[Line]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_text(lines)])
