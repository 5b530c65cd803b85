"""Labels for envelopes: ten on a sheet of A4, two beside each other, with thin lines to cut along.

A sheet of adhesive labels of 105 by 59.4 mm takes them as they are; on plain paper the lines show where to cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from spotcheck.notices import typeset
from spotcheck.notices.boxes import Style
from spotcheck.notices.render import PAGE_HEIGHT, PAGE_WIDTH
from spotcheck.notices.typefaces import face, printable

ACROSS, DOWN = 2, 5
ON_A_SHEET: Final = ACROSS * DOWN
_MARGIN: Final = 8 * mm
_NAME: Final = Style("hei", 13, 18)
_ADDRESS: Final = Style("fangsong", 12, 17)
_SMALL: Final = Style("fangsong", 9, 12.5)
_FROM_THE_FOOT: Final = 2
"""Lines of the sender and of what lies in the envelope, which stand at the lower edge."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label; an empty text takes no line."""

    name: str
    address: str
    contact: str
    sender: str
    inside: str


def sheet(labels: Sequence[Label]) -> bytes:
    """The labels in their order as a PDF file, row by row; what is too long for its lines is cut at their end."""
    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, initialFontName=face("song").fontName)
    wide, high = PAGE_WIDTH / ACROSS, PAGE_HEIGHT / DOWN
    for start in range(0, len(labels), ON_A_SHEET):
        _cuts(canvas, wide, high)
        for place, label in enumerate(labels[start : start + ON_A_SHEET]):
            line, column = divmod(place, ACROSS)
            _draw(canvas, label, column * wide, PAGE_HEIGHT - line * high, wide, high)
        canvas.showPage()
    canvas.setTitle("邮寄标签")
    canvas.save()
    return buffer.getvalue()


def _cuts(canvas: Any, wide: float, high: float) -> None:
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.6)
    canvas.setDash(2, 3)
    for column in range(1, ACROSS):
        canvas.line(column * wide, 0, column * wide, PAGE_HEIGHT)
    for line in range(1, DOWN):
        canvas.line(0, line * high, PAGE_WIDTH, line * high)


def _draw(canvas: Any, label: Label, x: float, top: float, wide: float, high: float) -> None:
    room, left = wide - 2 * _MARGIN, x + _MARGIN
    y = top - _MARGIN
    for text, style, most in (
        (label.name, _NAME, 2),
        (label.address, _ADDRESS, 2),
        (label.contact, _ADDRESS, 1),
    ):
        y = _text(canvas, text, style, left, y, room, most)
    y = top - high + _MARGIN + _FROM_THE_FOOT * _SMALL.leading
    y = _text(canvas, label.sender, _SMALL, left, y, room, 1)
    _text(canvas, label.inside, _SMALL, left, y, room, 1)


def _text(canvas: Any, text: str, style: Style, x: float, y: float, room: float, most: int) -> float:
    """Draw at most so many lines of a text below y; return where they end."""
    if not text:
        return y
    for line in typeset.lines(printable(text), style.role, style.size, room, justify=False)[:most]:
        y -= style.leading
        typeset.draw(canvas, line, x, y, style.role, style.size)
    return y
