"""Cloning: makes any number of dossiers like a prototype with one statement for each of its rows.

Every clone has ids, a number, a day and a handling bureau of its own, periods that end as the calendar says, and a
hash chain that verifies. Written as the owner of the database, who may also gather statistics afterwards.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import psycopg
from django.db import models
from psycopg import sql

from spotcheck.docket import calendars, law
from spotcheck.docket.entries import said
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Dossier, Entry, Party, Track
from spotcheck.parties.models import Office
from spotcheck.rules import computation
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, FORCED_RECHECK, LODGE_OBJECTION
from spotcheck.sampling.models import SampleFile

START: Final = date(1999, 1, 1)
"""The day of a prototype in whose place every clone gets its own."""
MOST_AT_ONCE: Final = 100_000

_Server = psycopg.Connection[tuple[Any, ...]]


class _Origin(NamedTuple):
    """A row of the prototype and where its clones begin."""

    model: type[models.Model]
    row: Any
    base: int


def clone(server: _Server, prototype: Dossier, number: int, days: Sequence[date]) -> None:
    """Make so many dossiers like the prototype, begun on these days in turn."""
    _write_days(server, days)
    while number > 0:
        with server.transaction():  # a dossier without its file at the end of one would be given another
            _clone(server, prototype, min(number, MOST_AT_ONCE), len(days))
        number -= MOST_AT_ONCE


def _clone(server: _Server, prototype: Dossier, number: int, days: int) -> None:
    origins = [_Origin(model, row, _reserve(server, model, number)) for model, row in _rows(prototype)]
    bases = {(origin.model._meta.db_table, origin.row.pk): origin.base for origin in origins}
    entries = [origin for origin in origins if origin.model is Entry]
    _write_clones(server, entries, bases, number, days)
    for origin in origins:
        _write_rows(server, origin, bases, entries)
    server.execute("DROP TABLE bench_clone")


def _rows(prototype: Dossier) -> list[tuple[type[models.Model], Any]]:
    """The rows of the prototype, each after those that it refers to."""
    kinds: list[type[models.Model]] = [Party, SampleFile, *MATTERS.values(), Entry, Track, Deadline]
    found: list[tuple[type[models.Model], Any]] = [(Dossier, prototype)]
    for model in kinds:
        rows = model._default_manager.filter(dossier=prototype).order_by("pk")
        found += [(model, row) for row in rows]
    return found


def _reserve(server: _Server, model: type[models.Model], number: int) -> int:
    """Take so many ids of a table; return the one before the first."""
    row = server.execute(
        "SELECT setval(s, nextval(s) + %(number)s) - %(number)s"
        " FROM (SELECT pg_get_serial_sequence(%(table)s, 'id')::regclass AS s) AS of_table",
        {"table": model._meta.db_table, "number": number},
    ).fetchone()
    assert row is not None
    return int(row[0])


def _write_days(server: _Server, days: Sequence[date]) -> None:
    """Write down how every rule counts from every one of these days."""
    calendar = calendars.current()
    server.execute("DROP TABLE IF EXISTS bench_day, bench_bureau")
    server.execute(
        "CREATE TEMP TABLE bench_day (place int, rule text, started_on date, due_on date, latest date,"
        " statutory_only date, provisional bool, calendar text, wake_on date)"
    )
    with server.cursor().copy("COPY bench_day FROM STDIN") as copy:
        for place, day in enumerate(days):
            for code in (LODGE_OBJECTION, APPLY_FOR_RECHECK, FORCED_RECHECK):
                period = law.period(None, code)
                due_on, latest, statutory, provisional = law.last_days(law.of().id, code, day, calendar)
                wake_on = computation.lapses_on(latest if period.lapses else due_on)
                copy.write_row((place, code, day, due_on, latest, statutory, provisional, calendar.edition, wake_on))
    server.execute("CREATE TEMP TABLE bench_bureau (place int, id bigint, region text)")
    with server.cursor().copy("COPY bench_bureau FROM STDIN") as copy:
        bureaus = Office.objects.filter(kind=Office.Kind.COUNTY).order_by("code").values_list("pk", "region_id")
        for place, (pk, region) in enumerate(bureaus):
            copy.write_row((place, pk, region))


def _write_clones(
    server: _Server, entries: list[_Origin], bases: dict[tuple[str, Any], int], number: int, days: int
) -> None:
    """Write one line a clone: its number, its day, its bureau, and the hashes of its entries in their order."""
    source = sql.SQL(
        "(SELECT n, day.started_on AS day, bureau.id AS bureau, bureau.region AS region"
        " FROM generate_series(1, {number}) AS n"
        " JOIN bench_day AS day ON day.place = n % {days} AND day.rule = {rule}"
        " JOIN bench_bureau AS bureau ON bureau.place = n % (SELECT count(*) FROM bench_bureau)) AS c"
    ).format(number=sql.Literal(number), days=sql.Literal(days), rule=sql.Literal(LODGE_OBJECTION))
    previous: sql.Composable = sql.SQL("''")
    for origin in entries:
        name = _hash_of(origin)
        source = sql.SQL(
            "(SELECT c.*, encode(sha256(convert_to({text}, 'UTF8')), 'hex') AS {name} FROM {source}) AS c"
        ).format(text=_text(origin.row, bases, previous), name=name, source=source)
        previous = sql.SQL("c.{}").format(name)
    server.execute(sql.SQL("CREATE TEMP TABLE bench_clone AS SELECT * FROM {}").format(source))


def _hash_of(origin: _Origin) -> sql.Identifier:
    return sql.Identifier(f"hash_{origin.row.sequence}")


def _text(entry: Entry, bases: dict[tuple[str, Any], int], previous: sql.Composable) -> sql.Composable:
    """What the hash of a clone's entry covers, as an expression: the entry's own text with the places put in."""
    places = {
        f'"dossier":{entry.dossier_id},': ('"dossier":', _moved(bases["docket_dossier", entry.dossier_id]), ","),
        f'"effective_on":"{START}"': ('"effective_on":"', sql.SQL("c.day"), '"'),
        f'"previous":"{entry.previous_hash}"': ('"previous":"', previous, '"'),
    }
    if entry.party_id:
        places[f'"party":{entry.party_id},'] = ('"party":', _moved(bases["docket_party", entry.party_id]), ",")
    parts: list[str | sql.Composable] = [said(entry)]
    for old, new in places.items():
        (at,) = [place for place, part in enumerate(parts) if isinstance(part, str) and old in part]
        before, after = str(parts[at]).split(old)
        parts[at : at + 1] = [before, *new, after]
    pieces = [sql.Literal(part) if isinstance(part, str) else part for part in parts]
    return sql.SQL("concat({})").format(sql.SQL(", ").join(pieces))


def _moved(base: int) -> sql.Composable:
    return sql.SQL("({} + c.n)").format(sql.Literal(base))


def _write_rows(server: _Server, origin: _Origin, bases: dict[tuple[str, Any], int], entries: list[_Origin]) -> None:
    """Write the clones of one row."""
    columns = [field.column for field in origin.model._meta.concrete_fields if not field.generated]
    special = _special(origin, bases, entries)
    values = [special.get(column) or sql.SQL("p.{}").format(sql.Identifier(column)) for column in columns]
    joined = sql.SQL("")
    if isinstance(origin.row, Deadline):
        joined = sql.SQL("JOIN bench_day AS d ON d.started_on = c.day AND d.rule = {}").format(
            sql.Literal(origin.row.rule)
        )
    server.execute(
        sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS p CROSS JOIN bench_clone AS c {joined} WHERE p.id = {pk} ORDER BY c.n"
        ).format(
            table=sql.Identifier(origin.model._meta.db_table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(values),
            joined=joined,
            pk=sql.Literal(origin.row.pk),
        )
    )


def _special(origin: _Origin, bases: dict[tuple[str, Any], int], entries: list[_Origin]) -> dict[str, sql.Composable]:
    """The columns in which a clone differs from the prototype."""
    model, row, base = origin
    found: dict[str, sql.Composable] = {"id": _moved(base)}
    for field in model._meta.concrete_fields:
        value = getattr(row, field.attname)
        target = field.related_model
        if isinstance(target, type) and (place := bases.get((target._meta.db_table, value))) is not None:
            found[field.column] = _moved(place)
        elif value == START:
            found[field.column] = sql.SQL("c.day")
    if isinstance(row, Track | Deadline):
        found["matter_id"] = _moved(bases[MATTERS[row.chart]._meta.db_table, row.matter_id])
    if isinstance(row, Deadline):
        names = ("started_on", "due_on", "latest", "statutory_only", "provisional", "calendar", "wake_on")
        found |= {name: sql.SQL("d.{}").format(sql.Identifier(name)) for name in names}
        found["status"] = sql.Literal(Deadline.Status.RUNNING.value)
    if isinstance(row, Entry):
        place = entries.index(origin)
        found["hash"] = sql.SQL("c.{}").format(_hash_of(origin))
        if place:
            found["previous_hash"] = sql.SQL("c.{}").format(_hash_of(entries[place - 1]))
    if isinstance(row, Party):
        found |= {"handler_id": sql.SQL("c.bureau"), "place": sql.SQL("c.region")}
    if isinstance(row, Dossier):
        found["number"] = sql.SQL("'B' || {}").format(_moved(base))
        if entries:
            found["head_hash"] = sql.SQL("c.{}").format(_hash_of(entries[-1]))
    return found
