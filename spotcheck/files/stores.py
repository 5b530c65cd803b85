"""Stores: where files are kept under a name, whole or not at all, and never in the place of another.

A store takes bytes under a name and gives them back. Everything that goes wrong is an ``OSError``: what is missing is
a ``FileNotFoundError``, what cannot be reached is :class:`Away`, and what is there otherwise is :class:`Taken`.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final, Protocol

_NAME: Final = re.compile(r"(?!\.)[\w .~-]+(/(?!\.)[\w .~-]+)*")
"""Parts with slashes between them; none begins with a dot, so that no name leads outside or to half a file."""


class Damaged(OSError):
    """A stored file is not what was stored."""


class Taken(OSError):
    """Another file has this name; it stays as it is."""


class Away(OSError):
    """The store does not answer, or refuses; what was to be stored may be there or not, and can be sent again."""


class Store(Protocol):
    """A place for files."""

    def put(self, name: str, content: bytes) -> None:
        """Keep a file for good; the same again is no second one. Raises :class:`Taken` when another has the name."""

    def get(self, name: str) -> bytes:
        """Return a file."""

    def set_aside(self, name: str) -> None:
        """Give a damaged file another name, which says so: its place is free, and it can be looked at."""

    def look(self) -> None:
        """Raise an ``OSError`` when nothing can be kept here now."""

    def provide(self) -> None:
        """Make the place itself, if it is not there yet."""


def checked(name: str) -> str:
    """Return the name of a file; raises ``ValueError`` for one that leads outside."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} leads outside")
    return name


def aside(name: str) -> str:
    """The name under which something damaged is kept."""
    return f"{name}~damaged~{token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Folder:
    """Files below a folder of this machine, or of one that all machines see (a POSIX file system)."""

    root: Path

    def put(self, name: str, content: bytes) -> None:
        """Write beside the place, flush, and link: the link is there at once and whole, or somebody was first."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{token_hex(4)}")
        try:
            _write(part, content)
            os.link(part, path)
        except FileExistsError:
            if path.read_bytes() != content:
                raise Taken(f"{name} is there already, and is another file") from None
        finally:
            part.unlink(missing_ok=True)
        _flush_folder(path.parent)

    def get(self, name: str) -> bytes:
        """Return a file."""
        return self._path(name).read_bytes()

    def set_aside(self, name: str) -> None:
        """Rename it."""
        path = self._path(name)
        path.rename(path.with_name(aside(path.name)))

    def look(self) -> None:
        """Ask whether the folder, or the one in which it will be made, can be written to."""
        existing = next(folder for folder in (self.root, *self.root.parents) if folder.exists())
        if not os.access(existing, os.W_OK | os.X_OK):
            raise Away(f"{existing} cannot be written to")

    def provide(self) -> None:
        """Make the folder; it is made with the first file anyhow."""
        self.root.mkdir(parents=True, exist_ok=True)

    def _path(self, name: str) -> Path:
        return self.root / checked(name)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
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
