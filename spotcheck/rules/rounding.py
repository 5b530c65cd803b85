"""Numbers as a laboratory reports them, and how GB/T 8170-2008 rounds them.

A number is the text that stands in the report: its digits say how far it was read. What was rounded at a 5 before it
was reported carries a mark: ``16.50+`` is a little more than 16.50 by amount, ``16.50-`` a little less (3.3 of the
standard). Everything is computed with fractions, so nothing is lost in between.
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final, NamedTuple

from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.words import Words

_WRITTEN: Final = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?")
MARKS: Final = {"+": 1, "-": -1}


class Point(NamedTuple):
    """A number, and on which side of it the true one lies: -1 below, 1 above, 0 just there."""

    value: Fraction
    beside: int = 0


def written(text: Any) -> Decimal:
    """A number that is written as a text. Raises :class:`IllFormed`, naming the sign that does not belong there."""
    if not isinstance(text, str):
        raise IllFormed(Words('数值要写成字符串，例如 "7.40"', 'a number is written as a text, such as "7.40"'))
    if _WRITTEN.fullmatch(text):
        return Decimal(text)
    for sign in text:
        if sign not in "-.0123456789":
            raise IllFormed(
                Words(
                    f"“{text}”里的“{sign}”（U+{ord(sign):04X}）不属于数值",
                    f"'{sign}' (U+{ord(sign):04X}) in '{text}' belongs to no number",
                )
            )
    raise IllFormed(
        Words(
            f"“{text}”不是数值：整数至多 12 位、不以 0 开头，小数至多 8 位",
            f"'{text}' is no number: at most 12 digits without leading zeros, and 8 after the point",
        )
    )


def reported(value: Decimal, mark: str | None) -> Point:
    """A reported number with its mark, which speaks of the amount: below zero, more is less."""
    side = MARKS[mark] if mark else 0
    return Point(Fraction(value), -side if value.is_signed() else side)  # also of -0.00, which was rounded from below


def rounded(point: Point, interval: Fraction) -> Fraction:
    """Round once to a multiple of the interval: at a tie to the side of the true number, else to the even multiple."""
    multiples = point.value / interval
    below = floor(multiples)
    over = multiples - below - Fraction(1, 2)
    up = over > 0
    if over == 0:
        up = point.beside > 0 if point.beside else below % 2 == 1
    return (below + up) * interval


def is_fine_enough(value: Decimal, interval: Decimal) -> bool:
    """Whether a number may be rounded to this interval: read one digit further, or a multiple of it already.

    What was rounded before is not rounded again (3.3.1 of the standard).
    """
    return _last_place(value, as_written=True) < _last_place(interval) or value % interval == 0


def _last_place(number: Decimal, *, as_written: bool = False) -> int:
    """The power of ten of the last digit; of the last that is not 0 unless it is taken as written."""
    exponent = (number if as_written else number.normalize()).as_tuple().exponent
    return int(exponent)


def shown(number: Fraction) -> str:
    """A number for reading: all its digits when they end, else twelve of them."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{Decimal(number.numerator) / Decimal(number.denominator):.12g}"
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
