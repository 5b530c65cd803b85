"""The same thirteen papers set by others: by WeasyPrint from HTML, and by ReportLab's own platypus.

Both get the words and tables of a paper as :func:`outline` lists them, the same page, the same sizes of type and the
same fonts. What only our papers have (the two-dimensional code, rows that stay together, lines moved closer to save a
page) they are spared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from typing import Any

from spotcheck.notices.blocks import SERVICE, in_list
from spotcheck.notices.catalogue import GLUE, day, value_of
from spotcheck.notices.template import Block, Cell, Template, fill
from spotcheck.notices.typefaces import FETCHED, FILES, face

Grid = list[list[tuple[str, bool]]]
"""Rows of cells: words, and whether they are a label."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paper: words of a kind (title, heading, body, terms, small, right), or a table."""

    kind: str
    words: str = ""
    grid: Grid | None = None
    head: bool = False


def outline(template: Template, data: Mapping[str, Any]) -> list[Part]:
    """What stands on one copy of a paper, from top to bottom."""
    parts = [Part("title", line) for line in template.title_lines]
    parts.insert(0, Part("right", str(value_of(data, "paper.number") or "")))
    for block in template.blocks:
        if block.applies(data):
            parts += _BLOCKS[block.kind](block, data)
    return parts


def _words(kind: str, form: str = "{}") -> Any:
    return lambda block, data: [Part(kind, form.format(fill(block.text, data)))]


def _titled(block: Block) -> list[Part]:
    return [Part("heading", block.title)] if block.title else []


def _grid(block: Block, data: Mapping[str, Any]) -> list[Part]:
    rows = [[part for cell in row for part in ((cell.label, True), (_value(cell, data), False))] for row in block.rows]
    return [*_titled(block), *(Part("table", grid=[row]) for row in rows)]


def _value(cell: Cell, data: Mapping[str, Any]) -> str:
    if cell.field is None:
        return "\n" * cell.lines
    value = value_of(data, cell.field.name)
    return cell.field.boxes(value).replace(GLUE, "") if cell.field.has_boxes else cell.field.say(value)


def _list(block: Block, data: Mapping[str, Any]) -> list[Part]:
    assert block.of is not None
    rows = value_of(data, block.of.name) or []
    head = [("序号", True), *((block.of.columns[name], True) for name in block.widths)]
    body = [
        [(str(number), False), *((in_list(row.get(name)), False) for name in block.widths)]
        for number, row in enumerate(rows, 1)
    ]
    return [*_titled(block), Part("table", grid=[head, *body], head=True)]


def _rights(block: Block, data: Mapping[str, Any]) -> list[Part]:
    terms = (Part("terms", f"{n}. {fill(text, data)}") for n, (text, _) in enumerate(block.items, 1))
    return [*_titled(block), *terms]


def _attachments(block: Block, data: Mapping[str, Any]) -> list[Part]:
    assert block.of is not None
    names = value_of(data, block.of.name) or []
    return [Part("body", f"{'附件：' if n == 1 else ''}{n}. {name}") for n, name in enumerate(names, 1)]


def _sign(block: Block, data: Mapping[str, Any]) -> list[Part]:
    return [Part("table", grid=[[(f"{cell.label}：\n\n", True) for cell in row]]) for row in block.rows]


def _seal(block: Block, data: Mapping[str, Any]) -> list[Part]:
    named = (str(value_of(data, "paper.issuer") or ""), day(str(value_of(data, "paper.issued_on"))))
    return [Part("right", words) for words in named]


def _service(block: Block, data: Mapping[str, Any]) -> list[Part]:
    rows = [[part for name, _ in line for part in ((name, True), ("", False))] for line in SERVICE]
    return [Part("heading", "送达回证"), *(Part("table", grid=[row]) for row in rows)]


_BLOCKS: Mapping[str, Any] = {
    "to": _words("body", "{}："),
    "say": _words("body"),
    "heading": _words("heading"),
    "note": _words("small", "注：{}"),
    "cc": _words("small"),
    "grid": _grid,
    "list": _list,
    "rights": _rights,
    "attachments": _attachments,
    "sign": _sign,
    "seal": _seal,
    "service": _service,
}


LABEL = 84.0
STYLE = """
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm; font: 10.5pt song; @bottom-right {{ content: "第" counter(page) "页　共" counter(pages) "页" }} }}
{faces}
body {{ font: 16pt/29pt song; margin: 0 }} .title {{ font: 22pt/32pt title; text-align: center }}
.heading {{ font: 16pt/29pt hei }} .terms {{ font-size: 14pt; line-height: 24pt; text-indent: 2em }}
.body {{ text-indent: 2em }} .small {{ font-size: 10.5pt; line-height: 16pt }} .right {{ text-align: right }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 10.5pt; line-height: 15pt }}
td, th {{ border: 0.5pt solid; padding: 2pt 4pt; white-space: pre-wrap }} th {{ font: 10.5pt/15pt hei; text-align: center }}
.form th {{ width: 76pt }}
section {{ break-before: page }}
"""


