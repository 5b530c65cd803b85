"""F4: Redis is away for a while. Periods come late by as much; the docket goes on working."""

import time

import pytest

from tests.faults import world
from tests.faults.crew import Crew, crew, wait_for
from tests.faults.figures import report
from tests.faults.hands import Clerk
from tests.pace import stretched

SHORT_SECONDS, FULL_SECONDS = 3, 180
CAUGHT_UP_WITHIN = 60
DUE = 12


@pytest.mark.parametrize("away", [SHORT_SECONDS, pytest.param(FULL_SECONDS, marks=pytest.mark.long)])
def test_without_redis_acts_go_on_and_afterwards_everything_is_made_up(own_servers, judge, tmp_path, away):
    servers = own_servers(dossiers=20)
    world.put_to_sleep()
    redis, clerk = servers.child("Valkey"), Clerk()
    with crew(servers.environment(SPOTCHECK_QUICK_BEAT="1"), tmp_path) as hands:
        hands.hire()
        hands.start_beat()
        world.wake(DUE)
        hands.until_done()
        redis.stop()
        world.wake(DUE)
        clerk.keep_away()
        end = time.monotonic() + away
        while time.monotonic() < end and clerk.waiting:
            clerk.send_next()  # an officer notices nothing
        wait_for(lambda: time.monotonic() > end, away + 5)
        assert clerk.lost() == []
        # what waits now is not counted: a sweep may have been in hand when the line broke
        redis.start()
        begun = time.monotonic()
        wait_for(lambda: _all_done(hands), stretched(CAUGHT_UP_WITHIN))
        late = time.monotonic() - begun
    verdict = judge(servers.urls.application)
    assert (verdict.broken, verdict.fired) == ([], 2 * DUE)
    done = {"accepted": len(clerk.accepted), "periods": 2 * DUE, "revived": hands.revived}
    report("F4", away=away, lost=0, doubled=0, caught_up=round(late, 1), **done)


def _all_done(hands: Crew) -> bool:
    hands.revive()
    world.a_new_day()
    return world.waiting() == 0
