"""Article: an article of a text with a title and a summary in our own words, and the way articles are cited."""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words

_DIGITS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of the text."""

    number: int
    chapter: int
    title: Words
    summary: Words


def cite(number: int, item: int | None = None) -> Words:
    """Name an article as it is cited: 第三十五条; with its item: 第十九条第四项."""
    zh, en = f"第{_chinese(number)}条", f"Article {number}"
    if item is None:
        return Words(zh, en)
    return Words(f"{zh}第{_chinese(item)}项", f"{en}({item})")


def _chinese(number: int) -> str:
    """Write a number up to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
