"""Backup and restore: the database and the files its rows promise, as they were at one moment.

A backup is a folder: ``database.dump`` (pg_dump, custom format), ``files/`` and ``manifest.json``, which is written
last: a folder without it is no backup. The files are listed in the very snapshot that the dump is made of. A stored
file never changes and is there before its row; so what the rows promise is copied afterwards, while work goes on.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import connection, connections, transaction

from spotcheck.docket import audit, clock, vitals
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Beat
from spotcheck.docket.sweep import sweep
from spotcheck.files import storage
from spotcheck.files.promises import Promise, promises
from spotcheck.rules.texts import Unreadable, as_json
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.places import private_text
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import databases, dumps, manifests
from spotcheck.wiring.operating.preparation import provide_store

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
FORMAT = 1
AT_ONCE: Final = 16
"""So many files are on their way at a time: each waits for a flush or an answer, and not for us."""
HANDED_OUT: Final = 1000

_T = TypeVar("_T")
_R = TypeVar("_R")


class BadBackup(Problem):
    """The folder is no backup, or not what was backed up."""


def back_up(folder: Path) -> dict[str, Any]:
    """Make a backup in a new folder and return its manifest. A file that is missing or damaged stops it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Problem(f"{folder} is not empty: give a new folder for each backup.")
        folder.chmod(0o700)
    except OSError as error:
        raise Problem(f"{folder} cannot be a folder for a backup: {error.strerror}.") from error
    with databases.using(databases.owner_url()), _snapshot() as (name, made_at):
        files = list(promises())
        major = databases.major_version()
        dumps.dump(databases.owner_url(), folder / DUMP, major, f"--snapshot={name}")
        roles = {"application": databases.application_role(), "owner": addresses.role_of(databases.owner_url())}
    _copy(files, storage.store(), storage.Folder(folder / FILES))
    manifest = {
        "format": FORMAT,
        "made_at": made_at,
        "schema": databases.fingerprint(),
        "roles": roles,
        "database": _digest(folder / DUMP),
        "files": [promise._asdict() for promise in files],
    }
    private_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    _noted(vitals.BACKED_UP, files=len(files))
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a backup after comparing everything with it."""
    try:
        manifest = as_json(folder / MANIFEST)
    except Unreadable as error:
        raise BadBackup(f"{folder} is no backup: {error}.") from error
    if isinstance(manifest, dict) and manifest.get("format", FORMAT) != FORMAT:
        raise BadBackup(f"{folder} was made by another version of this program.")
    if lacks := manifests.complaint(manifest):
        raise BadBackup(f"{folder} is no backup: {MANIFEST} {lacks}.")
    if not (folder / DUMP).is_file():
        raise BadBackup(f"{folder} is no backup: {DUMP} is missing.")
    if _digest(folder / DUMP) != manifest["database"]:
        raise BadBackup(f"{folder / DUMP} is not what was backed up.")
    if wrong := sorted(damaged(_promised(manifest), storage.Folder(folder / FILES))):
        raise BadBackup(f"{len(wrong)} files of {folder} are missing or damaged: {', '.join(wrong[:5])}")
    return dict(manifest)


def restore(folder: Path) -> str:
    """Put a backup in the place of the present database; return the name under which that one is kept."""
    manifest = read_manifest(folder)
    if manifest["roles"]["application"] != databases.application_role():
        raise Problem(f"The backup belongs to the role {manifest['roles']['application']}: name it in DATABASE_URL.")
    provide_store()
    name = addresses.name_of(databases.application_url())
    # The rights come with the dump: those by default would give the application what a migration has taken away.
    fresh, stamp = f"{name}_restored", f"{clock.now():%Y%m%d%H%M%S}"
    url = databases.create_empty(fresh)
    dumps.restore(url, folder / DUMP, databases.major_version())
    _copy(_promised(manifest), storage.Folder(folder / FILES), storage.store())
    connections.close_all()  # nobody is left in either
    kept = databases.put_in_place(fresh, aside=f"{name}_before_{stamp}")
    databases.prepare()
    return kept


def practise(folder: Path) -> list[str]:
    """Restore a backup into a database beside the present one, check it and drop it; return what does not hold.

    Nothing of the present system is touched but for the note that it was practised, which the doctor asks for.
    """
    read_manifest(folder)
    name = f"{addresses.name_of(databases.application_url())}_practised"
    url = databases.create_empty(name)
    try:
        dumps.restore(url, folder / DUMP, databases.major_version())
        with databases.using(url):
            told = [f"{row.invariant} {row.dossier}: {row.subject}: {row.what}" for row in checking.check()]
            told += [f"chain {place.dossier} / {place.sequence}: {place.what}" for place in audit.verify()]
    finally:
        databases.drop(name)
    if not told:
        _noted(vitals.PRACTISED)
    return told


def _noted(name: str, **detail: Any) -> None:
    Beat.objects.update_or_create(name=name, defaults={"at": clock.now(), "detail": detail})


def damaged(files: Iterable[Promise], place: storage.Store) -> Iterator[str]:
    """Yield the names of those files that the store does not hold as promised."""
    for promise, is_there in _side_by_side(partial(_is_there, place), files):
        if not is_there:
            yield promise.name


def _is_there(place: storage.Store, promise: Promise) -> bool:
    try:
        return storage.is_there(place, promise.name, promise.sha256)
    except OSError as error:
        raise Problem(f"The files cannot be checked: {error}") from error


def _promised(manifest: dict[str, Any]) -> list[Promise]:
    return [Promise(**row) for row in manifest["files"]]


@contextmanager
def _snapshot() -> Iterator[tuple[str, str]]:
    """Hold one moment of the database; yield the snapshot's name and the moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # we wait for the dump, however long
        cursor.execute("SELECT pg_export_snapshot(), clock_timestamp()")
        name, moment = cursor.fetchone()
        yield name, moment.isoformat()


def _copy(files: Iterable[Promise], source: storage.Store, target: storage.Store) -> None:
    """Copy files, each whole or not at all, and compare each with its promise."""
    for _ in _side_by_side(partial(_copy_one, source, target), files):
        pass


def _copy_one(source: storage.Store, target: storage.Store, promise: Promise) -> None:
    try:
        file = storage.open_from(source, promise.name, promise.sha256)
    except storage.Damaged as error:
        raise BadBackup(f"{error}.") from error
    except OSError as error:
        raise BadBackup(f"A row promises {promise.name}, which cannot be read: {error}") from error
    try:
        with file:
            storage.put_back(target, promise.name, file)
    except OSError as error:
        raise Problem(f"{promise.name} cannot be stored: {error}") from error


def _side_by_side(work: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[tuple[_T, _R]]:
    """Do some work for many things, several at a time; yield each thing with what came of it, in their order."""
    waiting = iter(items)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while some := list(islice(waiting, HANDED_OUT)):
            yield from zip(some, pool.map(work, some), strict=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def what_does_not_hold() -> list[str]:
    """After a restore: what has become due since is done; then every invariant, chain and promised file is checked."""
    sweep(thorough=True)
    told = [f"{row.invariant} {row.dossier}: {row.subject}: {row.what}" for row in checking.check()]
    told += [f"chain {place.dossier} / {place.sequence}: {place.what}" for place in audit.verify()]
    told += [f"file {name}: missing or damaged" for name in damaged(promises(), storage.store())]
    return told
