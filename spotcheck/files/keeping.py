"""Keeping what was handed in: checked first, then stored by its hash with its bindable pages and its small picture."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction

from spotcheck.files import storage
from spotcheck.files.checking import Checked, checked
from spotcheck.files.checks.content import LARGEST, MEGABYTE, SUFFIXES
from spotcheck.files.models import StoredFile
from spotcheck.files.reasons import FileRefused
from spotcheck.files.scanning import scan
from spotcheck.files.stores import hash_of


def keep_checked(
    path: Path, *, at: datetime, media_types: Collection[str] = tuple(SUFFIXES), largest: int | None = None
) -> StoredFile:
    """Check a file of this machine and keep it; the same content again is the same row.

    Raises :class:`FileRefused` (nothing is kept), ``scanning.Silent`` and what the store raises. The files are there
    before their row.
    """
    if largest is not None and path.stat().st_size > largest:
        raise FileRefused("too_large", f"{largest // MEGABYTE} MB")
    with path.open("rb") as file:
        digest = hash_of(file)
    if (known := _known(digest, media_types)) is not None:
        return known
    with checked(path) as found:
        _refuse_type(found.media_type, media_types)
        was_scanned = scan(path)
        row = _stored(found, digest, at)
        if was_scanned:
            row.findings = row.findings | {"scanned": True}
    with transaction.atomic():
        StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(pk=digest)


def keep_bytes(content: bytes, *, at: datetime, media_types: Collection[str] = tuple(SUFFIXES)) -> StoredFile:
    """The same with a small file that is in the memory already."""
    if (known := _known(sha256(content).hexdigest(), media_types)) is not None:
        return known
    with _written(content) as path:
        return keep_checked(path, at=at, media_types=media_types)


def _known(digest: str, media_types: Collection[str]) -> StoredFile | None:
    """The row of a file that was handed in before. What was destroyed after its time is not taken a second time."""
    known = StoredFile.objects.filter(pk=digest).first()
    if known is not None:
        _refuse_type(known.media_type, media_types)
        if known.is_gone:
            raise FileRefused("destroyed")
    return known


def empty(stored: StoredFile) -> list[str]:
    """Let a row say that its files are gone; return their names, to be removed from the store after the commit.

    The caller holds the row and is the owner of the tables: the application may not.
    """
    names = [name for name in (stored.file, stored.leaf_file, stored.thumb_file) if name]
    StoredFile.objects.filter(pk=stored.pk).update(file="", leaf_file="", thumb_file="")
    stored.file = stored.leaf_file = stored.thumb_file = ""
    return names


def largest_of(media_types: Collection[str]) -> int:
    """Bytes of the largest file that one of these types may have."""
    return max(LARGEST[kind] for kind in media_types)


def _refuse_type(found: str, wanted: Collection[str]) -> None:
    if found not in wanted:
        raise FileRefused("not_this_kind", SUFFIXES[found].removeprefix(".").upper())


def _stored(found: Checked, digest: str, at: datetime) -> StoredFile:
    """The row of a checked file whose files have been stored."""
    stem = f"files/{digest[:2]}/{digest}"
    whole = storage.keep_file(f"{stem}{SUFFIXES[found.media_type]}", found.path)
    row = StoredFile(
        sha256=digest,
        file=whole.name,
        size=whole.size,
        media_type=found.media_type,
        findings=found.findings,
        checked_at=at,
    )
    if whole.sha256 != digest:
        raise FileRefused("changed")
    if found.leaf is not None:
        leaf = storage.keep(f"{stem}.leaf.pdf", found.leaf.read_bytes())
        row.leaf_file, row.leaf_sha256 = leaf.name, leaf.sha256
    if found.thumbnail is not None:
        small = storage.keep(f"{stem}.thumb.jpg", found.thumbnail.read_bytes())
        row.thumb_file, row.thumb_sha256 = small.name, small.sha256
    return row


def pages(stored: StoredFile) -> bytes | None:
    """The bindable pages of a kept file; None when it has none (a film, a sheet, a very long file)."""
    return storage.read(stored.leaf_file, stored.leaf_sha256) if stored.leaf_file else None


def pages_of(content: bytes) -> bytes | None:
    """Bindable pages of a file without a row (handed in before there were any); None when it has none."""
    try:
        with _written(content) as path, checked(path) as found:
            return found.leaf.read_bytes() if found.leaf is not None else None
    except FileRefused:
        return None


def look_at(content: bytes, media_types: Collection[str]) -> None:
    """Raise :class:`FileRefused` for a file that would not be kept; nothing is kept either way."""
    _refuse_type(_type_of(content), media_types)


@lru_cache(maxsize=4)
def _type_of(content: bytes) -> str:
    """The type of a file that is taken; the same slip is not looked at for every line of a list."""
    with _written(content) as path, checked(path) as found:
        return found.media_type


@contextmanager
def _written(content: bytes) -> Iterator[Path]:
    with NamedTemporaryFile(prefix="spotcheck-handed-in-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
