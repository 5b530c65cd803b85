"""The exact matrix: for every actor word, chart and state the list of the acts it permits.

The table ``permitted_acts.csv`` is the reviewed answer; a line that is not there is an empty list. It is compared with
what the charts answer when they are asked, and, independently, with what follows from machines.json.
"""

from collections import defaultdict

import pytest

from spotcheck.docket.flow import ABSENT, MATTERS
from spotcheck.parties.actors import in_capacity
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.actors import CAPACITIES
from tests.law.machines import CHART_NAMES, EXTRA_ACTS, machine, rows

WORDS = [word for word in CAPACITIES if word != "system"]
TABLE = {(row["actor"], row["chart"], row["state"]): row["acts"].split() for row in rows("permitted_acts.csv")}


def answered(word: str, chart: str) -> dict[str, list[str]]:
    """What django-fsm permits to somebody in one capacity, state by state, guards apart."""
    actor, found = in_capacity(word), {}
    for state in (ABSENT, *CHARTS[chart].states):
        matter = MATTERS[chart](state=state)
        found[state] = [
            spec.method.rstrip("_")
            for spec in matter.specs()
            if getattr(matter, spec.method)._django_fsm.has_transition_perm(matter, state, actor)
        ]
    return found


def wanted(word: str, chart: str) -> dict[str, list[str]]:
    """What machines.json permits to it."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    data = machine(chart)
    order = [row["name"] for row in data["transitions"]]
    for row in data["transitions"]:
        if word in (*row["actors"], *(row.get("recorded_by") or ())):
            for state in row["source"] or [ABSENT]:
                found[state].append((order.index(row["name"]), row["name"]))
    for name, row in EXTRA_ACTS.items():
        if name.startswith(f"{chart}.") and word in (*row["actors"], *(row.get("recorded_by") or ())):
            for state in EXTRA_SOURCES[name]:
                found[state].append((len(order), name.split(".")[1]))
    return {state: sorted(name for _, name in found[state]) for state in (ABSENT, *CHARTS[chart].states)}


EXTRA_SOURCES = {
    "objection.record_decision_receipt": [
        state for state in CHARTS["objection"].states if state.startswith("concluded_")
    ],
    "ban.record_producer_proof": ["active"],
}
"""From which states the two further acts are possible: Form 8 exists; the ban is in force (sections 5 and 10)."""


def test_the_table_speaks_of_actors_charts_and_states_that_exist():
    known = {(word, chart, state) for word in WORDS for chart in CHARTS for state in (ABSENT, *CHARTS[chart].states)}
    assert set(TABLE) - known == set()
    assert [place for place, acts in TABLE.items() if not acts] == []


@pytest.mark.parametrize("chart", CHART_NAMES)
@pytest.mark.parametrize("word", WORDS)
def test_the_charts_permit_exactly_what_the_table_says(word, chart):
    table = {state: TABLE.get((word, chart, state), []) for state in (ABSENT, *CHARTS[chart].states)}
    assert answered(word, chart) == table


@pytest.mark.parametrize("chart", CHART_NAMES)
@pytest.mark.parametrize("word", WORDS)
def test_the_table_says_exactly_what_the_regulation_permits(word, chart):
    table = {state: sorted(TABLE.get((word, chart, state), [])) for state in (ABSENT, *CHARTS[chart].states)}
    assert table == wanted(word, chart)


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_nobody_without_a_capacity_may_do_anything(chart):
    assert [acts for acts in answered("passer_by", chart).values() if acts] == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_what_only_follows_is_nobodys_act(chart):
    followed = {row["name"] for row in machine(chart)["transitions"] if row["kind"] == "consequence"}
    permitted = {act for word in WORDS for acts in answered(word, chart).values() for act in acts}
    assert permitted & followed == set()
