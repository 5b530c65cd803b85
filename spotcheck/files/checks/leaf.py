"""Bindable pages: every page of a PDF, or a picture, as a form on a fresh page.

The fresh page begins at (0, 0), is not turned, has no links and nothing that acts; what a reader shows of the old one
stands on it: the visible box, turned and in its unit, with the appearances of annotations and of fields that
were filled in. So whoever binds joins pages and writes a number into a corner, and never looks into anybody's content
again.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from spotcheck.files.checks.refusal import Refusal

A4: Final = (595.276, 841.89)
MARGIN: Final = 56.69
"""Points around a picture: 20 mm."""
LONGEST: Final = 14_400.0
"""Points: longer sides are not shown by every reader."""
SHORTEST: Final = 3.0
_HIDDEN: Final = 0b100010
"""Flags of an annotation that is not to be seen (hidden, no view)."""
_MOST_ANNOTATIONS: Final = 2_000
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def of_pdf(reader: PdfReader, path: Path) -> int:
    """Write the bindable pages of a PDF; return how many. Raises :class:`Refusal`."""
    writer = PdfWriter()
    for page in reader.pages:
        _lay(writer, page)
    writer.write(path)
    return len(writer.pages)


def of_picture(picture: Image.Image, path: Path) -> int:
    """Write a page of A4 with a picture."""
    writer = PdfWriter()
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=88, subsampling=0 if picture.mode == "RGB" else -1)
    wide, high = picture.size
    image = _stream(
        buffer.getvalue(),
        {
            "/Type": NameObject("/XObject"),
            "/Subtype": NameObject("/Image"),
            "/Width": NumberObject(wide),
            "/Height": NumberObject(high),
            "/ColorSpace": NameObject("/DeviceGray" if picture.mode == "L" else "/DeviceRGB"),
            "/BitsPerComponent": NumberObject(8),
            "/Filter": NameObject("/DCTDecode"),
        },
    )
    scale = min((A4[0] - 2 * MARGIN) / wide, (A4[1] - 2 * MARGIN) / high)
    place = (MARGIN, A4[1] - MARGIN - high * scale)
    drawn = f"q {wide * scale:.3f} 0 0 {high * scale:.3f} {place[0]:.3f} {place[1]:.3f} cm /L0 Do Q"
    _page(writer, A4, drawn, {"/L0": writer._add_object(image)})  # noqa: SLF001 -- pypdf has no other way to add one
    writer.write(path)
    return 1


def _lay(writer: PdfWriter, page: PageObject) -> None:
    """Put one page on a fresh one."""
    box = _visible(page)
    unit = float(page.get("/UserUnit", 1) or 1)
    wide, high = (box[2] - box[0]), (box[3] - box[1])
    unit = max(0.01, min(unit, LONGEST / max(wide, high)))
    turn = (int(page.rotation or 0) // 90) % 4
    matrix = _turned(box, turn, unit)
    size = (wide * unit, high * unit) if turn % 2 == 0 else (high * unit, wide * unit)
    forms = {"/L0": _form(writer, page, box)}
    drawn = [f"q {_numbers(matrix)} cm", f"{_numbers(box, rectangle=True)} re W n", "/L0 Do"]
    for number, (form, place) in enumerate(_appearances(writer, page), 1):
        forms[f"/L{number}"] = form
        drawn.append(f"q {_numbers(place)} cm /L{number} Do Q")
    _page(writer, size, "\n".join([*drawn, "Q"]), forms)


def _page(writer: PdfWriter, size: tuple[float, float], drawn: str, forms: dict[str, IndirectObject]) -> None:
    sheet = writer.add_blank_page(*size)
    objects = DictionaryObject({NameObject(name): form for name, form in forms.items()})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    sheet[NameObject("/Contents")] = writer._add_object(_stream(drawn.encode()))  # noqa: SLF001


def _visible(page: PageObject) -> Box:
    """The box that a reader shows: the crop box as far as it lies on the page."""
    try:
        media, crop = [float(side) for side in page.mediabox], [float(side) for side in page.cropbox]
    except (ValueError, TypeError, KeyError) as error:
        raise Refusal("damaged") from error
    whole = _ordered(media)
    seen = _ordered(crop)
    cut = (max(whole[0], seen[0]), max(whole[1], seen[1]), min(whole[2], seen[2]), min(whole[3], seen[3]))
    found = cut if cut[2] - cut[0] >= SHORTEST and cut[3] - cut[1] >= SHORTEST else whole
    if not all(abs(side) < 1e7 for side in found) or min(found[2] - found[0], found[3] - found[1]) < SHORTEST:
        raise Refusal("damaged")
    return found


def _ordered(box: list[float]) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _turned(box: Box, turn: int, unit: float) -> Matrix:
    """What takes the visible box to a page from (0, 0), turned clockwise by so many quarters."""
    x0, y0, x1, y1 = (side * unit for side in box)
    return {
        0: (unit, 0.0, 0.0, unit, -x0, -y0),
        1: (0.0, -unit, unit, 0.0, -y0, x1),
        2: (-unit, 0.0, 0.0, -unit, x1, y1),
        3: (0.0, unit, -unit, 0.0, y1, -x0),
    }[turn]


def _form(writer: PdfWriter, page: PageObject, box: Box) -> IndirectObject:
    """The content of a page as a form of its own, which cannot disturb what stands beside it."""
    resources = page.get("/Resources")
    known = resources.get_object() if resources is not None else None
    kept = known.clone(writer) if isinstance(known, DictionaryObject) else DictionaryObject()
    form = _stream(
        b"\n".join(_contents(page)),
        {
            "/Type": NameObject("/XObject"),
            "/Subtype": NameObject("/Form"),
            "/BBox": ArrayObject([FloatObject(side) for side in box]),
            "/Resources": getattr(kept, "indirect_reference", None) or kept,
        },
    ).flate_encode()
    if (group := page.get("/Group")) is not None and isinstance(known := group.get_object(), DictionaryObject):
        form[NameObject("/Group")] = known.clone(writer)
    return writer._add_object(form)  # noqa: SLF001


def _contents(page: PageObject) -> Iterator[bytes]:
    """The streams of a page, decoded under the limits of the reader."""
    found = page.get("/Contents")
    content = found.get_object() if found is not None else None
    for part in content if isinstance(content, ArrayObject) else [content]:
        stream = part.get_object() if part is not None else None
        if isinstance(stream, StreamObject):
            yield stream.get_data()


def _appearances(writer: PdfWriter, page: PageObject) -> Iterator[tuple[IndirectObject, Matrix]]:
    """What annotations and fields show, and where (ISO 32000-1, 12.5.5)."""
    found = page.get("/Annots")
    notes = found.get_object() if found is not None else None
    for note in (notes if isinstance(notes, ArrayObject) else [])[:_MOST_ANNOTATIONS]:
        annotation = note.get_object()
        if not isinstance(annotation, DictionaryObject) or int(annotation.get("/F", 0)) & _HIDDEN:
            continue
        shown = _appearance(annotation)
        if shown is None or annotation.get("/Subtype") == "/Popup":
            continue
        sides = cast("ArrayObject", annotation["/Rect"].get_object())
        place = _placed(shown, _ordered([float(side) for side in sides]))
        if place is not None:
            form = shown.clone(writer)
            form[NameObject("/Subtype")] = NameObject("/Form")
            yield getattr(form, "indirect_reference", None) or writer._add_object(form), place  # noqa: SLF001


def _appearance(annotation: DictionaryObject) -> StreamObject | None:
    states: Any = annotation.get("/AP")
    states = states.get_object().get("/N") if states is not None else None
    shown = states.get_object() if states is not None else None
    if isinstance(shown, DictionaryObject) and not isinstance(shown, StreamObject):
        one = shown.get(annotation.get("/AS", "/Off"))
        shown = one.get_object() if one is not None else None
    if not isinstance(shown, StreamObject):
        return None
    shown.get_data()  # under the limits of the reader: a bomb in a stamp is one as well
    return shown


def _placed(form: StreamObject, rectangle: Box) -> Matrix | None:
    """What takes the box of an appearance into the rectangle of its annotation; None when one of them is empty."""
    box = [float(side) for side in form.get("/BBox", [0, 0, 0, 0])]
    a, b, c, d, e, f = (float(value) for value in form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [a * x + c * y + e for x, y in corners]
    along = [b * x + d * y + f for x, y in corners]
    wide, high = max(across) - min(across), max(along) - min(along)
    if not wide or not high:
        return None
    sx, sy = (rectangle[2] - rectangle[0]) / wide, (rectangle[3] - rectangle[1]) / high
    return sx, 0.0, 0.0, sy, rectangle[0] - min(across) * sx, rectangle[1] - min(along) * sy


def _stream(content: bytes, names: dict[str, Any] | None = None) -> StreamObject:
    made = StreamObject()
    made.set_data(content)
    made.update({NameObject(name): value for name, value in (names or {}).items()})
    return made


def _numbers(values: tuple[float, ...], *, rectangle: bool = False) -> str:
    if rectangle:
        values = (values[0], values[1], values[2] - values[0], values[3] - values[1])
    return " ".join(f"{value:.4f}" for value in values)
