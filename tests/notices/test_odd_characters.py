"""Whatever was once recorded can be bound (Article 53): what no font has stands as a box with its code point."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from rest_framework import serializers

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry
from spotcheck.notices.binding import CheckList, Leaf, bind, register_page
from spotcheck.notices.typefaces import printable
from spotcheck.remediation.case_file import _recorded
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
SPECS = {spec.name: spec for model in MATTERS.values() for spec in model().specs()}


def texts_of(spec) -> list[str]:
    """The facts of an act that somebody writes."""
    kinds = (serializers.CharField, serializers.ListField)
    found = [name for name, asked in spec.facts().fields.items() if isinstance(asked, kinds)]
    return [name for name in found if not isinstance(spec.facts().fields[name], serializers.ChoiceField)]


def stated(spec) -> dict:
    fields = spec.facts().fields
    return {name: [TEXT] if isinstance(fields[name], serializers.ListField) else TEXT for name in texts_of(spec)}


def test_there_is_something_to_write_in_most_acts():
    assert sum(len(texts_of(spec)) for spec in SPECS.values()) > len(SPECS)


@pytest.mark.parametrize("act", [name for name, spec in SPECS.items() if texts_of(spec)])
def test_every_text_of_every_act_can_be_bound(act):
    facts = {name: value for name, value in stated(SPECS[act]).items() if name != "items"}
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


@pytest.mark.parametrize("act", [name for name, spec in SPECS.items() if texts_of(spec)])
def test_every_text_of_every_act_is_refused_by_the_name_of_the_character(act):
    """Whoever sends it; beside the fact in which it stands."""
    spec = SPECS[act]
    for name in texts_of(spec):
        is_list = isinstance(spec.facts().fields[name], serializers.ListField)
        form = spec.facts(data={name: ["甲\u200b乙"] if is_list else "甲\u200b乙"})
        assert not form.is_valid()
        assert "U+200B ZERO WIDTH SPACE" in str(form.errors[name]), name
