"""Whether a result holds its limit: the tables of GB/T 8170, a second comparison, and the command."""

import json
import random
import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spotcheck.rules import rounding, strict_json
from spotcheck.rules.limits import limit_of, said_of_absence
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.verdicts import judge, unit_of
from tests.rules import second_comparison

PAIRS = 100_000


def judged(limit: dict[str, Any], result: dict[str, Any]) -> str:
    return judge(limit, result).verdict.value


def reading(text: str) -> dict[str, Any]:
    """``7.41+`` and ``<0.01`` as results."""
    if text.startswith("<"):
        return {"value": text[1:], "qualifier": "<"}
    return {"value": text[:-1], "mark": text[-1]} if text[-1] in "+-" else {"value": text}


def between(low: str | None = None, high: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "range", "low": low, "high": high, **more}


@pytest.mark.parametrize(
    ("limit", "interval", "text", "full", "after"),
    [
        (between(high="0.5"), "0.1", "0.549", "fail", "pass"),
        (between(high="0.5"), "0.1", "0.551", "fail", "fail"),
        (between(low="97.0"), "0.1", "96.96", "fail", "pass"),
        (between(low="97.0"), "0.1", "96.94", "fail", "fail"),
        (between(low="1400"), "100", "1351", "fail", "pass"),
        (between(low="1400"), "100", "1349", "fail", "fail"),
        (between("1.2", "1.6"), "0.1", "1.649", "fail", "pass"),
        (between("1.2", "1.6"), "0.1", "1.151", "fail", "pass"),
        (between("9.9", "10.1", high_inclusive=False), "0.1", "10.06", "pass", "fail"),
        (between("9.9", "10.1", high_inclusive=False), "0.1", "9.86", "fail", "pass"),
    ],
)
def test_compared_in_full_and_after_rounding(
    limit: dict[str, Any], interval: str, text: str, full: str, after: str
) -> None:
    assert judged(limit, reading(text)) == full
    assert judged(limit | {"comparison": "rounded", "interval": interval}, reading(text)) == after


