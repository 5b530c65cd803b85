"""F2: real Celery and Redis; pool processes killed, Redis flushed and restarted, every sweep sent twice."""

import random
import signal
import time

import pytest

from tests.faults import world
from tests.faults.crew import Crew, crew, wait_for
from tests.faults.figures import report

SHORT, FULL = 10, 300
A_ROUND = 8
FLUSH_EVERY, RESTART_EVERY = 3, 5


def _disturb(hands: Crew, servers, number: int) -> dict[str, int]:
    """Wake the sweep twice, and break something while it works."""
    hands.send_sweep()
    time.sleep(random.uniform(0.0, 0.15))  # the fault comes at some moment
    killed = hands.kill_a_child() is not None
    if number % FLUSH_EVERY == 0:
        hands.flush()
    if number % RESTART_EVERY == 0:
        redis = servers.child("Valkey")
        redis.process.send_signal(signal.SIGKILL)
        redis.process.wait()
        redis.start()
        wait_for(hands.redis_answers)  # the next wake-up is ours, and has nobody to send it again
    return {"kills": killed, "flushes": number % FLUSH_EVERY == 0, "restarts": number % RESTART_EVERY == 0}


@pytest.mark.parametrize("rounds", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_whatever_happens_to_the_queue_every_period_fires_once(own_servers, judge, tmp_path, rounds):
    servers = own_servers(dossiers=-(-rounds * A_ROUND // 3))
    world.put_to_sleep()
    figures = {"kills": 0, "flushes": 0, "restarts": 0}
    with crew(servers.environment(), tmp_path) as hands:
        hands.hire()
        hands.hire()
        begun = time.monotonic()
        for number in range(1, rounds + 1):
            world.wake(A_ROUND)
            done = _disturb(hands, servers, number)
            figures = {name: figures[name] + done[name] for name in figures}
            hands.until_done()
        seconds = round(time.monotonic() - begun)
    verdict = judge(servers.urls.application)
    assert (verdict.broken, verdict.fired) == ([], rounds * A_ROUND)
    figures |= {"revived": hands.revived, "seconds": seconds}
    report("F2", rounds=rounds, periods=verdict.fired, lost=0, doubled=0, **figures)


def test_a_worker_that_marks_first_is_caught(own_servers, judge, tmp_path):
    servers = own_servers(dossiers=30)
    world.put_to_sleep()
    with crew(servers.environment(SPOTCHECK_MUTANT="mark_then_send"), tmp_path) as hands:
        hands.hire(concurrency=1)
        for _ in range(3):
            world.wake(A_ROUND)
            world.a_new_day()
            hands.send_sweep()
            wait_for(lambda: world.waiting() == 0)  # marked: from here to the act it can be lost
            hands.kill_a_child()
    verdict = judge(servers.urls.application)
    assert verdict.lost > 0
    report("F2 mark_then_send", lost=verdict.lost, doubled=verdict.doubled)


def test_timers_that_are_messages_are_lost_with_the_queue(own_servers, judge, tmp_path):
    servers = own_servers(dossiers=10)
    world.put_to_sleep()
    with crew(servers.environment(SPOTCHECK_MUTANT="timers_as_messages"), tmp_path) as hands:
        keys = world.wake(A_ROUND)
        hands.send_fire(keys)
        hands.flush()
        hands.hire()
        with pytest.raises(AssertionError, match="still wait"):
            hands.until_done(seconds=4)
    verdict = judge(servers.urls.application)
    assert verdict.lost == A_ROUND
    report("F2 timers as messages", sent=A_ROUND, lost=verdict.lost)
