"""PDF: what opens for everybody is taken, if nothing in it acts; looked at object by object, in every revision.

A script can hide in a stream of objects, behind escaped letters of its name, or in a revision that a later one covers:
a search through the bytes finds none of these, so every object of every revision is read.
"""

import re
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

from pypdf import Configuration, PasswordType, PdfReader, overwrite_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from spotcheck.files.checks import leaf
from spotcheck.files.checks.refusal import Refusal

MEGABYTE: Final = 1000 * 1000
MOST_OBJECTS: Final = 50_000
MOST_PAGES: Final = 2_000
MOST_REVISIONS: Final = 12
DEEPEST: Final = 60
MOST_BRACKETS: Final = 500
BOUND_UP_TO: Final = 60 * MEGABYTE
"""Bytes: a longer file is kept and lies in the ZIP; the case file says so on a page."""
_INFLATED: Final = 8 * MEGABYTE
_FORGET_AFTER: Final = 32 * MEGABYTE
_ACTS: Final = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/XFA", "/RichMedia", "/Collection"}
)
_NOTES: Final = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen"})
_ACTIONS: Final = frozenset(
    {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
     "/RichMediaExecute", "/GoTo3DView", "/SetOCGState", "/ResetForm", "/Hide", "/Thread"}
)  # fmt: skip
BROKEN: Final = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError, OverflowError,
    NotImplementedError, AssertionError, ArithmeticError,
)  # fmt: skip
"""Whatever a broken file does to its reader."""
_END: Final = re.compile(rb"%%EOF")
_MARKS: Final = re.compile(rb"(?<!end)stream\r?\n|(?<![A-Za-z])obj(?![A-Za-z])|<<|>>|\[|\]")


def check(path: Path, folder: Path) -> dict[str, Any]:
    """Return what is found, and write the bindable pages into ``folder / 'leaf.pdf'``; raises :class:`Refusal`."""
    size = path.stat().st_size
    overwrite_configuration(
        Configuration(
            maximum_declared_stream_length=size,
            array_based_stream_maximum_output_length=_INFLATED,
            lzw_maximum_output_length=_INFLATED,
            run_length_maximum_output_length=_INFLATED,
            zlib_maximum_output_length=_INFLATED,
            zlib_maximum_recovery_input_length=0,
            stream_filters_maximum_length=4,
            stream_decoding_work_maximum_length=2 * _INFLATED,
            page_tree_maximum_entries=MOST_PAGES + 1,
            page_tree_maximum_page_entries=8 * MOST_PAGES,
            disable_legacy_handling=True,
        )
    )
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            _refuse_depth(content)
            ends = _revisions(content)
            for end in ends[:-1]:
                _look_at_earlier(content[:end])
        return _check_last(path, folder, size)
    except LimitReachedError as error:
        raise Refusal("too_costly") from error
    except MemoryError as error:
        raise Refusal("too_costly") from error
    except DependencyError as error:
        raise Refusal("protected") from error
    except BROKEN as error:
        raise Refusal("damaged") from error


def _check_last(path: Path, folder: Path, size: int) -> dict[str, Any]:
    """The file as it is read today."""
    with path.open("rb") as file:
        reader = PdfReader(file, strict=False)
        _open(reader)
        _walk(reader)
        count = len(reader.pages)
        if not count:
            raise Refusal("no_page")
        if count > MOST_PAGES:
            raise Refusal("too_many", f"{count} pages")
        found: dict[str, Any] = {"pages": count, "owner_password": bool(reader.is_encrypted)}
        if size <= BOUND_UP_TO:
            leaf.of_pdf(reader, folder / "leaf.pdf")
        return found


def _refuse_depth(content: mmap) -> None:
    """Refuse brackets in brackets in brackets before a parser follows them; streams are passed over."""
    depth, place = 0, 0
    while (mark := _MARKS.search(content, place)) is not None:
        place, what = mark.end(), mark[0]
        if what == b"obj":
            depth = 0
        elif what.startswith(b"stream"):
            end = content.find(b"endstream", place)
            place = end if end > 0 else len(content)
        elif what in {b"<<", b"["}:
            depth += 1
            if depth > MOST_BRACKETS:
                raise Refusal("too_costly")
        else:
            depth -= 1


def _revisions(content: mmap) -> list[int]:
    """Where each revision ends; the last one at the end of the file, or else something was appended."""
    ends = [mark.end() for mark in _END.finditer(content)]
    if not ends:
        raise Refusal("cut")
    if content[ends[-1] : ends[-1] + 4096].strip(b"\0\t\n\f\r \x1a") or len(content) - ends[-1] > 4096:
        raise Refusal("appended")
    if len(ends) > MOST_REVISIONS:
        raise Refusal("too_many", "revisions")
    return ends


def _look_at_earlier(content: bytes) -> None:
    """What a later revision covers; the first part of a file made for the web is none and opens for nobody."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        _open(reader)
        _walk(reader)
    except LimitReachedError:
        raise
    except BROKEN:
        return


def _open(reader: PdfReader) -> None:
    """A password that is only asked for printing or copying is none to whoever reads."""
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Refusal("protected")


def _walk(reader: PdfReader) -> None:
    """Refuse what acts, wherever it stands, also where nothing points to it."""
    _refuse_opening(reader)
    numbers = {(number, generation) for generation, row in reader.xref.items() for number in row}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise Refusal("too_many", "objects")
    read = 0
    for number, generation in sorted(numbers):
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is None or isinstance(found, NullObject):
            continue
        _look_into(found)
        if isinstance(found, StreamObject):
            read += len(getattr(found, "_data", b""))
        if read > _FORGET_AFTER:
            reader.resolved_objects.clear()
            read = 0


def _look_into(found: Any) -> None:
    """One object and everything that lies in it itself."""
    waiting: list[tuple[Any, int]] = [(found, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if depth > DEEPEST:
            raise Refusal("too_costly")
        if isinstance(thing, DictionaryObject):
            _refuse_acting(thing)
            waiting += ((part, depth + 1) for part in dict.values(thing))
        elif isinstance(thing, ArrayObject):
            waiting += ((part, depth + 1) for part in list.__iter__(thing))


def _refuse_acting(thing: DictionaryObject) -> None:
    names = {str(name) for name in thing}
    if bad := sorted(names & _ACTS):
        raise Refusal("active", bad[0].removeprefix("/"))
    kind, sub = _plain(thing, "/S"), _plain(thing, "/Subtype")
    if kind in _ACTIONS and _plain(thing, "/Type") in {"", "/Action"}:
        raise Refusal("active", kind.removeprefix("/"))
    if sub in _NOTES:
        raise Refusal("active", sub.removeprefix("/"))


def _refuse_opening(reader: PdfReader) -> None:
    """What happens on opening: to go to a page is no harm."""
    catalogue = reader.trailer["/Root"].get_object()
    if not isinstance(catalogue, DictionaryObject):
        raise Refusal("damaged")
    action = catalogue.get("/OpenAction")
    action = action.get_object() if action is not None else None
    if isinstance(action, DictionaryObject) and _plain(action, "/S") not in {"/GoTo", ""}:
        raise Refusal("active", "OpenAction")


def _plain(thing: DictionaryObject, name: str) -> str:
    found = dict.get(thing, name)
    found = found.get_object() if isinstance(found, IndirectObject) else found
    return str(found) if isinstance(found, str) else ""
