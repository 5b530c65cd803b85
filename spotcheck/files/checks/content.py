"""What a file is, told by its first bytes and never by its name; and how large one of its kind may be."""

import re
from pathlib import Path
from typing import Final

from spotcheck.files.checks.refusal import Refusal

PDF, JPEG, PNG, WEBP, HEIC, MP4, XLSX = (
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "video/mp4",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
SUFFIXES: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", WEBP: ".webp", HEIC: ".heic", MP4: ".mp4", XLSX: ".xlsx"}
PICTURES: Final = frozenset({JPEG, PNG, WEBP, HEIC})
MEGABYTE: Final = 1000 * 1000
LARGEST: Final = {
    **dict.fromkeys(PICTURES, 50 * MEGABYTE),
    PDF: 200 * MEGABYTE,
    XLSX: 200 * MEGABYTE,
    MP4: 2 * 1024**3,
}
"""Bytes of the largest file of a type; a kind of material may want less."""
HEAD: Final = 1024
_STILL: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_MOVING: Final = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"dash",
        b"MSNV",
        b"3gp4",
        b"3gp5",
    }
)
_STARTS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"PK\x03\x04", XLSX),  # or another archive: its list of entries says, see sheet.py
    (b"PK\x05\x06", XLSX),
)
_OTHERS: Final = (
    (b"II*\0", "other_picture", "TIFF"),
    (b"MM\0*", "other_picture", "TIFF"),
    (b"GIF8", "other_picture", "GIF"),
    (b"BM", "other_picture", "BMP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office", ""),
    (b"Rar!", "archive", ""),
    (b"7z\xbc\xaf\x27\x1c", "archive", ""),
    (b"\x1f\x8b", "archive", ""),
    (b"RIFF", "other_film", "AVI/WAV"),
    (b"\x1aE\xdf\xa3", "other_film", "MKV/WebM"),
)
_MARKUP: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|svg|script|\?php|!--)", re.IGNORECASE)


def media_type(path: Path) -> str:
    """Return the type of a file that is taken; raises :class:`Refusal` for every other."""
    size = path.stat().st_size
    if not size:
        raise Refusal("empty")
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = _told(head)
    if size > LARGEST[found]:
        raise Refusal("too_large", f"{LARGEST[found] // MEGABYTE} MB")
    return found


def _told(head: bytes) -> str:
    if head.lstrip(b"\0\t\n\f\r ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _boxed(head)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    for start, code, what in _OTHERS:
        if head.startswith(start):
            raise Refusal(code, what)
    raise Refusal("markup" if _MARKUP.match(head) else "unknown")


def _boxed(head: bytes) -> str:
    """A file of boxes: a still picture, a film, or what neither is."""
    size = min(int.from_bytes(head[:4], "big"), HEAD)
    brands = [head[8:12], *(head[place : place + 4] for place in range(16, size - 3, 4))]
    if brands[0] in _STILL and (brands[0] != b"mif1" or b"heic" in brands):
        return HEIC
    if brands[0] in _MOVING:
        return MP4
    if brands[0] == b"qt  ":
        raise Refusal("other_film", "QuickTime")
    if brands[0] in {b"avif", b"mif1"}:
        raise Refusal("other_picture", "AVIF")
    raise Refusal("unknown")
