"""Streams into the files of a backup and out of them, plain or encrypted (age), a piece at a time."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, TypeAlias

import pyrage

from spotcheck.files.stores import PIECE
from spotcheck.wiring.machine.problems import Problem

Recipients: TypeAlias = Sequence[pyrage.x25519.Recipient]
Identities: TypeAlias = Sequence[pyrage.x25519.Identity]
ENDING: Final = ".age"


class NotOpened(Problem):
    """What was encrypted for others, or is damaged."""


class _Hashed:
    """Writes on, and keeps the hash of what went by."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, sha256()

    def write(self, piece: bytes) -> int:
        """Write one piece."""
        self.digest.update(piece)
        self.file.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Flush the file."""
        self.file.flush()


class _Enough:
    """Takes the first piece of what was opened, and no more."""

    has_come = False

    def write(self, _piece: bytes) -> int:
        """Refuse to go on."""
        self.has_come = True
        raise BrokenPipeError

    def flush(self) -> None:
        """There is nothing to flush."""


def write(path: Path, source: IO[bytes], recipients: Recipients) -> str:
    """Write a stream into a new file (0600), encrypted where there are recipients; return the SHA-256 of the file.

    Content is on the disk afterwards. Raises ``OSError`` when it cannot be.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 -- mode at birth
        hashed = _Hashed(file)
        if recipients:
            try:
                pyrage.encrypt_io(source, hashed, list(recipients))
            except pyrage.EncryptError as error:  # what reading or writing raised, in words of the library
                raise OSError(f"{path.name}: {error}") from error
        else:
            shutil.copyfileobj(source, hashed, PIECE)
        file.flush()
        os.fsync(file.fileno())
    return hashed.digest.hexdigest()


def pour(source: IO[bytes], target: IO[bytes], identities: Identities | None) -> None:
    """Write what was kept into a stream, opened with these identities; None: it lies there plain."""
    if identities is None:
        shutil.copyfileobj(source, target, PIECE)
        return
    try:
        pyrage.decrypt_io(source, target, list(identities))
    except pyrage.DecryptError as error:
        raise NotOpened(f"The backup cannot be opened with this key: {error}.") from error


@contextmanager
def opened(source: IO[bytes], identities: Identities | None) -> Iterator[IO[bytes]]:
    """What was kept, as a file to be read from its beginning; a file without a name where it had to be opened."""
    if identities is None:
        yield source
        return
    with TemporaryFile() as plain:
        pour(source, plain, identities)
        plain.seek(0)
        yield plain


def try_to_open(path: Path, identities: Identities) -> None:
    """Open the beginning of an encrypted file; raises :class:`NotOpened` when none of the keys fits."""
    first = _Enough()
    with path.open("rb") as file:
        try:
            pyrage.decrypt_io(file, first, list(identities))
        except (pyrage.DecryptError, OSError) as error:
            if not first.has_come:
                raise NotOpened(
                    f"None of these keys opens {path}: take the one whose recipient the manifest names."
                ) from error
