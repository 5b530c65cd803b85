"""Whole paths through the regulation, told by name: every file plays as it is told.

Together they do every transition of the charts, and every guard refuses every act that it can refuse.
"""

import json

import pytest

from spotcheck.docket.answers import askings, is_to_be_written
from spotcheck.docket.flow import MATTERS
from tests.journeys.conftest import FILES, HERE

MACHINES = json.loads((HERE.parent / "acceptance" / "machines.json").read_text(encoding="utf-8"))
TRANSITIONS = {
    f"{machine['name']}.{transition['name']}": transition
    for machine in MACHINES["machines"]
    for transition in machine["transitions"]
} | {act["name"]: act for act in MACHINES["extra_acts"]}

SECOND_LOCKS = {
    # When a conclusion falls every case of the sample is withdrawn with it: none is left which could be ordered.
    ("rectification.issue_order", "conclusion_stands"),
    ("rectification.supplement_order", "conclusion_stands"),
    # Nothing gets to the province but level by level: the state has refused before.
    ("announcement.announce", "level_by_level"),
    # A file draws its targets only where it starts with the plan, and there no channel is named: what is bought
    # online is drawn by the stage, and the order is refused instead.
    ("task.draw_targets", "within_article_23"),
}
"""Guards that no story can reach, because something else has refused already."""

NOT_PLAYED = {
    # A story says that the nominal producer is on record; by whom, only a form asks.
    ("sampling.pass_precheck", "nominal_producer"),
    # It stands in for the photographs, which are tried.
    ("sampling.record_obstruction", "no_media_reason"),
}
"""Needed facts that no story states."""


@pytest.mark.parametrize(
    "name", [name if name.startswith(("S", "L")) else pytest.param(name, marks=pytest.mark.slow) for name in FILES]
)
def test_plays_as_it_is_told(journeys, name):
    assert journeys[name].differences == []


@pytest.mark.slow
def test_every_transition_happens(journeys):
    entered = set().union(*(journeys[name].acts for name in FILES))
    assert sorted(set(TRANSITIONS) - entered) == []


@pytest.mark.slow
def test_every_guard_refuses_every_act_that_it_can_refuse(journeys):
    refused = set().union(*(journeys[name].refusals for name in FILES))
    can = {(name, guard) for name, spec in TRANSITIONS.items() for guard in spec["guards"]}
    assert can - refused == SECOND_LOCKS


@pytest.mark.slow
def test_an_act_without_a_fact_that_it_needs_is_refused_by_the_name_of_the_fact(journeys):
    """Of every act, and every fact that it cannot do without, whoever calls: with article and cure, nothing recorded."""
    for name in FILES:
        assert journeys[name].acts, name
    assert {fact: wrong for fact, wrong in journeys.passed_over.items() if wrong} == {}
    needed = {
        (spec.name, name)
        for model in MATTERS.values()
        for spec in model.specs()
        if spec.is_act
        for name, asking in askings(spec.facts).items()
        if asking.needed or asking.decisive or is_to_be_written(spec, name)
    }
    assert needed - set(journeys.passed_over) == NOT_PLAYED


@pytest.mark.slow
def test_every_act_is_refused_in_a_wrong_state(journeys):
    refused = set().union(*(journeys[name].refusals for name in FILES))
    out_of_turn = {name for name, guard in refused if guard == "state"}
    begins = {name for name, spec in TRANSITIONS.items() if not spec.get("source")}
    acts = {name for name, spec in TRANSITIONS.items() if spec["actors"] != ["system"]}
    assert sorted(acts - begins - out_of_turn) == []
