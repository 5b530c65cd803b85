"""Good files of the kinds that phones, scanners and offices make: each with the number of pages it is bound with.

None (0) has what lies in the ZIP of the case file.
"""

import io
from collections.abc import Callable

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import FloatObject, NameObject, RectangleObject

from tests.files.making import (
    CATALOGUE,
    PAGE,
    PAGES,
    film,
    jpeg,
    one_page,
    packed,
    picture,
    plain,
    png,
    raw,
    saved,
    sheet,
    stream,
    written,
)

Make = Callable[[], bytes]
GOOD: dict[str, tuple[int, Make]] = {}


def good(pages: int) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        GOOD[make.__name__] = (pages, make)
        return make

    return add


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
