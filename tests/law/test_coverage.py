"""The coverage-of-the-law test: nothing in the text is forgotten, nothing in the program is without a text."""

import ast
from itertools import chain
from pathlib import Path

import pytest

import spotcheck
from spotcheck.docket import taking
from spotcheck.docket.consequences import FOLLOWS
from spotcheck.docket.deadlines import LAPSES
from spotcheck.docket.flow import MATTERS
from spotcheck.handbook.citing import citations
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.periods import Unit
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.actors import CAPACITIES
from spotcheck.rules.sd_2021_1.articles import ARTICLES
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.guards import GUARDS
from spotcheck.rules.sd_2021_1.guards.custody import CUSTODY
from spotcheck.rules.sd_2021_1.letters import CIRCLES, TOLD_CIRCLES
from spotcheck.rules.sd_2021_1.periods import PERIODS
from spotcheck.rules.sd_2021_1.readings import READINGS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.rules.sd_2021_1.unmodelled import UNMODELLED
from tests.law.cited import cited_articles

PROGRAM = Path(spotcheck.__file__).parent
SPECS = [spec for model in MATTERS.values() for spec in model.specs()]
NEEDS = [need for spec in SPECS for need in spec.needs]


@pytest.mark.parametrize("number", range(1, 61))
def test_article(number):
    """Somewhere a record, a period, an act, a guard, a form, or a line that says why not, rests on it."""
    by_acts = (spec.articles for spec in SPECS)
    by_needs = (GUARDS[need.name].articles for need in NEEDS)
    by_periods = (period.articles for period in PERIODS.values())
    assert number in ARTICLES
    assert number in cited_articles(*by_acts, *by_needs, *by_periods)


def test_articles_with_neither_act_nor_guard_nor_period_say_why():
    carried = {
        *chain(*(spec.articles for spec in SPECS)),
        *chain(*(GUARDS[need.name].articles for need in NEEDS)),
        *chain(*(period.articles for period in PERIODS.values())),
        *GUARDS["by_whom"].articles,
    }
    said = {
        *chain(*(entry.articles for entry in UNMODELLED)),
        *chain(*(reading.articles for reading in READINGS.values())),
        *chain(*(flag.articles for flag in FLAGS.values())),
    }
    assert set(ARTICLES) - carried - said == set()


def test_no_act_rests_on_an_article_that_does_not_exist():
    assert {number for spec in SPECS for number in spec.articles} <= set(ARTICLES)


@pytest.mark.parametrize("code", PERIODS)
def test_what_becomes_of_a_period_that_is_over_is_settled(code):
    period = PERIODS[code]
    counted = {rule for spec in SPECS for rule in spec.counts}
    if not period.running:
        assert code in counted
        assert (FIRST, code) not in LAPSES
    elif period.lapses:
        assert (FIRST, code) in LAPSES
        assert not period.duty
    else:
        assert (FIRST, code) not in LAPSES
        assert period.duty or period.unit is Unit.AS_ORDERED


def test_every_running_period_is_opened_and_closed_by_an_act():
    running = {code for code, period in PERIODS.items() if period.running}
    assert {rule for spec in SPECS for rule in spec.opens} == running
    assert {rule for spec in SPECS for rule in spec.closes} == running


@pytest.mark.parametrize("number", FORMS)
def test_a_form_has_one_who_issues_it_and_those_who_get_it(number):
    form = FORMS[number]
    assert form.issuer in CAPACITIES
    assert form.recipients != ()
    assert set(form.issued_by) == {spec.name for spec in SPECS if number in spec.forms}
    assert set(form.starts) <= set(PERIODS)


def test_every_guard_stands_in_the_way_of_some_act():
    assert {need.name for need in NEEDS} | {"by_whom"} == set(GUARDS)


def test_every_guard_of_a_full_record_stands_in_the_way_of_some_act():
    asked = {need.name for model in MATTERS.values() for spec in model.all_specs() for need in spec.requirements}
    assert {guard.name for guard in CUSTODY} - {"person_entitled"} <= asked


def test_every_flag_is_raised_somewhere():
    raised = {
        node.args[0].value
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "flag"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert raised | {taking.FLAG} == set(FLAGS)


def test_a_rule_set_is_pinned_by_the_acts_that_ask_for_one():
    asking = {spec.name for spec in SPECS if any(need.name == "rule_set_valid" for need in spec.needs)}
    assert set(SD_2021_1.pinned_by) == asking


def test_what_follows_hangs_on_acts_that_exist():
    assert set(FOLLOWS) - set(ACTS) - set(OWN_ACTS) == set()


def test_those_who_are_told_are_actors_of_the_regulation():
    told = {word for act in (*ACTS.values(), *OWN_ACTS.values()) for word in act.told}
    assert told <= {*CAPACITIES, *CIRCLES, *TOLD_CIRCLES}


def test_every_chart_rests_on_articles_and_its_acts_on_more():
    assert [name for name, chart in CHARTS.items() if not set(chart.articles) <= set(ARTICLES)] == []
    assert [spec.name for spec in SPECS if not spec.articles] == []


@pytest.mark.parametrize("code", PERIODS)
def test_a_period_names_readings_that_are_written_down(code):
    assert set(PERIODS[code].readings) <= set(READINGS)


def test_every_article_is_tested_or_said_to_have_nothing_to_compute():
    tested = set(citations(Path(__file__).parent.parent))
    said = {number for entry in UNMODELLED for number in entry.articles}
    assert set(ARTICLES) - tested - said == set()
