"""The chart test: what django-fsm really knows is what machines.json says, nothing less and nothing more."""

from typing import Any

import pytest
from django_fsm import RETURN_VALUE

from spotcheck.docket.flow import ABSENT, MATTERS, ActSpec
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.periods import PERIODS
from tests.law.machines import CHART_NAMES, EXTRA_ACTS, Transition, machine, machines, transitions


def kind_of(spec: ActSpec) -> str:
    """Whether somebody does it, or it follows, or both."""
    if "system" not in spec.actors:
        return "act"
    return "both" if spec.is_act else "consequence"


def from_spec(spec: ActSpec) -> Transition:
    """What our declaration says."""
    return Transition(
        code=spec.code,
        name=spec.name,
        kind=kind_of(spec),
        source=frozenset(spec.source),
        target=frozenset(spec.target),
        actors=spec.actors,
        recorded_by=spec.recorded_by,
        guards=frozenset(need.name for need in spec.needs) | ({"by_whom"} if spec.is_act else set()),
        articles=spec.articles,
        opens=frozenset(spec.opens),
        closes=frozenset(spec.closes),
        counts=frozenset(spec.counts),
        forms=spec.forms,
    )


def in_the_machine(chart: str) -> dict[str, dict[str, Any]]:
    """What django-fsm itself carries out: sources, targets, conditions and permission of every transition."""
    found: dict[str, dict[str, Any]] = {}
    matter = MATTERS[chart]()
    for row in matter.get_all_state_transitions():
        target = row.target.allowed_states if isinstance(row.target, RETURN_VALUE) else [row.target]
        known = found.setdefault(
            f"{chart}.{row.name.rstrip('_')}",
            {
                "code": row.custom["code"],
                "articles": row.custom["articles"],
                "target": set(target),
                "conditions": [need.name for need in row.conditions],
                "permission": row.permission,
                "source": set(),
            },
        )
        known["source"].add(row.source)
    return found


def test_there_are_the_seventeen_charts_and_no_other():
    assert set(MATTERS) == set(CHART_NAMES)


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_a_declared_chart_is_that_of_the_regulation(chart):
    declared = {spec.name: from_spec(spec) for spec in MATTERS[chart].specs()}
    wanted = transitions(chart)
    assert set(declared) == set(wanted) | {name for name in EXTRA_ACTS if name.startswith(f"{chart}.")}
    assert [line for name, want in wanted.items() for line in want.differences(declared[name])] == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_django_fsm_carries_out_what_is_declared(chart):
    machine_ = in_the_machine(chart)
    specs = {spec.name: spec for spec in MATTERS[chart].specs()}
    assert set(machine_) == set(specs)
    for name, real in machine_.items():
        spec = specs[name]
        assert (real["code"], real["articles"]) == (spec.code, list(spec.articles))
        assert real["source"] == set(spec.source), name
        assert real["target"] == (set(spec.target) or {None}), name
        assert real["conditions"] == [need.name for need in spec.requirements], name


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_transition_says_who_may_do_it(chart):
    # Without a permission django-fsm would let everybody do it.
    assert [name for name, real in in_the_machine(chart).items() if not callable(real["permission"])] == []
    assert [spec.name for spec in MATTERS[chart].specs() if not spec.actors] == []


@pytest.mark.parametrize("name", EXTRA_ACTS)
def test_the_two_further_acts_change_no_state(name):
    chart, method = name.split(".")
    spec, wanted = MATTERS[chart].spec_of(method), EXTRA_ACTS[name]
    assert spec.target == ()
    assert spec.actors == tuple(wanted["actors"])
    assert spec.recorded_by == tuple(wanted.get("recorded_by") or ())
    assert spec.articles == tuple(wanted["articles"])
    assert {"by_whom", *(need.name for need in spec.needs)} == set(wanted["guards"])
    assert (spec.opens, spec.closes, spec.counts, spec.forms) == ((), (), (), ())


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_state_can_be_reached_and_only_terminal_ones_are_a_dead_end(chart):
    specs = MATTERS[chart].specs()
    begins = {CHARTS[chart].initial} | {state for spec in specs if spec.creates for state in spec.target}
    reached, left = set(begins), {source for spec in specs for source in spec.source}
    for _ in CHARTS[chart].states:
        reached |= {goal for spec in specs if reached & set(spec.source) for goal in spec.target}
    assert reached == set(CHARTS[chart].states)
    assert left <= set(CHARTS[chart].states) | {ABSENT}
    dead_ends = set(CHARTS[chart].states) - {s for spec in specs if spec.target for s in spec.source}
    dead_ends -= {"none"}  # a ban that does not exist: the name of absence on this chart
    assert dead_ends <= set(machine(chart)["terminal"])


def test_every_act_with_words_has_a_transition_and_vice_versa():
    assert set(ACTS) == {spec.name for model in MATTERS.values() for spec in model.specs()}


def test_our_own_acts_have_words_and_leave_their_matter_where_it_stands():
    own = [spec for model in MATTERS.values() for spec in model.own_specs()]
    assert {spec.name for spec in own} == {name for name in OWN_ACTS if not name.startswith("docket.")}
    assert [spec.name for spec in own if spec.target or spec.opens or spec.closes or spec.forms] == []
    assert {spec.name for spec in own} & set(ACTS) == set()


def test_codes_of_acts_are_the_same_in_words_and_charts():
    specs = [spec for model in MATTERS.values() for spec in model.specs()]
    assert {spec.name: spec.code for spec in specs} == {name: words.code for name, words in ACTS.items()}


def test_the_periods_are_those_of_the_regulation():
    wanted = {
        row["code"]: (
            tuple(row["articles"]),
            row["length"],
            row["unit"],
            row["running"],
            row["duty"],
            set(row["actors"]),
        )
        for row in machines()["deadlines"]
    }
    found = {
        code: (period.articles, period.length, period.unit.value, period.running, period.duty, set(period.actors))
        for code, period in PERIODS.items()
    }
    assert found == wanted
