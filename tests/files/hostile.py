"""Hostile and broken files: each with the code of its refusal."""

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from zipfile import ZIP_STORED, ZipFile

from tests.files.making import (
    BOOK,
    CATALOGUE,
    CONTENT_TYPES,
    MB,
    PAGE,
    archive,
    box,
    film,
    inflating,
    jpeg,
    one_page,
    packed,
    picture,
    plain,
    png,
    png_head,
    raw,
    saved,
    sheet,
    stream,
    written,
)

Make = Callable[[], bytes]
HOSTILE: dict[str, tuple[str, Make]] = {}


def hostile(code: str) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        HOSTILE[make.__name__] = (code, make)
        return make

    return add


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
