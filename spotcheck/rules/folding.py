"""Folding: the one form in which texts and codes are compared, however somebody's keyboard wrote them.

Width, case, brackets, dashes, quotation marks, odd blanks and what nobody sees make no difference. Every search box
folds what is typed, and what it looks in is kept folded: the database does that by itself (``spotcheck_fold``, made
from :data:`TRANSLATED` by a migration of the docket; ``tests/rules/test_folding.py`` holds both together). Codes that
are typed are compared as :func:`code`, numbers of documents are written as :func:`document_number` does.
"""

import re
import unicodedata
from typing import Final

from spotcheck.rules import characters

_OPENING: Final = "([{〔【〖「『《〈〘〚⟨⟦❨❪⦅︵︷︹︻︽︿﹁﹃"
_CLOSING: Final = ")]}〕】〗」』》〉〙〛⟩⟧❩❫⦆︶︸︺︼︾﹀﹂﹄"
_DASHES: Final = "-‐‑‒–—―−⁃﹘─━ー〜~∼"
_QUOTES: Final = "'‘’‚‛“”„‟′″‵〝〞`´\""
_DOTS: Final = "·•‧∙⋅・◦"
_TIMES: Final = "×✕✖⨯*"
_BLANKS: Final = "".join(chr(code) for code in range(0x10000) if chr(code).isspace() and chr(code) != " ")
_UNSEEN: Final = characters.unseen_below(0x10000)

MOST_WORDS: Final = 6
"""So many words of a search box are looked for."""
TRANSLATED: Final[dict[str, str]] = {
    **dict.fromkeys(_OPENING, "("),
    **dict.fromkeys(_CLOSING, ")"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_QUOTES, "'"),
    **dict.fromkeys(_DOTS, "·"),
    **dict.fromkeys(_TIMES, "x"),
    **dict.fromkeys(_BLANKS, " "),
    **characters.RADICALS,
    "、": ",",
    "。": ".",
    "∶": ":",
    **dict.fromkeys(_UNSEEN, ""),
}
"""What becomes of single characters, after Unicode has made one of what it holds for the same."""
_TABLE: Final = {ord(character): other for character, other in TRANSLATED.items()}

_YEAR: Final = re.compile(r" *\( *(\d{4}) *年? *\) *(?:第 *)?0*(\d+)(?: *(号))?")
"""The year and the running number of a document, in a folded text."""
_CODE_LENGTH: Final = 18
_CREDIT_CODE: Final = re.compile(r"[0-9a-z]{2}[0-9]{6}[0-9a-z]{10}")
"""Of a credit code the third to the eighth sign are the digits of a place."""
_SPACES: Final = re.compile(" +")
_PIECE: Final = re.compile(r"[0-9a-z]+")
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in "（），；：！？～"} | {
    0x3000: " "
}
"""Signs that are written in half width in numbers; brackets and points of a sentence stay as they are."""
_TYPED_YEAR: Final = re.compile(
    r"\s*[\[［【（(﹝〔〖{｛]\s*(?P<year>[0-9０-９]{4})\s*年?\s*[\]］】）)﹞〕〗}｝]\s*(?:第\s*)?(?P<serial>[0-9０-９]+)\s*号"
)


def fold(text: str) -> str:
    """A text as it is searched and compared. Folding what is folded changes nothing."""
    plain = unicodedata.normalize("NFKC", text)
    lower = "".join(low if len(low := character.lower()) == 1 else character for character in plain)
    return _SPACES.sub(" ", lower.translate(_TABLE)).strip(" ")


def words_of(typed: str) -> list[str]:
    """The words of a search box, folded: each has to be found.

    A credit code or the number of a document that was typed with blanks in it is one word.
    """
    folded = fold(characters.tidied(typed))
    return _codes_whole(_YEAR.sub(r"(\1)\2\3", folded).split(" ")) if folded else []


def sought(typed: str) -> list[str]:
    """The words of a search box that are looked for: the first of them."""
    return words_of(typed)[:MOST_WORDS]


def code(typed: str) -> str:
    """A code as it is compared: letters and digits in capitals, whatever stands between them."""
    if typed.isascii() and typed.isalnum():
        return typed.upper()
    return "".join(character for character in fold(characters.tidied(typed)) if character.isalnum()).upper()


def same(one: str, other: str) -> bool:
    """Whether two names or numbers are the same but for how they were typed."""
    return key(one) == key(other)


def key(text: str) -> str:
    """By which names and numbers are told apart: folded, and without blanks."""
    return fold(characters.tidied(text)).replace(" ", "")


def document_number(typed: str) -> str:
    """A text with the numbers of documents in it as GB/T 9704 writes them: ``〔2026〕7号``, whatever the brackets."""
    return _TYPED_YEAR.sub(_written, typed)


def number(typed: str) -> str:
    """A number as it is kept: signs of full width in half width, without blanks at its ends, documents as usual."""
    return document_number(typed.translate(_NARROW)).strip()


def _written(found: re.Match[str]) -> str:
    return f"〔{int(found['year'])}〕{int(found['serial'])}号"


def _codes_whole(words: list[str]) -> list[str]:
    """The words, with neighbours made one that together are a credit code."""
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            pieces = words[start:end]
            whole = "".join(pieces)
            if len(whole) > _CODE_LENGTH or not all(map(_PIECE.fullmatch, pieces)):
                break
            if _CREDIT_CODE.fullmatch(whole):
                return [*words[:start], whole, *_codes_whole(words[end:])]
    return words
