"""Rights and triggers, made from the one list of what is written once (``rules/kept.py``) as the owner of the tables.

Run at the end of every migration, and safe to repeat: what is right already is left alone, so that nobody waits.
"""

from collections.abc import Iterator
from typing import Final

import psycopg
from psycopg import sql

from spotcheck.rules.kept import BODIES, FOR_GOOD, TABLES, WRITTEN_ONCE, Kept

_RIGHTS: Final = {"I": "INSERT", "U": "UPDATE", "D": "DELETE"}
_EMPTY: Final = "('', '[]', '{{}}')"
_PRESENT: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_TRIGGERS: Final = """
    SELECT tgname, replace(encode(tgargs, 'escape'), '\\000', '') FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')
"""


def secure(url: str, role: str | None) -> None:
    """Bring rights and triggers of a database in order; ``role``: the application's, None where it is the owner."""
    with psycopg.connect(url) as connection:
        for name, body in BODIES.items():
            connection.execute(
                sql.SQL("CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS {}").format(
                    sql.Identifier(name), sql.Literal(body)
                )
            )
        present = {name for (name,) in connection.execute(_PRESENT)}
        for name in sorted(present & TABLES.keys()):
            kept = TABLES[name]
            there: dict[str, str] = dict(connection.execute(_TRIGGERS, [name]).fetchall())
            for trigger, says, statement in triggers(name, kept):
                if there.get(trigger) != says:
                    connection.execute(statement)
            if role is not None:
                for statement in _grants(name, kept, role):
                    connection.execute(statement)


def triggers(table: str, kept: Kept) -> Iterator[tuple[str, str, sql.Composed]]:
    """Yield the triggers of a table: name, what it carries, and the statement that makes it."""
    named = sql.Identifier(table)
    if kept.promises:
        trigger = f"{table}_written_once"
        statement = sql.SQL(
            "CREATE OR REPLACE TRIGGER {} BEFORE UPDATE ON {} FOR EACH ROW WHEN ({}) EXECUTE FUNCTION {}({})"
        ).format(
            sql.Identifier(trigger), named, _differs(kept), sql.Identifier(WRITTEN_ONCE), sql.Literal(kept.promises)
        )
        yield trigger, kept.promises, statement
    if kept.stays:
        ending, event = ("_for_good", "UPDATE OR DELETE") if kept.for_good else ("_stays", "DELETE")
        yield f"{table}{ending}", "", _refusing(f"{table}{ending}", event, named, "ROW")
        yield f"{table}_not_emptied", "", _refusing(f"{table}_not_emptied", "TRUNCATE", named, "STATEMENT")


def _refusing(trigger: str, event: str, table: sql.Identifier, each: str) -> sql.Composed:
    return sql.SQL("CREATE OR REPLACE TRIGGER {} BEFORE {} ON {} FOR EACH {} EXECUTE FUNCTION {}()").format(
        sql.Identifier(trigger), _words(event), table, _words(each), sql.Identifier(FOR_GOOD)
    )


def _differs(kept: Kept) -> sql.Composed:
    """The condition under which a change is refused."""
    fixed = [sql.SQL("OLD.{0} IS DISTINCT FROM NEW.{0}").format(sql.Identifier(column)) for column in kept.fixed]
    once = [
        sql.SQL(
            f"(OLD.{{0}} IS DISTINCT FROM NEW.{{0}} AND coalesce(OLD.{{0}}::text, '') NOT IN {_EMPTY})"
        ).format(sql.Identifier(column))
        for column in kept.once
    ]  # fmt: skip
    return sql.SQL(" OR ").join([*fixed, *once])


def _grants(table: str, kept: Kept, role: str) -> Iterator[sql.Composed]:
    rights = ", ".join(["SELECT", *(_RIGHTS[letter] for letter in kept.may)])
    names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
    yield sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names)
    yield sql.SQL("GRANT {rights} ON {table} TO {role}").format(rights=_words(rights), **names)


def _words(text: str) -> sql.SQL:
    """Words of our own table as a part of a statement."""
    return sql.SQL(text)
