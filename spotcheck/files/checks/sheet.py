"""Sheets (xlsx): an archive whose sizes are believed before anything of it is opened; no macros, no links outside."""

import re
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from spotcheck.files.checks.refusal import Refusal

MOST_ENTRIES: Final = 5_000
MOST_BYTES: Final = 150 * 1000 * 1000
MOST_TIMES: Final = 100
"""A part is at most so many times as large as it lies in the archive, if it is large at all."""
_SMALL: Final = 1000 * 1000
_PIECE: Final = 1024 * 1024
_ACTS: Final = re.compile(r"vbaProject|macrosheets|activeX|ctrlProps|/embeddings/|\.bin$", re.IGNORECASE)
_HARMLESS: Final = re.compile(r"printerSettings\d*\.bin$")
_OUTSIDE: Final = re.compile(r"externalLinks/|connections\.xml$|queryTables/", re.IGNORECASE)


def check(path: Path) -> dict[str, Any]:
    """Return how many sheets there are; raises :class:`Refusal`, also for an archive that is no sheet."""
    try:
        with ZipFile(path) as box:
            parts = box.infolist()
            _refuse_by_list(parts)
            _read_through(box, parts)
    except (BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refusal("damaged") from error
    return {"sheets": sum(bool(re.match(r"xl/worksheets/[^/]+\.xml$", part.filename)) for part in parts)}


def _refuse_by_list(parts: list[ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(name.startswith("word/") for name in names):
        raise Refusal("word")
    if any(name.endswith("OFD.xml") for name in names):
        raise Refusal("ofd")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Refusal("archive")
    if len(parts) > MOST_ENTRIES or len(names) < len(parts):
        raise Refusal("too_costly")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("protected")
    _refuse_sizes(parts)
    for name in names:
        _refuse_part(name)


def _refuse_sizes(parts: list[ZipInfo]) -> None:
    bombs = [part for part in parts if part.file_size > max(_SMALL, MOST_TIMES * part.compress_size)]
    if bombs or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refusal("too_costly")


def _refuse_part(name: str) -> None:
    if name.startswith("/") or ".." in name.split("/") or "\\" in name:
        raise Refusal("damaged")
    if _OUTSIDE.search(name):
        raise Refusal("external")
    if _ACTS.search(name) and not _HARMLESS.search(name):
        raise Refusal("macros")


def _read_through(box: ZipFile, parts: list[ZipInfo]) -> None:
    """Read every part to its end, so that its checksum is compared; a document type of its own is a trap."""
    for part in parts:
        with box.open(part) as file:
            first = True
            while piece := file.read(_PIECE):
                if first and b"<!DOCTYPE" in piece[:4096]:
                    raise Refusal("active", "DOCTYPE")
                if first and part.filename == "[Content_Types].xml" and b"macroEnabled" in piece:
                    raise Refusal("macros")
                first = False
