"""The virus scanner: a client of clamd's INSTREAM, for a scanner that an installation may have (SPOTCHECK_SCANNER).

A file is sent piece by piece and answered by one word. Without a scanner nothing is asked; with one, a file is kept
only after it has said that nothing was found. Everything else (silence, half an answer, a limit of its own) is
:class:`Silent`: the file waits and is looked at again, and is never taken as clean.
"""

import socket
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from spotcheck.files.reasons import FileRefused
from spotcheck.files.stores import PIECE
from spotcheck.network import patience

CONNECT_SECONDS: Final = 5
SILENCE_SECONDS: Final = 60
"""So long may the scanner take neither a piece nor give a word."""
LONGEST_SECONDS: Final = 15 * 60
"""A film of 2 GiB and everything that a scanner does with it."""
HURRIED_SECONDS: Final = 1
"""Each of them in a request: what was not scanned in time waits, and a worker has it scanned."""
_COMMAND: Final = b"zINSTREAM\0"
_END: Final = b"\0"
_CLEAN, _FOUND, _NAMED = "stream: OK", " FOUND", "stream: "
_LONGEST_ANSWER: Final = 4096


class Silent(OSError):
    """The scanner does not answer, or not with a verdict."""


def scan(path: Path) -> bool:
    """Have a file looked at; False when there is no scanner. Raises :class:`FileRefused`, :class:`Silent`."""
    if settings.SCANNER is None:
        return False
    try:
        answer = _asked(settings.SCANNER, path)
    except OSError as error:
        raise Silent(f"the virus scanner does not answer: {error}") from error
    if answer.startswith(_NAMED) and answer.endswith(_FOUND):
        raise FileRefused("infected", answer.removeprefix(_NAMED).removesuffix(_FOUND)[:100])
    if answer != _CLEAN:
        raise Silent(f"the virus scanner gives no verdict: {answer[:200]}")
    return True


def look() -> None:
    """Ask whether the scanner is there, before anything long is done for it; raises :class:`Silent`."""
    if settings.SCANNER is None:
        return
    try:
        with socket.create_connection(settings.SCANNER, timeout=_at_most(CONNECT_SECONDS)) as line:
            line.settimeout(_at_most(CONNECT_SECONDS))
            line.sendall(b"zPING\0")
            answer = _answer(line, time.monotonic() + _at_most(CONNECT_SECONDS))
    except OSError as error:
        raise Silent(f"the virus scanner does not answer: {error}") from error
    if answer != "PONG":
        raise Silent(f"the virus scanner says {answer[:200]}")


def _asked(place: tuple[str, int], path: Path) -> str:
    """Send a file and return the answer, without the byte that ends it."""
    ends = time.monotonic() + _at_most(LONGEST_SECONDS)
    with socket.create_connection(place, timeout=_at_most(CONNECT_SECONDS)) as line, path.open("rb") as file:
        line.settimeout(_at_most(SILENCE_SECONDS))
        with suppress(BrokenPipeError, ConnectionResetError):  # it has said why before it hung up
            line.sendall(_COMMAND)
            while piece := file.read(PIECE):
                line.sendall(struct.pack(">I", len(piece)) + piece)
                _refuse_to_wait(ends)
            line.sendall(struct.pack(">I", 0))
        return _answer(line, ends)


def _answer(line: socket.socket, ends: float) -> str:
    heard = b""
    while not heard.endswith(_END):
        _refuse_to_wait(ends)
        part = line.recv(_LONGEST_ANSWER)
        if not part or len(heard) > _LONGEST_ANSWER:
            raise ConnectionError("half an answer")
        heard += part
    return heard.removesuffix(_END).decode(errors="replace").strip()


def _at_most(seconds: int) -> int:
    """So long, and in a request no longer than its patience allows."""
    return seconds if patience.now() is None else min(seconds, HURRIED_SECONDS)


def _refuse_to_wait(ends: float) -> None:
    if time.monotonic() > ends:
        raise TimeoutError("it takes too long")
