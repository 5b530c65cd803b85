"""Binding a case file: cover, index, bookmarks, and every paper and proof in its order, in one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from spotcheck.notices.boxes import Strip, Text, pages, paragraph, row, space
from spotcheck.notices.render import LEFT, NOTICE, PAGE_HEIGHT, PAGE_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, TOP
from spotcheck.notices.typefaces import face, refuse_what_cannot_be_printed

HEAD: Final = (("序号", 3), ("文书名称", 14), ("文号、来源", 11), ("日期", 6), ("页码", 4))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of a case file. ``content`` is a PDF or a picture; without it the index says where it is."""

    title: str
    source: str
    day: str
    content: bytes | None = None
    note: str = ""


def bind(title: str, cover: Sequence[tuple[str, str]], leaves: Sequence[Leaf], missing: Sequence[str]) -> bytes:
    """Bind the leaves behind a cover and an index; what is missing stands in the index, with its article."""
    parts = [PdfReader(BytesIO(as_pdf(leaf.content))) if leaf.content else None for leaf in leaves]
    front = len(PdfReader(BytesIO(_front(title, cover, leaves, missing, [0] * len(leaves)))).pages)
    starts, page = [], front + 1
    for part in parts:
        starts.append(page if part else 0)
        page += len(part.pages) if part else 0
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(_front(title, cover, leaves, missing, starts))), import_outline=False)
    writer.add_outline_item(title="封面和目录", page_number=0)
    for leaf, part, start in zip(leaves, parts, starts, strict=True):
        if part is not None:
            for sheet in part.pages:  # a bound copy is no signed document: the sealed originals lie in the ZIP file
                writer.add_page(sheet)
            writer.add_outline_item(title=f"{leaf.title} {leaf.source}".strip(), page_number=start - 1)
    writer.add_metadata({"/Title": title, "/Creator": "spotcheck"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


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
    title: str, cover: Sequence[tuple[str, str]], leaves: Sequence[Leaf], missing: Sequence[str], starts: Sequence[int]
) -> bytes:
    strips = [space(30), *paragraph(title, NOTICE.heading, TEXT_WIDTH, middle=True), space(18)]
    for label, value in cover:
        strips += _cells([(label, 9, True), (value, 29, False)])
    strips += [space(24), *paragraph("卷内文件目录", NOTICE.heading, TEXT_WIDTH, middle=True), space(6)]
    head = _cells([(words, part, True) for words, part in HEAD])
    strips += head
    for number, (leaf, start) in enumerate(zip(leaves, starts, strict=True), 1):
        where = str(start) if start else (leaf.note or "—")
        values = (str(number), leaf.title, leaf.source, leaf.day, where)
        for strip in _cells([(v, part, False) for v, (_, part) in zip(values, HEAD, strict=True)]):
            strip.head = head
            strips.append(strip)
    if missing:
        strips += [space(12), *paragraph("尚缺材料", NOTICE.heading, TEXT_WIDTH)]
        for line in missing:
            strips += paragraph(line, NOTICE.terms, TEXT_WIDTH, indent=NOTICE.indent)
    return _drawn(strips)


def _cells(cells: Sequence[tuple[str, int, bool]]) -> list[Strip]:
    unit = TEXT_WIDTH / sum(part for _, part, _ in cells)
    made = []
    for words, part, is_label in cells:
        refuse_what_cannot_be_printed(words)
        made.append((Text(words, NOTICE.label if is_label else NOTICE.value, middle=is_label), part * unit))
    return row(made, least=NOTICE.least)


def _drawn(strips: Sequence[Strip]) -> bytes:
    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, initialFontName=face("song").fontName)
    for sheet in pages(strips, TEXT_HEIGHT, TEXT_HEIGHT):
        top = PAGE_HEIGHT - TOP
        for index, strip in enumerate(sheet):
            strip.draw(canvas, LEFT, top, index == 0, index == len(sheet) - 1)
            top -= strip.height
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
