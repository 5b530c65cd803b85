"""The words of the regulation: complete, in both languages, and equal to the charts as data."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from spotcheck.rules.acts import ACTS, FACTS, OWN_ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.sd_2021_1.actors import CAPACITIES
from spotcheck.rules.sd_2021_1.acts.fact import ITEM_KINDS, ITEM_RESULTS
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.grounds import GROUNDS
from spotcheck.rules.sd_2021_1.guards import GUARDS, OWN_FLAGS, OWN_GUARDS
from spotcheck.rules.sd_2021_1.letters import CIRCLES, LETTERS
from spotcheck.rules.sd_2021_1.readings import READINGS
from spotcheck.rules.sd_2021_1.unmodelled import UNMODELLED
from spotcheck.rules.texts import of_yaml
from spotcheck.rules.words import Words
from tests.law.cited import cited_articles

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"
MACHINES = json.loads((ACCEPTANCE / "machines.json").read_text(encoding="utf-8"))
TRANSITIONS = {
    f"{machine['name']}.{transition['name']}": transition
    for machine in MACHINES["machines"]
    for transition in machine["transitions"]
}
EXTRA_ACTS = {extra["name"] for extra in MACHINES["extra_acts"]}
PERIODS = {period["code"] for period in MACHINES["deadlines"]}
README = (ACCEPTANCE / "README.md").read_text(encoding="utf-8")

CHAPTERS = {"planning", "sampling", "inspection", "objections", "remediation"}

OUR_FLAGS = {flag.name for flag in OWN_FLAGS}

UNSAID = "none"
"""By this value a story says that a fact is not stated; only where nothing is an answer does it have words."""

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
STATUTORY_NUMBER = re.compile(r"\d+\s*(日|天|个?工作日|个?月|年|days?\b|working days?\b|months?\b|years?\b)")

VOCABULARY = {
    "actors": CAPACITIES,
    "acts": ACTS,
    "charts": CHARTS,
    "facts": FACTS,
    "flags": FLAGS,
    "forms": FORMS,
    "grounds": GROUNDS,
    "guards": GUARDS,
    "our guards": OWN_GUARDS,
    "our acts": OWN_ACTS,
    "item kinds": ITEM_KINDS,
    "item results": ITEM_RESULTS,
    "letters": LETTERS,
    "readings": READINGS,
    "unmodelled": UNMODELLED,
}


def _words_in(value: Any, where: str) -> Iterator[tuple[str, Words]]:
    """Yield every pair of words below a value, with the way to it."""
    if isinstance(value, Words):
        yield where, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _words_in(below, f"{where}[{key}]")
    elif isinstance(value, tuple):
        for place, below in enumerate(value):
            yield from _words_in(below, f"{where}[{place}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words_in(getattr(value, field.name), f"{where}.{field.name}")


ALL_WORDS = dict(_words_in(VOCABULARY, ""))


def test_words_are_chinese_unless_another_language_is_asked_for():
    word = Words("复查", "recheck")
    assert (str(word), word.in_("zh-hans"), word.in_("zh"), word.in_("en")) == (
        "复查",
        "复查",
        "复查",
        "recheck",
    )


WRITTEN_HERE = ("*.py", "*.md", "*.yaml", "*.html", "*.po", "*.js", "*.toml")
"""What people read of this project, apart from the acceptance files, which are copies."""


@pytest.mark.parametrize("word", ["recheck", "retest"])
def test_one_word_has_one_spelling(word):
    """复查 and 复检 are written one way everywhere: one word, one thing (docs/glossary.md)."""
    split = re.compile(rf"(?<![a-z])re[-‑ ]{word[2:]}", re.IGNORECASE)
    root = ACCEPTANCE.parents[1]
    folders = [root / name for name in ("spotcheck", "docs", "tests", "locale", "forms_templates", "deploy")]
    files = [*root.glob("*.md"), *(path for one in folders for kind in WRITTEN_HERE for path in one.rglob(kind))]
    assert len(files) > 500
    assert [str(path) for path in files if path.parent != ACCEPTANCE and split.search(path.read_text("utf-8"))] == []


def test_there_are_enough_words_to_look_at():
    assert len(ALL_WORDS) > 1000


def test_every_pair_of_words_is_chinese_and_english():
    wrong = [
        where
        for where, words in ALL_WORDS.items()
        if not words.zh.strip() or not words.en.strip() or not CHINESE.search(words.zh) or CHINESE.search(words.en)
    ]
    assert wrong == []


def test_no_words_carry_loose_blanks():
    wrong = [where for where, words in ALL_WORDS.items() for text in words if text != text.strip() or "  " in text]
    assert wrong == []


def test_no_statutory_number_stands_in_the_words():
    wrong = [where for where, words in ALL_WORDS.items() if any(STATUTORY_NUMBER.search(text) for text in words)]
    assert wrong == []


def test_the_actors_are_those_of_the_charts():
    assert list(CAPACITIES) == [actor["name"] for actor in MACHINES["actors"]]


def test_the_guards_and_their_articles_are_those_of_the_charts():
    assert {name: list(guard.articles) for name, guard in GUARDS.items()} == {
        guard["name"]: guard["articles"] for guard in MACHINES["guards"]
    }


def test_reasons_are_parts_of_a_sentence():
    wrong = [
        guard.name
        for guard in GUARDS.values()
        for words in (guard.says, guard.cure)
        if words.zh[-1] in "。；，" or words.en[-1] in ".;," or words.en[0].isupper()
    ]
    assert wrong == []


@pytest.mark.parametrize("machine", MACHINES["machines"], ids=lambda machine: machine["name"])
def test_a_chart_has_the_states_of_the_regulation_in_their_order(machine):
    chart = CHARTS[machine["name"]]
    assert (chart.code, chart.label.zh) == (machine["code"], machine["label_zh"])
    assert [(name, words.zh) for name, words in chart.states.items()] == [
        (state["name"], state["label_zh"]) for state in machine["states"]
    ]
    assert (chart.initial, list(chart.terminal)) == (machine["initial"], machine["terminal"])
    assert chart.package in CHAPTERS


def test_there_is_no_other_chart():
    assert list(CHARTS) == [machine["name"] for machine in MACHINES["machines"]]


def test_every_transition_and_both_further_acts_have_words():
    assert set(ACTS) == set(TRANSITIONS) | EXTRA_ACTS


def test_acts_keep_the_codes_of_the_charts():
    assert {name: ACTS[name].code for name in TRANSITIONS} == {
        name: transition["code"] for name, transition in TRANSITIONS.items()
    }
    assert len({act.code for act in ACTS.values()}) == len(ACTS)


def test_no_two_acts_of_a_chart_are_called_alike():
    for language in ("zh", "en"):
        labels = [(name.split(".")[0], act.label.in_(language)) for name, act in ACTS.items()]
        assert len(set(labels)) == len(labels)


def test_the_summary_of_an_act_is_a_sentence():
    wrong = [
        name for name, act in ACTS.items() if not act.summary.zh.endswith("。") or not act.summary.en.endswith(".")
    ]
    assert wrong == []


def test_the_flags_are_those_of_the_acceptance_text():
    section = README.split("\n## 8.")[1].split("\n## 9.")[0]
    assert [name for name in FLAGS if name not in OUR_FLAGS] == re.findall(
        r"^\| ([A-Z0-9_]{6,}) \|", section, re.MULTILINE
    )


def test_the_facts_and_their_values_are_those_of_the_acceptance_text():
    section = README.split("\n## 6.")[1].split("\n## 7.")[0]
    rows = re.findall(r"^\| *([a-z_.]*) *\| `(\w+)` \|", section, re.MULTILINE)
    act, facts = "", []
    for named, fact in rows:
        act = named or act
        facts.append((act, fact))
    assert set(facts) <= set(FACTS)
    assert {act for act, _ in FACTS} <= set(ACTS)


def test_every_fact_used_in_a_story_has_words_for_its_value():
    unknown = []
    for story in sorted(ACCEPTANCE.glob("[SL]*.yaml")):
        told = of_yaml(story.read_text(encoding="utf-8"))
        for step in told["steps"]:
            for act in (step.get("do") or []) + (step.get("refuse") or []):
                for fact, value in (act.get("with") or {}).items():
                    choices = FACTS[act["act"], fact].choices
                    values = value if isinstance(value, list) else [value]
                    unknown += [
                        (story.name, act["act"], fact, one)
                        for one in values
                        if choices and isinstance(one, str) and one not in choices and one != UNSAID
                    ]
    assert unknown == []


def test_there_are_thirteen_forms():
    assert list(FORMS) == list(range(1, 14))


def test_a_form_is_issued_by_the_acts_of_the_charts():
    issued = {
        number: {name for name, transition in TRANSITIONS.items() if number in transition["forms"]} for number in FORMS
    }
    assert {number: set(form.issued_by) for number, form in FORMS.items()} == issued


def test_papers_go_from_and_to_those_the_regulation_knows():
    for paper in (*FORMS.values(), *LETTERS.values()):
        assert paper.issuer in CAPACITIES
        assert set(paper.recipients) <= {*CAPACITIES, *CIRCLES}
        assert set(paper.issued_by) <= set(ACTS)


def test_a_form_starts_periods_that_exist():
    assert {code for form in FORMS.values() for code in form.starts} <= PERIODS
    assert (FORMS[7].starts, FORMS[8].starts) == (("D35",), ("D39",))
    assert FORMS[11].starts == ("D44", "D45", "D46B")


def test_only_the_handling_bureau_heads_the_last_three_forms():
    headed = [number for number, form in FORMS.items() if form.heading == "handler"]
    assert headed == [11, 12, 13]
    assert all(form.title.zh.startswith("山东省") == (form.heading == "province") for form in FORMS.values())


def test_readings_are_numbered_without_gaps_and_signed():
    assert list(READINGS) == [f"R{number}" for number in range(1, len(READINGS) + 1)]
    assert all(reading.articles for reading in READINGS.values())


def test_every_article_is_cited_or_named_as_having_nothing_to_compute():
    transitions = (transition["articles"] for transition in TRANSITIONS.values())
    assert set(range(1, 61)) - cited_articles(*transitions) == set()


def test_no_article_is_cited_that_does_not_exist():
    charts = (chart.articles for chart in CHARTS.values())
    assert cited_articles(*charts) <= set(range(1, 61))
