"""A sheet as texts: every cell with its address, numbers as their format shows them, what cannot be read named.

The head is found by its words, wherever it stands; above it may stand lines of a name and a value. A workbook keeps
numbers without their zeros: 7.40 is there as 7.4 with the format ``0.00``. The format gives them back; without one
nobody can, and the cell says so (``lost``) to whom it matters.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice, pairwise
from types import MappingProxyType
from typing import Any, Final
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from spotcheck.registers.imports.columns import Column
from spotcheck.rules import characters, texts
from spotcheck.rules.folding import fold
from spotcheck.rules.words import Words

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
HEAD_WITHIN: Final = 30
"""The head stands in one of the first lines."""
_WORKBOOK: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_PLACES: Final = re.compile(r"^0(?:\.(0+))?(?:_ )?$")


class Unreadable(Exception):
    """The file is no sheet of this kind; ``words`` say why and what to do."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text. ``lost``: a number without a format, whose zeros nobody knows; ``formula``: it is reckoned."""

    address: str
    text: str = ""
    lost: bool = False
    formula: bool = False


@dataclass(slots=True)
class Table:
    """A sheet by the names of the columns of a kind.

    ``places`` says where in the sheet a column stands; each of ``lines`` is the number of a line and its texts in the
    order of ``places``. ``marks`` names cells whose number may have lost its zeros (``lost``) or that are reckoned
    (``formula``). ``left_out`` are the heads that the kind does not know.
    """

    about: dict[str, Cell] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Every line with its cells by their columns."""
        for number, texts_of_line in self.lines:
            named = zip(self.places.items(), texts_of_line, strict=True)
            yield number, {name: self._cell(place, number, text) for (name, place), text in named}

    def cell(self, number: int, name: str, text: str) -> Cell:
        """The cell of a column in a line, for what is to be said of it."""
        return self._cell(self.places[name], number, text) if name in self.places else Cell("", text)

    def _cell(self, place: int, number: int, text: str) -> Cell:
        address = _address(place, number)
        mark = self.marks.get(address, "")
        return Cell(address, text, lost=mark == _LOST, formula=mark == _FORMULA)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it, to be looked at again."""
        return {
            "about": {name: _kept(cell) for name, cell in self.about.items()},
            "places": list(self.places.items()),
            "lines": self.lines,
            "marks": self.marks,
            "left_out": self.left_out,
        }


_LOST: Final = "lost"
_FORMULA: Final = "formula"


def from_json(kept: Mapping[str, Any]) -> Table:
    """The table that was kept."""
    about = {name: Cell(*cell) for name, cell in kept["about"].items()}
    lines = [(number, texts_of_line) for number, texts_of_line in kept["lines"]]
    return Table(about, dict(kept["places"]), lines, dict(kept["marks"]), list(kept["left_out"]))


def _kept(cell: Cell) -> list[Any]:
    return [cell.address, cell.text, cell.lost, cell.formula]


@dataclass(slots=True)
class _Line:
    """A line as it stands in the file: its number, its texts, and the marks of some of its places."""

    number: int
    texts: list[str]
    marks: dict[int, str] = field(default_factory=dict)


