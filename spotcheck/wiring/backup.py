"""Backup and restore: the database and the files its rows promise, as they were at one moment.

A backup is a folder: ``database.dump`` (pg_dump, custom format), ``files/`` and ``manifest.json``, which is written
last: a folder without it is no backup. The files are listed in the very snapshot that the dump is made of. A stored
file never changes and is there before its row; so what the rows promise is copied afterwards, while work goes on.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection, connections, transaction

from spotcheck.docket import audit, clock
from spotcheck.docket.invariants import checking
from spotcheck.docket.kept_files import Promise, promises
from spotcheck.docket.sweep import sweep
from spotcheck.wiring import databases
from spotcheck.wiring.binaries import postgres_programs
from spotcheck.wiring.places import provide
from spotcheck.wiring.problems import Problem
from spotcheck.wiring.processes import Identity

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
FORMAT = 1


class BadBackup(Problem):
    """The folder is no backup, or not what was backed up."""


def back_up(folder: Path) -> dict[str, Any]:
    """Make a backup in a new folder and return its manifest. A file that is missing or damaged stops it."""
    if folder.exists() and any(folder.iterdir()):
        raise Problem(f"{folder} is not empty: give a new folder for each backup.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with databases.using(databases.owner_url()), _snapshot() as (name, made_at):
        files = list(promises())
        _run("pg_dump", databases.owner_url(), "--format=custom", f"--snapshot={name}", f"--file={folder / DUMP}")
        roles = {"application": databases.application_role(), "owner": databases.role_of(databases.owner_url())}
    _copy(files, Path(settings.MEDIA_ROOT), folder / FILES)
    manifest = {
        "format": FORMAT,
        "made_at": made_at,
        "schema": databases.fingerprint(),
        "roles": roles,
        "database": _digest(folder / DUMP),
        "files": [promise._asdict() for promise in files],
    }
    part = folder / f"{MANIFEST}.part"
    part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    part.replace(folder / MANIFEST)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a backup after comparing everything with it."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise BadBackup(f"{folder} is no backup: {MANIFEST} cannot be read. {error}") from error
    if manifest.get("format") != FORMAT:
        raise BadBackup(f"{folder} was made by another version of this program.")
    if _digest(folder / DUMP) != manifest["database"]:
        raise BadBackup(f"{folder / DUMP} is not what was backed up.")
    if wrong := sorted(damaged(_promised(manifest), folder / FILES)):
        raise BadBackup(f"{len(wrong)} files of {folder} are missing or damaged: {', '.join(wrong[:5])}")
    return manifest


def restore(folder: Path) -> str:
    """Put a backup in the place of the present database; return the name under which that one is kept."""
    manifest = read_manifest(folder)
    if manifest["roles"]["application"] != databases.application_role():
        raise Problem(f"The backup belongs to the role {manifest['roles']['application']}: name it in DATABASE_URL.")
    name = databases.name_of(databases.application_url())
    # The rights come with the dump: those by default would give the application what a migration has taken away.
    fresh, stamp = f"{name}_restored", f"{clock.now():%Y%m%d%H%M%S}"
    url = databases.create_empty(fresh)
    _run("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(folder / DUMP))
    _copy(_promised(manifest), folder / FILES, provide(Path(settings.MEDIA_ROOT)))
    connections.close_all()  # nobody is left in either
    kept = databases.put_in_place(fresh, aside=f"{name}_before_{stamp}")
    databases.prepare()
    return kept


def damaged(files: Iterable[Promise], folder: Path) -> Iterator[str]:
    """Yield the names of those files that are not in the folder as promised."""
    for promise in files:
        path = folder / promise.name
        if not path.is_file() or _digest(path) != promise.sha256:
            yield promise.name


def _promised(manifest: dict[str, Any]) -> list[Promise]:
    return [Promise(**row) for row in manifest["files"]]


@contextmanager
def _snapshot() -> Iterator[tuple[str, str]]:
    """Hold one moment of the database; yield the snapshot's name and the moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), clock_timestamp()")
        name, moment = cursor.fetchone()
        yield name, moment.isoformat()


def _copy(files: Iterable[Promise], source: Path, target: Path) -> None:
    """Copy files, each whole or not at all, and compare each with its promise."""
    for promise in files:
        goal = target / promise.name
        if goal.is_file() and _digest(goal) == promise.sha256:
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        part = goal.with_name(f".{goal.name}.part")
        try:
            shutil.copyfile(source / promise.name, part)
        except OSError as error:
            raise BadBackup(f"A row promises {promise.name}, which cannot be read: {error}") from error
        if _digest(part) != promise.sha256:
            part.unlink()
            raise BadBackup(f"{promise.name} is not the file that was stored.")
        part.replace(goal)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _run(program: str, url: str, *options: str) -> None:
    """Run a program of PostgreSQL on a database; the password goes by the environment."""
    parts = urlsplit(url)
    places = {"PGHOST": parts.hostname, "PGPORT": str(parts.port or ""), "PGUSER": databases.role_of(url)}
    environment = os.environ | {name: value for name, value in places.items() if value}
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
    home = provide(Path(settings.DATA)) / "programs-home"
    home.mkdir(exist_ok=True)
    folder = postgres_programs(home, Identity())
    done = subprocess.run(  # noqa: S603 -- a program of a wheel that we pinned
        [str(folder / program), f"--dbname={databases.name_of(url)}", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"{program} ended ({done.returncode}): {done.stderr[-1500:]}")


def what_does_not_hold() -> list[str]:
    """After a restore: what has become due since is done; then every invariant, chain and promised file is checked."""
    sweep(thorough=True)
    media = Path(settings.MEDIA_ROOT)
    told = [f"{row.invariant} {row.dossier}: {row.subject}: {row.what}" for row in checking.check()]
    told += [f"chain {place.dossier} / {place.sequence}: {place.what}" for place in audit.verify()]
    told += [f"file {name}: missing or damaged" for name in damaged(promises(), media)]
    return told
