"""What the files of the corpus are made of: papers, pictures, boxes of a film, parts of a sheet."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

MB = 1000 * 1000


@cache
def plain(pages: int = 1, size: tuple[float, float] = (300, 200)) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for number in range(pages):
        canvas.drawString(30, size[1] - 40, f"Receipt 2024-06-05 page {number + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(change: Callable[[PdfWriter], object], content: bytes | None = None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content or plain())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def raw(objects: list[bytes], *, root: int = 1, tail: bytes = b"") -> bytes:
    """A PDF out of these bodies of objects, numbered from 1, with a right table."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    return out + b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start) + tail


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
DRAWN = stream(b"0 0 10 10 re f")


def one_page(
    *, catalogue: bytes = CATALOGUE, page: bytes = PAGE, content: bytes = DRAWN, more: tuple[bytes, ...] = ()
) -> bytes:
    return raw([catalogue, PAGES, page, content, *more])


def packed(inner: bytes) -> bytes:
    """A PDF with one object in a stream of objects, behind a table that is a stream too."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in enumerate([CATALOGUE, PAGES, PAGE, DRAWN], 1):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places[6] = len(out)
    objects = stream(zlib.compress(b"5 0 " + inner), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    out += b"6 0 obj\n" + objects + b"\nendobj\n"
    places[7] = start = len(out)
    rows = [(0, 0, 65535), *((1, places[n], 0) for n in range(1, 5)), (2, 6, 0), (1, places[6], 0), (1, places[7], 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"7 0 obj\n" + stream(table, b"/Type/XRef/Size 8/W[1 4 2]/Root 1 0 R") + b"\nendobj\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % start


@cache
def inflating(size: int) -> bytes:
    packer = zlib.compressobj(9)
    made = b"".join(packer.compress(b" " * MB) for _ in range(size // MB))
    return made + packer.flush()


@cache
def picture(mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> Image.Image:
    made = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    draw.text((size[0] // 2 + 20, 20), "TOP LEFT IS RED", fill="black")
    return made.convert(mode)


def saved(made: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(**options: object) -> bytes:
    return saved(picture(), "JPEG", **options)


def png(made: Image.Image | None = None) -> bytes:
    return saved(made or picture(), "PNG")


def png_head(wide: int, high: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that says it is so large and carries next to nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def box(name: bytes, content: bytes = b"", *, size: int | None = None) -> bytes:
    return struct.pack(">I", size if size is not None else 8 + len(content)) + name + content


def film(*, brand: bytes = b"isom", moov: bytes | None = None, data: bytes = b"\0" * 4000) -> bytes:
    handler = box(b"hdlr", b"\0" * 8 + b"vide" + b"\0" * 12)
    head = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, 12_000) + b"\0" * 80)
    inside = moov if moov is not None else head + box(b"trak", box(b"mdia", handler))
    return box(b"ftyp", brand + b"\0\0\2\0isomiso2mp41") + box(b"moov", inside) + box(b"mdat", data)


CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
BOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


def archive(*, how: int = ZIP_DEFLATED, **parts: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def sheet(how: int = ZIP_DEFLATED, **more: bytes | str) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": SHEET}
    return archive(how=how, **(parts | more))
