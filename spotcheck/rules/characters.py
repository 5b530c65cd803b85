"""Characters that nobody means to write: what no eye sees, what only looks like another character, what was broken.

:func:`tidied` is for what people type and paste: it takes away or replaces whatever says nothing, so that nobody has to
look for a character that cannot be seen. :func:`complaint` names what is left, and for programs, which send exactly
what they mean, also what would be replaced: a name with a blank of no width in it looks like another name.
"""

import re
import unicodedata
from typing import Final

from spotcheck.rules.words import Words

LINES: Final = "\n\t"
"""The controls that a text may have."""
_BREAKS: Final = dict.fromkeys("\v\f\x85\u2028\u2029", "\n")
"""Other ends of a line, as word processors write them."""
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Not in the category of what has no form, and invisible all the same."""
_SELECTORS: Final = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""They choose a drawing of the character before them, and are none."""
RADICALS: Final = dict(
    zip(
        "⺁⺋⺎⺏⺐⺒⺓⺔⺕⺙⺛⺜⺝⺞⺟⺠⺦⺧⺪⺬⺮⺱⺲⺳⺴⺵⺶⺷⺸⺺⺻⺽⻁⻂⻃⻄⻅⻆⻇⻉⻊⻋⻑⻒⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂㔾兀尣尢巳幺彑彐攵旡日月歺母民丬牛疋示竹罓罒网网网羊羊羋肀聿臼虎衤覀西见角角贝足车長镸长门阜雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals of dictionaries that PDF files carry in the place of characters; Unicode itself replaces the others."""
_KANGXI: Final = (0x2F00, 0x2FD5)
_BLANKS: Final = {"\u3000": "\u3000"}
"""The blank of a Chinese keyboard stays: it sets paragraphs in."""
_BROKEN: Final = "\ufffd"
ORDINARY: Final = re.compile("[\x20-\x7e\u4e00-\u9fff\u3001-\u3017\uff01-\uff5e]*")
"""What nearly every text consists of, and what tidying leaves as it is: letters, characters, their signs."""

UNSEEN: Final = Words("是看不见的字符", "cannot be seen")
LOOKALIKE: Final = Words("只是形似“{other}”，不是这个字", "only looks like “{other}”")
ODD_BLANK: Final = Words("是特殊的空格", "is an odd kind of blank")
PRIVATE: Final = Words("是自造字，别的机器上看不到", "is a private character, which no other machine shows")
DAMAGED: Final = Words("表示原文在传来之前已经损坏", "stands where the text was damaged before it came here")
CONTROL: Final = Words("是控制字符", "is a control character")
_NOTHING: Final = Words("不是字符", "is no character")
_AGAIN: Final = Words("，请重新输入", ": type it again")


def tidied(text: str) -> str:
    """A text as it was meant: composed, with plain blanks and ends of lines, without what nobody sees.

    What has a meaning stays, also full-width signs, and whatever :func:`complaint` then names. Done twice it changes
    nothing more.
    """
    if ORDINARY.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(_tidied(character) for character in text))


def complaint(text: str, *, tidy: bool = False) -> Words | None:
    """Name the first character that a text must not have; None when there is none.

    ``tidy`` says that the text has been tidied where somebody typed it; only what that leaves is looked for.
    """
    if ORDINARY.fullmatch(text):
        return None
    for character in text:
        if character in LINES or (character == "\r" and not tidy):
            continue
        says = _wrong(character)
        if says is not None:
            named = Words(f"“{_shown(character)}”（{name(character)}）{says.zh}", f"{name(character)} {says.en}")
            return Words(named.zh + _AGAIN.zh, named.en + _AGAIN.en)
    return None


def name(character: str) -> str:
    """Code point and name: how an invisible character is called."""
    known = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' + known if known else ''}"


def _shown(character: str) -> str:
    return character if character.isprintable() else "\u25a1"


def _tidied(character: str) -> str:
    if character in _BREAKS:
        return "\n"
    if is_unseen(character):
        return ""
    if character in RADICALS:
        return RADICALS[character]
    if _KANGXI[0] <= ord(character) <= _KANGXI[1]:
        return unicodedata.normalize("NFKC", character)
    if unicodedata.category(character) == "Zs":
        return _BLANKS.get(character, " ")
    return character


def is_unseen(character: str) -> bool:
    """Whether a character has no form of its own: marks of direction, joiners, blanks without width."""
    code = ord(character)
    return (
        unicodedata.category(character) == "Cf"
        or character in _FILLERS
        or any(first <= code <= last for first, last in _SELECTORS)
    )


def unseen_below(code: int) -> str:
    """All of these characters below a code point, in order; every process asks for them as it starts."""
    formless = {chr(each) for each in range(code) if unicodedata.category(chr(each)) == "Cf"}
    selectors = {chr(each) for first, last in _SELECTORS for each in range(first, last + 1)}
    return "".join(sorted(each for each in formless | selectors | set(_FILLERS) if ord(each) < code))


def _wrong(character: str) -> Words | None:
    """What is wrong with one character."""
    if is_unseen(character) or character in _BREAKS:
        return UNSEEN
    other = _tidied(character)
    if other == " " != character:
        return ODD_BLANK
    if other != character:
        return Words(LOOKALIKE.zh.format(other=other), LOOKALIKE.en.format(other=other))
    if character == _BROKEN:
        return DAMAGED
    return _OF_CATEGORY.get(unicodedata.category(character))


_OF_CATEGORY: Final = {"Cc": CONTROL, "Cs": _NOTHING, "Co": PRIVATE}
