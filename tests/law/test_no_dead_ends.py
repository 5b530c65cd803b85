"""No matter is left in a state from which nothing lawful leads on: in the charts as they are declared, and in every
situation of every acceptance and journey file.
"""

from pathlib import Path
from typing import Any

import pytest

from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Entry
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.periods import PERIODS
from tests.journeys.conftest import FILES, scratch  # noqa: F401 -- a fixture
from tests.law.dead_ends import NEEDS_AN_EVENT, RESTS, WHEN, Ways
from tests.law.steps import OFTEN, States, play
from tests.law.views import Moment

ONLY_BY_ANOTHER = {
    "conclusion": "a conclusion changes only by what becomes of notices, objections, retests and of its report",
    ("rectification", "rechecking"): "its visit carries the case along",
    ("rectification", "reported_up"): "the announcement carries the case along",
    ("task", "targets_drawn"): "the first act in the field begins the field work",
    ("task", "field_work"): "the last target ends the testing",
    ("sample", "held_by_enterprise"): "the hand-over to a retest, or its disposal, takes it away",
    ("sample", "released_for_retest"): "the report of the retest",
    ("ban", "none"): "the name of absence on this chart",
}
"""States that no act of their own chart leaves, with what carries them on."""


class Walker:
    """Looks for dead ends wherever a file stands."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.states: States = set()
        self.seen: set[Any] = set()
        self.followed: set[str] = set()

    def look(self, day: Any, where: str) -> None:
        """Ask of every open matter in a situation that is new what leads on from it."""
        moment = Moment(day)
        ways = Ways(moment)
        self.followed |= set(Entry.objects.filter(actor__word="system").values_list("act", flat=True).distinct())
        for dossier in moment.dossiers:
            situation = moment.situation(dossier)
            if situation not in self.seen:
                self.seen.add(situation)
                self.faults += [f"{where}, {day}: {fault}" for fault in ways.dead_ends(dossier)]


WALKER = Walker()
WALKED: set[str] = set()


def leaves(spec: ActSpec, state: str) -> bool:
    return not spec.creates and state in spec.source and spec.target not in {(state,), ()}


@pytest.mark.parametrize("chart", CHARTS)
def test_from_every_state_that_is_not_final_an_act_or_a_lapse_leads_on(chart: str) -> None:
    lapses = {
        state
        for spec in MATTERS[chart].specs()
        for rule in spec.closes
        if PERIODS[rule].lapses
        for state in spec.source
    }
    stuck = []
    for state in CHARTS[chart].states:
        by_event = {*NEEDS_AN_EVENT, *WHEN}
        acts = [s for s in MATTERS[chart].specs() if leaves(s, state) and s.is_act and s.name not in by_event]
        known = {(chart, state), chart} & {*ONLY_BY_ANOTHER, *RESTS}
        if state not in CHARTS[chart].terminal and not acts and state not in lapses and not known:
            stuck.append(state)
    assert stuck == []


def test_what_is_said_of_acts_and_states_is_true() -> None:
    """Every exception names something that exists, and is one."""
    acts = {spec.name for model in MATTERS.values() for spec in model.specs() if spec.is_act}
    assert {*NEEDS_AN_EVENT, *WHEN} <= acts
    places = {(chart, state) for chart in CHARTS for state in CHARTS[chart].states}
    assert {place for place in ONLY_BY_ANOTHER if isinstance(place, tuple)} | set(RESTS) <= places
    assert not any(state in CHARTS[chart].terminal for chart, state in RESTS)


@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in FILES]
)
def test_something_lawful_leads_on_from_every_open_matter(name: str, scratch: None) -> None:  # noqa: F811
    before = len(WALKER.faults)
    path: Path = FILES[name]
    play(path, WALKER.look, WALKER.states)
    WALKED.add(name)
    assert WALKER.faults[before:] == []


@pytest.mark.long
def test_every_state_was_walked_through() -> None:
    """In real dossiers: the files together come through every state that is not final."""
    if set(FILES) != WALKED:
        pytest.skip("not every file was played")
    states = {
        (chart, state) for chart in CHARTS for state in CHARTS[chart].states if state not in CHARTS[chart].terminal
    }
    # the task of a file is opened by the act that sets its scheme: nobody looks between the two
    assert states - WALKER.states == {("ban", "none"), ("task", "draft")}


@pytest.mark.long
def test_what_leads_on_by_itself_really_happens() -> None:
    """Every consequence of a chart has followed in one of the files."""
    if set(FILES) != WALKED:
        pytest.skip("not every file was played")
    follow = {spec.name for model in MATTERS.values() for spec in model.specs() if "system" in spec.actors}
    assert follow - WALKER.followed == set()
