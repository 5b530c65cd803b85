"""Limits as rules print them, read into what is compared (Articles 9, 29)."""

import pytest

from spotcheck.rules.limit_texts import limit
from spotcheck.rules.limits import limit_of
from spotcheck.rules.strict_json import IllFormed


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("≤0.05", None, "0.05"),
        ("＜＝ ０．０５", None, "0.05"),
        ("≥97.0", "97.0", None),
        ("＞3且≤5", (">", "3"), "5"),
        ("3＜x≤5", (">", "3"), "5"),
        ("＜16", None, ("<", "16")),
        ("1.2～1.6", "1.2", "1.6"),
        ("1.2-1.6", "1.2", "1.6"),
        ("-5～40", "-5", "40"),
        ("-10--5", "-10", "-5"),
        ("10.0±0.1", "9.9", "10.1"),
        ("220+10/-20", "200", "230"),
        ("≥14×100", "1400", None),
        ("≤1.5×10³", None, "1500"),
        ("不小于 97.0", "97.0", None),
        ("不得超过0.05", None, "0.05"),
        ("大于等于8", "8", None),
        ("应不大于 12", None, "12"),
        ("小于3", None, ("<", "3")),
    ],
)
def test_a_range_is_read_with_its_ends(text, low, high):
    found = limit(text)
    assert found["kind"] == "range"
    assert found["shown"] == text
    for name, wanted, open_sign in (("low", low, ">"), ("high", high, "<")):
        is_open = isinstance(wanted, tuple)
        assert found.get(name) == (wanted[1] if is_open else wanted)
        assert not is_open or wanted[0] == open_sign
        if wanted is not None:
            assert found.get(f"{name}_inclusive", True) is not is_open


@pytest.mark.parametrize(
    ("text", "cells", "wanted"),
    [
        ("不得检出", {}, {"kind": "absence"}),
        ("不得检出", {"required_lod": "0.01"}, {"kind": "absence", "required_lod": "0.01"}),
        ("无裂纹", {}, {"kind": "absence"}),
        ("不击穿", {}, {"kind": "absence"}),
        ("完整清晰", {}, {"kind": "text", "text": "完整清晰"}),
        ("符合 GB 5296.5 第 4 章", {"kind": "文字"}, {"kind": "text", "text": "符合 GB 5296.5 第 4 章"}),
        ("不合格品＜合格品＜一等品；合格品", {}, {"kind": "grade", "lowest": "合格品"}),
        ("", {"kind": "不判定"}, {"kind": "information"}),
        ("无此部件", {"kind": "不适用"}, {"kind": "not_applicable", "reason": "无此部件"}),
        ("≤0.05 mg/kg", {}, {"unit": "mg/kg", "high": "0.05"}),
        ("≤0.05 mg/kg", {"unit": "mg/kg"}, {"unit": "mg/kg"}),
        ("≥1400", {"comparison": "修约值", "interval": "100"}, {"comparison": "rounded", "interval": "100"}),
        ("≥14×100", {"comparison": "修约值比较法"}, {"comparison": "rounded", "interval": "100"}),
    ],
)
def test_every_other_kind_is_read(text, cells, wanted):
    found = limit(text, **cells)
    assert {name: found.get(name) for name in wanted} == wanted
    limit_of(found)


def test_several_specimens_have_a_range_for_each_and_one_for_their_mean():
    found = limit("5个试样：每个≥3.0；平均≥3.5", unit="MPa", comparison="修约", interval="0.1")
    assert (found["n"], found["each"]["low"], found["mean"]["low"]) == (5, "3.0", "3.5")
    assert found["each"]["interval"] == found["mean"]["interval"] == "0.1"


@pytest.mark.parametrize(
    ("text", "cells", "pointer"),
    [
        ("7.40", {}, "/limit"),
        ("约5", {}, "/limit"),
        ("10.0±0.1（不含+0.1）", {}, "/limit"),
        ("≥3且≥5", {}, "/limit"),
        ("5～3", {}, "/high"),
        ("≤0.05mg/kg", {"unit": "g"}, "/unit"),
        ("≥97.0", {"comparison": "修约值"}, "/interval"),
        ("≥97.0", {"interval": "0.1"}, "/comparison"),
        ("≥97.0", {"comparison": "目测"}, "/comparison"),
        ("≥97.0", {"kind": "别的"}, "/kind"),
        ("≥97.0", {"kind": "不得检出"}, "/kind"),
        ("完整清晰", {"interval": "1"}, "/interval"),
        ("≤1", {"required_lod": "0.1"}, "/required_lod"),
        ("优等品", {"kind": "等级"}, "/limit"),
        ("", {}, "/limit"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_cell(text, cells, pointer):
    with pytest.raises(IllFormed) as refused:
        limit(text, **cells)
    assert refused.value.pointer == pointer
    assert refused.value.words.zh
    assert refused.value.words.en
