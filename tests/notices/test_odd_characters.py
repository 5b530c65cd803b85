"""Whatever was once recorded can be bound (Article 53): what no font has stands as a box with its code point."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from rest_framework import serializers

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from spotcheck.notices.binding import CheckList, Leaf, bind, register_page
from spotcheck.notices.particulars import _complaint, catalogue
from spotcheck.notices.render import draw
from spotcheck.notices.templates import templates
from spotcheck.notices.typefaces import printable
from spotcheck.remediation.case_file import _recorded
from tests.notices.papers import MARKS, sample
from tests.notices.reading import text_of

ODD = {
    "an emoji": "😀",
    "a mark that turns the direction": "\u202e",
    "a blank without width": "\u200b",
    "a control": "\x07",
    "rare Han": "\U00030ede",
    "a character for private use": "\ue000",
    "an accent that combines": "\u0301",
}
PRINTED = {"rare Han", "an accent that combines"}
TEXT = "前" + "".join(ODD.values()) + "后" + "很长的说明，" * 330
SPECS = {
    spec.name: spec for model in MATTERS.values() for spec in (*model().specs(), *model().own_specs()) if spec.is_act
}
NAMED = {"\u200b": "U+200B ZERO WIDTH SPACE", "😀": "U+1F600 GRINNING FACE", "\ue000": "U+E000"}
"""What nobody sees, what no font has, what every machine shows otherwise: by which name it is refused."""


def written(asked: serializers.Field, text: str) -> Any:
    """An answer to a fact that says this text wherever it takes one, also deep inside; None when it takes none."""
    match asked:
        case serializers.ChoiceField():
            return None
        case serializers.CharField():
            return text
        case serializers.JSONField():
            return {"earlier": [text]}
        case serializers.ListField():
            within = written(asked.child, text)
            return None if within is None else [within]
        case serializers.Serializer():
            inside = {name: written(one, text) for name, one in asked.fields.items()}
            return {name: said for name, said in inside.items() if said is not None} or None
        case _:
            return None


def stated(spec, text=TEXT) -> dict:
    """Every fact of an act that somebody writes, with this text in it."""
    found = {name: written(asked, text) for name, asked in spec.facts().fields.items()}
    return {name: said for name, said in found.items() if said is not None}


def each_alone(value: Any, text: str) -> Iterator[Any]:
    """The answer again for each of its texts, with that one odd and all others plain."""
    match value:
        case str():
            yield text
        case list():
            yield from ([one] for one in each_alone(value[0], text))
        case dict():
            for name in value:
                yield from ({**value, name: one} for one in each_alone(value[name], text))


def test_there_is_something_to_write_in_every_act():
    assert all(stated(spec) for spec in SPECS.values())
    assert {"name", "limit", "value", "unit"} <= set(stated(SPECS["inspection.issue_report"])["items"][0])
    assert {"custody.link", "results.record", "verification.file"} <= set(SPECS)


@pytest.mark.parametrize("act", SPECS)
def test_every_text_of_every_act_can_be_bound(act):
    facts = stated(SPECS[act])
    for item in facts.get("items") or []:
        if isinstance(item, dict):
            item |= {"kind": "performance", "result": "fail"}
    entry = Entry(act=act, facts=facts, effective_on=date(2024, 6, 5), articles=[53], sequence=1, late_reason=TEXT)
    assert PdfReader(BytesIO(_recorded(entry).pages)).pages


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_seen_stands_as_a_box_with_its_code_point(name):
    character = ODD[name]
    shown = character if name in PRINTED else f"□（U+{ord(character):04X}）"
    assert printable(f"甲{character}乙") == f"甲{shown}乙"
    text = text_of(register_page(f"题{character}目", [("备注", f"甲{character}乙")]))
    assert text.count(f"U+{ord(character):04X}") == (0 if name in PRINTED else 2)


def test_cover_index_and_check_lists_say_everything_too():
    leaf = Leaf(f"文书{TEXT[:20]}", TEXT[:20], "2024-06-05", note=TEXT[:20])
    check = CheckList(f"材料{TEXT[:10]}", [(TEXT[:20], "第五十三条", TEXT[:30])])
    bound = bind("案卷", [("编号", TEXT[:20])], [leaf], [check])
    assert "U+1F600" in text_of(bound)


def test_one_leaf_that_cannot_be_joined_stops_no_other():
    good = register_page("记录", [("备注", "在卷")])
    leaves = [
        Leaf("坏的一份", "甲", "2024-06-05", pages=b"%PDF-1.7 broken"),
        Leaf("打不开的凭证", "乙", "2024-06-05", content=b"%PDF-1.7 broken"),
        Leaf("好的一份", "丙", "2024-06-06", pages=good),
    ]
    bound = bind("案卷", [("编号", "1")], leaves, [])
    marks = [mark.title for mark in PdfReader(BytesIO(bound)).outline]
    assert [mark.split()[0] for mark in marks[1:]] == ["坏的一份", "打不开的凭证", "好的一份"]
    assert text_of(bound).count("原件在案卷压缩包内") == 2


@pytest.mark.parametrize("act", SPECS)
def test_every_text_of_every_act_is_refused_by_the_name_of_the_character(act):
    """Whoever sends it; beside the fact in which it stands, however deep: what no paper could say is never recorded."""
    spec = SPECS[act]
    for fact, plain in stated(spec, "甲乙").items():
        for character, called in NAMED.items():
            for said in each_alone(plain, f"甲{character}乙"):
                form = spec.facts(data={fact: said})
                assert not form.is_valid()
                assert called in str(form.errors[fact]), (fact, said)


def test_every_text_that_people_may_state_for_a_paper_is_refused_by_the_name_of_the_character():
    stateable = [one for one in catalogue().values() if one.may_be_stated]
    assert stateable
    for one in stateable:
        for said in ("甲😀乙", ["甲😀乙"], [{"name": "甲😀乙"}]):
            assert "U+1F600 GRINNING FACE" in (_complaint(one, said) or ""), one


@pytest.mark.parametrize("key", templates())
def test_what_was_recorded_before_stands_on_every_paper_as_a_box(key):
    """No notice is held up for good by what an act once took (Articles 33, 53)."""

    def odd(value: Any) -> Any:
        match value:
            case dict():
                return {name: odd(one) for name, one in value.items()}
            case list():
                return [odd(one) for one in value]
            case str() if value and not value.isascii():
                return f"{value}😀"
            case _:
                return value

    assert "U+1F600" in text_of(draw(templates()[key], odd(sample(key)), MARKS).pdf)
