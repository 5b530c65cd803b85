"""Sheets that leave the house: every cell a text, so that nothing in it is ever reckoned or opened as a link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import xlsxwriter

MOST_LETTERS: Final = 32_767
"""What a cell can hold; what is longer is cut and ends with an ellipsis."""
_WIDEST: Final = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, the heads of its columns, and the rows."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def written(sheet: Sheet) -> bytes:
    """Return it as an xlsx file."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True}))
        page.freeze_panes(2, 0)
        for column, name in enumerate(sheet.heads):
            page.write_string(1, column, name, head)
            page.set_column(column, column, _width(name, (row[column] for row in sheet.rows)))
        for number, row in enumerate(sheet.rows, start=2):
            for column, text in enumerate(row):
                page.write_string(number, column, _fitting(text))
    return out.getvalue()


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _width(head: str, cells: Iterable[str]) -> int:
    """As wide as its widest cell: a Chinese character takes the room of two letters."""
    widest = max((sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in (head, *cells)), default=8)
    return min(widest + 2, _WIDEST)
