"""Stores: where files are kept under a name, whole or not at all, and never in the place of another.

A store takes bytes under a name and gives them back. Everything that goes wrong is an ``OSError``: what is missing is
a ``FileNotFoundError``, what cannot be reached is :class:`Away`, and what is there otherwise is :class:`Taken`.
"""

import errno
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Final, Protocol, cast

_NAME: Final = re.compile(r"(?!\.)[\w .~-]+(/(?!\.)[\w .~-]+)*")
"""Parts with slashes between them; none begins with a dot, so that no name leads outside or to half a file."""


INCOMING: Final = "incoming/"
"""Below this lies what arrives in pieces: the only thing that a store forgets by itself."""
HANDED_IN: Final = "files/"
"""Below this lies what came with acts: the only thing that is ever destroyed, after its time."""
BLOCK: Final = 64 * 1024
"""Bytes that are written to see whether anything can be."""
PIECE: Final = 1024 * 1024
"""Bytes that are in the memory at a time."""


_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


class Damaged(OSError):
    """A stored file is not what was stored."""


class Taken(OSError):
    """Another file has this name; it stays as it is."""


class Away(OSError):
    """The store does not answer, or refuses; what was to be stored may be there or not, and can be sent again."""


class Full(Away):
    """There is no room left on the disk."""


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raise :class:`Full` for what a disk that is full says; nothing else is changed."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Full(f"there is no room left: {error.strerror}") from error
        raise


class Store(Protocol):
    """A place for files."""

    def put(self, name: str, content: bytes) -> None:
        """Keep a file for good; the same again is no second one. Raises :class:`Taken` when another has the name."""

    def put_file(self, name: str, file: BinaryIO) -> None:
        """The same with an open file, however long, from its beginning and piece by piece."""

    def get(self, name: str) -> bytes:
        """Return a file."""

    def open(self, name: str) -> BinaryIO:
        """Return a file to be read piece by piece; whoever opens it closes it."""

    def forget(self, prefix: str) -> None:
        """Remove what lies below a folder of :data:`INCOMING`, if there is anything; nothing else is ever removed."""

    def destroy(self, name: str) -> None:
        """Remove one of :data:`HANDED_IN`, if it is there: its time is over, and somebody has confirmed it."""

    def set_aside(self, name: str) -> None:
        """Give a damaged file another name, which says so: its place is free, and it can be looked at."""

    def look(self) -> None:
        """Raise an ``OSError`` when nothing can be kept here now."""

    def examine(self) -> set[str]:
        """Look more closely, for an operator; return what it has not that a store should. Raises ``OSError``."""

    def free(self) -> int | None:
        """How many bytes are left; None where nobody can say."""

    def provide(self) -> None:
        """Make the place itself, if it is not there yet."""


def checked(name: str) -> str:
    """Return the name of a file; raises ``ValueError`` for one that leads outside."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} leads outside")
    return name


def passing(prefix: str) -> str:
    """Return the name of a folder that may be forgotten; raises ``ValueError`` for everything that is for good."""
    if not prefix.startswith(INCOMING) or checked(prefix) == INCOMING.rstrip("/"):
        raise ValueError(f"{prefix!r} is kept for good: only what lies below {INCOMING} is forgotten")
    return prefix


def perishable(name: str) -> str:
    """Return the name of a file that may be destroyed; raises ``ValueError`` for papers and everything else."""
    if not name.startswith(HANDED_IN) or checked(name) == HANDED_IN.rstrip("/"):
        raise ValueError(f"{name!r} is kept for good: only what lies below {HANDED_IN} can be destroyed")
    return name


def hash_of(file: BinaryIO) -> str:
    """The SHA-256 of what is left to read, in hexadecimal digits."""
    return file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()


def aside(name: str) -> str:
    """The name under which something damaged is kept."""
    return f"{name}~damaged~{token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Folder:
    """Files below a folder of this machine, or of one that all machines see (a POSIX file system)."""

    root: Path

    def put(self, name: str, content: bytes) -> None:
        """Write beside the place, flush, and link: the link is there at once and whole, or somebody was first."""
        self._place(name, lambda file: file.write(content), lambda there: there.read_bytes() == content)

    def put_file(self, name: str, file: BinaryIO) -> None:
        """The same, piece by piece."""

        def is_same(there: Path) -> bool:
            file.seek(0)
            with there.open("rb") as other:
                return hash_of(other) == hash_of(file)

        file.seek(0)
        self._place(name, lambda made: shutil.copyfileobj(file, made, PIECE), is_same)

    def get(self, name: str) -> bytes:
        """Return a file."""
        return self._path(name).read_bytes()

    def open(self, name: str) -> BinaryIO:
        """Open a file."""
        return self._path(name).open("rb")

    def forget(self, prefix: str) -> None:
        """Remove a folder."""
        shutil.rmtree(self._path(passing(prefix)), ignore_errors=True)

    def destroy(self, name: str) -> None:
        """Remove a file, and make that survive a power cut."""
        path = self._path(perishable(name))
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _flush_folder(path.parent)

    def set_aside(self, name: str) -> None:
        """Rename it."""
        path = self._path(name)
        path.rename(path.with_name(aside(path.name)))

    def look(self) -> None:
        """Write a block and remove it: a disk that is full, or that may only be read, says so. Before there is a
        folder, the one in which it will be made is asked for its rights."""
        existing = self._existing()
        # by what this process may do now: an operator's command may write there by a capability
        if not os.access(existing, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            raise Away(f"{existing} cannot be written to")
        if existing != self.root:
            return
        block = self.root / f".look.{token_hex(4)}"
        try:
            with open(block, "xb", opener=_for_us_alone) as file:
                file.write(bytes(BLOCK))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Away(f"nothing can be written to {existing}: {error.strerror}") from error
        finally:
            block.unlink(missing_ok=True)

    def examine(self) -> set[str]:
        """A folder has whatever its file system has."""
        self.look()
        return set()

    def free(self) -> int | None:
        """Bytes that are left on the disk."""
        return shutil.disk_usage(self._existing()).free

    def provide(self) -> None:
        """Make the folder; it is made with the first file anyhow."""
        _make_folder(self.root)

    def _place(self, name: str, write: Callable[[BinaryIO], object], is_same: Callable[[Path], bool]) -> None:
        path = self._path(name)
        part = path.with_name(f".{path.name}.{token_hex(4)}")
        try:
            with told_when_full():
                _make_folder(path.parent)
                with open(part, "xb", opener=_for_us_alone) as file:
                    write(file)
                    file.flush()
                    os.fsync(file.fileno())
                os.link(part, path)
        except FileExistsError:
            if not is_same(path):
                raise Taken(f"{name} is there already, and is another file") from None
        finally:
            part.unlink(missing_ok=True)
        _flush_folder(path.parent)

    def _existing(self) -> Path:
        return next(folder for folder in (self.root, *self.root.parents) if folder.exists())

    def _path(self, name: str) -> Path:
        return self.root / checked(name)


def _make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for us alone whatever the umask."""
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