class WeasyPrint:
    """WeasyPrint with its font configuration kept between papers."""

    def __init__(self) -> None:
        from weasyprint import CSS, HTML  # noqa: PLC0415 -- only where the benchmark's extra is installed
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        self.html = HTML
        self.fonts = FontConfiguration()
        faces = (f'@font-face {{ font-family: {role}; src: url("file://{FETCHED / FILES[role]}") }}' for role in FILES)
        self.style = CSS(string=STYLE.format(faces="\n".join(faces)), font_config=self.fonts)

    def __call__(self, template: Template, data: Mapping[str, Any]) -> bytes:
        """Set one paper."""
        copy = "".join(_html(part) for part in outline(template, data))
        count = len(template.copies) if template.sets else 1
        page = f"<!doctype html><title>{escape(template.title)}</title>{f'<section>{copy}</section>' * count}"
        made: bytes = self.html(string=page).write_pdf(stylesheets=[self.style], font_config=self.fonts)
        return made


def _html(part: Part) -> str:
    if part.grid is None:
        return f'<div class="{part.kind}">{escape(part.words)}</div>'
    rows = [
        "<tr>" + "".join(f"<{'th' if label else 'td'}>{escape(words)}" for words, label in row) for row in part.grid
    ]
    head = f"<thead>{rows.pop(0)}</thead>" if part.head else ""
    kind = " class=form" if any(not label for _, label in part.grid[0]) and not part.head else ""
    return f"<table{kind}>{head}<tbody>{''.join(rows)}</tbody></table>"


def platypus(template: Template, data: Mapping[str, Any]) -> bytes:
    """Set one paper with ReportLab's platypus as it is, with the fonts this process has loaded."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 -- slow import
    from reportlab.lib.units import mm  # noqa: PLC0415
    from reportlab.platypus import PageBreak, SimpleDocTemplate  # noqa: PLC0415

    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=28 * mm, rightMargin=26 * mm, topMargin=37 * mm, bottomMargin=35 * mm,
        initialFontName=face("song").fontName, invariant=1,
    )  # fmt: skip
    story: list[Any] = []
    for number in range(len(template.copies) if template.sets else 1):
        if number:
            story.append(PageBreak())
        for part in outline(template, data):
            story += _flowables(part, document.width)
    document.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return buffer.getvalue()


def _page_number(canvas: Any, document: Any) -> None:
    canvas.setFont(face("song").fontName, 10.5)
    canvas.drawRightString(document.pagesize[0] - 74, 76, f"第{document.page}页")


def _flowables(part: Part, width: float) -> Iterator[Any]:
    from reportlab.platypus import Paragraph, Table  # noqa: PLC0415 -- slow import

    styles = _styles()
    if part.grid is None:
        yield Paragraph(escape(part.words), styles[part.kind])
        return
    rows = [
        [
            Paragraph(escape(words).replace("\n", "<br/>"), styles["label" if is_label else "value"])
            for words, is_label in row
        ]
        for row in part.grid
    ]
    labels = 0 if part.head else sum(is_label for _, is_label in part.grid[0])
    values = len(rows[0]) - labels
    wide = (width - LABEL * labels) / values if values else 0.0
    widths = [LABEL if values and labels and is_label else wide or width / labels for _, is_label in part.grid[0]]
    yield Table(rows, colWidths=widths, style=styles["table"], repeatRows=int(part.head))


@cache
def _styles() -> Mapping[str, Any]:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 -- slow import
    from reportlab.platypus import TableStyle  # noqa: PLC0415

    def style(name: str, role: str, size: float, leading: float, **more: Any) -> Any:
        font = face(role).fontName
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, wordWrap="CJK", **more)

    return {
        "title": style("title", "title", 22, 32, alignment=1),
        "heading": style("heading", "hei", 16, 29),
        "body": style("body", "song", 15.79, 29, firstLineIndent=31.6),
        "terms": style("terms", "song", 14, 24, firstLineIndent=28),
        "small": style("small", "song", 10.5, 16),
        "right": style("right", "song", 15.79, 29, alignment=2),
        "label": style("label", "hei", 10.5, 15, alignment=1),
        "value": style("value", "song", 10.5, 15),
        "table": TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, "black"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        ),
    }
