"""Together: reads what several queries ask for with one statement.

A statement costs a way to the server and back, and Django its own work besides: mostly to put its SQL together, which
is the same each time but for what is asked about. So a query is put together once and kept as long as the process
lives, and only its values are put in. The rows become the same objects as if every query had been carried out alone.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet

Rows = Callable[..., "QuerySet[Any]"]
"""A function of a module that gives a query for some values."""
NOTHING: Final = "'[]'::json"
_MARKED: Final = 2_000_000_011
"""From here on numbers stand for values that will be put in; as texts and as days they do too."""


class _Prepared(NamedTuple):
    """A query with its SQL, and which of its parameters is which of the values: there, or with this behind it."""

    query: "QuerySet[Any]"
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int, str], ...] = ()
    converters: Mapping[int, Any] = {}
    """What makes values of columns of what the database sends (``alone``)."""
    shapes: tuple[Callable[[Any], Any] | None, ...] = ()
    """The same for what comes as JSON; None where that is the value already (``together``)."""


_AS_IN_JSON: Final = frozenset(
    {"CharField", "TextField", "BooleanField", "JSONField", "AutoField", "BigAutoField", "SmallIntegerField"}
    | {
        "IntegerField",
        "BigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "PositiveBigIntegerField",
    }
)
"""Kinds of columns whose values JSON has as they are."""
_kept: dict[Any, _Prepared | None] = {}


def together(
    asked: Sequence[tuple[Rows, Sequence[Any]]], *more: tuple[str, Sequence[Any]]
) -> tuple[list[list[Any]], list[Any]]:
    """The results of these queries with their values, in their order, and of ``more``: expressions of one value each.

    Columns are those that JSON can hold: texts, whole numbers, days and moments, yes or no, lists and JSON itself.
    """
    prepared = [_prepared(*each) for each in asked]
    parts: list[str] = []
    values: list[Any] = []
    for one in prepared:
        names = ", ".join(f"c{place}" for place in range(len(one.compiler.select)))
        parts.append(f"(SELECT json_agg(q) FROM ({one.sql}) AS q({names}))" if one.sql else NOTHING)  # noqa: S608
        values += one.parameters
    for sql, parameters in more:
        parts.append(sql)
        values += parameters
    with repeating(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    objects = [_objects(one, _read(cell)) for one, cell in zip(prepared, found[: len(prepared)], strict=True)]
    return objects, list(found[len(prepared) :])


def repeating() -> AbstractContextManager[None]:
    """Within the block statements are those that come again and again: the server keeps what it has planned."""
    made: AbstractContextManager[None] = connection.repeating()  # type: ignore[attr-defined]  # of our own wrapper
    return made


def alone(rows: Rows, *values: Any) -> list[Any]:
    """What one query returns for these values, carried out as any other; only its SQL is that of the time before."""
    prepared = _prepared(rows, values)
    if not prepared.sql:
        return []
    compiler = copy.copy(prepared.compiler)  # the kept one is that of all threads
    compiler.as_sql = lambda *_, **__: (prepared.sql, prepared.parameters)
    compiler.get_converters = lambda *_: prepared.converters
    compiler.connection = connections[connection.alias]  # that of this thread
    with repeating():
        return _read_by(prepared, compiler)


def _prepared(rows: Rows, values: Sequence[Any]) -> _Prepared:
    """A query with these values in it."""
    kinds = tuple(type(value) for value in values)
    if (rows, kinds) not in _kept:
        _kept[rows, kinds] = _with_marks(rows, kinds)
    kept = _kept[rows, kinds]
    if kept is None:
        return _put_together(rows(*values))
    parameters = list(kept.parameters)
    for place, number, behind in kept.places:
        kind, value = type(parameters[place]), values[number]
        parameters[place] = value if isinstance(value, kind) else kind(value)
        if behind:  # it begins a pattern, in which Django would have escaped it
            parameters[place] = connection.ops.prep_for_like_query(value) + behind
    return kept._replace(parameters=tuple(parameters))


def _put_together(query: "QuerySet[Any]") -> _Prepared:
    compiler = query.query.get_compiler(connection.alias)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        sql, parameters = "", ()
    if not sql:
        return _Prepared(query, compiler, sql, ())
    columns = [expression for expression, _, _ in compiler.select]
    return _Prepared(
        query,
        compiler,
        sql,
        tuple(parameters),
        converters=compiler.get_converters(columns),
        shapes=tuple(_shape(column.output_field) for column in columns),
    )


def _shape(column: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a column of what JSON has for it; None where that is the value."""
    while column.is_relation:
        column = column.target_field
    made: Callable[[Any], Any] | None = None if column.get_internal_type() in _AS_IN_JSON else column.to_python
    return made


def _with_marks(rows: Rows, kinds: Sequence[type]) -> _Prepared | None:
    """The query with marks in the places of values; None where a value does not stand in it as it is."""
    if not set(kinds) <= {int, str, date}:
        return None
    marks = [
        date.fromordinal(number + 1) if kind is date else kind(_MARKED + number) for number, kind in enumerate(kinds)
    ]
    made = _put_together(rows(*marks))
    places = list(_places(made.parameters, marks))
    if {number for _, number, _ in places} != set(range(len(marks))):
        return None
    others = [str(one) for place, one in enumerate(made.parameters) if place not in {at for at, _, _ in places}]
    if any(str(mark) in text for mark in marks for text in (*others, made.sql)):
        return None  # one stands within something else, and would stand there for good
    return made._replace(places=tuple(places))


def _places(parameters: Sequence[Any], marks: Sequence[Any]) -> Iterator[tuple[int, int, str]]:
    """Where the marks stand: as they are, or as the beginning of a pattern (``startswith``)."""
    for place, parameter in enumerate(parameters):
        if isinstance(parameter, int | str | date) and parameter in marks:
            yield place, marks.index(parameter), ""
            continue
        for number, mark in enumerate(marks):
            if isinstance(mark, str) and isinstance(parameter, str) and parameter.endswith("%"):
                behind = parameter.removeprefix(mark)
                if behind != parameter and mark not in behind:
                    yield place, number, behind


def _read(cell: Any) -> list[dict[str, Any]]:
    found = json.loads(cell) if isinstance(cell, str) else cell
    return found or []


def _objects(prepared: _Prepared, rows: list[dict[str, Any]]) -> list[Any]:
    """What the query would have returned for these rows: Django's own iteration over them."""
    if not rows:
        return []
    told = [
        tuple(
            value if shape is None or value is None else shape(value)
            for shape, value in zip(prepared.shapes, row.values(), strict=True)
        )
        for row in rows  # a joined row that is not there has nothing in any column
    ]
    compiler = copy.copy(prepared.compiler)  # the kept one is that of all threads
    compiler.execute_sql = lambda *_, **__: None
    compiler.results_iter = lambda *_, **__: iter(told)
    return _read_by(prepared, compiler)


def _read_by(prepared: _Prepared, compiler: Any) -> list[Any]:
    """Django's own iteration over a query, by a compiler of this moment."""
    read = prepared.query._chain()  # type: ignore[attr-defined]  # noqa: SLF001 -- so that the query itself stays what it is
    read.query.get_compiler = lambda *_, **__: compiler
    return list(read._iterable_class(read))  # noqa: SLF001
