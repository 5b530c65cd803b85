"""A limit as rules of detail print it (``≥97.0``, ``10.0±0.1``), read into the JSON of ``rules/limits.py``.

What people type is folded first: full width, the many dashes and signs, powers. Nothing is guessed: what has two
meanings, or none, is refused by the words of it, and whoever typed it says which kind of limit he means (限值类型).
"""

import re
import unicodedata
from decimal import Decimal
from typing import Any, Final

from spotcheck.rules.limits import limit_of
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.verdicts import unit_of
from spotcheck.rules.words import Words

KINDS: Final[dict[str, str]] = {
    "": "",
    "范围": "range",
    "数值": "range",
    "不得检出": "absence",
    "不得有": "absence",
    "文字": "text",
    "等级": "grade",
    "多试样": "each",
    "不判定": "information",
    "不适用": "not_applicable",
}
"""The kinds by the words of the sheet, beside their own names; nothing where the limit says it."""
COMPARISONS: Final[dict[str, str]] = {
    "": "full",
    "全数值": "full",
    "全数值比较法": "full",
    "修约": "rounded",
    "修约值": "rounded",
    "修约值比较法": "rounded",
}
_POWERS: Final = {ord(sign): f"^{digit}" for sign, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
_SIGNS: Final = {
    **dict.fromkeys(map(ord, "≦⩽⋜≤"), "≤"),
    **dict.fromkeys(map(ord, "≧⩾⋝≥"), "≥"),
    **dict.fromkeys(map(ord, "~〜～∼–—―‒"), "~"),
    **dict.fromkeys(map(ord, "−‐‑－"), "-"),
    **dict.fromkeys(map(ord, "×✕✖*"), "×"),
    **dict.fromkeys(map(ord, "、，,"), ","),
    **dict.fromkeys(map(ord, "；;"), ";"),
    **dict.fromkeys(map(ord, "：:"), ":"),
}
_WORDS: Final = (
    (re.compile(r"(不|不得|不应|应不|不可)(低于|小于|少于)|大于(或)?等于|至少"), "≥"),
    (re.compile(r"(不|不得|不应|应不|不可)(高于|大于|超过|多于)|小于(或)?等于|至多"), "≤"),
    (re.compile(r"大于|高于|超过"), ">"),
    (re.compile(r"小于|低于|少于"), "<"),
    (re.compile(r">="), "≥"),
    (re.compile(r"<="), "≤"),
)
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:×10(?:\^?\d)?0*)?"
_ONE: Final = re.compile(rf"([≥≤><])({_NUMBER})(.*)")
_TWO: Final = re.compile(rf"([≥≤><])({_NUMBER})\D{{0,12}}?(?:且|,|和|;)([≥≤><])({_NUMBER})(.*)")
_BETWEEN: Final = re.compile(rf"({_NUMBER})([≤<])[A-Za-z\u4e00-\u9fff]{{1,10}}([≤<])({_NUMBER})(.*)")
_SPAN: Final = re.compile(rf"({_NUMBER})(?:~|-|至|到)({_NUMBER})(.*)")
_ABOUT: Final = re.compile(rf"({_NUMBER})±({_NUMBER})(.*)")
_ABOUT_BOTH: Final = re.compile(rf"({_NUMBER})\+({_NUMBER})(?:/|,)?-({_NUMBER})(.*)")
_TIMES: Final = re.compile(r"(-?\d+(?:\.\d+)?)×(10(?:\^?\d)?0*)")
_ABSENT: Final = re.compile(r"(不得|不应|不能|不可|未)?(检出|有)|[无不][\u4e00-\u9fff]{1,20}|不得[\u4e00-\u9fff]{1,20}")
_GRADES: Final = re.compile(r"(?P<grades>[^;<]+(?:<[^;<]+)+);≥?(?P<lowest>[^;]+?)(?:及?以上)?")
_EACH: Final = re.compile(r"(?:n=)?(?P<n>\d{1,3})(?:个试样|个|件)?[:;](?P<rest>.+)")
_EACH_PART: Final = re.compile(r"(?P<of>每个|每件|单个|单值|平均值?|均值)(?P<range>.+)")
_MEANS: Final = ("平均", "平均值", "均值")


def limit(
    text: str, *, kind: str = "", unit: str = "", comparison: str = "", interval: str = "", required_lod: str = ""
) -> dict[str, Any]:
    """The limit that the cells of one line say, checked. Raises :class:`IllFormed`; the pointer names the cell.

    ``kind`` and ``comparison`` are the words of :data:`KINDS` and :data:`COMPARISONS`, ``interval`` and
    ``required_lod`` numbers as they are written. ``shown`` keeps the text as it was typed.
    """
    plain, meant = folded(text), _kind(kind)
    meant = meant or _kind_of(plain)
    found = {"kind": meant, "shown": text.strip()} | _READERS[meant](plain, text.strip(), folded(unit))
    own = found.pop("own_unit", "")
    if unit.strip() or own:
        found["unit"] = unit.strip() or own
    if meant in ("range", "each"):
        _compare(found, comparison, interval, plain)
    elif interval.strip():
        raise IllFormed(Words("这种限值没有修约间隔", "a limit of this kind has no interval"), "/interval")
    if required_lod.strip():
        if meant != "absence":
            raise IllFormed(Words("要求检出限只用于不得检出", "only what may not be found has it"), "/required_lod")
        found["required_lod"] = number(required_lod, "/required_lod")
    limit_of(found)
    return found


