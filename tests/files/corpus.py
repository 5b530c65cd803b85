"""Hostile and broken files, and good ones of the kinds that phones, scanners and offices make; all made here.

``HOSTILE`` names each bad file with the code of its refusal, ``GOOD`` each good one with the number of pages it is bound
with (0: it lies in the ZIP).
"""

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject, NameObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas

MB = 1000 * 1000
Make = Callable[[], bytes]
HOSTILE: dict[str, tuple[str, Make]] = {}
GOOD: dict[str, tuple[int, Make]] = {}


def hostile(code: str) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        HOSTILE[make.__name__] = (code, make)
        return make

    return add


def good(pages: int) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        GOOD[make.__name__] = (pages, make)
        return make

    return add


# --- material


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


# --- hostile and broken


@hostile("empty")
def empty() -> bytes:
    return b""


@hostile("unknown")
def program() -> bytes:
    return b"MZ\x90\0" + b"\0" * 400


@hostile("unknown")
def eicar() -> bytes:
    return b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@hostile("unknown")
def plain_text() -> bytes:
    return "情况说明".encode()


@hostile("unknown")
def elf() -> bytes:
    return b"\x7fELF" + b"\0" * 100


@hostile("markup")
def svg_with_script() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@hostile("markup")
def page_of_the_web() -> bytes:
    return b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>"


@hostile("markup")
def xml_that_grows() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@hostile("other_picture")
def tiff() -> bytes:
    return saved(picture(), "TIFF")


@hostile("other_picture")
def gif() -> bytes:
    return saved(picture(), "GIF")


@hostile("other_picture")
def bmp() -> bytes:
    return saved(picture(), "BMP")


@hostile("other_picture")
def avif_brand() -> bytes:
    return box(b"ftyp", b"avif\0\0\0\0mif1") + b"\0" * 100


@hostile("other_film")
def quicktime() -> bytes:
    return box(b"ftyp", b"qt  \0\0\0\0qt  ") + b"\0" * 100


@hostile("other_film")
def matroska() -> bytes:
    return b"\x1aE\xdf\xa3" + b"\0" * 100


@hostile("office")
def old_office_or_encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@hostile("archive")
def rar() -> bytes:
    return b"Rar!\x1a\x07\0" + b"\0" * 60


@hostile("archive")
def gzip() -> bytes:
    return b"\x1f\x8b\x08\0" + b"\0" * 60


@hostile("archive")
def zip_of_pictures() -> bytes:
    return archive(**{"1.jpg": jpeg()})


@hostile("archive")
def empty_zip() -> bytes:
    return archive()


@hostile("word")
def word() -> bytes:
    return archive(**{"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w/>"})


@hostile("ofd")
def ofd() -> bytes:
    return archive(**{"OFD.xml": "<ofd/>", "Doc_0/Document.xml": "<d/>"})


# sheets


@hostile("macros")
def sheet_with_macros() -> bytes:
    return sheet(**{"xl/vbaProject.bin": b"\xd0\xcf"})


