"""Making a backup: the database and the files its rows promise, as they were at one moment.

The files are listed in the very snapshot that the dump is made of. A stored file never changes and is there before its
row; so what the rows promise is copied afterwards, while work goes on.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from spotcheck.docket import book, clock, vitals
from spotcheck.docket.models import Beat
from spotcheck.docket.sessions import session
from spotcheck.files import storage
from spotcheck.files.promises import Promise, promises
from spotcheck.files.stores import checked
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import databases, dumps
from spotcheck.wiring.operating.backups import keys, manifests, sealing
from spotcheck.wiring.operating.backups.copying import side_by_side
from spotcheck.wiring.operating.backups.manifests import FORMAT, LIST, Line

DUMP, FILES = "database.dump", "files"
_PROMISED: Final = "promised"


class BadBackup(Problem):
    """The folder is no backup, or not what was backed up."""


def back_up(folder: Path, *, account: str) -> dict[str, Any]:
    """Make a backup in a new folder and return its manifest. A file that is missing or damaged stops it.

    It is signed, and encrypted where recipients are named. Every change of the keys is a line of the book, under the
    account of the machine.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Problem(f"{folder} is not empty: give a new folder for each backup.")
        folder.chmod(0o700)
    except OSError as error:
        raise Problem(f"{folder} cannot be a folder for a backup: {error.strerror}.") from error
    signer, named = keys.signing(at=clock.now(), by=account), keys.known().recipients
    recipients = [keys.recipient_of(one) for one in named]
    ending = sealing.ENDING if recipients else ""
    with databases.using(databases.owner_url()), _snapshot() as (name, made_at):
        _write_promises(folder / _PROMISED)
        major = databases.major_version()
        into = partial(sealing.write, folder / f"{DUMP}{ending}", recipients=recipients)
        digest = dumps.dump_into(into, databases.owner_url(), major, f"--snapshot={name}")
        roles = {"application": databases.application_role(), "owner": addresses.role_of(databases.owner_url())}
    files = _copy(folder, recipients)
    manifest = {
        "format": FORMAT,
        "made_at": made_at,
        "schema": databases.fingerprint(),
        "roles": roles,
        "recipients": list(named),
        "database": digest,
        "files": files,
    }
    _flush(folder)
    manifests.write(folder, manifest)
    _note(signer, named, files["count"], account)
    return manifest


def _write_promises(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        path.chmod(0o600)
        file.writelines(f"{json.dumps(promise)}\n" for promise in promises())


def _copy(folder: Path, recipients: sealing.Recipients) -> dict[str, Any]:
    """Copy what was promised, each compared with its promise; return the hash of the list, and how many stand in it."""
    digest, count = sha256(), 0
    copy = partial(_copy_one, storage.store(), folder / FILES, recipients)
    with (folder / _PROMISED).open(encoding="utf-8") as promised, (folder / LIST).open("wb") as listed:
        (folder / LIST).chmod(0o600)
        for promise, lies in side_by_side(copy, (Promise(*json.loads(text)) for text in promised)):
            row = json.dumps(Line(*promise, lies)._asdict(), ensure_ascii=False)
            text = f"{row}\n".encode()
            digest.update(text)
            listed.write(text)
            count += 1
        listed.flush()
        os.fsync(listed.fileno())
    (folder / _PROMISED).unlink()
    return {"sha256": digest.hexdigest(), "count": count}


def _copy_one(source: storage.Store, target: Path, recipients: sealing.Recipients, promise: Promise) -> str:
    """Copy one file, and return the hash of what lies in the backup."""
    try:
        file = storage.open_from(source, promise.name, promise.sha256)
    except storage.Damaged as error:
        raise BadBackup(f"{error}.") from error
    except OSError as error:
        raise BadBackup(f"A row promises {promise.name}, which cannot be read: {error}") from error
    path = target / f"{checked(promise.name)}{sealing.ENDING if recipients else ''}"
    try:
        with file:
            return sealing.write(path, file, recipients)
    except OSError as error:
        raise Problem(f"{promise.name} cannot be stored: {error}") from error


def _flush(folder: Path) -> None:
    """Make the names survive a power cut, before the manifest says that they are there."""
    for place, _folders, _files in os.walk(folder):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _note(signer: keys.Key, recipients: tuple[str, ...], files: int, account: str) -> None:
    """Note the backup, which the doctor asks for; other keys than those of the one before are a line of the book."""
    said = {"signed_by": signer.short, "recipients": list(recipients)}
    with session():
        last = Beat.objects.filter(name=vitals.BACKED_UP).first()
        before = {name: last.detail.get(name) for name in said} if last else None
        if before != said:
            subject = ("site", "backup")
            book.write(
                "settings.backup_keys", by=None, user=None, subject=subject, before=before, after=said, address=account
            )
        detail = {**said, "files": files, "since": signer.since}
        Beat.objects.update_or_create(name=vitals.BACKED_UP, defaults={"at": clock.now(), "detail": detail})


@contextmanager
def _snapshot() -> Iterator[tuple[str, str]]:
    """Hold one moment of the database; yield the snapshot's name and the moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # we wait for the dump, however long
        cursor.execute("SELECT pg_export_snapshot(), clock_timestamp()")
        name, moment = cursor.fetchone()
        yield name, moment.isoformat()
