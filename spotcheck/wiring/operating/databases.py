"""Databases: the owner makes and migrates them, the application works in them.

Two roles. The *owner* (DATABASE_OWNER_URL) creates databases and runs migrations; the *application*
(DATABASE_URL) reads and writes rows and can change no table. Without an owner's URL one role is
both. Scratch databases are clones of a template that the owner keeps up to date.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, LiteralString, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

import django
import psycopg
from psycopg import sql

from spotcheck.wiring.machine.addresses import name_of, role_of, with_name
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import dumps, rights

_Server: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

# What the schema and the rows that every database starts with are made from.
_BY_DEFAULT: LiteralString = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
_WITH_DEMO = " with the demo"
_SOURCES = ("*/migrations/*.py", "parties/*.csv", "parties/loading.py", "rules/kept.py", "wiring/operating/rights.py")


class DatabaseProblem(Problem):
    """The database cannot be used as it is; the message says what to do."""


def as_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL URL."""
    parts = urlsplit(url)
    return {
        "ENGINE": "spotcheck.wiring.operating.postgresql",
        "NAME": name_of(url),
        "USER": role_of(url),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def application_url() -> str:
    """Where the application works."""
    return os.environ.get("DATABASE_URL") or "postgresql:///spotcheck"


def owner_url() -> str:
    """The same database as its owner."""
    return os.environ.get("DATABASE_OWNER_URL") or application_url()


def application_role() -> str:
    """The role that the application works as."""
    return role_of(application_url())


def template_name() -> str:
    """The database that scratch databases are cloned from."""
    return os.environ.get("DATABASE_TEMPLATE") or f"{name_of(application_url())}_template"


@contextmanager
def using(url: str) -> Iterator[None]:
    """Point Django's default connection, of every thread, at another database; then back again.

    A connection that is open meanwhile is put aside untouched, with whatever transaction it is in.
    """
    from django.db import connections  # noqa: PLC0415 -- slow import

    before = connections.settings["default"]
    aside = connections["default"]
    connections.settings["default"] = before | as_settings(url)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = aside


def prepare() -> None:
    """Have the application's database, made by this version: a new one is cloned, an older one brought up to date.

    So the migrations of a first start run once, for the template.
    """
    name = name_of(application_url())
    with _server() as server, _held(server, name):
        if not _exists(server, name):
            refresh_template()
            _copy_template(server, name)
        elif not fits(_made_by(server, name)):
            _bring_up_to_date(server, name)
        _drop_abandoned(server)


def is_up_to_date() -> bool:
    """Whether the application's database was brought up to date by exactly this program."""
    with _server() as server:
        return fits(_made_by(server, name_of(application_url())))


def refresh_template() -> None:
    """Make the template when it is missing or was made by another version of this program."""
    with _server() as server, _held(server, template_name()):
        if fits(_made_by(server, template_name())):
            return
        part = f"{template_name()}_part"
        _drop(server, part)
        _create(server, part)
        _fill_template(server, part)
        _drop(server, template_name())
        _run(server, "ALTER DATABASE {} RENAME TO {}", part, template_name())


def clone(name: str) -> str:
    """Make (again) a database from the template, and return its URL for the application."""
    refresh_template()
    with _server() as server:
        _drop(server, name)
        _copy_template(server, name)
    return with_name(application_url(), name)


def drop(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with _server() as server:
        _drop(server, name)


def create_empty(name: str) -> str:
    """Make (again) a database with nothing in it, and return its URL for the owner."""
    with _server() as server:
        _drop(server, name)
        _create(server, name)
    return with_name(owner_url(), name)


def put_in_place(name: str, *, aside: str) -> str:
    """Let a database take the place of the application's, and keep that one under another name; return this name."""
    present = name_of(application_url())
    with _server() as server:
        for each in (present, name):
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [each],
            )
        if _exists(server, present):
            _run(server, "ALTER DATABASE {} RENAME TO {}", present, aside)
        _run(server, "ALTER DATABASE {} RENAME TO {}", name, present)
    return aside


@contextmanager
def scratch_database() -> Iterator[str]:
    """Work as the application in an empty, migrated database of our own; then drop it.

    Yields its URL for other processes. What a killed process leaves is dropped by the next one.
    """
    name = f"{_scratch_prefix()}{secrets.token_hex(6)}"
    with _server() as server, _held(server, name):
        _drop_abandoned(server)
        try:
            url = clone(name)
            with using(url):
                yield url
        finally:
            _drop(server, name)


def major_version() -> int:
    """The major version of the server."""
    with _server() as server:
        return server.info.server_version // 10000


def fingerprint() -> str:
    """What tells one version of the schema and its first rows from another."""
    digest = sha256(f"{django.get_version()} {application_role()}".encode())
    for app in foreign_apps():
        digest.update(f"\n{app}".encode())
    for pattern in _SOURCES:
        for path in sorted((ROOT / "spotcheck").glob(pattern)):
            digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return f"spotcheck {digest.hexdigest()[:32]}"


def foreign_apps() -> list[str]:
    """The installed applications that are not ours and bring tables, each with its version."""
    from django.apps import apps  # noqa: PLC0415 -- the settings come from here

    found = []
    for app in apps.get_app_configs():
        package = app.name.partition(".")[0]
        if package not in {"spotcheck", "django"} and (Path(app.path) / "migrations").is_dir():
            found.append(f"{app.name} {metadata.version(_distributions()[package][0])}")
    return sorted(found)


@cache
def _distributions() -> Mapping[str, list[str]]:
    """Which installed distribution each package comes from: all of them are read for that, so once."""
    return metadata.packages_distributions()


def signature() -> str:
    """What a database is signed with that this program has made: the version, and whether the demo's table is there."""
    from django.conf import settings  # noqa: PLC0415 -- the settings come from here

    return f"{fingerprint()}{_WITH_DEMO}" if settings.DEMO else fingerprint()


@contextmanager
def _server() -> Iterator[_Server]:
    """Connect as the owner to the server itself, to no database of ours."""
    try:
        connection = psycopg.connect(with_name(owner_url(), "postgres"), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseProblem(f"PostgreSQL does not let the owner in: check DATABASE_OWNER_URL. {error}") from error
    with connection:
        yield connection


@contextmanager
def _held(server: _Server, name: str) -> Iterator[None]:
    """Hold a name; the server lets go of it when we are gone."""
    server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _copy_template(server: _Server, name: str) -> None:
    _run(server, "CREATE DATABASE {} TEMPLATE {}", name, template_name())
    _sign(server, name)


def _fill_template(server: _Server, name: str) -> None:
    """Fill an empty database from the dump that an earlier run has kept, or by the migrations."""
    kept = dumps.kept(signature())
    url, major = with_name(owner_url(), name), server.info.server_version // 10000
    if kept and kept.exists():
        dumps.restore(url, kept, major)
        _sign(server, name)
        return
    _bring_up_to_date(server, name)
    if kept:
        dumps.keep(url, kept, major)


def _bring_up_to_date(server: _Server, name: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415 -- slow import

    from spotcheck.parties.loading import load_regions  # noqa: PLC0415 -- app ready

    url = with_name(owner_url(), name)
    _let_the_application_in(url)
    with using(url):
        call_command("migrate", interactive=False, verbosity=0)
        load_regions()
    rights.secure(url, None if application_role() == role_of(owner_url()) else application_role())
    _sign(server, name)


def _let_the_application_in(url: str) -> None:
    """What the owner creates the application may write; a migration takes back what it must not."""
    role = application_role()
    if role == role_of(owner_url()):
        return
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {}",
            f"{_BY_DEFAULT} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{}}",
            f"{_BY_DEFAULT} GRANT USAGE, SELECT ON SEQUENCES TO {{}}",
        ):
            connection.execute(sql.SQL(statement).format(sql.Identifier(role)))


def _create(server: _Server, name: str) -> None:
    try:
        _run(server, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseProblem(f"The owner may not create databases: ALTER ROLE ... CREATEDB. {error}") from error


def _drop(server: _Server, name: str) -> None:
    try:
        _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    except psycopg.errors.InsufficientPrivilege:  # the server is vacuuming it; a plain drop sends the vacuum away
        _run(server, "DROP DATABASE IF EXISTS {}", name)


def _drop_abandoned(server: _Server) -> None:
    prefix = _scratch_prefix()
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]).fetchall()
    for (name,) in found:
        free = server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
        if free and free[0]:
            _drop(server, name)
            server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _exists(server: _Server, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _made_by(server: _Server, name: str) -> str | None:
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row[0] if row else None


def _sign(server: _Server, name: str) -> None:
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(statement.format(sql.Identifier(name), sql.Literal(signature())))


def fits(made_by: str | None) -> bool:
    """Whether a database has all tables of this program; where the demo is not wanted, its table may be there."""
    from django.conf import settings  # noqa: PLC0415 -- the settings come from here

    with_demo = f"{fingerprint()}{_WITH_DEMO}"
    return made_by == with_demo or (made_by == fingerprint() and not settings.DEMO)


def _run(server: _Server, statement: LiteralString, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _scratch_prefix() -> str:
    return f"{name_of(application_url())}_scratch_"