@pytest.mark.parametrize(
    ("text", "interval", "becomes"),
    [
        ("12.1498", "0.1", "12.1"),
        ("12.1498", "1", "12"),
        ("1268", "100", "1300"),
        ("1268", "10", "1270"),
        ("1.050", "0.1", "1"),
        ("0.35", "0.1", "0.4"),
        ("2500", "1000", "2000"),
        ("3500", "1000", "4000"),
        ("-355", "10", "-360"),
        ("-325", "10", "-320"),
        ("16.50+", "1", "17"),
        ("16.50-", "1", "16"),
        ("-15.5-", "1", "-15"),
        ("-16.5+", "1", "-17"),
        ("17.5", "1", "18"),
        ("60.25", "0.5", "60"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61"),
        ("830", "20", "840"),
        ("842", "20", "840"),
        ("-930", "20", "-920"),
    ],
)
def test_rounded_once_to_the_even_multiple(text: str, interval: str, becomes: str) -> None:
    read = reading(text)
    point = rounding.reported(rounding.written(read["value"]), read.get("mark"))
    assert rounding.rounded(point, Fraction(interval)) == Fraction(becomes)


@pytest.mark.parametrize(
    ("limit", "text", "verdict"),
    [
        (between(high="7.41"), "7.41", "pass"),
        (between(high="7.41"), "7.41+", "fail"),
        (between(high="7.41"), "7.41-", "pass"),
        (between(high="7.41"), "7.415", "fail"),
        (between(high="7.41", high_inclusive=False), "7.41-", "pass"),
        (between(high="7.41", high_inclusive=False), "7.41", "fail"),
        (between(low="7.41"), "7.41-", "fail"),
        (between(low="-7.41"), "-7.41+", "fail"),
        (between(high="0.05"), "<0.01", "pass"),
        (between(high="0.05"), "<0.05", "pass"),
        (between(high="0.05", high_inclusive=False), "<0.05", "pass"),
        (between(high="0.05"), "<0.1", "undetermined"),
        (between(low="8"), "<5", "fail"),
        (between(low="8"), "<8", "fail"),
        (between(low="8"), "<10", "undetermined"),
        (between("8", "20"), "<5", "fail"),
        (between("8", "20"), "<10", "undetermined"),
        (between(low="8", comparison="rounded", interval="1"), "<8", "undetermined"),
        (between(low="8", comparison="rounded", interval="1"), "<7.5", "fail"),
        (between(high="8", comparison="rounded", interval="1"), "<8.5", "pass"),
    ],
)
def test_marks_and_detection_limits(limit: dict[str, Any], text: str, verdict: str) -> None:
    assert judged(limit, reading(text)) == verdict


@pytest.mark.parametrize(
    ("limit", "result", "verdict"),
    [
        ({"kind": "absence"}, {"present": False}, "pass"),
        ({"kind": "absence"}, {"present": True}, "fail"),
        ({"kind": "absence", "required_lod": "0.5"}, {"present": False, "lod": "0.5"}, "pass"),
        ({"kind": "absence", "required_lod": "0.5"}, {"present": False, "lod": "0.51"}, "undetermined"),
        ({"kind": "absence", "required_lod": "0.5"}, {"present": False}, "undetermined"),
        ({"kind": "absence", "required_lod": "0.5"}, {"value": "0.2", "qualifier": "<"}, "pass"),
        ({"kind": "absence", "required_lod": "0.5"}, {"value": "0.2"}, "fail"),
        ({"kind": "grade", "grades": ["3", "3-4", "4"], "lowest": "3-4"}, {"grade": "4"}, "pass"),
        ({"kind": "grade", "grades": ["3", "3-4", "4"], "lowest": "3-4"}, {"grade": "3-4"}, "pass"),
        ({"kind": "grade", "grades": ["3", "3-4", "4"], "lowest": "3-4"}, {"grade": "3"}, "fail"),
        ({"kind": "text", "text": "内容完整清晰"}, {"text": "缺生产日期"}, "by_person"),
        ({"kind": "information"}, {"value": "3.2"}, "by_person"),
    ],
)
def test_what_is_no_range(limit: dict[str, Any], result: dict[str, Any], verdict: str) -> None:
    assert judged(limit, result) == verdict


STRENGTH = {"kind": "each", "n": 3, "each": between(low="8.0"), "mean": between(low="10")}


@pytest.mark.parametrize(
    ("specimens", "verdict"),
    [
        (["9.9", "10.1", "10"], "pass"),
        (["7.9", "20", "20"], "fail"),
        (["9.9", "10", "10"], "fail"),
        (["9.99999999", "10", "10"], "fail"),
        (["10", "10", {"value": "10", "mark": "-"}], "fail"),
        (["20", "20", {"value": "5", "qualifier": "<"}], "fail"),
        (["20", "20", {"value": "9", "qualifier": "<"}], "undetermined"),
    ],
)
def test_every_specimen_and_their_mean(specimens: list[Any], verdict: str) -> None:
    assert judged(STRENGTH, {"specimens": specimens}) == verdict


@pytest.mark.parametrize(
    ("limit", "result", "place"),
    [
        (between(high="7.41"), {"value": 7.41}, "/result/value"),
        (between(high="7.41"), {"value": "７.41"}, "/result/value"),
        (between(high="7.41"), {"value": "7，41"}, "/result/value"),
        (between(high="7.41"), {"value": "07.41"}, "/result/value"),
        (between(high="7.41"), {"value": "1e3"}, "/result/value"),
        (between(high="7.41"), {}, "/result/value"),
        (between(high="7.41"), {"value": "7", "mark": "±"}, "/result/mark"),
        (between(high="7.41"), {"value": "7", "qualifier": ">"}, "/result/qualifier"),
        (between(high="7.41"), {"value": "7", "valve": "7"}, "/result/valve"),
        (between(high="7.41", unit="Ω/km"), {"value": "7", "unit": "mΩ/m"}, "/result/unit"),
        (between(), {"value": "7"}, "/limit"),
        (between("2", "1"), {"value": "7"}, "/limit/high"),
        (between(high="2", comparison="rounded"), {"value": "7"}, "/limit/interval"),
        (between(high="8", comparison="rounded", interval="0.5"), {"value": "7.3"}, "/result/value"),
        ({"kind": "rang"}, {"value": "7"}, "/limit/kind"),
        ({"kind": "grade", "grades": ["1", "2"], "lowest": "3"}, {"grade": "1"}, "/limit/lowest"),
        ({"kind": "grade", "grades": ["1", "2"], "lowest": "1"}, {"grade": "3"}, "/result/grade"),
        (STRENGTH, {"specimens": ["8", "9"]}, "/result/specimens"),
        (STRENGTH, {"specimens": ["8", "9", "x"]}, "/result/specimens/2/value"),
        ({"kind": "absence"}, {"present": "no"}, "/result/present"),
        ([], {}, "/limit"),
        (between(high="1"), [], "/result"),
    ],
)
def test_what_is_ill_formed_is_refused_with_its_place(limit: Any, result: Any, place: str) -> None:
    with pytest.raises(IllFormed) as refused:
        judge(limit, result)
    assert refused.value.pointer == place
    assert refused.value.words.zh != refused.value.words.en


def test_what_is_coarse_is_taken_when_it_is_a_multiple_or_says_where_it_came_from() -> None:
    half = between(high="7.5", comparison="rounded", interval="0.5")
    assert judged(half, {"value": "7.5"}) == "pass"
    assert judged(half, {"value": "7.3", "mark": "+"}) == "pass"
    assert judged(half, {"value": "7.30"}) == "pass"


def test_units_that_are_the_same_sign_for_a_reader() -> None:
    assert unit_of("Ω/km") == unit_of("Ω/km")
    assert unit_of("µg") == unit_of("μg")
    assert unit_of("℃") == unit_of("°C")
    assert unit_of("㎡") == unit_of("m²") == unit_of("m2")
    assert unit_of("mg/kg") != unit_of("g/kg")


def test_a_hundred_thousand_pairs_as_whole_numbers_see_them() -> None:
    """Numbers near their limits, of both signs, with and without marks, in full and rounded."""
    chance = random.Random(8170)
    intervals = ("0.01", "0.1", "0.2", "0.5", "1", "2", "5", "20", "100")
    seen = {"pass": 0, "fail": 0}
    for _ in range(PAIRS):
        interval = chance.choice(intervals)
        center = chance.randint(-60, 60)
        low = str_of(center * Fraction(interval))
        high = str_of((center + chance.randint(1, 4)) * Fraction(interval))
        limit = between(low, high, low_inclusive=chance.random() < 0.7, high_inclusive=chance.random() < 0.7)
        if chance.random() < 0.5:
            limit[chance.choice(("low", "high"))] = None
        if chance.random() < 0.5:
            limit |= {"comparison": "rounded", "interval": interval}
        near = (center + Fraction(chance.randint(-40, 80), 20)) * Fraction(interval)
        text, mark = str_of(near, least=4), chance.choice(("", "", "+", "-"))
        ours = judged(limit, {"value": text, "mark": mark or None})
        assert ours == second_comparison.verdict(limit, text, mark), (limit, text, mark)
        seen[ours] += 1
    assert min(seen.values()) > PAIRS // 10


def str_of(number: Fraction, least: int = 0) -> str:
    """A number as a laboratory writes it, with at least so many places."""
    scaled = number * 10**8
    assert scaled.denominator == 1
    digits = f"{abs(scaled.numerator):09d}"
    rest = digits[-8:].rstrip("0").ljust(least, "0")
    sign = "-" if scaled < 0 else ""
    return sign + digits[:-8] + (f".{rest}" if rest else "")


NUMBERS = some.decimals(min_value=-1000, max_value=1000, places=3).map(lambda number: str(number or abs(number)))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_in_full_nothing_passes_that_lies_outside(one: str, other: str, value: str) -> None:
    low, high = sorted((one, other), key=Fraction)
    inside = Fraction(low) <= Fraction(value) <= Fraction(high)
    assert judged(between(low, high), {"value": value}) == ("pass" if inside else "fail")


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', '{"a": NaN}', "[" * 17 + "]" * 17, "[" * 100_000, '"\\u0000"', '"\\ud800"', "9" * 5000, "{"],
)
def test_json_that_no_program_may_send(text: str) -> None:
    with pytest.raises(IllFormed):
        strict_json.loads(text)


