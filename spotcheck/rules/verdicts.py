"""What arithmetic says of one result: whether it holds its limit (Articles 29, 31).

The laboratory's own verdict governs; this one is compared with it. It never guesses: what lies below a detection limit
that is too high for the limit is undetermined, and what only a person can judge is left to a person.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from spotcheck.rules import rounding
from spotcheck.rules.limits import Absence, ByPerson, Each, Grade, Limit, Range, limit_of, only, yes_or_no
from spotcheck.rules.rounding import Point, written
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.words import Words

FIELDS: Final = (
    *("number", "value", "mark", "qualifier", "specimens", "text", "present", "grade", "unit", "lod", "loq"),
    *("uncertainty", "verdict", "method", "deviation", "tested_on", "tested_by", "equipment", "environment", "reason"),
)
"""The fields of a result; those that decide nothing here are carried along."""
_UNITS: Final = {ord("Ω"): "Ω", ord("µ"): "μ", ord("㎡"): "m2", ord("²"): "2", ord("³"): "3"}
"""Signs that look alike and mean the same unit, beside those that Unicode makes one."""


class Verdict(StrEnum):
    """Whether a result holds its limit."""

    PASS = "pass"  # noqa: S105 -- a verdict
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    BY_PERSON = "by_person"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, the comparison it rests on, and the reason as a sentence."""

    verdict: Verdict
    compared: str
    why: Words

    def as_json(self) -> dict[str, Any]:
        """``{verdict, compared, why: {zh, en}}``."""
        return {"verdict": self.verdict.value, "compared": self.compared, "why": self.why._asdict()}


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of a result as it was reported: ``16.50+``, or ``<0.01`` for what lies below a detection limit."""

    value: Decimal
    mark: str | None = None
    is_below: bool = False

    @property
    def point(self) -> Point:
        """The number; of what lies below a detection limit the highest it could be."""
        return Point(Fraction(self.value), -1) if self.is_below else rounding.reported(self.value, self.mark)

    def __str__(self) -> str:
        return f"{'<' if self.is_below else ''}{self.value:f}{self.mark or ''}"


def judge(limit: Any, result: Any) -> Judged:
    """Compare a result with a limit, both as JSON objects. Raises :class:`IllFormed`; the pointer begins there."""
    try:
        holds = limit_of(limit)
    except IllFormed as wrong:
        raise wrong.at("limit") from wrong
    try:
        return _judged(holds, limit, result)
    except IllFormed as wrong:
        raise wrong.at("result") from wrong


def unit_of(text: str) -> str:
    """A unit as it is compared: Ω and Ω, µ and μ, ℃ and °C are one; nothing is converted."""
    return unicodedata.normalize("NFKC", text.translate(_UNITS)).translate(_UNITS).replace(" ", "")


def _judged(limit: Limit, said: Mapping[str, Any], result: Any) -> Judged:
    if not isinstance(result, Mapping):
        raise IllFormed(Words("结果应当是一个 JSON 对象", "a result is a JSON object"))
    only(result, FIELDS)
    _same_unit(said.get("unit"), result.get("unit"))
    for name in ("lod", "loq"):
        _detection(result, name)
    match limit:
        case Range():
            return _in_range(limit, _measured(result))
        case Absence():
            return _absent(limit, result)
        case Grade():
            return _graded(limit, result)
        case Each():
            return _all_of(limit, _specimens(limit, result))
        case ByPerson(kind):
            return Judged(Verdict.BY_PERSON, "", _BY_PERSON[kind])


_BY_PERSON: Final = {
    "text": Words("文字要求由检验人员判定", "words are judged by a person"),
    "information": Words("只报告结果，不作判定", "it is reported, and not judged"),
    "not_applicable": Words("该项不适用，不作判定", "the item does not apply, and is not judged"),
}


def _same_unit(wanted: Any, given: Any) -> None:
    for unit in (wanted, given):
        if unit is not None and not isinstance(unit, str):
            raise IllFormed(Words("单位应当是字符串", "a unit is a text"), "/unit")
    if wanted and given and unit_of(wanted) != unit_of(given):
        raise IllFormed(
            Words(
                f"单位不一致：限值是 {wanted}，结果是 {given}；系统不换算",
                f"the limit is in {wanted}, the result in {given}; nothing is converted",
            ),
            "/unit",
        )


def _measured(result: Mapping[str, Any]) -> Measured:
    if result.get("value") is None:
        raise IllFormed(Words("需要实测值 value", "the value is needed"), "/value")
    try:
        value = written(result["value"])
    except IllFormed as wrong:
        raise wrong.at("value") from wrong
    mark, qualifier = result.get("mark") or None, result.get("qualifier") or None
    if mark is not None and mark not in rounding.MARKS:
        raise IllFormed(Words("mark 只能是 + 或 -", "mark is + or -"), "/mark")
    if qualifier not in (None, "<"):
        raise IllFormed(
            Words("qualifier 只能是 <（低于检出限）", "qualifier is < (below the detection limit)"), "/qualifier"
        )
    if qualifier and mark:
        raise IllFormed(Words("写了 < 的结果没有舍入标记", "what lies below a limit carries no mark"), "/mark")
    if qualifier:
        _above_zero(value, "value")
    return Measured(value, mark, is_below=qualifier is not None)


def _specimens(limit: Each, result: Mapping[str, Any]) -> list[Measured]:
    given = result.get("specimens")
    if not isinstance(given, list) or len(given) != limit.n:
        raise IllFormed(Words(f"需要 {limit.n} 个试样的结果", f"{limit.n} specimens are needed"), "/specimens")
    found = []
    for place, one in enumerate(given):
        try:
            if isinstance(one, Mapping):
                only(one, ("value", "mark", "qualifier"))
            found.append(_measured(one if isinstance(one, Mapping) else {"value": one}))
        except IllFormed as wrong:
            raise wrong.at(place).at("specimens") from wrong
    return found


def _in_range(limit: Range, measured: Measured) -> Judged:
    if limit.interval is None:
        return _compared(limit, measured.point, str(measured), is_below=measured.is_below)
    marked = measured.mark is not None or measured.is_below
    if not marked and not rounding.is_fine_enough(measured.value, limit.interval):
        raise IllFormed(
            Words(
                f"{measured} 的位数不足以修约到 {limit.interval:f}，已修约的数不得再修约：请多报一位，或者加 +、- 标记",
                f"{measured} has too few digits to be rounded to {limit.interval:f}; nothing is rounded twice: report "
                "one digit more, or the mark + or -",
            ),
            "/value",
        )
    value = rounding.rounded(measured.point, Fraction(limit.interval))
    shown_value = f"{'<' if measured.is_below else ''}{rounding.shown(value)}"
    return _compared(limit, Point(value), f"{measured} → {shown_value}", is_below=measured.is_below)


def _compared(limit: Range, point: Point, name: str, *, is_below: bool) -> Judged:
    """Compare with both ends; of what lies below a detection limit the point is the highest it can be."""
    compared = f"{name} ({_as_text(limit)})"
    too_low = limit.low is not None and _is_under(point, Fraction(limit.low), inclusive=limit.low_inclusive)
    too_high = limit.high is not None and _is_over(point, Fraction(limit.high), inclusive=limit.high_inclusive)
    if too_low:
        return _said(Verdict.FAIL, compared, limit, Words("低于下限", "it lies below the lower limit"))
    if is_below and (too_high or limit.low is not None):
        return _said(Verdict.UNDETERMINED, compared, limit, _NOT_FINE_ENOUGH)
    if too_high:
        return _said(Verdict.FAIL, compared, limit, Words("高于上限", "it lies above the upper limit"))
    return _said(Verdict.PASS, compared, limit, Words("符合", "it holds the limit"))


_NOT_FINE_ENOUGH: Final = Words(
    "检出限不足以判定：需要更灵敏的方法，或者由授权签字人说明理由后判定",
    "the detection limit cannot decide it: it takes a more sensitive method, or a signatory's verdict with a reason",
)


def _is_under(point: Point, low: Fraction, *, inclusive: bool) -> bool:
    return point.value < low or (point.value == low and (point.beside < 0 or (point.beside == 0 and not inclusive)))


def _is_over(point: Point, high: Fraction, *, inclusive: bool) -> bool:
    return point.value > high or (point.value == high and (point.beside > 0 or (point.beside == 0 and not inclusive)))


def _as_text(limit: Range) -> str:
    """A range as it is read: ``≥ 97.0``, ``≥ 1.2, ≤ 1.6``, ``> 9.9, < 10.1``."""
    low = f"{'≥' if limit.low_inclusive else '>'} {limit.low:f}" if limit.low is not None else ""
    high = f"{'≤' if limit.high_inclusive else '<'} {limit.high:f}" if limit.high is not None else ""
    return ", ".join(filter(None, (low, high)))


def _said(verdict: Verdict, compared: str, limit: Range, outcome: Words) -> Judged:
    if limit.interval is None:
        method = Words("全数值比较法", "compared in full")
    else:
        method = Words(f"修约值比较法（间隔 {limit.interval:f}）", f"compared after rounding to {limit.interval:f}")
    return Judged(
        verdict, compared, Words(f"{method.zh}：{compared}，{outcome.zh}", f"{method.en}: {compared}: {outcome.en}")
    )


def _absent(limit: Absence, result: Mapping[str, Any]) -> Judged:
    present = yes_or_no(result, "present", otherwise=None)
    lod = None
    if result.get("value") is not None:
        measured = _measured(result)
        if present is not None and present == measured.is_below:
            raise IllFormed(
                Words("present 与实测值相互矛盾", "present and the value contradict each other"), "/present"
            )
        present, lod = not measured.is_below, measured.value if measured.is_below else None
    if present is None:
        raise IllFormed(Words("需要写明是否检出（present）", "present is needed: whether it was found"), "/present")
    lod = _detection(result, "lod") or lod
    if present:
        return Judged(Verdict.FAIL, "present", Words(f"{limit.present}，不符合", "it was found, and may not be there"))
    if limit.required_lod is None:
        return Judged(Verdict.PASS, "absent", Words(f"{limit.absent}，符合", "it was not found"))
    if lod is not None and lod <= limit.required_lod:
        compared = f"absent; {lod:f} ≤ {limit.required_lod:f}"
        return Judged(
            Verdict.PASS,
            compared,
            Words(f"{limit.absent}，检出限 {lod:f} 达到要求", f"it was not found, with a detection limit of {lod:f}"),
        )
    compared = f"absent; {f'{lod:f}' if lod is not None else '?'} > {limit.required_lod:f}"
    return Judged(Verdict.UNDETERMINED, compared, _NOT_FINE_ENOUGH)


def _detection(result: Mapping[str, Any], name: str) -> Decimal | None:
    """A limit of detection or of determination. Raises :class:`IllFormed` also where it is not above zero."""
    if result.get(name) is None:
        return None
    try:
        limit = written(result[name])
    except IllFormed as wrong:
        raise wrong.at(name) from wrong
    _above_zero(limit, name)
    return limit


def _above_zero(value: Decimal, name: str) -> None:
    if value <= 0:
        raise IllFormed(
            Words("检出限、定量限应当大于 0", "a limit of detection or determination lies above 0"), f"/{name}"
        )


def _graded(limit: Grade, result: Mapping[str, Any]) -> Judged:
    grade = result.get("grade")
    if not isinstance(grade, str) or grade not in limit.grades:
        known = "、".join(limit.grades), ", ".join(limit.grades)
        raise IllFormed(Words(f"grade 应当是 {known[0]} 之一", f"grade is one of {known[1]}"), "/grade")
    is_enough = limit.grades.index(grade) >= limit.grades.index(limit.lowest)
    sign, verdict = ("≥", Verdict.PASS) if is_enough else ("<", Verdict.FAIL)
    compared = f"{grade} {sign} {limit.lowest}"
    outcome = (
        Words("符合", "it holds the limit")
        if is_enough
        else Words("低于要求的等级", "it is a lower grade than the lowest that passes")
    )
    return Judged(verdict, compared, Words(f"{compared}，{outcome.zh}", f"{compared}: {outcome.en}"))


_WORST_FIRST: Final = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.PASS)


def _all_of(limit: Each, specimens: Sequence[Measured]) -> Judged:
    """Every specimen and their mean: the worst of all verdicts, with the comparison that gave it."""
    found = [_in_range(limit.each, one) for one in specimens] if limit.each is not None else []
    if limit.mean is not None:
        found.append(_mean(limit.mean, specimens))
    return min(found, key=lambda judged: _WORST_FIRST.index(judged.verdict))


def _mean(limit: Range, specimens: Sequence[Measured]) -> Judged:
    """The mean of all specimens; when one lies below a detection limit it is the highest it can be."""
    points = [one.point for one in specimens]
    is_below = any(one.is_below for one in specimens)
    sides = {point.beside for point in points} - {0}
    mean = Point(
        sum((point.value for point in points), Fraction()) / len(points), sides.pop() if len(sides) == 1 else 0
    )
    name = f"x̄ = {'<' if is_below else ''}{rounding.shown(mean.value)}"
    if limit.interval is None:
        return _compared(limit, mean, name, is_below=is_below)
    value = rounding.rounded(mean, Fraction(limit.interval))
    return _compared(limit, Point(value), f"{name} → {rounding.shown(value)}", is_below=is_below)
