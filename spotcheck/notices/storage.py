"""Files of papers and proofs below MEDIA_ROOT: written whole or not at all, with their SHA-256."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file: its name below MEDIA_ROOT, its hash and size."""

    name: str
    sha256: str
    size: int


class Damaged(OSError):
    """A stored file is not what was stored."""


def keep(name: str, content: bytes) -> Kept:
    """Store a file: into a temporary one, flushed to disk, then renamed, so that nobody ever reads half of it."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write(part, content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)
    return Kept(name, sha256(content).hexdigest(), len(content))


def read(name: str, expected: str) -> bytes:
    """Return a stored file; raises :class:`Damaged` when its hash is not the one on record."""
    content = path_of(name).read_bytes()
    if sha256(content).hexdigest() != expected:
        raise Damaged(f"{name} is not the file that was stored")
    return content


def path_of(name: str) -> Path:
    """Where a stored file lies; names never lead outside."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{name!r} leads outside")
    return path


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
