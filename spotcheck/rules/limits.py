"""Limits: what a product has to hold, item by item, as a rule of detail or a label says it (Articles 9, 29).

A limit is a JSON object; ``kind`` says which fields it has. All numbers are texts (``rules/rounding.py``).

========================  =====================================================================================
``range``                 ``low``, ``high`` (one may be absent), ``low_inclusive``, ``high_inclusive`` (true)
``absence``               nothing may be found; ``required_lod``: the detection limit the method must reach
``text``                  words that a person judges
``grade``                 ``grades`` from the lowest to the highest, ``lowest`` the lowest that passes
``each``                  ``n`` specimens; ``each`` a range for every one, ``mean`` a range for their mean
``information``           reported and not judged
``not_applicable``        does not apply, for the ``reason``
========================  =====================================================================================

``range``, ``each`` and ``mean`` are compared in full (``comparison: full``, which GB/T 8170 means where a standard says
nothing) or after rounding to the ``interval`` (``comparison: rounded``, only where the rule says so).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from spotcheck.rules.rounding import written
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.words import Words

ANY: Final = ("kind", "unit", "shown")
_RANGE: Final = ("low", "low_inclusive", "high", "high_inclusive", "comparison", "interval")
_RESOLVED: Final = ("nominal", "deviation")
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "range": (*_RANGE, *_RESOLVED),
    "absence": ("required_lod",),
    "text": ("text",),
    "grade": ("grades", "lowest"),
    "each": ("n", "each", "mean"),
    "information": (),
    "not_applicable": ("reason",),
}
"""The fields of every kind, beside those that all have."""
MOST_SPECIMENS: Final = 100
FOUND: Final = ("未检出", "检出")
"""How it is said that nothing was found, and that something was, where the limit has no words of its own."""
_MAY_NOT: Final = re.compile(r"(?:不得|不应|不能|不可|不允许|不|无|没有)(有)?([\u4e00-\u9fff]{1,20})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From low to high; rounded first when there is an interval."""

    low: Decimal | None = None
    low_inclusive: bool = True
    high: Decimal | None = None
    high_inclusive: bool = True
    interval: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Nothing may be found; ``absent`` and ``present`` are how a result is said of it, in Chinese."""

    required_lod: Decimal | None = None
    absent: str = FOUND[0]
    present: str = FOUND[1]


@dataclass(frozen=True, slots=True)
class Grade:
    """Grades from the lowest to the highest."""

    grades: tuple[str, ...]
    lowest: str


@dataclass(frozen=True, slots=True)
class Each:
    """Several specimens, each of which has to hold one range, and their mean another."""

    n: int
    each: Range | None
    mean: Range | None


@dataclass(frozen=True, slots=True)
class ByPerson:
    """What no arithmetic decides: words, or what is not judged at all."""

    kind: str


Limit = Range | Absence | Grade | Each | ByPerson


def limit_of(said: Any) -> Limit:
    """The limit that a JSON object says. Raises :class:`IllFormed` with a pointer."""
    if not isinstance(said, Mapping):
        raise IllFormed(Words("限值应当是一个 JSON 对象", "a limit is a JSON object"))
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in FIELDS:
        kinds = "、".join(FIELDS), ", ".join(FIELDS)
        raise IllFormed(Words(f"kind 应当是 {kinds[0]} 之一", f"kind is one of {kinds[1]}"), "/kind")
    only(said, (*ANY, *FIELDS[kind]))
    match kind:
        case "range":
            return _range(said)
        case "absence":
            return Absence(_optional(said, "required_lod"), *said_of_absence(str(said.get("shown") or "")))
        case "grade":
            return _grade(said)
        case "each":
            return _each(said)
    return ByPerson(kind)


def said_of_absence(limit: str) -> tuple[str, str]:
    """How a result is said of what may not be there, as the limit says it: that it is not there, and that it is.

    ``不得检出`` 未检出, 检出; ``2500 V 不击穿`` 未击穿, 击穿; ``无裂纹`` 无裂纹, 有裂纹.
    """
    found = _MAY_NOT.search(limit)
    if found is None or "检出" in limit:
        return FOUND
    what = found[2]
    is_thing = found[1] is not None or found[0].startswith(("无", "没有"))
    return (f"无{what}", f"有{what}") if is_thing else (f"未{what}", what)


def only(said: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a field that nobody knows: it may be a known one that is spelt wrongly."""
    for name in said:
        if name not in known:
            raise IllFormed(Words(f"没有“{name}”这个字段", f"there is no field '{name}'"), f"/{name}")


