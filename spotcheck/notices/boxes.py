"""Boxes: what a page is filled with, from top to bottom.

A block of a template becomes strips: the lines of a paragraph, the rows of a table. A strip is never cut; a
tall row is made of several strips, and whether its upper and lower edge are drawn depends on where the page ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from spotcheck.notices import typeset
from spotcheck.notices.typeset import Line

THIN: Final = 0.5
Drawer = Callable[[Any, float, float, bool, bool], None]
"""``draw(canvas, x, top, first_on_page, last_on_page)``; a page is drawn in black."""


@dataclass(slots=True)
class Strip:
    """A piece that stays whole. ``keep`` binds it to the next one; ``head`` is repeated on a new page."""

    height: float
    draw: Drawer
    keep: bool = False
    head: Sequence["Strip"] = field(default_factory=tuple)
    is_space: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set."""

    role: str
    size: float
    leading: float


@dataclass(slots=True)
class Text:
    """The content of a table cell."""

    text: str
    style: Style
    middle: bool = False
    lines: int = 0
    """The least number of lines that stay free to write on."""
    top: bool = False
    """Whether the text stands at the upper edge, with room to write below."""

    def broken(self, width: float) -> Sequence[Line]:
        """Its lines; those in the middle of a cell are about as long as one another."""
        broken = typeset.balanced if self.middle else _unjustified
        return broken(self.text, self.style.role, self.style.size, width)


def space(height: float) -> Strip:
    """Nothing; it is left out at the top of a page."""
    return Strip(height, lambda *_: None, is_space=True)


def paragraph(
    text: str, style: Style, width: float, *, indent: float = 0.0, hang: float = 0.0, middle: bool = False
) -> list[Strip]:
    """The lines of a paragraph; at least two of them stand together at either end of a page."""
    found = typeset.lines(text, style.role, style.size, width, indent=indent, hang=hang, justify=not middle)
    strips = [_line(line, style, width, middle=middle) for line in found]
    for index, strip in enumerate(strips):
        strip.keep = len(strips) > 1 and index in {0, len(strips) - 2}
    return strips


def together(rows: Sequence[Sequence[Strip]]) -> list[Strip]:
    """The rows of a table: at least two of them stand together at either end of a page."""
    for index, strips in enumerate(rows):
        strips[-1].keep = len(rows) > 1 and index in {0, len(rows) - 2}
    return [strip for strips in rows for strip in strips]


def _unjustified(text: str, role: str, size: float, width: float) -> list[Line]:
    return typeset.lines(text, role, size, width, justify=False)


def _line(line: Line, style: Style, width: float, *, middle: bool) -> Strip:
    def draw(canvas: Any, x: float, top: float, first: bool, last: bool) -> None:
        at = x + (width - line.width) / 2 if middle else x
        typeset.draw(canvas, line, at, _baseline(top, style), style.role, style.size)

    return Strip(style.leading, draw)


def _baseline(top: float, style: Style) -> float:
    """The baseline of a line whose strip begins at ``top``: the character stands in the middle of the line."""
    return top - (style.leading + style.size) / 2 + 0.12 * style.size


def row(
    cells: Sequence[tuple[Text, float]], *, padding: float = 4.0, least: float = 0.0, tallest: float = 360.0
) -> list[Strip]:
    """A row of bordered cells, each with its width; one taller than ``tallest`` may be cut between pages."""
    set_: list[tuple[Text, float, Sequence[Line]]] = []
    for cell, width in cells:
        set_.append((cell, width, cell.broken(width - 2 * padding)))
    height = max([least, *(max(len(found), cell.lines) * cell.style.leading + 2 * padding for cell, _, found in set_)])
    if height <= tallest:
        return [_part(set_, height, padding, opens=True, closes=True)]
    leading = max(cell.style.leading for cell, _, _ in set_)
    most = int((tallest - 2 * padding) // leading)
    count = -(-max(max(len(found), cell.lines) for cell, _, found in set_) // most)
    parts = []
    for number in range(count):
        piece = [(cell, width, found[number * most : (number + 1) * most]) for cell, width, found in set_]
        tall = max(
            max(len(found), min(most, max(0, cell.lines - number * most))) * cell.style.leading
            for cell, _, found in piece
        )
        parts.append(_part(piece, tall + 2 * padding, padding, opens=number == 0, closes=number == count - 1))
    return parts


def _part(
    cells: Sequence[tuple[Text, float, Sequence[Line]]], height: float, padding: float, *, opens: bool, closes: bool
) -> Strip:
    def draw(canvas: Any, x: float, top: float, first: bool, last: bool) -> None:
        left, below = x, top - height
        rules = []
        for cell, width, found in cells:
            rules.append((left, top, left, below))
            y = top - padding
            if not cell.top:
                y = top - (height - len(found) * cell.style.leading) / 2
            for line in found:
                at = left + (width - line.width) / 2 if cell.middle else left + padding
                typeset.draw(canvas, line, at, _baseline(y, cell.style), cell.style.role, cell.style.size)
                y -= cell.style.leading
            left += width
        rules.append((left, top, left, below))
        if opens or first:
            rules.append((x, top, left, top))
        if closes or last:
            rules.append((x, below, left, below))
        _stroke(canvas, rules)

    return Strip(height, draw)


def _stroke(canvas: Any, rules: Sequence[tuple[float, float, float, float]]) -> None:
    """Draw the rules of a row as one path; the canvas would write each on its own, and each number by a slow way."""
    path = " ".join(f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l" for x, y, to_x, to_y in rules)
    canvas.addLiteral(f"{THIN} w n {path} S")


def pages(strips: Sequence[Strip], first: float, others: float) -> list[list[Strip]]:
    """Share strips out over pages of these heights. What is to be kept together is, unless a page cannot hold it."""
    found: list[list[Strip]] = [[]]
    room = first
    for group in _groups(strips):
        height = sum(strip.height for strip in group)
        if height > room and found[-1] and height <= others:
            found.append([])
            room = others
        for strip in group:
            if strip.height > room and found[-1]:
                found.append([])
                room = others
            if not found[-1]:
                if strip.is_space:
                    continue
                if len(found) > 1:
                    found[-1] += strip.head
                    room -= sum(part.height for part in strip.head)
            found[-1].append(strip)
            room -= strip.height
    return found


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    bound = False
    for strip in strips:
        if bound:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        bound = strip.keep
    return groups
