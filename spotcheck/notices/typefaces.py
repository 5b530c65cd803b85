"""The faces of the papers: loaded once per process, embedded as subsets, with a fallback for every character.

Faces are called by their role: ``fangsong`` (body), ``title`` (小标宋), ``hei``, ``kai``, ``song``. The fetched
fonts fill the roles as far as free fonts can: there is no free 仿宋 with the characters that names need, so
the body is set in 宋 until a bureau puts its licensed files into the folder SPOTCHECK_FONTS (``fangsong.ttf``,
``title.ttf``, ``hei.ttf``, ``kai.ttf``, ``song.ttf``; TrueType outlines). Nothing is loaded before it is needed.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final
from unicodedata import category

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from spotcheck.rules.characters import name
from spotcheck.rules.words import Words

FETCHED: Final = Path(__file__).resolve().parents[2] / "fonts" / "fetched"
FILES: Final = {
    "song": "NotoSerifSC-Regular.ttf",
    "title": "NotoSerifSC-Black.ttf",
    "hei": "NotoSansSC-Medium.ttf",
    "kai": "LXGWWenKai-Medium.ttf",
}
CHAINS: Final = {
    "fangsong": ("fangsong", "song", "kai", "hei"),
    "song": ("song", "kai", "hei"),
    "title": ("title", "song", "kai", "hei"),
    "hei": ("hei", "song", "kai"),
    "kai": ("kai", "song", "hei"),
}
"""Which faces are asked for a character, in this order."""

rl_config.useA85 = 0  # binary streams: a fifth smaller
rl_config.warnOnMissingFontGlyphs = 0  # we look ourselves, before anything is drawn


class FontsMissing(RuntimeError):
    """The fonts were not fetched."""


class NoGlyph(ValueError):
    """No face has these characters."""

    def __init__(self, characters: set[str]) -> None:
        self.characters = sorted(characters)
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in self.characters)
        super().__init__(f"没有字体能印出{named}")


def own_folder() -> Path | None:
    """The folder with the bureau's licensed fonts, if there is one."""
    given = os.environ.get("SPOTCHECK_FONTS")
    return Path(given) if given else None


def _file(role: str) -> Path | None:
    own = own_folder()
    if own is not None:
        for path in sorted(own.glob("*")):
            if path.stem.lower() == role and path.suffix.lower() in {".ttf", ".ttc"}:
                return path
    fetched = FETCHED / FILES[role] if role in FILES else None
    return fetched if fetched is not None and fetched.exists() else None


def available() -> bool:
    """Whether papers can be drawn here at all. Faces that were there once are not looked for again."""
    if own_folder() not in _found:
        if not all(_file(role) is not None for role in FILES):
            return False
        _found.add(own_folder())
    return True


_found: Final[set[Path | None]] = set()
"""The folders of a bureau's own fonts (None: there is none) with which every face was there."""


@cache
def face(role: str) -> Any:
    """Return the face of a role, loaded and registered; None when nobody supplies it (only ``fangsong``)."""
    path = _file(role)
    if path is None:
        if role in FILES:
            raise FontsMissing(f"{FILES[role]} is missing: run ./run setup")
        return None
    font = ttfonts.TTFont(f"spotcheck-{role}", str(path), asciiReadable=False, shapable=False)
    # ReportLab tells embedded fonts apart by PostScript names, and two files may carry the same one.
    font.face.name = b"-".join([font.face.name, role.encode()])
    _spare_copies(font.face, path)
    pdfmetrics.registerFont(font)
    return font


def _spare_copies(loaded: Any, path: Path) -> None:
    """Let subsets look at the glyphs where they lie, in the file.

    ReportLab keeps the whole font in memory and copies all of its outlines for every subset. Mapped, only what is used
    is read, and the workers of a machine share it.
    """
    with path.open("rb") as file:
        loaded._ttf_data = mmap(file.fileno(), 0, access=ACCESS_READ)  # noqa: SLF001 -- there is no other way in
    place, length = loaded.get_table_pos("glyf")
    glyphs, others = _Glyphs(memoryview(loaded._ttf_data)[place : place + length]), loaded.get_table  # noqa: SLF001
    loaded.get_table = lambda tag: glyphs if tag == "glyf" else others(tag)