def _optional(said: Mapping[str, Any], name: str) -> Decimal | None:
    if said.get(name) is None:
        return None
    try:
        return written(said[name])
    except IllFormed as wrong:
        raise wrong.at(name) from wrong


def yes_or_no(said: Mapping[str, Any], name: str, *, otherwise: bool | None) -> bool | None:
    """A yes or no. Raises :class:`IllFormed`."""
    value = said.get(name)
    if value is None:
        return otherwise
    if not isinstance(value, bool):
        raise IllFormed(Words(f"{name} 只能是 true 或 false", f"{name} is true or false"), f"/{name}")
    return value


def _range(said: Mapping[str, Any]) -> Range:
    low, high = _optional(said, "low"), _optional(said, "high")
    if low is None and high is None:
        raise IllFormed(Words("low、high 至少要有一个", "of low and high one at least is needed"))
    found = Range(
        low=low,
        low_inclusive=bool(yes_or_no(said, "low_inclusive", otherwise=True)),
        high=high,
        high_inclusive=bool(yes_or_no(said, "high_inclusive", otherwise=True)),
        interval=_interval(said),
    )
    if low is not None and high is not None:
        touching = low == high and not (found.low_inclusive and found.high_inclusive)
        if low > high or touching:
            raise IllFormed(Words("low 到 high 之间没有任何数", "no number lies between low and high"), "/high")
    return found


def _interval(said: Mapping[str, Any]) -> Decimal | None:
    comparison = said.get("comparison") or "full"
    interval = _optional(said, "interval")
    if comparison not in ("full", "rounded"):
        raise IllFormed(Words("comparison 是 full 或 rounded", "comparison is full or rounded"), "/comparison")
    if comparison == "full":
        return None
    if interval is None or interval <= 0:
        raise IllFormed(
            Words("修约值比较法要写明大于 0 的修约间隔 interval", "a rounded comparison needs its interval, above 0"),
            "/interval",
        )
    return interval


def _grade(said: Mapping[str, Any]) -> Grade:
    grades, lowest = said.get("grades"), said.get("lowest")
    if not isinstance(grades, list) or not grades or not all(isinstance(grade, str) and grade for grade in grades):
        raise IllFormed(Words("grades 是由低到高的等级", "grades are texts from the lowest to the highest"), "/grades")
    if len(set(grades)) < len(grades):
        raise IllFormed(Words("grades 里有重复的等级", "a grade stands twice in grades"), "/grades")
    if not isinstance(lowest, str) or lowest not in grades:
        raise IllFormed(Words("lowest 要是 grades 里的一个", "lowest is one of grades"), "/lowest")
    return Grade(tuple(grades), lowest)


def _each(said: Mapping[str, Any]) -> Each:
    n = said.get("n")
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= MOST_SPECIMENS:
        raise IllFormed(
            Words(f"n 是 1 到 {MOST_SPECIMENS} 的整数", f"n is a whole number from 1 to {MOST_SPECIMENS}"), "/n"
        )
    ranges = {name: _inner(said, name) for name in ("each", "mean")}
    if not any(ranges.values()):
        raise IllFormed(Words("each、mean 至少要有一个", "of each and mean one at least is needed"))
    return Each(n, **ranges)


def _inner(said: Mapping[str, Any], name: str) -> Range | None:
    if said.get(name) is None:
        return None
    try:
        return _range_of(said[name])
    except IllFormed as wrong:
        raise wrong.at(name) from wrong


def _range_of(inner: Any) -> Range:
    """A range where nothing else can stand."""
    if not isinstance(inner, Mapping):
        raise IllFormed(Words("应当是一个 JSON 对象", "this is a JSON object"))
    only(inner, (*ANY, *FIELDS["range"]))
    if inner.get("kind", "range") != "range":
        raise IllFormed(Words("这里只能是 range", "only a range can stand here"), "/kind")
    return _range(inner)
