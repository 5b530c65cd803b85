"""Pictures as every viewer shows them: upright, on white where they are transparent, in eight bits."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageCms, ImageFile

from spotcheck.files.checks.content import HEIC, JPEG, PNG, WEBP
from spotcheck.files.checks.refusal import Refusal

MOST_PIXELS: Final = {JPEG: 120_000_000, HEIC: 25_000_000, PNG: 25_000_000, WEBP: 12_000_000}
"""Known before anything is decoded; what is decoded at a fraction of its size, or in strips, may have more of them."""
MOST_AT_ONCE: Final = 20_000_000
"""Pixels of a progressive JPEG, which is kept whole until its last byte."""
SIDE: Final = 2480
"""Pixels of the longer side of a bound picture: a sheet of A4 with 210 dots to the inch. The original is kept."""
THUMBNAIL: Final = 320
_FORMATS: Final = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",)}
_STRIP: Final = 256
_ORIENTATION: Final = 0x0112
_TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What EXIF says of how the camera was held."""
BROKEN: Final = (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, OverflowError, AttributeError)
"""Whatever a broken picture does to its reader."""


def check(path: Path, kind: str) -> tuple[dict[str, Any], Image.Image]:
    """Return what is found, and the picture as it is bound; raises :class:`Refusal`."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # our own bounds come first
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        if kind == HEIC:
            return _tiled(path)
        if kind == WEBP:
            _bound(*_canvas(path), MOST_PIXELS[WEBP])
        with Image.open(path, formats=_FORMATS[kind]) as opened:
            wide, high = opened.size
            _bound(wide, high, MOST_AT_ONCE if opened.info.get("progressive") else MOST_PIXELS[kind])
            frames = getattr(opened, "n_frames", 1) if kind in {WEBP, PNG} else 1
            return {"wide": wide, "high": high, "frames": frames}, _as_shown(opened)
    except MemoryError as error:
        raise Refusal("too_costly") from error
    except BROKEN as error:
        raise Refusal("cut" if "truncated" in str(error) else "damaged") from error


def _bound(wide: int, high: int, most: int) -> None:
    if wide * high > most:
        raise Refusal("too_many_pixels", f"{wide} × {high}")


def _canvas(path: Path) -> tuple[int, int]:
    """The size of a WebP picture by its head: its reader takes memory for all of it as soon as it opens one."""
    with path.open("rb") as file:
        head = file.read(30)
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _tiled(path: Path) -> tuple[dict[str, Any], Image.Image]:
    """A HEIC picture, made smaller strip by strip: whole it would take the memory twice. Its library turns it."""
    from pillow_heif import open_heif  # noqa: PLC0415 -- its library is loaded for such a picture only

    opened = open_heif(path, convert_hdr_to_8bit=True)
    wide, high = opened.size
    _bound(wide, high, MOST_PIXELS[HEIC])
    times = max(1, max(wide, high) // SIDE)
    made = Image.new(opened.mode, (-(-wide // times), -(-high // times)))
    data, stride = opened.data, opened.stride
    for top in range(0, high, _STRIP * times):
        rows = min(_STRIP * times, high - top)
        part = data[top * stride : (top + rows) * stride]
        strip = Image.frombuffer(opened.mode, (wide, rows), part, "raw", opened.mode, stride, 1)
        made.paste(strip.reduce(times), (0, top // times))
    made.info = {"icc_profile": opened.info.get("icc_profile")}
    return {"wide": wide, "high": high, "frames": 1}, _ready(made)


def _as_shown(opened: Image.Image) -> Image.Image:
    """Decode a picture as a viewer does, no larger than it is bound; what costs memory is done when it is small."""
    turned = _TURNED.get(opened.getexif().get(_ORIENTATION, 1))
    opened.draft("RGB" if opened.mode != "L" else "L", (SIDE, SIDE))
    opened.load()
    shown = _ready(_eight_bits(opened))
    return shown.transpose(turned) if turned is not None else shown


def _ready(picture: Image.Image) -> Image.Image:
    """No larger than it is bound, in common colours, on white."""
    if max(picture.size) > SIDE:
        picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _on_white(_in_common_colours(picture))


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits become eight by what they mean, not by being cut off; colours of a palette become colours."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGBA") if picture.mode in {"P", "PA"} or "transparency" in picture.info else picture


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """Into the colours that a profile means; one that cannot be read is passed over, as viewers do."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK", "RGBA"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent lies on white paper."""
    if picture.mode in {"RGBA", "LA", "La", "RGBa"}:
        over = picture.convert("RGBA")
        made = Image.new("RGB", over.size, "white")
        made.paste(over, mask=over.getchannel("A"))
        return made
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")


def save_thumbnail(picture: Image.Image, path: Path) -> None:
    """Write the small picture of a list."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {}
    small.save(path, "JPEG", quality=80)
