"""Words, articles and days as the reader of the screen reads them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import get_language

from spotcheck.rules.articles import cite
from spotcheck.rules.words import Words

_WEEKDAYS: Final = (
    Words("周一", "Mon"),
    Words("周二", "Tue"),
    Words("周三", "Wed"),
    Words("周四", "Thu"),
    Words("周五", "Fri"),
    Words("周六", "Sat"),
    Words("周日", "Sun"),
)
_COMMA: Final = Words("、", ", ")


def language() -> str:
    """The language of the screen."""
    return get_language() or "zh-hans"


def say(words: Words | None) -> str:
    """Words of the regulation in the language of the screen."""
    return words.in_(language()) if words is not None else ""


def headed(words: Words | None) -> str:
    """Words that stand by themselves: with a capital where the language has capitals."""
    return capfirst(say(words))


def listed(texts: Iterable[str]) -> str:
    """Several texts with commas between."""
    return say(_COMMA).join(texts)


def cited(articles: Iterable[int]) -> str:
    """Articles as they are cited, each once: 第三十五条、第三十六条."""
    return listed(say(cite(number)) for number in dict.fromkeys(articles))


def weekday(day: date) -> str:
    """The day of the week."""
    return say(_WEEKDAYS[day.weekday()])


def dated(day: date) -> str:
    """A day with its weekday: 2026-03-17 周二."""
    return f"{day.isoformat()} {weekday(day)}"
