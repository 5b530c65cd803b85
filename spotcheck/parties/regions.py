"""The regions of China by their codes (GB/T 2260), as a committed table has them: who is above, what became of a code.

``regions.csv`` says in its head where it comes from and of which day it is. Codes stay in what was recorded with them:
one that has ended is in the table with its last year and its successors. What the table does not know (a code that was
given later, a zone of our own) is read by its digits. A zone without a code of its own gets one of ours: the first four
digits of its city, and a ``G``, which GB/T 2260 never uses.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from spotcheck.rules.words import Words

OWN: Final = re.compile(r"\d{4}G[1-9A-Z]", re.ASCII)
"""A code of ours for a zone that has none (功能区)."""
_BECAME: Final = {
    "renamed": Words("更名为{names}", "renamed {names}"),
    "recoded": Words("改为{names}", "now {names}"),
    "merged": Words("并入{names}", "merged into {names}"),
    "split": Words("分为{names}", "split into {names}"),
    "moved": Words("划入{names}", "moved to {names}"),
}
_ENDED: Final = Words("撤销", "ended")


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the table. ``until`` is the last year of a code; ``successors`` are pairs of kind and code."""

    code: str
    name: str
    level: str
    parent: str
    until: int | None = None
    successors: tuple[tuple[str, str], ...] = ()


@cache
def table() -> dict[str, Known]:
    """Every line by its code, in the order of the codes."""
    text = files("spotcheck.parties").joinpath("regions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: _known(row) for row in rows}


def _known(row: dict[str, str]) -> Known:
    pairs = [one.split(":") for one in row["successors"].split()]
    return Known(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        parent=row["parent"],
        until=int(row["until"]) if row["until"] else None,
        successors=tuple((kind, code) for kind, code in pairs),
    )


def city_of(code: str) -> str:
    """The code of the city in which a county or zone lies; of what lies in none, that of its province."""
    known = table().get(code)
    if known is None:
        return f"{code[:4]}00"
    return known.parent if known.level in {"county", "zone"} else code


def is_city(code: str) -> bool:
    """Whether a code is that of a city."""
    known = table().get(code)
    return known.level == "city" if known is not None else code.endswith("00") and not code.endswith("0000")


def is_code(text: str) -> bool:
    """Whether a text can be the code of a region: six digits, or a code of ours."""
    return len(text) == len("370000") and text.isascii() and (text.isdigit() or OWN.fullmatch(text) is not None)


def newest(code: str) -> set[str]:
    """The codes that stand for this one now; itself where it has not ended."""
    known = table().get(code)
    if known is None or known.until is None:
        return {code}
    return {found for _, successor in known.successors for found in newest(successor)}


def became(code: str) -> Words | None:
    """What became of a code that has ended, as 2018年并入莱芜区; nothing for one that stands."""
    known = table().get(code)
    if known is None or known.until is None:
        return None
    if not known.successors:
        return Words(f"{known.until}年{_ENDED.zh}", f"{_ENDED.en} in {known.until}")
    words = _BECAME[known.successors[0][0]]
    names = [table()[successor].name for _, successor in known.successors]
    return Words(
        f"{known.until}年{words.zh.format(names='、'.join(names))}",
        f"{words.en.format(names=', '.join(names))} in {known.until}",
    )


def shown(code: str, language: str) -> str:
    """The name of a code with what became of it: 莱城区（2018年并入莱芜区）; the code itself where it is not known."""
    known = table().get(code)
    if known is None:
        return code
    then = became(code)
    if then is None:
        return known.name
    return f"{known.name}（{then.zh}）" if language.startswith("zh") else f"{known.name} ({then.en})"


def full_address(code: str, address: str) -> str:
    """An address with the names of its places before it, as far as it does not begin with one of them.

    So a letter to 麦浪路172号 goes to 山东省临沂市兰山区麦浪路172号; what is not known is left away.
    """
    above, known = list[str](), table().get(code) if address else None
    while known is not None:
        above.insert(0, known.name)
        known = table().get(known.parent)
    begins = next((place for place, name in enumerate(above) if address.startswith(name[:2])), len(above))
    return "".join(above[:begins]) + address
