"""Names of persons as they are typed: several in one line, set apart with blanks, in any width.

Where the system knows the person it counts persons; where it only has a name, it tells names apart by their normal
form and never by their spelling.
"""

import re
from collections.abc import Iterable
from typing import Final

from spotcheck.rules.characters import tidied
from spotcheck.rules.folding import key

_BETWEEN: Final = re.compile(r"[\n\r\t、，､,;；。｡/／\\＼|｜&＆+＋]+")
_BLANKS: Final = re.compile(r"[ \u3000]+")
_ORDINAL: Final = re.compile(r"[①-⑳]|(?<![^ \u3000\n\r\t、，､,;；。｡])[0-9]{1,2}[.．、)）]")
"""A number in front of a name of a list, which is no part of it."""
_HAN: Final = re.compile(r"[㐀-鿿𠀀-𱍊·•]+")


def split(typed: str | Iterable[str]) -> list[str]:
    """The names in one text or several, each once, in their order.

    Between names stand an end of line, 、，,；;。/ or blanks, in front of them perhaps 1. or ①. A name that is set
    apart (李　四, 欧阳 修) is one name, and so are the parts of a name in letters (John Smith).
    """
    lines = [typed] if isinstance(typed, str) else typed
    parts = [part for line in lines for part in _BETWEEN.split(_ORDINAL.sub(" ", tidied(line)))]
    return once(name for part in parts for name in _within(part.rstrip(" .．")))


def once(names: Iterable[str]) -> list[str]:
    """The names without those that are the same but for how they are written; the first way of writing stays."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return list(found.values())


def count(names: Iterable[str]) -> int:
    """How many persons these names can be at most."""
    return len({key(name) for name in names} - {""})


def known_as(name: str, known: Iterable[str]) -> str:
    """The name as it stands in a list, when it is there in whatever spelling; else the name itself."""
    return next((one for one in known if key(one) == key(name)), name)


def _within(part: str) -> list[str]:
    """The names of a part that only blanks may separate; one character is no name, and belongs to its neighbour."""
    pieces = [piece for piece in _BLANKS.split(part) if piece]
    names: list[str] = []
    while pieces:
        piece = pieces.pop(0)
        if _is_short(piece) and pieces:
            names.append(piece + pieces.pop(0))
        elif names and (_is_short(piece) or piece[0] in "（("):
            names[-1] += piece
        elif names and not _HAN.search(piece) and not _HAN.search(names[-1]):
            names[-1] += f" {piece}"
        else:
            names.append(piece)
    return names


def _is_short(piece: str) -> bool:
    return len(piece) == 1 and bool(_HAN.fullmatch(piece))
