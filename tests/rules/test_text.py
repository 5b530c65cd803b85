"""Articles, periods, targets and rule sets as data."""

import json
from datetime import date
from pathlib import Path

import pytest

from spotcheck.rules.acts import ACTS
from spotcheck.rules.articles import cite
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.regulations import FIRST, named, newest
from spotcheck.rules.rule_sets import Settings
from spotcheck.rules.sd_2021_1.articles import ARTICLES, CHAPTERS
from spotcheck.rules.sd_2021_1.national_measures import SHADOWS
from spotcheck.rules.sd_2021_1.periods import PERIODS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS

MACHINES = json.loads((Path(__file__).parents[1] / "acceptance" / "machines.json").read_text(encoding="utf-8"))


def test_the_sixty_articles_are_there_in_order_and_in_both_languages():
    assert list(ARTICLES) == list(range(1, 61))
    for article in ARTICLES.values():
        assert article.title.zh
        assert article.title.en
        assert article.summary.zh.endswith("。")
        assert article.summary.en.endswith(".")
        assert article.chapter in CHAPTERS
    chapters = [article.chapter for article in ARTICLES.values()]
    assert chapters == sorted(chapters)
    assert [chapters.count(number) for number in CHAPTERS] == [6, 5, 15, 8, 7, 16, 3]


def test_summaries_name_periods_by_code_and_not_by_number():
    for code, rule in PERIODS.items():
        for number in rule.articles:
            if code in ("D45", "D51C", "D60"):
                continue
            assert code in ARTICLES[number].summary.zh
            assert code in ARTICLES[number].summary.en


@pytest.mark.parametrize(
    ("number", "item", "zh", "en"),
    [
        (7, None, "第七条", "Article 7"),
        (10, None, "第十条", "Article 10"),
        (14, None, "第十四条", "Article 14"),
        (19, 4, "第十九条第四项", "Article 19(4)"),
        (20, None, "第二十条", "Article 20"),
        (35, None, "第三十五条", "Article 35"),
        (60, None, "第六十条", "Article 60"),
    ],
)
def test_articles_are_cited(number, item, zh, en):
    assert cite(number, item) == (zh, en)


def as_in_machines(rule: Period) -> dict[str, object]:
    return {
        "code": rule.code,
        "articles": list(rule.articles),
        "length": rule.length,
        "unit": rule.unit.value,
        "running": rule.running,
        "duty": rule.duty,
        "actors": list(rule.actors),
    }


def test_the_periods_are_those_of_the_machines():
    assert [as_in_machines(rule) for rule in PERIODS.values()] == MACHINES["deadlines"]


def test_a_period_is_found_by_code_or_slug():
    for code, rule in PERIODS.items():
        named = SD_2021_1.named
        assert named(code) is named(code.lower()) is named(rule.slug) is rule
    with pytest.raises(KeyError):
        SD_2021_1.named("D99")


def test_only_rights_of_enterprises_lapse_and_only_duties_of_bureaus_are_overdue():
    assert [code for code, rule in PERIODS.items() if rule.lapses] == ["D35", "D39", "D44"]
    for rule in PERIODS.values():
        assert not (rule.lapses and rule.duty)
        assert not rule.lapses or rule.actors == ("enterprise",)
        assert not rule.duty or rule.actors in (("province",), ("handler",))


def test_what_never_moves():
    assert {code for code, rule in PERIODS.items() if not rule.rolls} == {
        "D16",
        "D19",
        "D43",
        "D51C",
        "D60",
    }


def test_fixed_dates():
    assert PERIODS["D07"].fixed_day(2023) == date(2023, 1, 15)
    assert PERIODS["D60"].fixed_day(2023) == SD_2021_1.valid_until == date(2026, 5, 2)
    with pytest.raises(ValueError, match="D35"):
        PERIODS["D35"].fixed_day(2023)
    assert [unit for unit in Unit if not unit.label.zh or not unit.label.en] == []


def test_the_validity_includes_both_its_ends_and_does_not_move():
    governs = newest(named(FIRST)).governs
    assert [governs(day) for day in (date(2021, 5, 2), date(2021, 5, 3), date(2026, 5, 2), date(2026, 5, 3))] == [
        False,
        True,
        True,
        False,
    ]
    assert MACHINES["rule_set"] == FIRST
    assert MACHINES["valid"] == [
        SD_2021_1.valid_from.isoformat(),
        SD_2021_1.valid_until.isoformat(),
    ]


def test_a_rule_set_is_pinned_by_acts_that_count_its_validity():
    counting = {
        f"{machine['name']}.{transition['name']}"
        for machine in MACHINES["machines"]
        for transition in machine["transitions"]
        if "D60" in transition["counts"]
    }
    assert set(SD_2021_1.pinned_by) == counting
    assert SD_2021_1.periods == PERIODS
    assert SD_2021_1.settings == Settings()


def test_targets_are_no_periods():
    assert not {target.slug for target in SERVICE_TARGETS.values()} & {rule.slug for rule in PERIODS.values()}
    assert {number for target in SERVICE_TARGETS.values() for number in target.articles} <= set(ARTICLES)
    for target in SERVICE_TARGETS.values():
        assert target.unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS)
        if target.word and target.word.zh == "立即":
            assert target.length == 0


def test_the_national_measures_only_warn():
    """They stand on the forms of acts in both languages, with their source, and count nothing (R14)."""
    assert list(SHADOWS) == ["N45", "N46", "N47"]
    for shadow in SHADOWS.values():
        assert shadow.code not in PERIODS
        assert set(shadow.acts) <= set(ACTS)
        assert shadow.acts
        assert "第18号" in shadow.says.zh
        assert f"Article {shadow.article}" in shadow.says.en