@hostile("macros")
def sheet_that_says_macros() -> bytes:
    return sheet(
        **{
            "[Content_Types].xml": CONTENT_TYPES.replace(
                "application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            )
        }
    )


@hostile("macros")
def sheet_with_embedded_object() -> bytes:
    return sheet(**{"xl/embeddings/oleObject1.bin": b"\xd0\xcf"})


@hostile("macros")
def sheet_with_controls() -> bytes:
    return sheet(**{"xl/activeX/activeX1.xml": "<a/>"})


@hostile("external")
def sheet_with_links() -> bytes:
    return sheet(**{"xl/externalLinks/externalLink1.xml": "<e/>"})


@hostile("external")
def sheet_with_connections() -> bytes:
    return sheet(**{"xl/connections.xml": "<c/>"})


@hostile("too_costly")
def sheet_that_is_a_bomb() -> bytes:
    return sheet(**{"xl/sharedStrings.xml": b"<a>" + b" " * 60 * MB})


@hostile("too_costly")
def sheet_with_doubled_names() -> bytes:
    buffer = io.BytesIO(sheet())
    with ZipFile(buffer, "a") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr("xl/workbook.xml", BOOK)
    return buffer.getvalue()


@hostile("too_costly")
def sheet_of_too_many_parts() -> bytes:
    return sheet(ZIP_STORED, **{f"xl/media/{number}": b"" for number in range(5_100)})


@hostile("damaged")
def sheet_that_leads_outside() -> bytes:
    return sheet(**{"../../etc/passwd": b"x"})


@hostile("active")
def sheet_with_a_document_type() -> bytes:
    return sheet(**{"xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>'})


@hostile("damaged")
def sheet_with_a_wrong_checksum() -> bytes:
    content = bytearray(sheet(ZIP_STORED))
    place = content.find(b"<sheetData/>")
    content[place + 1] ^= 1
    return bytes(content)


@hostile("damaged")
def sheet_cut() -> bytes:
    return sheet()[:-30]


@hostile("protected")
def sheet_encrypted() -> bytes:
    content = bytearray(sheet(ZIP_STORED))
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    return bytes(content)


# films


@hostile("damaged")
def film_of_sound_only() -> bytes:
    handler = box(b"hdlr", b"\0" * 8 + b"soun" + b"\0" * 12)
    return film(moov=box(b"trak", box(b"mdia", handler)))


@hostile("cut")
def film_cut() -> bytes:
    return film()[:-1000]


@hostile("damaged")
def film_without_data() -> bytes:
    return film()[:-4008]


@hostile("damaged")
def film_of_boxes_too_small() -> bytes:
    return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"\0" * 8, size=4)


@hostile("too_costly")
def film_of_endless_boxes() -> bytes:
    return film(moov=box(b"free") * 30_000)


@hostile("damaged")
def film_whose_inner_box_is_longer() -> bytes:
    return film(moov=box(b"trak", b"\0" * 16, size=9_000))


# pictures


@hostile("cut")
def jpeg_cut() -> bytes:
    return jpeg()[:-400]


@hostile("damaged")
def jpeg_head_only() -> bytes:
    return b"\xff\xd8\xff\xe0" + b"\0" * 40


@hostile("too_many_pixels")
def jpeg_of_too_many_pixels() -> bytes:
    content = bytearray(jpeg())
    place = content.find(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", 30_000, 30_000)
    return bytes(content)


@hostile("too_many_pixels")
def progressive_jpeg_of_many_pixels() -> bytes:
    content = bytearray(jpeg(progressive=True))
    place = content.find(b"\xff\xc2")
    content[place + 5 : place + 9] = struct.pack(">HH", 8_000, 9_000)
    return bytes(content)


@hostile("too_many_pixels")
def png_of_one_bit() -> bytes:
    return png_head(14_000, 14_000, depth=1, colour=0)


@hostile("too_many_pixels")
def png_of_641_kb() -> bytes:
    return png_head(25_000, 25_000)


@hostile("cut")
def png_that_ends_early() -> bytes:
    return png_head(3_000, 3_000)


@hostile("damaged")
def png_with_a_wrong_checksum() -> bytes:
    content = bytearray(png())
    content[content.find(b"IHDR") + 5] ^= 1
    return bytes(content)


@hostile("damaged")
def png_with_text_that_inflates() -> bytes:
    text = zlib.compress(b"\0" * 100 * MB, 1)
    body = b"zTXt" + b"a\0\0" + text
    whole = png()
    return whole[:33] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + whole[33:]


@hostile("too_many_pixels")
def webp_that_says_it_is_large() -> bytes:
    head = (
        b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_000).to_bytes(3, "little") + (16_000).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(head) + 4) + b"WEBP" + head


@hostile("damaged")
def webp_broken() -> bytes:
    return saved(picture(), "WEBP")[:60]


@hostile("damaged")
def heic_of_nothing() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200


# PDF


@hostile("protected")
def pdf_with_a_password() -> bytes:
    return written(lambda writer: writer.encrypt("open", "owner", algorithm="AES-256"))


@hostile("protected")
def pdf_with_an_old_password() -> bytes:
    return written(lambda writer: writer.encrypt("open", "owner", algorithm="RC4-128"))


@hostile("cut")
def pdf_cut() -> bytes:
    return plain()[: len(plain()) * 2 // 3]


@hostile("damaged")
def pdf_of_a_head() -> bytes:
    return b"%PDF-1.7\n%%EOF"


@hostile("appended")
def pdf_and_a_web_page() -> bytes:
    return plain() + b"\r\n<html><script>alert(1)</script></html>"


@hostile("appended")
def pdf_and_a_zip() -> bytes:
    return plain() + archive(**{"x.exe": b"MZ"})


@hostile("no_page")
def pdf_without_a_page() -> bytes:
    return raw([CATALOGUE, b"<</Type/Pages/Count 0/Kids[]>>"])


@hostile("damaged")
def pdf_whose_pages_loop() -> bytes:
    return raw([CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"])


@hostile("damaged")
def pdf_without_a_box() -> bytes:
    return one_page(page=b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]/Contents 4 0 R>>")


@hostile("damaged")
def pdf_with_an_unknown_filter() -> bytes:
    return one_page(content=stream(b"abc", b"/Filter/Unheard"))


@hostile("too_costly")
def pdf_whose_page_inflates() -> bytes:
    return one_page(content=stream(inflating(400 * MB), b"/Filter/FlateDecode"))


@hostile("too_costly")
def pdf_that_inflates_twice() -> bytes:
    return one_page(content=stream(zlib.compress(inflating(400 * MB)), b"/Filter[/FlateDecode/FlateDecode]"))


@hostile("too_costly")
def pdf_of_many_filters() -> bytes:
    return one_page(content=stream(b"abc", b"/Filter[" + b"/ASCIIHexDecode" * 200 + b"]"))


@hostile("too_costly")
def pdf_of_brackets() -> bytes:
    return one_page(more=(b"[" * 20_000 + b"]" * 20_000,))


@hostile("too_costly")
def pdf_of_dictionaries() -> bytes:
    return one_page(more=(b"<</A" * 20_000 + b" 1" + b">>" * 20_000,))


@hostile("too_costly")
def pdf_whose_stamp_inflates() -> bytes:
    stamp = stream(inflating(400 * MB), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode")
    note = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 6 0 R>>>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note, stamp))


@hostile("too_many")
def pdf_of_too_many_revisions() -> bytes:
    return plain() + b"".join(b"\n%%EOF" for _ in range(30))


@hostile("active")
def pdf_with_a_script_on_opening() -> bytes:
    return one_page(catalogue=CATALOGUE[:-2] + b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")


@hostile("active")
def pdf_with_an_escaped_name() -> bytes:
    return one_page(catalogue=CATALOGUE[:-2] + b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>>>")


@hostile("active")
def pdf_with_a_named_script() -> bytes:
    names = b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>>>>>"
    return one_page(catalogue=CATALOGUE[:-2] + names)


@hostile("active")
def pdf_that_starts_a_program() -> bytes:
    return one_page(catalogue=CATALOGUE[:-2] + b"/OpenAction<</S/Launch/F(cmd.exe)>>>>")


@hostile("active")
def pdf_with_a_launching_link() -> bytes:
    note = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note,))


@hostile("active")
def pdf_that_acts_on_a_page() -> bytes:
    return one_page(page=PAGE[:-2] + b"/AA<</O<</S/URI/URI(http://x)>>>>>>")


@hostile("active")
def pdf_that_sends_a_form() -> bytes:
    note = b"<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://x)>>>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note,))


@hostile("active")
def pdf_with_a_file_in_it() -> bytes:
    return written(lambda writer: writer.add_attachment("x.exe", b"MZ"))


@hostile("active")
def pdf_with_a_form_of_xml() -> bytes:
    return one_page(catalogue=CATALOGUE[:-2] + b"/AcroForm<</Fields[]/XFA(x)>>>>")


@hostile("active")
def pdf_with_a_film() -> bytes:
    note = b"<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note,))


@hostile("active")
def pdf_with_a_script_to_which_nothing_points() -> bytes:
    return one_page(more=(b"<</S/JavaScript/JS(app.alert(1))>>",))


@hostile("active")
def pdf_with_a_script_in_a_stream_of_objects() -> bytes:
    return packed(b"<</S/JavaScript/JS(app.alert(1))>>")


@hostile("active")
def pdf_whose_script_a_later_revision_covers() -> bytes:
    first = one_page(catalogue=CATALOGUE[:-2] + b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")
    place = len(first)
    update = b"1 0 obj\n" + CATALOGUE + b"\nendobj\n"
    before = first.rindex(b"xref\n0")
    table = b"xref\n1 1\n%010d 00000 n \n" % place
    trailer = b"trailer<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, place + len(update))
    return first + update + table + trailer


# --- good


@good(1)
def pdf_of_reportlab() -> bytes:
    return plain()


@good(12)
def pdf_of_twelve_pages() -> bytes:
    return plain(12, (595, 842))


@good(1)
def pdf_with_an_owner_password() -> bytes:
    return written(lambda writer: writer.encrypt("", "owner", algorithm="AES-128"))


@good(1)
def pdf_with_an_owner_password_of_2001() -> bytes:
    return written(lambda writer: writer.encrypt("", "owner", algorithm="RC4-40"))


@good(1)
def pdf_with_a_new_owner_password() -> bytes:
    return written(lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))


@good(1)
def pdf_after_an_empty_line() -> bytes:
    return b"\n" + plain()


@good(1)
def pdf_with_blanks_after_its_end() -> bytes:
    return plain() + b"\r\n" * 600


@good(1)
def pdf_turned() -> bytes:
    return written(lambda writer: writer.pages[0].rotate(90))


@good(1)
def pdf_upside_down() -> bytes:
    return written(lambda writer: writer.pages[0].rotate(180))


@good(1)
def pdf_turned_left() -> bytes:
    return written(lambda writer: writer.pages[0].rotate(270))


@good(1)
def pdf_whose_box_begins_at_50() -> bytes:
    def move(writer: PdfWriter) -> None:
        for name in ("mediabox", "cropbox"):
            setattr(writer.pages[0], name, RectangleObject((0, 50, 300, 200)))

    return written(move)


@good(1)
def pdf_cropped() -> bytes:
    return written(lambda writer: setattr(writer.pages[0], "cropbox", RectangleObject((20, 100, 280, 190))))


@good(1)
def pdf_in_other_units() -> bytes:
    return written(lambda writer: writer.pages[0].__setitem__(NameObject("/UserUnit"), FloatObject(2.5)))


@good(1)
def pdf_as_large_as_a_wall() -> bytes:
    return plain(1, (20_000, 3_000))


@good(1)
def pdf_with_an_empty_page() -> bytes:
    return raw([CATALOGUE, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>"])


@good(1)
def pdf_in_several_streams() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents[4 0 R 5 0 R]>>"
    return one_page(page=page, more=(stream(b"20 0 10 10 re f"),))


@good(1)
def pdf_with_unbalanced_states() -> bytes:
    return one_page(content=stream(b"q q q 0.5 0 0 0.5 0 0 cm 0 0 10 10 re f Q Q Q Q Q"))


@good(1)
def pdf_with_a_stamp() -> bytes:
    stamp = stream(b"1 0 0 rg 0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    note = b"<</Type/Annot/Subtype/Stamp/Rect[50 50 90 90]/AP<</N 6 0 R>>>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note, stamp))


@good(1)
def pdf_with_a_link() -> bytes:
    note = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org)>>>>"
    return one_page(page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note,))


@good(1)
def pdf_that_opens_at_its_page() -> bytes:
    return one_page(catalogue=CATALOGUE[:-2] + b"/OpenAction[3 0 R/Fit]>>")


@good(1)
def pdf_with_a_filled_field() -> bytes:
    shown = stream(b"0 0 1 rg 0 0 40 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 40 9]")
    note = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[10 10 50 19]/AP<</N 6 0 R>>>>"
    catalogue = CATALOGUE[:-2] + b"/AcroForm<</Fields[5 0 R]>>>>"
    return one_page(catalogue=catalogue, page=PAGE[:-2] + b"/Annots[5 0 R]>>", more=(note, shown))


@good(1)
def pdf_saved_again() -> bytes:
    first = one_page()
    body = b"4 0 obj\n" + stream(b"5 5 20 20 re f") + b"\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \n" % len(first)
    ends = (first.rindex(b"xref\n0"), len(first) + len(body))
    return first + body + table + b"trailer<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % ends


@good(1)
def pdf_of_a_scan() -> bytes:
    image = stream(
        jpeg(),
        b"/Type/XObject/Subtype/Image/Width 400/Height 300/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    return one_page(page=page, content=stream(b"q 595 0 0 842 0 0 cm /I Do Q"), more=(image,))


@good(1)
def pdf_with_a_stream_of_objects() -> bytes:
    return packed(b"<</Title(a)>>")


@good(1)
def photograph() -> bytes:
    return jpeg()


@good(1)
def photograph_held_upright() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return jpeg(exif=exif)


@good(1)
def photograph_mirrored() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 5
    return jpeg(exif=exif)


@good(1)
def photograph_in_four_inks() -> bytes:
    return saved(picture("CMYK"), "JPEG")


@good(1)
def photograph_in_grey() -> bytes:
    return saved(picture("L"), "JPEG")


@good(1)
def photograph_in_passes() -> bytes:
    return jpeg(progressive=True)


@good(1)
def photograph_with_a_profile() -> bytes:
    return jpeg(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


@good(1)
def photograph_with_a_broken_profile() -> bytes:
    return jpeg(icc_profile=b"no profile at all")


@good(1)
def photograph_with_a_film_behind_it() -> bytes:
    return jpeg() + film()


@good(1)
def photograph_with_a_second_one() -> bytes:
    return saved(picture(), "MPO", save_all=True, append_images=[picture()])


@good(1)
def photograph_of_12_megapixels() -> bytes:
    return saved(Image.new("RGB", (4_032, 3_024), (90, 120, 60)), "JPEG", quality=30)


@good(1)
def photograph_of_an_iphone() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(buffer, quality=50)
    return buffer.getvalue()


@good(1)
def picture_of_a_screen() -> bytes:
    return png()


@good(1)
def picture_transparent() -> bytes:
    made = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(made).text((20, 20), "black words on transparent ground", fill=(0, 0, 0, 255))
    return png(made)


@good(1)
def picture_in_grey_and_transparent() -> bytes:
    return png(Image.new("LA", (200, 100), (0, 0)))


@good(1)
def picture_of_a_palette() -> bytes:
    made = picture("P").copy()
    made.info["transparency"] = 0
    return png(made)


@good(1)
def picture_of_sixteen_bits() -> bytes:
    return png(Image.new("I;16", (200, 200), 40_000))


@good(1)
def picture_of_one_bit() -> bytes:
    return png(picture("1"))


@good(1)
def picture_of_the_web() -> bytes:
    return saved(picture(), "WEBP")


@good(1)
def picture_of_the_web_without_loss() -> bytes:
    return saved(picture("RGBA"), "WEBP", lossless=True)


@good(0)
def film_of_a_phone() -> bytes:
    return film()


@good(0)
def film_of_a_camera() -> bytes:
    return film(brand=b"mp42")


@good(0)
def sheet_of_an_office() -> bytes:
    return sheet()


@good(0)
def sheet_with_the_settings_of_a_printer() -> bytes:
    return sheet(**{"xl/printerSettings/printerSettings1.bin": b"\0" * 40})