def test_json_that_programs_send() -> None:
    assert strict_json.loads('{"a": [1, {"b": "某"}]}') == {"a": [1, {"b": "某"}]}
    limit_of(strict_json.loads('{"kind": "range", "high": "0.5", "shown": "≤ 0.5 %"}'))


def command(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "spotcheck.cli.main", "verdict", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_answers_one_question() -> None:
    done = command('{"kind": "range", "high": "7.41"}', '{"value": "7.415"}')
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["verdict"] == "fail"
    assert answer["compared"] == "7.415 (≤ 7.41)"
    assert set(answer["why"]) == {"zh", "en"}


def test_the_command_answers_line_by_line_and_goes_on_after_what_is_ill_formed() -> None:
    lines = [
        '{"limit": {"kind": "range", "high": "1"}, "result": {"value": "1"}}',
        '{"limit": {"kind": "range", "high": "1"}, "result": {"value": 1}}',
        "no json",
        '{"limit": {"kind": "absence"}, "result": {"present": true}}',
    ]
    done = command("--batch", "-", given="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("verdict", "error") for answer in answers] == ["pass", "error", "error", "fail"]
    assert done.returncode == 1
    assert command("--batch", "/nowhere/at/all").returncode == 2
    assert command("{}").returncode == 2


@pytest.mark.parametrize(
    ("result", "pointer"),
    [
        ({"present": False, "lod": "-1"}, "/result/lod"),
        ({"present": False, "lod": "0"}, "/result/lod"),
        ({"present": False, "lod": "0.01", "loq": "0"}, "/result/loq"),
        ({"value": "0", "qualifier": "<"}, "/result/value"),
        ({"value": "-0.01", "qualifier": "<"}, "/result/value"),
    ],
)
def test_a_limit_of_detection_lies_above_zero(result: dict[str, Any], pointer: str) -> None:
    """What lies below nothing, or below less than nothing, decides nothing."""
    with pytest.raises(IllFormed) as wrong:
        judge({"kind": "absence", "required_lod": "0.01"}, result)
    assert wrong.value.pointer == pointer


def test_a_mark_on_a_zero_speaks_of_the_side_it_was_rounded_from() -> None:
    """``-0.00+`` was a little below zero, ``0.00+`` a little above."""
    assert judged(between(high="0"), reading("0.00+")) == "fail"
    assert judged(between(high="0"), reading("-0.00+")) == "pass"
    assert judged(between(low="0"), reading("-0.00+")) == "fail"


@pytest.mark.parametrize("text", ['\ufeff{"a": 1}', '{"a": 1e999}', '{"a": -1e999}'])
def test_what_is_no_json_for_everybody_is_none(text: str) -> None:
    with pytest.raises(IllFormed):
        strict_json.loads(text)


@pytest.mark.parametrize(
    ("limit", "absent", "present"),
    [
        ("不得检出", "未检出", "检出"),
        ("", "未检出", "检出"),
        ("2500 V 不击穿", "未击穿", "击穿"),
        ("不得漏电", "未漏电", "漏电"),
        ("无裂纹", "无裂纹", "有裂纹"),
        ("不应有气泡", "无气泡", "有气泡"),
    ],
)
def test_what_may_not_be_there_is_said_as_the_limit_says_it(limit: str, absent: str, present: str) -> None:
    assert said_of_absence(limit) == (absent, present)
    stated = {"kind": "absence"} | ({"shown": limit} if limit else {})
    assert judge(stated, {"present": False}).why.zh == f"{absent}，符合"
    assert judge(stated, {"present": True}).why.zh == f"{present}，不符合"