def table(
    content: bytes,
    columns: Sequence[Column],
    about: Sequence[Column] = (),
    own: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Read a file; ``own`` are further words for columns.

    Raises :class:`Unreadable`: for no sheet, for one without this head or with two.
    """
    heads = _names(columns) | dict(own)
    lines = _lines(content, with_formats=any(one.exact for one in (*columns, *about)))
    first = list(islice(lines, HEAD_WITHIN))
    found = [
        place
        for place, line in enumerate(first)
        if sum(key_of(text) in heads for text in line.texts if text) >= min(3, len(heads))
    ]
    if len(found) != 1:
        raise Unreadable(_no_head(columns) if not found else Words("找到两行表头", "there are two heads"))
    (head,) = found
    where = {place: heads[key_of(text)] for place, text in enumerate(first[head].texts) if key_of(text) in heads}
    if missing := [one.label for one in columns if one.needed and one.name not in where.values()]:
        raise Unreadable(
            Words(
                f"缺少列：{'、'.join(label.zh for label in missing)}",
                f"columns are missing: {', '.join(label.en for label in missing)}",
            )
        )
    if len(set(where.values())) < len(where):
        raise Unreadable(Words("有一列的表头出现了两次", "the head of a column stands there twice"))
    result = Table(_about(first[:head], _names(about)), {name: place for place, name in where.items()})
    result.left_out = [text for place, text in enumerate(first[head].texts) if text and place not in where]
    places = list(where)
    for line in chain(first[head + 1 :], lines):
        texts_of_line = [line.texts[place] if place < len(line.texts) else "" for place in places]
        marks = {_address(place, line.number): mark for place, mark in line.marks.items() if place in where}
        if any(texts_of_line) or _FORMULA in marks.values():
            result.lines.append((line.number, texts_of_line))
            result.marks |= marks
    return result


def _no_head(columns: Sequence[Column]) -> Words:
    names = [one.label for one in columns]
    return Words(
        f"没有找到表头。表头应当包括：{'、'.join(name.zh for name in names)}",
        f"there is no head; it should have: {', '.join(name.zh for name in names)}",
    )


def _names(columns: Sequence[Column]) -> dict[str, str]:
    """The columns by every word at whose head they are known."""
    return {key_of(word): one.name for one in columns for word in (one.label.zh, one.label.en, one.name, *one.others)}


def key_of(text: str) -> str:
    """How the word at the head of a column is compared."""
    return fold(text).replace(" ", "").rstrip(":*")


def _about(lines: Sequence[_Line], names: Mapping[str, str]) -> dict[str, Cell]:
    """The lines above the head: a name, and the value in the next cell."""
    found = {}
    for line in lines:
        for place, (name, value) in enumerate(pairwise(line.texts), start=1):
            if key_of(name) in names:
                mark = line.marks.get(place, "")
                cell = Cell(_address(place, line.number), value, lost=mark == _LOST, formula=mark == _FORMULA)
                found[names[key_of(name)]] = cell
                break
    return found


def _lines(content: bytes, *, with_formats: bool) -> Iterator[_Line]:
    if content.startswith(_OLD_WORKBOOK):
        raise Unreadable(Words("这是旧格式的工作簿（xls），请另存为 xlsx", "an old workbook (xls): save it as xlsx"))
    if content.startswith(_WORKBOOK):
        lines = _of_workbook(content) if with_formats else _of_large_workbook(content)
    else:
        lines = _of_text(content)
    for line in lines:
        if line.number > MOST_ROWS or len(line.texts) > MOST_COLUMNS:
            raise Unreadable(
                Words(
                    f"超过 {MOST_ROWS} 行或者 {MOST_COLUMNS} 列",
                    f"more than {MOST_ROWS} rows or {MOST_COLUMNS} columns",
                )
            )
        if line.texts:
            yield line


def _of_text(content: bytes) -> Iterator[_Line]:
    try:
        text = texts.decoded(content)
    except texts.Unreadable as fault:
        raise Unreadable(fault.words) from fault
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, line in enumerate(read, start=1):
            yield _Line(number, [_tidied(value) for value in line])
    except csv.Error as fault:
        raise Unreadable(Words("引号不成对，读不下去", f"it cannot be read on: {fault}")) from fault


def _of_workbook(content: bytes) -> Iterator[_Line]:
    """Cell by cell with their formats, by which a number gets its zeros back."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
            read = [_cell(cell) for cell in cells]
            yield _Line(
                number, [text for text, _ in read], {place: mark for place, (_, mark) in enumerate(read) if mark}
            )
    except (BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError) as fault:
        raise Unreadable(_DAMAGED) from fault


def _of_large_workbook(content: bytes) -> Iterator[_Line]:
    """The values alone, by a reader that is ten times as fast and knows no formats."""
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        left = sheet.start[1] if sheet.start else 0  # empty columns before the first are not read; empty lines are
        for number, values in enumerate(sheet.iter_rows(), start=1):
            read = [_tidied(value) if isinstance(value, str) else _valued(value) for value in values]
            marks = {left + place: _LOST for place, value in enumerate(values) if isinstance(value, float)}
            yield _Line(number, [*[""] * left, *read], marks)
    except (CalamineError, BadZipFile, ValueError, OSError) as fault:
        raise Unreadable(_DAMAGED) from fault


_DAMAGED: Final = Words("工作簿损坏，打不开", "the workbook is damaged")


def _address(place: int, number: int) -> str:
    return f"{xl_col_to_name(place)}{number}"


def _tidied(value: str) -> str:
    return characters.tidied(value).strip()


def _valued(value: Any) -> str:
    """A value of a workbook as text; a number without its format, a moment without its hour."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return _tidied(str(value))


def _cell(cell: Any) -> tuple[str, str]:
    """The text of a cell and what is to be marked about it."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, str(cell.number_format))
    return _valued(value), _FORMULA if getattr(cell, "data_type", "") == "f" else ""


def _number(value: int | float, shown_as: str) -> tuple[str, str]:
    """A number as its format shows it."""
    if found := _PLACES.match(shown_as):
        places = len(found[1] or "")
        return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places)):f}", ""
    return _valued(float(value)), _LOST