class _Glyphs:
    """The outlines of a face: a part of them is copied, never the whole."""

    def __init__(self, whole: memoryview) -> None:
        self.whole = whole

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self.whole[part])


@cache
def chain(role: str) -> tuple[Any, ...]:
    """The faces that are asked for the characters of a role."""
    return tuple(found for name in CHAINS[role] if (found := face(name)) is not None)


@cache
def face_of(role: str, character: str) -> Any:
    """The first face of the chain that has the character; raises :class:`NoGlyph`."""
    code = ord(character)
    for font in chain(role):
        if code in font.face.charToGlyph:
            return font
    raise NoGlyph({character})


def runs(role: str, text: str) -> Iterator[tuple[Any, str]]:
    """Cut a text into runs of characters that one face draws."""
    current, start = None, 0
    for index, character in enumerate(text):
        font = face_of(role, character)
        if font is not current:
            if current is not None:
                yield current, text[start:index]
            current, start = font, index
    if current is not None:
        yield current, text[start:]


@cache
def advance(role: str, character: str) -> float:
    """The width of a character in thousandths of its size."""
    font = face_of(role, character)
    return float(font.face.charWidths.get(ord(character), font.face.defaultWidth))


def width(role: str, text: str, size: float) -> float:
    """The width of a text in points."""
    return sum(advance(role, character) for character in text) * size / 1000


SURE: Final = re.compile("[\r\n\t -~\u3001-\u3020\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*")
"""Characters that the fetched fonts have whatever the bureau adds: for a text of these no font is opened."""


def lacking(text: str) -> set[str]:
    """The characters of a text that no face has."""
    if SURE.fullmatch(text):
        return set()
    have = chain("fangsong")
    return {c for c in set(text) if c not in "\r\n\t" and not any(ord(c) in f.face.charToGlyph for f in have)}


def refuse_what_cannot_be_printed(text: str) -> None:
    """Raise :class:`NoGlyph` with every character that no face has."""
    if missing := lacking(text):
        raise NoGlyph(missing)


def complaint(text: str) -> Words | None:
    """Name a character of a fact that no paper could show, where papers can be drawn here at all.

    Asked by every act, so that nothing is accepted once that no notice could ever say (:mod:`spotcheck.docket.flow`).
    """
    if not available() or not (missing := lacking(text)):
        return None
    character = min(missing)
    called = name(character)
    return Words(
        f"“{character}”（{called}）没有字体能印在文书上，请换用文字",
        f"{called} cannot be printed on a paper: write it in words",
    )


def in_boxes(value: Any) -> Any:
    """What a paper says, every text of it as :func:`printable` writes it."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: in_boxes(one) for key, one in value.items()}
        case list() | tuple():
            return [in_boxes(one) for one in value]
        case _:
            return value


def printable(text: str) -> str:
    """The text, with a box and the code point in the place of every character that no face has, or that nobody sees.

    Acts refuse such a character; what was recorded before or came another way stands so on papers and in the case
    file, which has to be bound whatever was once recorded (Article 53): a notice is never held up for good.
    """
    if SURE.fullmatch(text):
        return text.replace("\r\n", "\n")
    have = chain("fangsong")
    return "".join(
        c if c in "\n\t" or (category(c)[0] != "C" and any(ord(c) in f.face.charToGlyph for f in have)) else boxed(c)
        for c in text.replace("\r\n", "\n")
    )


def boxed(character: str) -> str:
    """What stands for a character that cannot be printed."""
    return f"□（U+{ord(character):04X}）"


def _to_unicode(name: str, subset: list[int]) -> str:
    """The map from codes to text, in UTF-16BE as PDF wants it also beyond the BMP (ReportLab 5.1 does not)."""
    lines = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = []
    for start in range(0, len(lines), 100):
        block = lines[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


setattr(ttfonts, "makeToUnicodeCMap", _to_unicode)  # noqa: B010 -- its types forbid what it allows
