"""Sheets that leave the house: every cell a text, so that nothing in it is ever reckoned or opened as a link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Final

import xlsxwriter

MOST_LETTERS: Final = 32_767
"""What a cell can hold; what is longer is cut and ends with an ellipsis."""
_WIDEST: Final = 48
_FIRST: Final = 2
"""The first line of rows, below the title and the heads."""
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, the heads of its columns, and the rows."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]


def written(sheet: Sheet) -> bytes:
    """Return it as an xlsx file."""
    out = BytesIO()
    write_to(out, sheet, {"in_memory": True})
    return out.getvalue()


def streamed(sheet: Sheet) -> tuple[IO[bytes], int]:
    """Return it as an xlsx file on disk that is gone once it is closed, and the number of its rows.

    Of the rows, which may be an iterator, no more than one is in memory.
    """
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    rows = write_to(out, sheet, {"constant_memory": True})
    out.seek(0)
    return out, rows


def digest_of(made: IO[bytes]) -> str:
    """The SHA-256 (hex) of a file, which stands at its beginning again."""
    found = file_digest(made, "sha256").hexdigest()  # type: ignore[arg-type]
    made.seek(0)
    return found


def write_to(out: IO[bytes], sheet: Sheet, options: Mapping[str, bool]) -> int:
    """Write it, and return the number of its rows."""
    widths = [_wide(name) for name in sheet.heads]
    number = _FIRST - 1
    with xlsxwriter.Workbook(out, {**_PLAIN, **options}) as book:
        page = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True}))
        page.freeze_panes(_FIRST, 0)
        for column, name in enumerate(sheet.heads):
            page.write_string(1, column, name, head)
        for number, row in enumerate(sheet.rows, start=_FIRST):
            for column, text in enumerate(row):
                page.write_string(number, column, _fitting(text))
                widths[column] = max(widths[column], _wide(text))
        for column, width in enumerate(widths):
            page.set_column(column, column, min(width + 2, _WIDEST))
    return number - _FIRST + 1


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _wide(text: str) -> int:
    """How wide a cell is: a Chinese character takes the room of two letters."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text[:_WIDEST])
