"""Films: an MP4 file is a row of boxes that cover it to its last byte, with a moving picture and its data.

Only the heads of boxes are read, never a picture: a film of 2 GiB costs as much as one of a megabyte.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from spotcheck.files.checks.refusal import Refusal

MOST_BOXES: Final = 20_000
_INSIDE: Final = frozenset({b"moov", b"trak", b"mdia"})
_DEEPEST: Final = 4


def check(path: Path) -> dict[str, Any]:
    """Return the length of a film in seconds; raises :class:`Refusal`."""
    size = path.stat().st_size
    found: dict[str, Any] = {"seconds": None}
    kinds: set[bytes] = set()
    with path.open("rb") as file:
        for name, start, end in _boxes(file, 0, size, 0, [0]):
            kinds.add(name)
            if name == b"hdlr":
                kinds.add(_read(file, start + 8, 4))
            elif name == b"mvhd":
                found["seconds"] = _seconds(_read(file, start, min(end - start, 32)))
    if not {b"moov", b"vide"} <= kinds or not kinds & {b"mdat", b"moof"}:
        raise Refusal("damaged")
    return found


def _boxes(file: BinaryIO, start: int, end: int, depth: int, count: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, begin and end of what is in each box, those inside others after their own."""
    while start < end:
        count[0] += 1
        if count[0] > MOST_BOXES:
            raise Refusal("too_costly")
        name, size, skip = _box(_read(file, start, min(16, end - start)), end - start)
        if start + size > end:
            raise Refusal("cut" if depth == 0 else "damaged")
        yield name, start + skip, start + size
        if name in _INSIDE and depth < _DEEPEST:
            yield from _boxes(file, start + skip, start + size, depth + 1, count)
        start += size


def _box(head: bytes, left: int) -> tuple[bytes, int, int]:
    """Name and size of a box, and where its content begins."""
    if len(head) < 8:
        raise Refusal("cut")
    size, name, skip = int.from_bytes(head[:4], "big"), head[4:8], 8
    if size == 1:
        size, skip = int.from_bytes(head[8:16], "big"), 16
    elif size == 0:
        size = left  # to the end
    if size < skip:
        raise Refusal("damaged")
    return name, size, skip


def _seconds(head: bytes) -> int | None:
    """The length out of the head of a film."""
    wide = bool(head and head[0] == 1)
    scale = int.from_bytes(head[20:24] if wide else head[12:16], "big")
    ticks = int.from_bytes(head[24:32] if wide else head[16:20], "big")
    return ticks // scale if scale else None


def _read(file: BinaryIO, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)
