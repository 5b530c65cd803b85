"""Typesetting: a text becomes lines, by the rules of Chinese composition.

No line begins with a closing mark or ends with an opening one; a closing mark that would begin a line is
squeezed into the one before, or takes a character along. Words of Latin letters and figures stay together
while they fit, and so do a figure with its measure word and a number with its year (〔2026〕7号). Every character
is set in the first face of its role that has it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spotcheck.notices.catalogue import GLUE
from spotcheck.notices.typefaces import advance, runs

NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕〉”’％℃·—…,.;:?!)]}%")
NEVER_LAST: Final = frozenset("（《「『【〔〈“‘￥([{$")
BREAKS: Final = frozenset(" -/_&=?")
"""After these a word of Latin letters may be cut."""
SQUEEZE: Final = 0.045
"""By how much of its size a character may move closer to take in one more mark."""
TOGETHER: Final = re.compile(r"〔\d{4}〕\d*号?|\d个(?:工作日|月)|\d[年月日时分号条元卷个份]")
"""What no line cuts."""
GOOD_BREAK_AFTER, GOOD_BREAK_BEFORE = frozenset("、，；/）"), frozenset("（")
WORTH: Final = 2.5
"""How many characters of evenness a break between words is worth in a label."""
REMEMBERED: Final = 20_000
"""So many texts are kept with their lines: labels, choices and sentences are the same on every paper."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, its natural width, and the space added between characters."""

    text: str
    width: float
    spacing: float = 0.0
    indent: float = 0.0


def lines(
    text: str, role: str, size: float, width: float, *, indent: float = 0.0, hang: float = 0.0, justify: bool = True
) -> list[Line]:
    """Break a text into lines of at most this width.

    ``indent`` is that of the first line of each paragraph, ``hang`` that of its other lines.
    """
    return list(_lines(text, role, size, width, indent, hang, justify))


def balanced(text: str, role: str, size: float, width: float) -> list[Line]:
    """Break a label: two lines are about as long, and the break stands between words where punctuation tells."""
    found = lines(text, role, size, width, justify=False)
    if len(found) != len(("above", "below")) or "\n" in text:
        return found
    return list(_halves(text, role, size, width) or found)


@lru_cache(REMEMBERED)
def _lines(
    text: str, role: str, size: float, width: float, indent: float, hang: float, justify: bool
) -> tuple[Line, ...]:
    found: list[Line] = []
    for paragraph in text.replace("\r\n", "\n").replace("\t", " ").split("\n"):
        found += _paragraph(paragraph, role, size, width, indent, hang, justify=justify)
    return tuple(found)


@lru_cache(REMEMBERED)
def _halves(text: str, role: str, size: float, width: float) -> Sequence[Line] | None:
    """The best cut of a text into two lines, or None when no cut fits."""
    units = list(_units(text))
    best: tuple[float, Sequence[Line]] | None = None
    for cut in range(1, len(units)):
        above, below = "".join(units[:cut]).rstrip(), "".join(units[cut:])
        wide = [sum(advance(role, c) for c in part) * size / 1000 for part in (above, below)]
        if max(wide) > width or below[0] in NEVER_FIRST or above[-1] in NEVER_LAST:
            continue
        between_words = above[-1] in GOOD_BREAK_AFTER or below[0] in GOOD_BREAK_BEFORE
        cost = max(wide) - (WORTH * size if between_words else 0.0)
        if best is None or cost < best[0] - 0.01:
            best = cost, (Line(above, wide[0]), Line(below, wide[1]))
    return best[1] if best else None


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


def _paragraph(
    text: str, role: str, size: float, width: float, indent: float, hang: float, *, justify: bool
) -> list[Line]:
    units = list(_units(text))
    widths = [sum(advance(role, c) for c in unit) * size / 1000 for unit in units]
    found: list[Line] = []
    start, room = 0, width - indent
    while start < len(units):
        end, used = _take(units, widths, start, room + (0.0 if justify else _yield(units, start, size)))
        if end < len(units):  # only what becomes one line by it is squeezed
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
        start, room = end, width - hang
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


def _yield(units: list[str], start: int, size: float) -> float:
    """How much narrower the rest of a text may be set, so that a cell has no line of one character."""
    return SQUEEZE * size * max(0, sum(map(len, units[start:])) - 1)


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
    for character in TOGETHER.sub(lambda found: GLUE.join(found[0]), text):
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
