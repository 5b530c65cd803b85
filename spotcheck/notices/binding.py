"""Binding a case file: cover, index, check list, bookmarks, and every paper and proof in its order, in one PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, cast

import structlog
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject
from reportlab.pdfgen.canvas import Canvas

from spotcheck.files.keeping import pages_of
from spotcheck.notices.boxes import Strip, Style, Text, pages, paragraph, row, space
from spotcheck.notices.render import LEFT, NOTICE, PAGE_HEIGHT, PAGE_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, TOP
from spotcheck.notices.typefaces import face, printable, width
from spotcheck.notices.typeset import Line, draw

logger = structlog.get_logger(__name__)

HEAD: Final = (("序号", 3), ("文书名称", 16), ("文号、来源", 11), ("日期", 6), ("页码", 3))
COVER: Final = Style("title", 24, 40)
CHECKED: Final = (("材料", 12), ("依据", 6), ("情况", 20))
UNBOUND: Final = "未能装订的文件"
IN_THE_ZIP: Final = "本件不能装订成页，原件在案卷压缩包内。"
Row = Sequence[tuple[str, int, bool]]
"""The cells of a row: words, share of the width, and whether it is a label."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of a case file. ``pages`` are bindable ones (a paper of ours, or made when a file was taken).

    ``content`` is a file as it came, whose pages are made now. One that has none becomes a page that says so; without
    either the index says where it is.
    """

    title: str
    source: str
    day: str
    content: bytes | None = None
    note: str = ""
    pages: bytes | None = None


@dataclass(frozen=True, slots=True)
class CheckList:
    """What belongs into the file of one case: name, article and state of each material (Article 53)."""

    title: str
    lines: Sequence[tuple[str, str, str]]


def bind(title: str, cover: Sequence[tuple[str, str]], leaves: Sequence[Leaf], checks: Sequence[CheckList]) -> bytes:
    """Bind the leaves behind a cover, an index and the check lists; every page carries its number in the file.

    A leaf that cannot be joined becomes a page that says where its original lies, and never stops the others.
    """
    parts = [_joinable(leaf) for leaf in leaves]
    front = len(PdfReader(BytesIO(_front(title, cover, leaves, checks, [0] * len(leaves)))).pages)
    starts, page = [], front + 1
    for part in parts:
        starts.append(page if part else 0)
        page += len(part) if part else 0
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(_front(title, cover, leaves, checks, starts))), import_outline=False)
    writer.add_outline_item(title="封面、目录和材料核对", page_number=0)
    for leaf, part, start in zip(leaves, parts, starts, strict=True):
        if part is not None:
            for sheet in part:  # a bound copy is no signed document: the sealed originals lie in the ZIP file
                writer.add_page(sheet)
            writer.add_outline_item(title=f"{leaf.title} {leaf.source}".strip(), page_number=start - 1)
    _number(writer)
    writer.add_metadata({"/Title": title, "/Creator": "spotcheck"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def register_page(
    title: str,
    lines: Sequence[tuple[str, str]],
    items: Sequence[Sequence[str]] = (),
    note: str = "本页根据系统登记生成，原件由登记部门另行保存。",
) -> bytes:
    """A page for a document that is kept elsewhere: what the register knows of it, and its items as a table."""
    strips = [space(8), *paragraph(printable(title), NOTICE.heading, TEXT_WIDTH, middle=True), space(10)]
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
    return _drawn([*strips, space(10), *paragraph(note, NOTICE.small, TEXT_WIDTH)])


def _joinable(leaf: Leaf) -> list[PageObject] | None:
    """The pages of a leaf; a page that says so when it has none; None when the index says where it is."""
    if leaf.pages is None and leaf.content is None:
        return None
    pages = leaf.pages if leaf.pages is not None else pages_of(leaf.content or b"")
    try:
        if pages is not None and (found := list(PdfReader(BytesIO(pages)).pages)):
            return found
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError):
        logger.exception("a leaf could not be joined", title=leaf.title, source=leaf.source)
    return list(PdfReader(BytesIO(elsewhere(leaf))).pages)


def elsewhere(leaf: Leaf) -> bytes:
    """A page in the place of a file that has none of its own: its original lies in the ZIP file."""
    lines = [("材料", leaf.title), ("来源", leaf.source or "—"), ("日期", leaf.day)]
    return register_page(leaf.title, lines, note=leaf.note or IN_THE_ZIP)


def _number(writer: PdfWriter) -> None:
    """Write the number of each page in the file into its lower corner, beside what stands on the page."""
    total = len(writer.pages)
    buffer = BytesIO()
    canvas: Any = Canvas(
        buffer, pagesize=(PAGE_WIDTH, 24), invariant=1, pageCompression=1, initialFontName=face("song").fontName
    )
    for sheet, number in zip(writer.pages, range(1, total + 1), strict=True):
        words = f"案卷第{number}页　共{total}页"
        wide = float(sheet.mediabox.width)
        canvas.setPageSize((wide, 24))
        draw(canvas, Line(words, 0.0), max(2.0, wide - 20 - width("song", words, 8)), 10, "song", 8)
        canvas.showPage()
    canvas.save()
    before, after = (writer._add_object(_stream(content)) for content in (b"q\n", b"\nQ /Nr Do\n"))  # noqa: SLF001
    for sheet, mark in zip(writer.pages, PdfReader(buffer).pages, strict=True):
        _put_under(writer, sheet, mark, before, after)


def _put_under(writer: PdfWriter, sheet: PageObject, mark: PageObject, before: Any, after: Any) -> None:
    """Let a page show a mark as well, whose corner lies where that of the page lies."""
    box = sheet.mediabox
    said: Any = mark.get_contents()
    form = _stream(said.get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(0), FloatObject(0), FloatObject(box.width), FloatObject(24)]),
            NameObject("/Matrix"): ArrayObject(
                [FloatObject(v) for v in (1, 0, 0, 1, float(box.left), float(box.bottom))]
            ),
            NameObject("/Resources"): cast("DictionaryObject", mark["/Resources"].get_object()).clone(writer),
        }
    )
    resources = sheet.get("/Resources", DictionaryObject()).get_object()
    own = DictionaryObject(resources)
    objects = DictionaryObject(own.get("/XObject", DictionaryObject()).get_object())
    objects[NameObject("/Nr")] = writer._add_object(form.flate_encode())  # noqa: SLF001 -- pypdf has no other way
    own[NameObject("/XObject")] = objects
    sheet[NameObject("/Resources")] = own
    content: Any = sheet.get("/Contents")
    here = content.get_object() if content is not None else None
    parts = list(here) if isinstance(here, ArrayObject) else [content] if here is not None else []
    sheet[NameObject("/Contents")] = ArrayObject([before, *(part.indirect_reference or part for part in parts), after])


def _stream(content: bytes) -> StreamObject:
    made = StreamObject()
    made.set_data(content)
    return made


def as_pdf(content: bytes) -> bytes:
    """The bindable pages of a file as it came; a page that says so when it has none."""
    pages = pages_of(content)
    return pages if pages is not None else elsewhere(Leaf(UNBOUND, "", "—"))


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
    title = paragraph(printable(check.title), NOTICE.heading, TEXT_WIDTH)
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
        made.append((Text(printable(words), NOTICE.label if is_label else NOTICE.value, middle=is_label), part * unit))
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


def one_after_another(files: Iterable[bytes]) -> bytes:
    """Several PDF files as one, for a printer: their pages in order, without bookmarks."""
    out, made = BytesIO(), PdfWriter()
    for content in files:
        made.append(BytesIO(content), import_outline=False)
    made.write(out)
    return out.getvalue()
