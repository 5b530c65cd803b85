"""Files of papers and proofs: kept whole or not at all, with their SHA-256, and never changed afterwards.

They lie below MEDIA_ROOT, or in the bucket of SPOTCHECK_FILES. All that has to do with stored files goes through this
module; which rows promise which file is in :mod:`.promises`.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from django.conf import settings

from spotcheck.files.stores import Away, Damaged, Folder, Store, Taken, hash_of

__all__ = [
    "Away",
    "Damaged",
    "Folder",
    "Kept",
    "Store",
    "is_there",
    "keep",
    "keep_file",
    "open_from",
    "opened",
    "put_back",
    "read",
    "read_from",
    "store",
]

OF_THE_HASH: Final = 16
"""So many digits of its hash stand in the name of a file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file: its name in the store, its hash and size."""

    name: str
    sha256: str
    size: int


def store() -> Store:
    """Where this system keeps its files."""
    if not settings.BUCKET:
        return Folder(Path(settings.MEDIA_ROOT))
    from spotcheck.files.bucket import Bucket  # noqa: PLC0415 -- slow import, and not installed everywhere

    place = urlsplit(settings.BUCKET)
    prefix = place.path.strip("/")
    return Bucket(place.netloc, f"{prefix}/" if prefix else "")


def keep(name: str, content: bytes) -> Kept:
    """Store a new file, with a part of its hash in its name.

    So a paper that is drawn twice, because its first worker was believed dead, lies there twice: neither takes the
    other's place, and the row promises the one that it names.
    """
    digest = sha256(content).hexdigest()
    path = PurePosixPath(name)
    kept = Kept(str(path.with_stem(f"{path.stem}-{digest[:OF_THE_HASH]}")), digest, len(content))
    store().put(kept.name, content)
    return kept


def keep_file(name: str, path: Path) -> Kept:
    """Store a file of this machine under its name, however long it is; the name is one that no other file can want."""
    with path.open("rb") as file:
        digest = hash_of(file)
        store().put_file(name, file)
    return Kept(name, digest, path.stat().st_size)


def opened(name: str, expected: str) -> BinaryIO:
    """Open a stored file, compared before its first byte is handed on; raises :class:`Damaged`."""
    return open_from(store(), name, expected)


def open_from(place: Store, name: str, expected: str) -> BinaryIO:
    """Open a file of a store, compared; whoever opens it closes it."""
    file = place.open(name)
    with ExitStack() as unless_it_is_right:
        unless_it_is_right.callback(file.close)
        _compare(file, name, expected)
        unless_it_is_right.pop_all()
    return file


def _compare(file: BinaryIO, name: str, expected: str) -> None:
    if hash_of(file) != expected:
        raise Damaged(f"{name} is not the file that was stored")
    file.seek(0)


def read(name: str, expected: str) -> bytes:
    """Return a stored file; raises :class:`Damaged` when its hash is not the one on record."""
    return read_from(store(), name, expected)


def read_from(place: Store, name: str, expected: str) -> bytes:
    """Return a file of a store as it is on record."""
    content = place.get(name)
    if sha256(content).hexdigest() != expected:
        raise Damaged(f"{name} is not the file that was stored")
    return content


def is_there(place: Store, name: str, expected: str) -> bool:
    """Whether a store holds this file as it is on record; an ``OSError`` when it cannot be asked."""
    try:
        open_from(place, name, expected).close()
    except (FileNotFoundError, Damaged):
        return False
    return True


def put_back(place: Store, name: str, file: BinaryIO) -> None:
    """Put a file of a backup in its place; what stands there and is another file has been damaged, and goes aside."""
    try:
        place.put_file(name, file)
    except Taken:
        place.set_aside(name)
        place.put_file(name, file)
