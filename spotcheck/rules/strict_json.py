"""JSON as programs must send it: every name once, no number that is none, no depth without end."""

import json
import math
import re
from typing import Any, Final

from spotcheck.rules.words import Words

DEEPEST: Final = 16
"""How many lists and objects may stand in one another."""
_NO_CHARACTER: Final = re.compile("[\0\ud800-\udfff]")


class IllFormed(ValueError):
    """What was sent cannot be understood; ``words`` says why, ``pointer`` where (RFC 6901, empty: the whole)."""

    def __init__(self, words: Words, pointer: str = "") -> None:
        self.words = words
        self.pointer = pointer
        super().__init__(words.en)

    def at(self, name: str | int) -> "IllFormed":
        """The same, seen from one level above."""
        return IllFormed(self.words, f"/{str(name).replace('~', '~0').replace('/', '~1')}{self.pointer}")


def loads(text: str) -> Any:
    """Read a JSON text. Raises :class:`IllFormed`."""
    if text.startswith("\ufeff"):
        raise IllFormed(
            Words("开头有字节顺序标记（BOM），JSON 里不写", "it begins with a byte order mark, which JSON has not")
        )
    try:
        read = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise IllFormed(
            Words(
                f"不是 JSON：第 {error.pos + 1} 个字符处读不下去",
                f"this is no JSON: unreadable at character {error.pos + 1}",
            )
        ) from error
    except IllFormed:
        raise
    except ValueError as error:  # a whole number of thousands of digits
        raise IllFormed(Words("有一个数太长", "a number is too long")) from error
    except RecursionError as error:
        raise _too_deep() from error
    _look_into(read, DEEPEST)
    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise IllFormed(Words(f"“{name}”写了两次", f"'{name}' stands there twice"), f"/{name}")
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise IllFormed(Words(f"{name} 不是数", f"{name} is no number"))


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise IllFormed(Words("有一个数太大", "a number is too large"))
    return number


def _look_into(value: Any, left: int) -> None:
    """Refuse what is nested too deeply, and what no database keeps: U+0000, and half a character."""
    if isinstance(value, str) and (found := _NO_CHARACTER.search(value)) is not None:
        code = f"U+{ord(found[0]):04X}"
        raise IllFormed(Words(f"含有 {code}，不是字符", f"{code} in it is no character"))
    if not isinstance(value, dict | list):
        return
    if not left:
        raise _too_deep()
    if isinstance(value, dict):
        _look_into(list(value), left)
        _look_into(list(value.values()), left)
    else:
        for inner in value:
            _look_into(inner, left - 1)


def _too_deep() -> IllFormed:
    return IllFormed(Words(f"嵌套超过 {DEEPEST} 层", f"nested in more than {DEEPEST} levels"))
