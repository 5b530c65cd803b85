"""The shapes that the parts of a scenario file have. Whatever has another one is an error that names its place."""

from collections.abc import Collection
from datetime import date
from typing import Any


class FormatError(ValueError):
    """The file breaks the format of rehearsals."""


def table(value: Any, allowed: Collection[str], needed: Collection[str], where: str) -> dict[str, Any]:
    """A table with keys among those allowed, none of those needed missing."""
    if not isinstance(value, dict):
        raise FormatError(f"{where}: a table is wanted, not {type(value).__name__}")
    if unknown := {str(key) for key in value} - set(allowed):
        raise FormatError(f"{where}: unknown {', '.join(sorted(unknown))}")
    if missing := set(needed) - set(value):
        raise FormatError(f"{where}: {', '.join(sorted(missing))} missing")
    return value


def named(value: Any, where: str) -> dict[str, Any]:
    """A table with any names; nothing at all is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise FormatError(f"{where}: a table of names is wanted, not {value!r}")
    return value


def listed(value: Any, where: str) -> list[Any]:
    """A list; nothing at all is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise FormatError(f"{where}: a list is wanted, not {value!r}")
    return value


def numbers(value: Any, where: str) -> list[int]:
    """A list of numbers."""
    return [number(item, where) for item in listed(value, where)]


def number(value: Any, where: str, *, most: int = 9999) -> int:
    """A whole number from 1 on."""
    if type(value) is not int or not 1 <= value <= most:
        raise FormatError(f"{where}: {value!r} is no number from 1 to {most}")
    return value


def day(value: Any, where: str) -> date:
    """A date without an hour."""
    if type(value) is not date:
        raise FormatError(f"{where}: {value!r} is no date")
    return value


def code(value: Any, where: str) -> str:
    """The six digits of a region."""
    if not is_code(value):
        raise FormatError(f"{where}: {value!r} is no code of a region")
    return str(value)


def is_code(value: Any) -> bool:
    """Whether it has six digits."""
    digits = str(value)
    return len(digits) == 6 and digits.isascii() and digits.isdigit()


def text(value: Any, where: str) -> str:
    """A word, or a number that stands for one."""
    if not isinstance(value, str | int | float) or isinstance(value, bool) or "\0" in str(value):
        raise FormatError(f"{where}: {value!r} is no word")
    return str(value)


def one_of(words: Collection[str], value: Any, where: str) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in words:
        raise FormatError(f"{where}: {value!r} is none of {', '.join(words)}")
    return value
