"""From the blocks of a template and the data of a paper to strips."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from spotcheck.notices.boxes import Strip, Style, Text, paragraph, row, space, together
from spotcheck.notices.catalogue import day, moment, value_of
from spotcheck.notices.template import Block, Cell, fill
from spotcheck.notices.typefaces import width as text_width
from spotcheck.rules.articles import cite

NOT_KNOWN: Final = "／"
"""What stands in a cell that has nothing to say (Form 4: “/” if none)."""
TABLES: Final = frozenset({"grid", "list", "sign"})
WORDS: Final = frozenset({"say", "attachments"})
ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
STYLES: Final = ("body", "terms", "heading", "label", "value", "small")
CONTACT: Final = (("联系人", "paper.handler"), ("电话", "paper.phone"), ("地址", "paper.address"))
SERVICE: Final = (
    (("送达文书", "number"), ("受送达人", "to")),
    (("送达方式", "□直接　□留置　□邮寄　□委托　□电子　□转交　□公告"),),
    (("送达地点", ""), ("快递单号", "")),
    (("签收人签名、身份", "2"), ("签收时间", "2")),
    (("送达人（两人签名）", "2"), ("见证人、拒收事由", "2")),
)
"""The acknowledgement of service at the end of a notice."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The styles of one layout."""

    width: float
    body: Style
    terms: Style
    heading: Style
    label: Style
    value: Style
    small: Style
    indent: float
    gap: float
    padding: float
    least: float
    label_width: float

    def dense(self, density: float) -> "Sizes":
        """The same with lines and rows this much closer; the lines of a text break as before."""
        changed: dict[str, Any] = {name: _closer(getattr(self, name), density) for name in STYLES}
        changed |= {name: getattr(self, name) * density for name in ("gap", "padding", "least")}
        return replace(self, **changed)


def _closer(style: Style, density: float) -> Style:
    return replace(style, leading=style.leading * density)


@dataclass(slots=True)
class Anchor:
    """Where the seal goes: set when the strip above the date is drawn."""

    page: int = -1
    x: float = 0.0
    y: float = 0.0


