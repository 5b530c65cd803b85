"""Chance without dice: the same key always gives the same choice, on every machine and in any order.

Nothing here decides who is checked: that is the draw of the rules, with its kept seed (Article 12).
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

SEED = "沂水流域-2023"


def number(below: int, *key: object) -> int:
    """Return a number from 0 up to, not including, ``below``."""
    text = "|".join((SEED, *map(str, key)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % below


def pick(options: Sequence[_T], *key: object) -> _T:
    """Return one of the options."""
    return options[number(len(options), *key)]


def shuffled(options: Sequence[_T], *key: object) -> list[_T]:
    """Return the options in an order of their own."""
    places = sorted(range(len(options)), key=lambda place: (number(2**62, *key, place), place))
    return [options[place] for place in places]
