"""F6: two do the same at the same moment. One is done, the other is told why not; and every paper has one number."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from spotcheck.docket import acts, clock, consequences, execution, sessions
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.invariants import checking
from spotcheck.notices import numbering
from spotcheck.rehearsal.player import first_day
from spotcheck.rehearsal.scenario import acts_by_name, read
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.faults import mutants
from tests.faults.figures import report
from tests.faults.hands import Clerk
from tests.faults.racing import FILES, RECORDED_TWICE, Race, RacingPlayer, Stop, acts_in, few_files

SHORT, FULL = 2, 20
MOST_PASSES = 40
ACTS = {name for name, spec in acts_by_name().items() if spec.is_act}


@cache
def played() -> set[str]:
    """The acts that some file does; asked by the tests alone, since it reads them all."""
    return set().union(*map(acts_in, FILES))


@pytest.fixture
def fresh(committed_db, django_db_blocker):
    """Play files one after the other, each in a database of its own; all have to hold afterwards."""

    def play(path: Path, wants) -> tuple[list[Race], list[checking.Broken]]:
        with databases.using(databases.clone(addresses.name_of(committed_db))):
            scenario = read(path)
            player = RacingPlayer(scenario, wants)
            day, last = first_day(scenario), scenario.steps[-1].day
            try:
                while day <= last:
                    list(player.live(day))
                    day = player.next_day(day)
            except Stop:
                pass
            with clock.simulated(min(day, last)):
                return player.races, list(checking.check())

    return play


def test_every_act_is_done_in_some_file():
    assert sorted(ACTS - played()) == []


def _play_all(fresh, rounds: int) -> tuple[Counter[str], list[str]]:
    """Race every act against itself so many times."""
    raced: Counter[str] = Counter()
    complaints: list[str] = []

    def wants(spec: ActSpec, _state: str) -> ActSpec | None:
        if spec.name in played() and raced[spec.name] < rounds:
            raced[spec.name] += 1
            return spec
        return None

    for _ in range(MOST_PASSES):
        missing = {name for name in played() if raced[name] < rounds}
        for path in few_files(missing):
            races, broken = fresh(path, wants)
            complaints += [said for ended in races if (said := ended.complaint())]
            complaints += [f"{path.stem}: {row}" for row in broken]
        if not missing:
            break
    return raced, complaints


@pytest.mark.parametrize("rounds", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_of_two_at_once_one_is_done_and_the_other_is_told_why_not(fresh, rounds):
    raced, complaints = _play_all(fresh, rounds)
    assert complaints == []
    assert {name: number for name, number in raced.items() if number < rounds} == {}
    report("F6 itself", acts=len(raced), races=sum(raced.values()), both_recorded=len(RECORDED_TWICE), doubled=0)


@pytest.mark.long
def test_of_two_acts_from_one_state_at_once_the_outcome_is_that_of_one_after_the_other(fresh):
    pairs = {
        frozenset((one.name, other.name))
        for model in MATTERS.values()
        for one in model.specs()
        for other in model.specs()
        if one.name < other.name and one.is_act and other.is_act and set(one.source) & set(other.source)
    }
    met: set[frozenset[str]] = set()
    complaints: list[str] = []

    def wants(spec: ActSpec, state: str) -> ActSpec | None:
        for other in MATTERS[spec.name.split(".")[0]].specs():
            pair = frozenset((spec.name, other.name))
            if pair in pairs - met and state in other.source:
                met.add(pair)
                return other
        return None

    for path in FILES:
        for _ in range(len(pairs)):
            races, broken = fresh(path, wants)
            complaints += [said for ended in races if (said := ended.complaint())]
            complaints += [f"{path.stem} {races[-1:]}: {row}" for row in broken]
            if not races:
                break
    assert complaints == []
    missing = sorted(sorted(pair) for pair in pairs - met)
    report("F6 pairs", pairs=len(pairs), raced=len(met), doubled=0, not_met=missing)
    assert len(met) > len(pairs) / 2


@pytest.fixture
def mutable(monkeypatch):
    """What the mutants of this file take away, and get back."""
    for module in (acts, sessions, execution):
        monkeypatch.setattr(module, "hold", module.hold)
    monkeypatch.setattr(numbering, "_take", numbering._take)


def _race_one(fresh, name: str) -> tuple[list[Race], list[checking.Broken]]:
    left = [name]

    def wants(spec: ActSpec, _state: str) -> ActSpec | None:
        return spec if spec.name in left and (left.remove(spec.name) or True) else None

    return fresh(few_files({name})[0], wants)


def test_without_the_lock_the_other_is_not_told_but_thrown_out(fresh, mutable):
    mutants.acts_without_lock()
    races, _ = _race_one(fresh, "rectification.issue_order")
    assert [ended.complaint() is not None for ended in races] == [True]


@pytest.mark.parametrize("inside", [True, False])
def test_what_is_rolled_back_leaves_no_gap_in_the_numbers_unless_they_are_taken_outside(
    worlds, judge, mutable, monkeypatch, inside
):
    here = worlds()
    if not inside:
        mutants.number_outside()
    with databases.using(here.url):
        clerk = Clerk()
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):  # noqa: PT012 -- undone at once
            patch.setattr(consequences, "FOLLOWS_EVERY", [*consequences.FOLLOWS_EVERY, lambda _batch: 1 / 0])
            clerk.send_next()
        clerk.send(clerk.last)
    assert ("I8" in judge(here.url).by_invariant) is not inside


def test_without_lock_guard_and_unique_place_both_are_done(fresh, mutable, committed_db, monkeypatch):
    from django_fsm import ConcurrentTransitionMixin  # noqa: PLC0415

    monkeypatch.setattr(ConcurrentTransitionMixin, "_do_update", ConcurrentTransitionMixin._do_update)
    mutants.acts_without_lock()
    mutants.no_guard()
    clone = databases.clone

    def without_walls(name: str) -> str:
        url = clone(name)
        with databases.using(addresses.with_name(databases.owner_url(), name)), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE docket_entry DROP CONSTRAINT entry_sequence_once")
        return url

    monkeypatch.setattr(databases, "clone", without_walls)
    races, broken = _race_one(fresh, "rectification.issue_order")
    assert len(races[0].done) == 2 or races[0].broken
    assert {"I3", "I7"} <= {row.invariant for row in broken} or races[0].complaint()