def folded(text: str) -> str:
    """A text in the few signs that are read here, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_POWERS).translate(_SIGNS)).translate(_SIGNS).split())


def number(text: str, pointer: str = "") -> str:
    """A number as ``rounding.written`` wants it, powers multiplied out. Raises :class:`IllFormed`."""
    plain = folded(text)
    if not re.fullmatch(_NUMBER, plain):
        raise IllFormed(Words(f"“{text}”不是数值", f"'{text}' is no number"), pointer)
    return _number(plain)


def _number(plain: str) -> str:
    found = _TIMES.fullmatch(plain)
    if found is None:
        return plain
    product = Decimal(found[1]) * _power(found[2])
    return f"{product.quantize(Decimal(1)) if product == product.to_integral_value() else product:f}"


def _power(ten: str) -> Decimal:
    """10, 100, 10^3: the multiple of ten behind a sign of multiplication."""
    base, _, exponent = ten.partition("^")
    return Decimal(10) ** int(exponent) if exponent else Decimal(base)


def _kind(word: str) -> str:
    plain = "".join(word.split())
    if plain in KINDS:
        return KINDS[plain]
    if plain in KINDS.values():
        return plain
    raise IllFormed(
        Words(f"没有“{word}”这种限值类型，可填：{'、'.join(filter(None, KINDS))}", f"'{word}' is no kind of limit"),
        "/kind",
    )


def _kind_of(plain: str) -> str:
    """The kind that a text says by itself."""
    signs = _with_signs(plain)
    if _GRADES.fullmatch(plain) and not any(sign.isdigit() for sign in plain):
        return "grade"
    if _EACH.fullmatch(plain) and ("每" in plain or "平均" in plain or "单" in plain):
        return "each"
    if any(sign in signs for sign in "≥≤><±~") or any(way.fullmatch(signs) for way in (_SPAN, _ABOUT_BOTH)):
        return "range"
    if _ABSENT.fullmatch(plain):
        return "absence"
    if plain and not any(sign.isdigit() for sign in plain):
        return "text"
    raise _unread(plain)


def _unread(text: str) -> IllFormed:
    return IllFormed(
        Words(
            f"读不出限值“{text}”：请写成 ≤0.05、1.2～1.6、10.0±0.1、＞3且≤5、不得检出 这样的形式，或者填写限值类型",
            f"the limit '{text}' cannot be read: write it as ≤0.05, ≥97.0, 1.2~1.6, 10.0±0.1 or >3且≤5, or state its "
            "kind",
        ),
        "/limit",
    )


def _with_signs(plain: str) -> str:
    for words, sign in _WORDS:
        plain = words.sub(sign, plain)
    return plain


def _range(plain: str, shown: str, unit: str) -> dict[str, Any]:
    text = _with_signs(plain)
    for pattern, read in (
        (_TWO, _from_two),
        (_BETWEEN, _from_between),
        (_ABOUT, _from_about),
        (_ABOUT_BOTH, _from_about_both),
        (_SPAN, _from_span),
        (_ONE, _from_one),
    ):
        if found := pattern.fullmatch(text):
            own = found[found.re.groups]
            return read(found) | _own_unit(own, unit, shown)
    raise _unread(shown)


def _own_unit(own: str, unit: str, shown: str) -> dict[str, Any]:
    """The unit behind the number has to be that of its column; without one it counts itself."""
    if not own:
        return {}
    if any(sign.isdigit() and sign not in "23" for sign in own) or any(sign in own for sign in "≥≤><±~()且"):
        raise _unread(shown)
    if unit and unit_of(own) != unit_of(unit):
        raise IllFormed(
            Words(f"限值里的单位“{own}”与单位栏“{unit}”不一致", f"the unit '{own}' is not that of its column"),
            "/unit",
        )
    return {"own_unit": own}


def _from_two(found: re.Match[str]) -> dict[str, Any]:
    sides = _side(found[1], found[2]), _side(found[3], found[4])
    both = sides[0] | sides[1]
    if not {"low", "high"} <= both.keys():
        raise _unread(found[0])
    return both


def _side(sign: str, value: str) -> dict[str, Any]:
    end = "low" if sign in "≥>" else "high"
    return {end: _number(value), f"{end}_inclusive": sign in "≥≤"}


def _from_one(found: re.Match[str]) -> dict[str, Any]:
    return _side(found[1], found[2])


def _from_between(found: re.Match[str]) -> dict[str, Any]:
    low = {"low": _number(found[1]), "low_inclusive": found[2] == "≤"}
    return low | {"high": _number(found[4]), "high_inclusive": found[3] == "≤"}


def _from_span(found: re.Match[str]) -> dict[str, Any]:
    return {"low": _number(found[1]), "high": _number(found[2])}


def _from_about(found: re.Match[str]) -> dict[str, Any]:
    return _about(found[1], found[2], found[2])


def _from_about_both(found: re.Match[str]) -> dict[str, Any]:
    return _about(found[1], found[2], found[3])


def _about(nominal: str, above: str, below: str) -> dict[str, Any]:
    middle = Decimal(_number(nominal))
    deviation = f"±{above}" if above == below else f"+{above}/-{below}"
    return {
        "low": f"{middle - Decimal(_number(below)):f}",
        "high": f"{middle + Decimal(_number(above)):f}",
        "nominal": _number(nominal),
        "deviation": deviation,
    }


def _absence(plain: str, shown: str, unit: str) -> dict[str, Any]:
    if any(sign in _with_signs(plain) for sign in "≥≤><±~"):
        raise IllFormed(Words("限值写了数值，类型却是不得检出", "it states a number, and its kind is absence"), "/kind")
    return {}


def _text(plain: str, shown: str, unit: str) -> dict[str, Any]:
    if not shown:
        raise IllFormed(Words("没有写要求的内容", "what is required is not stated"), "/limit")
    return {"text": shown}


def _grade(plain: str, shown: str, unit: str) -> dict[str, Any]:
    found = _GRADES.fullmatch(plain)
    if found is None:
        raise IllFormed(
            Words(
                "等级由低到高写，用＜隔开，分号后写最低合格等级，例如：不合格品＜合格品＜一等品；合格品",
                "grades from the lowest to the highest with < between, then ; and the lowest that passes",
            ),
            "/limit",
        )
    return {"grades": found["grades"].split("<"), "lowest": found["lowest"]}


def _each(plain: str, shown: str, unit: str) -> dict[str, Any]:
    found = _EACH.fullmatch(plain)
    ranges: dict[str, Any] = {}
    own = ""
    for part in re.split("[;,]", found["rest"]) if found else ():
        side = _EACH_PART.fullmatch(part)
        if side is None:
            raise _unread(shown)
        read = _range(side["range"].removeprefix(":"), shown, unit)
        own = read.pop("own_unit", own)
        ranges["mean" if side["of"] in _MEANS else "each"] = {"kind": "range"} | read
    if found is None or not ranges:
        raise IllFormed(
            Words("多试样写成：5个试样：每个≥3.0；平均≥3.5", "several specimens: 5个试样：每个≥3.0；平均≥3.5"), "/limit"
        )
    return {"n": int(found["n"])} | ranges | ({"own_unit": own} if own else {})


def _information(plain: str, shown: str, unit: str) -> dict[str, Any]:
    return {}


def _not_applicable(plain: str, shown: str, unit: str) -> dict[str, Any]:
    if not shown:
        raise IllFormed(Words("不适用的，写明理由", "what does not apply says why"), "/limit")
    return {"reason": shown}


_READERS: Final = {
    "range": _range,
    "absence": _absence,
    "text": _text,
    "grade": _grade,
    "each": _each,
    "information": _information,
    "not_applicable": _not_applicable,
}


def _compare(found: dict[str, Any], comparison: str, interval: str, plain: str) -> None:
    """How it is compared: in full unless the rule says otherwise, and then with its interval."""
    word = "".join(comparison.split())
    if word not in COMPARISONS and word not in COMPARISONS.values():
        raise IllFormed(Words(f"没有“{comparison}”这种比较方法", f"'{comparison}' is no comparison"), "/comparison")
    how = COMPARISONS.get(word, word)
    step = number(interval, "/interval") if interval.strip() else _step_of(plain)
    if how == "full":
        if interval.strip():
            raise IllFormed(
                Words("写了修约间隔的，比较方法应当是修约值", "with an interval the comparison is the rounded one"),
                "/comparison",
            )
        return
    if not step:
        raise IllFormed(
            Words("修约值比较法要写明修约间隔", "a rounded comparison needs its interval"),
            "/interval",
        )
    for one in (found, found.get("each"), found.get("mean")):
        if one is not None and (one is not found or found["kind"] == "range"):
            one |= {"comparison": "rounded", "interval": step}


def _step_of(plain: str) -> str:
    """``14×100`` is read to hundreds (GB/T 8170, 3.3): its interval is 100, and not 1."""
    found = _TIMES.search(plain)
    return f"{_power(found[2]):f}" if found else ""