class Builder:
    """Turns the blocks of one paper into strips, one method a kind."""

    def __init__(self, sizes: Sizes, data: Mapping[str, Any], *, anchor: Anchor, page: Callable[[], int]) -> None:
        self.sizes = sizes
        self.data = data
        self.anchor = anchor
        self.page = page

    def build(self, blocks: "tuple[Block, ...]") -> list[Strip]:
        """All strips of the paper."""
        found: list[Strip] = []
        before, leads = "", False
        for block in blocks:
            if not block.applies(self.data):
                continue
            made: list[Strip] = getattr(self, f"_{block.kind}")(block)
            if block.kind in {"seal", "sign"}:
                _keep_with_last_line(found)
            if block.kind in WORDS and before in TABLES:
                found.append(space(self.sizes.gap))
            if leads:
                _keep_together(found, made)
            found += made
            before, leads = block.kind, block.leads
        return found

    def _to(self, block: Block) -> list[Strip]:
        return [*paragraph(f"{fill(block.text, self.data)}：", self.sizes.body, self.sizes.width)]

    def _say(self, block: Block) -> list[Strip]:
        indent = self.sizes.indent if block.indent else 0.0
        return paragraph(self._cited(block.text, block.cites), self.sizes.body, self.sizes.width, indent=indent)

    def _heading(self, block: Block) -> list[Strip]:
        return self._title(fill(block.text, self.data))

    def _note(self, block: Block) -> list[Strip]:
        return [
            space(self.sizes.gap),
            *paragraph(f"注：{fill(block.text, self.data)}", self.sizes.small, self.sizes.width),
        ]

    def _cc(self, block: Block) -> list[Strip]:
        return [space(self.sizes.gap), *paragraph(fill(block.text, self.data), self.sizes.small, self.sizes.width)]

    def _attachments(self, block: Block) -> list[Strip]:
        """One below the other; a name of several lines goes on below its own beginning."""
        assert block.of is not None
        style, indent = self.sizes.body, self.sizes.indent
        found = []
        for number, name in enumerate(value_of(self.data, block.of.name) or [], 1):
            before = f"{'附件：' if number == 1 else '　　　'}{number}. "
            hang = indent + text_width(style.role, before, style.size)
            found += paragraph(before + name, style, self.sizes.width, indent=indent, hang=hang)
        return found

    def _rights(self, block: Block) -> list[Strip]:
        found = self._title(block.title) if block.title else []
        for number, (text, cites) in enumerate(block.items, 1):
            said = self._cited(f"{number}. {text}", cites)
            found += paragraph(said, self.sizes.terms, self.sizes.width, indent=self.sizes.indent)
        return found

    def _grid(self, block: Block) -> list[Strip]:
        found = self._title(block.title) if block.title else []
        return found + together([self._row(cells, block.columns) for cells in block.rows])

    def _sign(self, block: Block) -> list[Strip]:
        """Boxes to sign in: what is signed above, room below."""
        found: list[Strip] = []
        for cells in block.rows:
            unit = self.sizes.width / len(cells)
            boxes = [(Text(f"{c.label}：", self.sizes.label, lines=c.lines + 1, top=True), unit) for c in cells]
            found += row(boxes, padding=self.sizes.padding, least=self.sizes.least)
        for strip in found[:-1]:
            strip.keep = True
        return [_kept(space(self.sizes.gap)), *found]

    def _row(self, cells: Any, columns: int) -> list[Strip]:
        unit = self.sizes.width / columns
        made: list[tuple[Text, float]] = []
        for cell in cells:
            most = 0.42 if made else 0.55  # the first label stands under those of the rows above
            label = min(most * cell.span * unit, self.sizes.label_width)
            made.append((Text(cell.label, self.sizes.label, middle=True), label))
            made.append((self._value(cell), cell.span * unit - label))
        return row(made, padding=self.sizes.padding, least=self.sizes.least)

    def _value(self, cell: Cell) -> Text:
        text = fill(cell.text, self.data)
        if cell.field is not None:
            value = value_of(self.data, cell.field.name)
            if cell.field.has_boxes:
                text = cell.field.boxes(value)
            else:
                text = cell.field.say(value) or ("" if cell.required or cell.lines else NOT_KNOWN)
        return Text(text, self.sizes.value, lines=cell.lines, top=cell.lines > 1)

    def _list(self, block: Block) -> list[Strip]:
        assert block.of is not None
        rows = value_of(self.data, block.of.name) or []
        found = self._title(block.title) if block.title else []
        if not rows:
            return [
                *found,
                *row(
                    [(Text(block.empty, self.sizes.value, middle=True), self.sizes.width)], padding=self.sizes.padding
                ),
            ]
        number = 3.0 * self.sizes.label.size
        unit = (self.sizes.width - number) / sum(block.widths.values())
        head = [(Text("序号", self.sizes.label, middle=True), number)]
        head += [(Text(block.of.columns[c], self.sizes.label, middle=True), w * unit) for c, w in block.widths.items()]
        top = row(head, padding=self.sizes.padding, least=self.sizes.least)
        top[-1].keep = True
        listed = [
            self._item([str(index), *(in_list(given.get(c)) for c in block.widths)], [width for _, width in head], top)
            for index, given in enumerate(rows, 1)
        ]
        return [*found, *top, *together(listed)]

    def _item(self, values: Sequence[str], widths: Sequence[float], head: list[Strip]) -> list[Strip]:
        """One row of a list, with the head that stands above it on every page."""
        cells = [(Text(v, self.sizes.value, middle=True), w) for v, w in zip(values, widths, strict=True)]
        strips = row(cells, padding=self.sizes.padding, least=self.sizes.least)
        for strip in strips:
            strip.head = head
        return strips

    def _seal(self, block: Block) -> list[Strip]:
        """The name of the issuer centred over the date, which stands four characters from the right edge."""
        issuer = str(value_of(self.data, "paper.issuer") or "")
        issued = str(value_of(self.data, "paper.issued_on") or "")
        style, width = self.sizes.body, self.sizes.width
        date_width = text_width(style.role, day(issued), style.size) if issued else 0.0
        name_width = text_width(style.role, issuer, style.size)
        centre = width - 4 * style.size - date_width / 2
        centre = min(centre, width - name_width / 2)
        name = self._placed(issuer, centre - name_width / 2, mark=None)
        date_ = self._placed(day(issued) if issued else "", centre - date_width / 2, mark=centre)
        name.keep = True
        return [_kept(space(style.leading)), _kept(space(style.leading)), name, date_, *self._contact()]

    def _contact(self) -> list[Strip]:
        """附注: whom to ask, in brackets below the date."""
        known = [
            (label, value_of(self.data, name)) for label, name in CONTACT if value_of(self.data, name) not in (None, "")
        ]
        if not known:
            return []
        words = "；".join(f"{label}：{value}" for label, value in known)
        below = _kept(space(self.sizes.gap))  # the seal reaches a little below the date
        return [below, *paragraph(f"（{words}）", self.sizes.small, self.sizes.width, indent=self.sizes.indent)]

    def _placed(self, text: str, left: float, *, mark: float | None) -> Strip:
        strip = paragraph(text, self.sizes.body, self.sizes.width)[0]
        inner = strip.draw

        def draw(canvas: Any, x: float, top: float, first: bool, last: bool) -> None:
            inner(canvas, x + left, top, first, last)
            if mark is not None:
                self.anchor.page, self.anchor.x, self.anchor.y = self.page(), x + mark, top

        strip.draw = draw
        return strip

    def _service(self, block: Block) -> list[Strip]:
        """The acknowledgement that is filled in when the paper is served."""
        known = {"number": value_of(self.data, "paper.number"), "to": value_of(self.data, "paper.to")}
        found = self._title("送达回证")
        for line in SERVICE:
            unit, label = self.sizes.width / len(line), 0.2 * self.sizes.width
            cells = []
            for name, given in line:
                text = str(known[given] or "") if given in known else given
                free = int(text) if text.isdigit() and len(text) == 1 else 0
                cells.append((Text(name, self.sizes.label, middle=True), label))
                cells.append((Text("" if free else text, self.sizes.value, lines=free), unit - label))
            found += row(cells, padding=self.sizes.padding, least=self.sizes.least)
        for strip in found[:-1]:
            strip.keep = True
        return [_kept(space(self.sizes.gap * 2)), *found]

    def _title(self, text: str) -> list[Strip]:
        found = paragraph(text, self.sizes.heading, self.sizes.width)
        for strip in found:
            strip.keep = True
        return [space(self.sizes.gap), *found]

    def _cited(self, text: str, cites: tuple[int, ...]) -> str:
        """A sentence with the articles it rests on behind it."""
        said = fill(text, self.data)
        if not cites:
            return said
        named = f"（规范{'、'.join(cite(number).zh for number in cites)}）"
        return f"{said[:-1]}{named}{said[-1]}" if said[-1:] in ("。", "：") else f"{said}{named}"


def in_list(value: Any) -> str:
    """What stands in a cell of a list; a day is written as everywhere on the paper."""
    text = str(value) if value not in (None, "") else NOT_KNOWN
    return moment(text) if ISO.fullmatch(text) else text


def _keep_with_last_line(strips: list[Strip]) -> None:
    """Bind what follows to the last line of text, so that no page begins with a seal."""
    for strip in reversed(strips[-2:]):
        strip.keep = True


def _keep_together(above: list[Strip], below: list[Strip]) -> None:
    """Bind the last line of text, and the line before it, to what follows, and the gap between them as well."""
    _keep_with_last_line(above)
    for strip in below:
        if not strip.is_space:
            break
        strip.keep = True


def _kept(strip: Strip) -> Strip:
    strip.keep = True
    return strip
