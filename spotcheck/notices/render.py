"""Drawing: a template and its data become a PDF file; the same input gives the same bytes.

Notices follow GB/T 9704-2012: A4, 37 mm above and 28 mm left of the text, 156 mm by 225 mm, 22 lines of 28
characters; the name of the issuer in red over a red double line, another at the foot (letter format). Forms 3
to 6 are filled in on the spot and are drawn as tables. Nothing here knows Django or the database.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock
from typing import Any, Final

import segno
from reportlab.lib.colors import black as BLACK  # noqa: N812 -- a constant
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from spotcheck.notices import typeset
from spotcheck.notices.blocks import Anchor, Builder, Sizes
from spotcheck.notices.boxes import Strip, Style, pages
from spotcheck.notices.catalogue import value_of
from spotcheck.notices.template import Template
from spotcheck.notices.typefaces import FontsMissing, face, in_boxes, width

__all__ = ["Drawn", "FontsMissing", "Marks", "draw"]

PAGE_WIDTH, PAGE_HEIGHT = 210 * mm, 297 * mm
RED: Final = "#C8102E"
GREY: Final = "#555555"
DARK: Final = re.compile(b"\x01+")
"""A run of dark modules in a row of a two-dimensional code."""

LEFT, TOP, TEXT_WIDTH, TEXT_HEIGHT = 28 * mm, 37 * mm, 156 * mm, 225 * mm
CHARACTER = TEXT_WIDTH / 28
LINE = TEXT_HEIGHT / 22

NOTICE: Final = Sizes(
    width=TEXT_WIDTH,
    body=Style("fangsong", CHARACTER, LINE),
    terms=Style("fangsong", 14, 24),
    heading=Style("hei", CHARACTER, LINE),
    label=Style("hei", 10.5, 15),
    value=Style("fangsong", 10.5, 15),
    small=Style("fangsong", 10.5, 16),
    indent=2 * CHARACTER,
    gap=6,
    padding=4,
    least=24,
    label_width=7.2 * 10.5 + 2 * 4,
)
SHEET: Final = Sizes(
    width=174 * mm,
    body=Style("fangsong", 10.5, 15),
    terms=Style("fangsong", 10.5, 15),
    heading=Style("hei", 10.5, 17),
    label=Style("hei", 9, 12),
    value=Style("fangsong", 9.5, 12.5),
    small=Style("fangsong", 9, 13),
    indent=21,
    gap=4,
    padding=2.6,
    least=18,
    label_width=10.1 * 9 + 2 * 2.6,
)
DENSITIES: Final = (1.0, 0.95, 0.9, 0.86)
"""How close lines may be moved when a page is saved by it: GB/T 9704 wants no seal alone on a page, and says so."""
_ONE_AT_A_TIME = Lock()  # ReportLab serves one document at a time

SHEET_LEFT, SHEET_TOP, SHEET_BOTTOM = 18 * mm, 16 * mm, 18 * mm


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on a paper besides its text."""

    url: str = ""
    code: str = ""
    watermark: str = ""
    copies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn paper, and where its seals go: page (from 0), centre of the date in points from the lower left."""

    pdf: bytes
    pages: int
    seals: Sequence[tuple[int, float, float]] = field(default_factory=tuple)


def draw(template: Template, data: Mapping[str, Any], marks: Marks | None = None) -> Drawn:
    """Draw a paper; what no face has stands in it as a box with its code point."""
    with _ONE_AT_A_TIME:
        return _draw(template, in_boxes(data), marks or Marks())


def _draw(template: Template, data: Mapping[str, Any], marks: Marks) -> Drawn:
    buffer = BytesIO()
    canvas = Canvas(
        buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1,
        initialFontName=face("song").fontName, lang="zh-CN",
    )  # fmt: skip
    number = str(value_of(data, "paper.number") or "")
    canvas.setTitle(f"{template.title} {number}".strip())
    canvas.setAuthor(str(value_of(data, "paper.issuer") or ""))
    canvas.setSubject(number)
    canvas.setCreator("spotcheck")
    sheet = {"sheet": _Sheet, "plain": _Plain}.get(template.layout, _Notice)
    seals: list[tuple[int, float, float]] = []
    for copy in marks.copies or (template.copies if template.sets else ("",)):
        sheet(canvas, template, data, marks, copy).draw(seals)
    canvas.save()
    return Drawn(buffer.getvalue(), canvas.getPageNumber() - 1, tuple(seals))


class _Paper:
    """One copy of a paper on its pages."""

    sizes: Sizes
    left: float

    def __init__(self, canvas: Any, template: Template, data: Mapping[str, Any], marks: Marks, copy: str) -> None:
        self.canvas = canvas
        self.template = template
        self.data = data
        self.marks = marks
        self.copy = copy
        self.number = str(value_of(data, "paper.number") or "")

    def draw(self, seals: list[tuple[int, float, float]]) -> None:
        """Draw all pages; remember where the seal goes."""
        anchor = Anchor()
        shared = self._shared(anchor)
        for index, strips in enumerate(shared):
            self.furniture(index, len(shared))
            self._fill(strips, self.first_top() if index == 0 else self.other_top())
            self.canvas.showPage()
        if self.template.seal and anchor.page >= 0:
            seals.append((anchor.page, anchor.x, anchor.y))

    def _shared(self, anchor: Anchor) -> list[list[Strip]]:
        """The strips of each page, a little closer together when that saves a page."""
        loosest = self._at(DENSITIES[0], anchor)
        if len(loosest) == 1 or len(closest := self._at(DENSITIES[-1], anchor)) == len(loosest):
            return loosest
        between = (self._at(density, anchor) for density in DENSITIES[1:-1])
        return next((found for found in between if len(found) == len(closest)), closest)

    def _at(self, density: float, anchor: Anchor) -> list[list[Strip]]:
        sizes = _dense(self.sizes, density)
        builder = Builder(sizes, self.data, anchor=anchor, page=lambda: self.canvas.getPageNumber() - 1)
        return pages(builder.build(self.template.blocks), self.first_height(), self.other_height())

    def _fill(self, strips: Sequence[Strip], top: float) -> None:
        self.canvas.setFillColor(BLACK)
        self.canvas.setStrokeColor(BLACK)
        for index, strip in enumerate(strips):
            strip.draw(self.canvas, self.left, top, index == 0, index == len(strips) - 1)
            top -= strip.height

    def text(
        self, words: str, y: float, role: str, size: float, *, x: float, colour: str = "black", align: str = "left"
    ) -> None:
        """One line of furniture."""
        wide = width(role, words, size)
        at = {"left": x, "middle": x - wide / 2, "right": x - wide}[align]
        self.canvas.setFillColor(colour)
        typeset.draw(self.canvas, typeset.Line(words, wide), at, y, role, size)

    def code(self, x: float, y: float, side: float) -> None:
        """The two-dimensional code by which the paper is verified."""
        if not self.marks.url:
            return
        count, path = _symbol(self.marks.url)
        self.canvas.saveState()
        self.canvas.setFillColor(BLACK)
        self.canvas.translate(x, y)
        self.canvas.scale(side / count, side / count)
        self.canvas.addLiteral(path)
        self.canvas.restoreState()

    def watermark(self) -> None:
        """Words across the page, for a copy that is shown and not handed over."""
        if not self.marks.watermark:
            return
        self.canvas.saveState()
        self.canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.canvas.rotate(45)
        self.text(self.marks.watermark, -20, "hei", 40, x=0, colour="#E2E2E2", align="middle")
        self.canvas.restoreState()

    def furniture(self, index: int, total: int) -> None:
        raise NotImplementedError

    def first_top(self) -> float:
        raise NotImplementedError

    def other_top(self) -> float:
        raise NotImplementedError

    def first_height(self) -> float:
        raise NotImplementedError

    def other_height(self) -> float:
        raise NotImplementedError


class _Notice(_Paper):
    """A notice or letter of an authority."""

    sizes = NOTICE
    left = LEFT

    def first_top(self) -> float:
        return PAGE_HEIGHT - 60 * mm - len(self.template.title_lines) * 32 - 14

    def first_height(self) -> float:
        return self.first_top() - (PAGE_HEIGHT - TOP - TEXT_HEIGHT)

    def other_top(self) -> float:
        return PAGE_HEIGHT - TOP

    def other_height(self) -> float:
        return TEXT_HEIGHT

    def furniture(self, index: int, total: int) -> None:
        self.watermark()
        if index == 0:
            self._head()
        self.canvas.setStrokeColor(RED)
        _double_line(self.canvas, 20 * mm, upper=0.8, lower=2.2)
        self._foot(index, total)

    def _foot(self, index: int, total: int) -> None:
        """Page, number and verification code at the foot."""
        if total > 1:
            self.text(f"第{index + 1}页　共{total}页", 27 * mm, "song", 10.5, x=LEFT + TEXT_WIDTH, align="right")
        words = "　".join(filter(None, (self.number, self.copy)))
        self.text(words, 13 * mm, "song", 9, x=LEFT, colour=GREY)
        if self.marks.code:
            self.text(f"核验码 {self.marks.code}", 13 * mm, "song", 9, x=LEFT + TEXT_WIDTH, colour=GREY, align="right")

    def _head(self) -> None:
        """Name of the issuer in red, the double line, the number, the title."""
        issuer = str(value_of(self.data, "paper.issuer") or "")
        size = min(34.0, 0.98 * TEXT_WIDTH / max(1, width("title", issuer, 1)))
        self.text(
            issuer, PAGE_HEIGHT - 30 * mm - 0.86 * size, "title", size, x=PAGE_WIDTH / 2, colour=RED, align="middle"
        )
        self.canvas.setStrokeColor(RED)
        _double_line(self.canvas, PAGE_HEIGHT - 46 * mm, upper=2.2, lower=0.8)
        self.text(self.number, PAGE_HEIGHT - 54 * mm, "fangsong", CHARACTER, x=LEFT + TEXT_WIDTH, align="right")
        self.code(PAGE_WIDTH - 26 * mm - 17 * mm, PAGE_HEIGHT - 27 * mm, 17 * mm)
        self._title(PAGE_HEIGHT - 60 * mm - 26)

    def _title(self, y: float) -> None:
        for line in self.template.title_lines:
            size = min(22.0, TEXT_WIDTH / max(1, width("title", line, 1)))
            self.text(line, y, "title", size, x=PAGE_WIDTH / 2, align="middle")
            y -= 32


class _Plain(_Notice):
    """What an enterprise writes: the same page without the head of an authority."""

    def first_top(self) -> float:
        return PAGE_HEIGHT - TOP - len(self.template.title_lines) * 32 - 14

    def furniture(self, index: int, total: int) -> None:
        self.watermark()
        if index == 0:
            self.text(self.number, PAGE_HEIGHT - 27 * mm, "song", 10.5, x=LEFT)
            self.code(LEFT + TEXT_WIDTH - 17 * mm, PAGE_HEIGHT - 34 * mm, 17 * mm)
            self._title(PAGE_HEIGHT - TOP - 26)
        self._foot(index, total)


class _Sheet(_Paper):
    """A form that is filled in on the spot: a table."""

    sizes = SHEET
    left = SHEET_LEFT

    def first_top(self) -> float:
        return PAGE_HEIGHT - SHEET_TOP - 24 * len(self.template.title_lines) - 34

    def first_height(self) -> float:
        return self.first_top() - SHEET_BOTTOM

    def other_top(self) -> float:
        return PAGE_HEIGHT - SHEET_TOP - 16

    def other_height(self) -> float:
        return self.other_top() - SHEET_BOTTOM

    def furniture(self, index: int, total: int) -> None:
        self.watermark()
        right = SHEET_LEFT + self.sizes.width
        if index == 0:
            y = PAGE_HEIGHT - SHEET_TOP - 22
            for line in self.template.title_lines:
                size = min(18.0, (self.sizes.width - 44 * mm) / max(1, width("title", line, 1)))
                self.text(line, y, "title", size, x=PAGE_WIDTH / 2, align="middle")
                y -= 24
            self.text(f"编号：{self.number}", y - 2, "song", 10.5, x=SHEET_LEFT)
            self.text(self.copy, y - 2, "hei", 10.5, x=right - 20 * mm if self.marks.url else right, align="right")
            self.code(right - 17 * mm, y - 4, 17 * mm)
        else:
            self.text(f"{self.template.title}（续）　{self.number}", PAGE_HEIGHT - SHEET_TOP, "song", 9, x=SHEET_LEFT)
            self.text(self.copy, PAGE_HEIGHT - SHEET_TOP, "song", 9, x=right, align="right")
        self.text(f"第{index + 1}页　共{total}页", 10 * mm, "song", 9, x=PAGE_WIDTH / 2, align="middle")
        if self.marks.code:
            self.text(f"核验码 {self.marks.code}", 10 * mm, "song", 9, x=right, colour=GREY, align="right")


@lru_cache(64)
def _symbol(url: str) -> tuple[int, str]:
    """The two-dimensional code of an address: how many modules a side, and the dark ones as a path of that size."""
    rows = segno.make(url, error="m", micro=False, boost_error=False).matrix
    count = len(rows)
    runs = (
        f"{run.start()} {count - 1 - line} {len(run[0])} 1 re"
        for line, row in enumerate(rows)
        for run in DARK.finditer(row)
    )
    return count, f"n {' '.join(runs)} f"


@cache
def _dense(sizes: Sizes, density: float) -> Sizes:
    return sizes if density == 1 else sizes.dense(density)


def _double_line(canvas: Any, y: float, *, upper: float, lower: float) -> None:
    """Two lines of 170 mm, one thick and one thin, in the middle of the page."""
    left = (PAGE_WIDTH - 170 * mm) / 2
    for offset, weight in ((1.4, upper), (-1.4, lower)):
        canvas.setLineWidth(weight)
        canvas.line(left, y + offset, left + 170 * mm, y + offset)
