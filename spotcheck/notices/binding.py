"""Binding a case file: cover, index, check list, bookmarks, and every paper and proof in its order, in one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from spotcheck.notices.boxes import Strip, Style, Text, pages, paragraph, row, space
from spotcheck.notices.render import LEFT, NOTICE, PAGE_HEIGHT, PAGE_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, TOP
from spotcheck.notices.typefaces import face, refuse_what_cannot_be_printed, width
from spotcheck.notices.typeset import Line, draw

HEAD: Final = (("序号", 3), ("文书名称", 16), ("文号、来源", 11), ("日期", 6), ("页码", 3))
COVER: Final = Style("title", 24, 40)
CHECKED: Final = (("材料", 12), ("依据", 6), ("情况", 20))
Row = Sequence[tuple[str, int, bool]]
"""The cells of a row: words, share of the width, and whether it is a label."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of a case file. ``content`` is a PDF or a picture; without it the index says where it is."""

    title: str
    source: str
    day: str
    content: bytes | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """What belongs into the file of one case: name, article and state of each material (Article 53)."""

    title: str
    lines: Sequence[tuple[str, str, str]]


def bind(title: str, cover: Sequence[tuple[str, str]], leaves: Sequence[Leaf], checks: Sequence[CheckList]) -> bytes:
    """Bind the leaves behind a cover, an index and the check lists; every page carries its number in the file."""
    parts = [PdfReader(BytesIO(as_pdf(leaf.content))) if leaf.content else None for leaf in leaves]
    front = len(PdfReader(BytesIO(_front(title, cover, leaves, checks, [0] * len(leaves)))).pages)
    starts, page = [], front + 1
    for part in parts:
        starts.append(page if part else 0)
        page += len(part.pages) if part else 0
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(_front(title, cover, leaves, checks, starts))), import_outline=False)
    writer.add_outline_item(title="封面、目录和材料核对", page_number=0)
    for leaf, part, start in zip(leaves, parts, starts, strict=True):
        if part is not None:
            for sheet in part.pages:  # a bound copy is no signed document: the sealed originals lie in the ZIP file
                writer.add_page(sheet)
            writer.add_outline_item(title=f"{leaf.title} {leaf.source}".strip(), page_number=start - 1)
    _number(writer)
    writer.add_metadata({"/Title": title, "/Creator": "spotcheck"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def register_page(title: str, lines: Sequence[tuple[str, str]], items: Sequence[Sequence[str]] = ()) -> bytes:
    """A page for a document that is kept elsewhere: what the register knows of it, and its items as a table."""
    strips = [space(8), *paragraph(title, NOTICE.heading, TEXT_WIDTH, middle=True), space(10)]
    for label, value in lines:
        strips += _cells([(label, 9, True), (value, 29, False)])
    if items:
        strips.append(space(10))
        head = _cells([(words, 1, True) for words in items[0]])
        strips += head
        for values in items[1:]:
            for strip in _cells([(value, 1, False) for value in values]):
                strip.head = head
                strips.append(strip)
    note = "本页根据系统登记生成，原件由登记部门另行保存。"
    return _drawn([*strips, space(10), *paragraph(note, NOTICE.small, TEXT_WIDTH)])


def _number(writer: PdfWriter) -> None:
    """Write the number of each page in the file into its lower corner."""
    total = len(writer.pages)
    for number, sheet in enumerate(writer.pages, 1):
        buffer = BytesIO()
        wide = float(sheet.mediabox.width)
        canvas: Any = Canvas(
            buffer, pagesize=(wide, 24), invariant=1, pageCompression=1, initialFontName=face("song").fontName
        )
        words = f"案卷第{number}页　共{total}页"
        draw(canvas, Line(words, 0.0), wide - 20 - width("song", words, 8), 10, "song", 8)
        canvas.save()
        sheet.merge_page(PdfReader(BytesIO(buffer.getvalue())).pages[0])


def as_pdf(content: bytes) -> bytes:
    """A PDF as it is; a picture on a page of its own."""
    if content.startswith(b"%PDF"):
        return content
    image = ImageReader(BytesIO(content))
    wide, high = image.getSize()
    scale = min(TEXT_WIDTH / wide, TEXT_HEIGHT / high)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, initialFontName=face("song").fontName)
    canvas.drawImage(image, LEFT, PAGE_HEIGHT - TOP - high * scale, wide * scale, high * scale)
    canvas.save()
    return buffer.getvalue()


def _front(
    title: str,
    cover: Sequence[tuple[str, str]],
    leaves: Sequence[Leaf],
    checks: Sequence[CheckList],
    starts: Sequence[int],
) -> bytes:
    first = [_blank(90), *paragraph(title, COVER, TEXT_WIDTH, middle=True), space(60)]
    for label, value in cover:
        first += _cells([(label, 9, True), (value, 29, False)])
    strips = [*paragraph("卷内文件目录", NOTICE.heading, TEXT_WIDTH, middle=True), space(6)]
    head = _cells([(words, part, True) for words, part in HEAD])
    strips += head
    for number, (leaf, start) in enumerate(zip(leaves, starts, strict=True), 1):
        where = str(start) if start else (leaf.note or "—")
        values = (str(number), leaf.title, leaf.source, leaf.day, where)
        for strip in _cells([(v, part, False) for v, (_, part) in zip(values, HEAD, strict=True)]):
            strip.head = head
            strips.append(strip)
    for check in checks:
        strips += _checked(check)
    return _drawn(first, strips)


def _checked(check: CheckList) -> list[Strip]:
    """One check list as a table."""
    title = paragraph(check.title, NOTICE.heading, TEXT_WIDTH)
    head = _cells([(words, part, True) for words, part in CHECKED])
    for strip in [*title, *head]:
        strip.keep = True
    found = [space(14), *title, space(4), *head]
    for line in check.lines:
        for strip in _cells([(v, part, False) for v, (_, part) in zip(line, CHECKED, strict=True)]):
            strip.head = head
            found.append(strip)
    return found


def _cells(cells: Row) -> list[Strip]:
    unit = TEXT_WIDTH / sum(part for _, part, _ in cells)
    made = []
    for words, part, is_label in cells:
        refuse_what_cannot_be_printed(words)
        made.append((Text(words, NOTICE.label if is_label else NOTICE.value, middle=is_label), part * unit))
    return row(made, least=NOTICE.least)


def _blank(height: float) -> Strip:
    """Room that stays also at the top of a page."""
    return Strip(height, lambda *_: None)


def _drawn(*parts: Sequence[Strip]) -> bytes:
    """Draw the parts, each from a new page on."""
    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, initialFontName=face("song").fontName)
    for sheet in [page for strips in parts for page in pages(strips, TEXT_HEIGHT, TEXT_HEIGHT)]:
        top = PAGE_HEIGHT - TOP
        for index, strip in enumerate(sheet):
            strip.draw(canvas, LEFT, top, index == 0, index == len(sheet) - 1)
            top -= strip.height
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
