"""The parts of the demo that need no province: chance, names, results, days, tables."""

from collections import Counter
from datetime import date

import pytest
from stdnum.cn import uscc

from spotcheck.demo import days, frame, names
from spotcheck.demo.chance import number, pick, shuffled
from spotcheck.demo.drawing import NoBatchFits, Wish, assign, draw_batches
from spotcheck.demo.products import products, results
from spotcheck.demo.published import PUBLISHED
from spotcheck.demo.scheme import BATCH, LANSHAN, LINES, YISHUI, line
from spotcheck.demo.tables import table
from spotcheck.docket import calendars
from spotcheck.rules.calendar import announced, with_provisional


@pytest.fixture
def _calendar(monkeypatch):
    calendar = with_provisional(announced())
    monkeypatch.setattr(calendars, "current", lambda: calendar)


def test_chance_is_the_same_every_time():
    assert [number(1000, "a", n) for n in range(4)] == [number(1000, "a", n) for n in range(4)]
    assert sorted(shuffled("abcdef", 1)) == list("abcdef")
    assert {pick("ab", n) for n in range(20)} == {"a", "b"}


def test_every_firm_has_a_name_and_a_valid_code_of_its_own():
    firms = {firm.place: firm for found in LINES for firm in frame.firms_of(found)}
    firms |= {firm.place: firm for found in LINES if found.domain == "seller" for firm in frame.makers_of(found)}
    words = [names.word(place) for place in firms]
    codes = [firm.credit_code for firm in firms.values()]
    assert len(set(words)) == len(words) <= names.NAMES
    assert len(set(codes)) == len(codes)
    assert all(
        uscc.is_valid(code) and code[2:8] == firm.region for code, firm in zip(codes, firms.values(), strict=True)
    )


def test_the_scheme_draws_what_was_published():
    batches = {found.key: draw_batches(found) for found in LINES if found.group == BATCH}
    assert {key: len(drawn) for key, drawn in batches.items()} == {
        found.key: found.batches for found in LINES if found.group == BATCH
    }
    firms = Counter(
        line(key).domain for key, drawn in batches.items() for _ in {batch.firm.credit_code for batch in drawn}
    )
    assert firms == {
        "producer": PUBLISHED["production"].enterprises,
        "seller": PUBLISHED["circulation"].enterprises,
    }


def test_no_maker_sits_in_the_two_counties_that_see_nothing_of_each_other():
    makers = {firm.region for found in LINES if found.domain == "seller" for firm in frame.makers_of(found)}
    assert not makers & {LANSHAN, YISHUI}


def test_a_wish_that_no_batch_fulfils_is_an_error():
    nothing = Wish(name="nothing", story=lambda file: iter(()), fits=lambda drawn, chosen: False)
    with pytest.raises(NoBatchFits):
        assign(draw_batches(line("2023-02-20")), (nothing,))


@pytest.mark.parametrize("kind", products())
def test_results_name_every_item_and_fail_only_those_named(kind):
    items = products()[kind].items
    failed = (items[0].name,)
    found = results(kind, failed, key=1)
    assert [(row["name"], row["result"]) for row in found] == [
        (item.name, "fail" if item.name in failed else "pass") for item in items
    ]
    for row, item in zip(found, items, strict=True):
        if item.limit.startswith(("<=", ">=")):
            above = float(row["value"]) >= float(item.limit[2:])
            assert above == ((item.limit[0] == ">") == (row["result"] == "pass")), row


def test_an_item_that_the_standard_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        results("玩具", ("硫含量",), key=1)


@pytest.mark.parametrize(
    ("rule", "due_on", "late", "start"),
    [
        ("D43", date(2026, 11, 24), False, date(2026, 11, 17)),
        ("D35", date(2026, 11, 23), False, date(2026, 11, 8)),  # a Sunday will do when no working day does
        ("D43", date(2026, 10, 4), False, date(2026, 9, 23)),  # in the holidays nothing is due: on the first day after
        ("D43", date(2026, 10, 4), True, date(2026, 9, 22)),
    ],
)
@pytest.mark.usefixtures("_calendar")
def test_a_period_begins_so_that_it_is_due_as_wanted(rule, due_on, late, start):
    assert days.begun(rule, due_on, late=late) == start


@pytest.mark.usefixtures("_calendar")
def test_a_contested_period_ends_on_a_plain_rest_day():
    start = days.contested("D35", date(2026, 11, 24))
    assert start == date(2026, 11, 13)


def test_a_table_counts_two_columns_for_a_chinese_character():
    assert list(table(("项目", "n"), [("合计", "10"), ("a", "2")])) == ["项目   n", "合计  10", "a      2"]
