"""F1: a worker is killed with -9 while it fires. Nothing is lost and nothing doubled."""

import pytest

from tests.faults.figures import report

SHORT, FULL = 500, 10_000


@pytest.mark.parametrize("kills", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_no_kill_loses_or_doubles_anything(worlds, judge, kills):
    killed = fired = rounds = under_fire = 0
    seconds = 0.0
    while killed < kills:
        here = worlds()
        done = here.program("killing", "--kills", kills - killed, "--seed", rounds)
        verdict = judge(here.url)
        assert (verdict.broken, verdict.fired) == ([], here.periods)
        killed, rounds = killed + done["kills"], rounds + 1
        fired, seconds = fired + verdict.fired, seconds + done["seconds"]
        under_fire += done["under_fire"]
    assert under_fire > killed / 4  # the kills found somebody at work
    report(
        "F1",
        kills=killed,
        worlds=rounds,
        periods=fired,
        under_fire=under_fire,
        lost=0,
        doubled=0,
        seconds=round(seconds),
    )


def test_a_worker_that_marks_first_and_acts_later_is_caught(worlds, judge):
    here = worlds()
    done = here.program("killing", "--kills", 30, "--mutant", "mark_then_send")
    verdict = judge(here.url)
    assert verdict.lost > 0
    report("F1 mark_then_send", kills=done["kills"], lost=verdict.lost, doubled=verdict.doubled)


def test_workers_without_lock_and_guard_are_caught(worlds, judge):
    here = worlds()
    here.as_owner("ALTER TABLE docket_entry DROP CONSTRAINT entry_sequence_once")
    done = here.program("killing", "--kills", 10, "--mutant", "no_lock_no_guard")
    verdict = judge(here.url)
    assert verdict.doubled > 0
    assert {"I1", "I3", "I7"} <= set(verdict.by_invariant)
    report("F1 no lock", kills=done["kills"], lost=verdict.lost, doubled=verdict.doubled)


def test_without_the_lock_the_unique_place_in_the_chain_still_stands(worlds, judge):
    here = worlds()
    here.program("killing", "--kills", 10, "--mutant", "no_lock_no_guard")
    assert judge(here.url).doubled == 0
