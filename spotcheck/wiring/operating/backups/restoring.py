"""Restoring: nothing is touched before signature and hashes are verified, and everything is checked afterwards."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.db import connections

from spotcheck.docket import audit, book, clock, vitals
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Beat
from spotcheck.docket.sessions import session
from spotcheck.docket.sweep import sweep
from spotcheck.files import storage
from spotcheck.files.promises import Promise, promises
from spotcheck.files.stores import Folder, hash_of
from spotcheck.rules.texts import Unreadable, as_json
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import databases, dumps
from spotcheck.wiring.operating.backups import keys, manifests, sealing
from spotcheck.wiring.operating.backups.copying import damaged, side_by_side
from spotcheck.wiring.operating.backups.making import DUMP, FILES, BadBackup
from spotcheck.wiring.operating.backups.manifests import BEFORE, FORMAT, LIST, MANIFEST, SIGNATURE, Line
from spotcheck.wiring.operating.preparation import provide_store

UNSIGNED = "-"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was verified: its folder, what its manifest says, who signed it, and what opens it."""

    folder: Path
    manifest: dict[str, Any]
    signed_by: str
    """The sixteen digits of the key; :data:`UNSIGNED` for one of before signatures."""
    identities: sealing.Identities | None = None
    """None: it is not encrypted."""

    @property
    def ending(self) -> str:
        """What the names of its files end with."""
        return "" if self.identities is None else sealing.ENDING

    @contextmanager
    def lying(self, line: Line) -> Iterator[BinaryIO]:
        """Open what lies there of a file, compared; raises :class:`storage.Damaged`, or another ``OSError``."""
        with storage.open_from(Folder(self.folder / FILES), f"{line.name}{self.ending}", line.lies) as file:
            yield file

    def feed(self, target: IO[bytes]) -> None:
        """Write the dump into a stream."""
        with (self.folder / f"{DUMP}{self.ending}").open("rb") as file:
            sealing.pour(file, target, self.identities)


def verified(folder: Path, *, identity: Path | None = None, unsigned: bool = False) -> Backup:
    """Return a backup after comparing everything with its signed manifest; nothing has been touched.

    ``identity``: the file whose keys open an encrypted one. ``unsigned``: take also one of before signatures, which
    anybody may have made.
    """
    manifest = _manifest(folder)
    signed_by = _signer(folder, manifest, unsigned=unsigned)
    backup = Backup(folder, manifest, signed_by, _identities(folder, manifest, identity))
    dump = folder / f"{DUMP}{backup.ending}"
    if not dump.is_file():
        raise BadBackup(f"{folder} is no backup: {dump.name} is missing.")
    if _digest(dump) != manifest["database"]:
        raise BadBackup(f"{dump} is not what was backed up.")
    if backup.identities is not None:
        sealing.try_to_open(dump, backup.identities)
    _compare_files(backup)
    return backup


def restore(backup: Backup, *, account: str) -> str:
    """Put a backup in the place of the present database; return the name under which that one is kept.

    The book of what is restored says so, by which account of the machine, and who had signed it.
    """
    role = backup.manifest["roles"]["application"]
    if role != databases.application_role():
        raise Problem(f"The backup belongs to the role {role}: name it in DATABASE_URL.")
    provide_store()
    name = addresses.name_of(databases.application_url())
    # The rights come with the dump: those by default would give the application what a migration has taken away.
    fresh, stamp = f"{name}_restored", f"{clock.now():%Y%m%d%H%M%S}"
    url = databases.create_empty(fresh)
    dumps.restore_from(backup.feed, url, databases.major_version())
    for _ in side_by_side(partial(_put_back, backup, storage.store()), _lines(backup)):
        pass
    connections.close_all()  # nobody is left in either
    kept = databases.put_in_place(fresh, aside=f"{name}_before_{stamp}")
    databases.prepare()
    with session():
        after = {"backup": backup.manifest["made_at"], "signed_by": backup.signed_by, "kept_as": kept}
        book.write("settings.restored", by=None, user=None, subject=("site", "backup"), after=after, address=account)
    return kept


def practise(backup: Backup) -> list[str]:
    """Restore a backup into a database beside the present one, check it and drop it; return what does not hold.

    Nothing of the present system is touched but for the note that it was practised, which the doctor asks for.
    """
    name = f"{addresses.name_of(databases.application_url())}_practised"
    url = databases.create_empty(name)
    try:
        dumps.restore_from(backup.feed, url, databases.major_version())
        # As it was then: what has become due since is done by a restore, and here by nobody.
        made_at = clock.local(datetime.fromisoformat(backup.manifest["made_at"]))
        with databases.using(url), clock.simulated(made_at.date(), made_at.time()):
            told = list(_broken())
    finally:
        databases.drop(name)
    if not told:
        detail = {"backup": backup.manifest["made_at"], "signed_by": backup.signed_by}
        Beat.objects.update_or_create(name=vitals.PRACTISED, defaults={"at": clock.now(), "detail": detail})
    return told


