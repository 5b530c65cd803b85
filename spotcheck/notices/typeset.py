"""Typesetting: a text becomes lines, by the rules of Chinese composition.

No line begins with a closing mark or ends with an opening one; a closing mark that would begin a line is
squeezed into the one before, or takes a character along. Words of Latin letters and figures stay together
while they fit. Every character is set in the first face of its role that has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from spotcheck.notices.catalogue import GLUE
from spotcheck.notices.typefaces import advance, runs

NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕〉”’％℃·—…,.;:?!)]}%")
NEVER_LAST: Final = frozenset("（《「『【〔〈“‘￥([{$")
BREAKS: Final = frozenset(" -/_&=?")
"""After these a word of Latin letters may be cut."""
SQUEEZE: Final = 0.045
"""By how much of its size a character may move closer to take in one more mark."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, its natural width, and the space added between characters."""

    text: str
    width: float
    spacing: float = 0.0
    indent: float = 0.0


def lines(text: str, role: str, size: float, width: float, *, indent: float = 0.0, justify: bool = True) -> list[Line]:
    """Break a text into lines of at most this width. ``indent`` is that of the first line of each paragraph."""
    found: list[Line] = []
    for paragraph in text.replace("\r\n", "\n").replace("\t", " ").split("\n"):
        found += _paragraph(paragraph, role, size, width, indent, justify=justify)
    return found


def draw(canvas: Any, line: Line, x: float, y: float, role: str, size: float) -> None:
    """Draw a line with its baseline at y."""
    if not line.text:
        return
    drawn = canvas.beginText()
    drawn.setTextOrigin(x + line.indent, y)
    if line.spacing:
        drawn.setCharSpace(line.spacing)
    for font, part in runs(role, line.text):
        drawn.setFont(font.fontName, size)
        drawn.textOut(part)
    if line.spacing:
        drawn.setCharSpace(0)  # it would outlive the text object
    canvas.drawText(drawn)


def _paragraph(text: str, role: str, size: float, width: float, indent: float, *, justify: bool) -> list[Line]:
    units = list(_units(text))
    widths = [sum(advance(role, c) for c in unit) * size / 1000 for unit in units]
    found: list[Line] = []
    start, room = 0, width - indent
    while start < len(units):
        end, used = _take(units, widths, start, room)
        if end == start:  # one unit wider than the line: cut it
            whole = units[start]
            units[start : start + 1] = list(whole)
            widths[start : start + 1] = [advance(role, c) * size / 1000 for c in whole]
            continue
        end, used = _mind_the_marks(units, widths, start, end, used, size, room)
        piece = "".join(units[start:end]).rstrip(" ")
        natural = used - (len("".join(units[start:end])) - len(piece)) * advance(role, " ") * size / 1000
        last = end >= len(units)
        spacing = 0.0
        if natural > room or (justify and not last and len(piece) > 1 and room - natural < 3 * size):
            spacing = (room - natural) / max(1, len(piece) - 1)
        found.append(Line(piece, natural, spacing, width - room))
        start, room = end, width
        while start < len(units) and units[start] == " ":
            start += 1
    return found or [Line("", 0.0)]


def _take(units: list[str], widths: list[float], start: int, room: float) -> tuple[int, float]:
    """As many units as fit."""
    end, used = start, 0.0
    while end < len(units) and used + widths[end] <= room + 0.01:
        used += widths[end]
        end += 1
    return end, used


def _mind_the_marks(
    units: list[str], widths: list[float], start: int, end: int, used: float, size: float, room: float
) -> tuple[int, float]:
    """Take one more closing mark into the line, or let the line end earlier."""
    if end >= len(units):
        return end, used
    if units[end][0] in NEVER_FIRST:
        more = used + widths[end]
        after = end + 1
        fits = (more - room) <= SQUEEZE * size * (end - start)
        if fits and (after >= len(units) or units[after][0] not in NEVER_FIRST):
            return after, more
    while end - start > 1 and (units[end][0] in NEVER_FIRST or units[end - 1][-1] in NEVER_LAST):
        end -= 1
        used -= widths[end]
    return end, used


def _units(text: str) -> Iterator[str]:
    """Cut a text where a line may end: after every Chinese character, and between words of Latin letters."""
    word, glued = "", False
    for character in text:
        if character == GLUE:
            glued = True
            continue
        latin = character.isascii() and character != " "
        if word and not glued and not (latin and word[-1].isascii() and word[-1] not in BREAKS):
            yield word
            word = ""
        word += character
        glued = False
    if word:
        yield word
