"""Numbers that people give: of a file, whose pages stand under it; telephone numbers, postcodes, credit codes, mail.

:func:`of_file`, :func:`postcode` and the others say in words why a number addresses nothing, or nothing.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from spotcheck.rules import folding
from spotcheck.rules.characters import name
from spotcheck.rules.words import Words

SHORTEST, LONGEST = 2, 32
_ALLOWED: Final = re.compile(r"[0-9A-Za-z一-鿿〔〕（）·._-]")
_PHONE: Final = re.compile(r"\+?[0-9() -]{3,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?")
_SEVERAL: Final = re.compile(r"[,;/]| 或 ?")
_POSTCODE: Final = re.compile(r"[0-9]{6}")
_MAIL: Final = re.compile(r"[^@\s,;<>()]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
_FEWEST, _MOST = 3, 17
"""Digits of a telephone number: from 110 to one with its country, its area and an extension."""


def of_file(number: str) -> Words | None:
    """What is wrong with the number of a file: it stands in addresses, where a point alone leads elsewhere."""
    if not SHORTEST <= len(number) <= LONGEST:
        return Words(
            f"编号为 {SHORTEST} 至 {LONGEST} 个字符，不含空格和斜线。",
            f"A number has {SHORTEST} to {LONGEST} characters, without blanks and slashes.",
        )
    for character in number:
        if not _ALLOWED.fullmatch(character):
            called = f"“{character}”（{name(character)}）" if character.strip() else "空格"
            english = name(character) if character.strip() else "a blank"
            return Words(f"编号中不能有{called}。", f"A number cannot have {english} in it.")
    if not number[0].isalnum():
        return Words(
            f"编号须以字母、数字或者汉字开头，不能以“{number[0]}”开头。",
            f"A number begins with a letter or a digit, not with “{number[0]}”.",
        )
    return None


def telephone(typed: str) -> Words | None:
    """What is wrong with one or several telephone numbers."""
    for one in _SEVERAL.split(folding.fold(typed)):
        digits = sum(character.isdigit() for character in one)
        if not _PHONE.fullmatch(one.strip()) or not _FEWEST <= digits <= _MOST:
            return Words(
                f"“{one.strip()}”不是电话号码：只有数字、+、-、括号和“转”，例如 0531-88888888转801。",
                f"“{one.strip()}” is no telephone number: digits, +, - and brackets, such as 0531-88888888.",
            )
    return None


def postcode(typed: str) -> Words | None:
    """What is wrong with a postcode."""
    if _POSTCODE.fullmatch(folding.code(typed)):
        return None
    return Words("邮政编码为六位数字。", "A postcode has six digits.")


def credit_code(typed: str) -> Words | None:
    """What is wrong with a unified social credit code (GB 32100-2015)."""
    try:
        uscc.validate(folding.code(typed))
    except ValidationError:
        return Words(
            f"统一社会信用代码“{typed}”校验不通过（GB 32100-2015），请核对营业执照。",
            f"The unified social credit code “{typed}” does not pass its check (GB 32100-2015): see the licence.",
        )
    return None


def mail(typed: str) -> Words | None:
    """What is wrong with an address of mail."""
    if _MAIL.fullmatch(folding.number(typed)):
        return None
    return Words(f"“{typed}”不是电子邮箱地址。", f"“{typed}” is no mail address.")


KINDS: Final[Mapping[str, tuple[Callable[[str], Words | None], Callable[[str], str]]]] = {
    "电话": (telephone, folding.number),
    "邮政编码": (postcode, folding.code),
    "电子邮箱": (mail, folding.number),
    "统一社会信用代码": (credit_code, folding.code),
}
"""By the end of a label: what is wrong with such a number, and how it is kept."""


def kind_of(label: str) -> tuple[Callable[[str], Words | None], Callable[[str], str]] | None:
    """The check and the normal form of the numbers under a label; None for any other text."""
    return next((both for end, both in KINDS.items() if label.endswith(end)), None)