def what_does_not_hold() -> list[str]:
    """After a restore: what has become due since is done; then every invariant, chain and promised file is checked."""
    sweep(thorough=True)
    return [*_broken(), *(f"file {name}: missing or damaged" for name in damaged(promises(), storage.store()))]


def _broken() -> Iterator[str]:
    yield from (f"{row.invariant} {row.dossier}: {row.subject}: {row.what}" for row in checking.check())
    yield from (f"chain {place.dossier} / {place.sequence}: {place.what}" for place in audit.verify())


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = as_json(folder / MANIFEST)
    except Unreadable as error:
        raise BadBackup(f"{folder} is no backup: {error}.") from error
    if isinstance(manifest, dict) and manifest.get("format", FORMAT) not in (BEFORE, FORMAT):
        raise BadBackup(f"{folder} was made by another version of this program.")
    if lacks := manifests.complaint(manifest):
        raise BadBackup(f"{folder} is no backup: {MANIFEST} {lacks}.")
    return dict(manifest)


def _signer(folder: Path, manifest: dict[str, Any], *, unsigned: bool) -> str:
    """Who signed the manifest; refused with the cure when nobody did, or somebody else."""
    path = folder / SIGNATURE
    if manifest["format"] == BEFORE:
        if not unsigned:
            raise BadBackup(
                f"{folder} is not signed: it is of a version before signatures, or made up by somebody. If you know "
                "where it has been since, say --unsigned; the book will say so, too."
            )
        return UNSIGNED
    if not path.is_file():
        raise BadBackup(f"{folder} is not signed: {SIGNATURE} is missing. Take another backup.")
    try:
        return keys.verified((folder / MANIFEST).read_bytes(), as_json(path)).short
    except Unreadable as error:
        raise BadBackup(f"{folder}: the signature cannot be read: {error}.") from error
    except keys.BadKey as error:
        raise BadBackup(f"{folder} is not believed: {error}.") from error


def _identities(folder: Path, manifest: dict[str, Any], identity: Path | None) -> sealing.Identities | None:
    named = manifest.get("recipients", [])
    if not named:
        return None
    if identity is None:
        raise BadBackup(f"{folder} is encrypted for {', '.join(map(str, named))}: say --identity FILE with its key.")
    return keys.identities(identity)


def _compare_files(backup: Backup) -> None:
    manifest, folder = backup.manifest, backup.folder
    if manifest["format"] == FORMAT:
        listed = folder / LIST
        if not listed.is_file() or _digest(listed) != manifest["files"]["sha256"]:
            raise BadBackup(f"{listed} is missing or not what was backed up.")
    wrong = [line.name for line, holds in side_by_side(partial(_lies_there, backup), _lines(backup)) if not holds]
    if wrong:
        raise BadBackup(f"{len(wrong)} files of {folder} are missing or damaged: {', '.join(sorted(wrong)[:5])}")


def _lines(backup: Backup) -> Iterator[Line]:
    try:
        yield from manifests.lines(backup.folder, backup.manifest)
    except (ValueError, json.JSONDecodeError) as error:
        raise BadBackup(f"{backup.folder} is no backup: {LIST} {error}.") from error


def _lies_there(backup: Backup, line: Line) -> bool:
    try:
        with backup.lying(line):
            return True
    except (FileNotFoundError, storage.Damaged):
        return False
    except OSError as error:
        raise Problem(f"The files cannot be checked: {error}") from error


def _put_back(backup: Backup, store: storage.Store, line: Line) -> None:
    """Put one file in its place, compared with what its row promises."""
    promise = Promise(line.name, line.sha256)
    try:
        with backup.lying(line) as file, sealing.opened(file, backup.identities) as opened:
            plain = cast("BinaryIO", opened)
            if backup.identities is not None and hash_of(plain) != promise.sha256:
                raise storage.Damaged(f"{promise.name} is not the file that was stored")  # noqa: TRY301 -- one sentence for all
            storage.put_back(store, promise.name, plain)
    except storage.Damaged as error:
        raise BadBackup(f"{error}.") from error
    except OSError as error:
        raise Problem(f"{promise.name} cannot be stored: {error}") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hash_of(file)
