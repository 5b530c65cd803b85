"""How a name is typed: in full and by its initials, places of Shandong as they are called there.

Whoever writes names in great number leaves the column empty; a worker fills it (:func:`fill`).
"""

from functools import cache
from typing import Any, Final

from spotcheck.parties.models import Enterprise

READINGS: Final = {"单县": "shan xian", "乐陵": "lao ling", "长清": "chang qing", "长岛": "chang dao"}
"""Places whose characters are read otherwise elsewhere."""
AT_ONCE: Final = 2_000


def pinyin(name: str) -> str:
    """In full, a blank, and the initials."""
    library = _library()
    initials = library.lazy_pinyin(name, style=library.Style.FIRST_LETTER)
    return f"{''.join(syllables(name))} {''.join(initials)}"[:400]


def syllables(name: str) -> list[str]:
    """How each character is typed; what is no Chinese stays in one piece."""
    return list(_library().lazy_pinyin(name))


@cache
def _library() -> Any:
    import pypinyin  # noqa: PLC0415 -- slow import

    pypinyin.load_phrases_dict({place: [[each] for each in read.split()] for place, read in READINGS.items()})
    return pypinyin


def fill() -> int:
    """Fill what is empty, up to 2,000 firms at once; return how many there were."""
    firms = list(Enterprise.objects.filter(pinyin="").only("pk", "name")[:AT_ONCE])
    for firm in firms:
        firm.pinyin = pinyin(firm.name)
    Enterprise.objects.bulk_update(firms, ["pinyin"], batch_size=500)
    return len(firms)
