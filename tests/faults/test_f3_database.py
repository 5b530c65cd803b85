"""F3: PostgreSQL is stopped at once (as by a power cut) in the middle of batches, and comes back."""

import random
import signal
import time

import pytest
from django.db import DatabaseError, connections

from spotcheck.docket.problems import ActNotPermitted
from tests.faults import world
from tests.faults.crew import wait_for
from tests.faults.figures import report
from tests.faults.hands import Clerk, sweepers

SHORT, FULL = 2, 20
RECOVERY_SECONDS = 30


def _cut(servers) -> float:
    """Stop the server without a checkpoint, start it again; return how long nobody could work."""
    server = servers.child("PostgreSQL")
    begun = time.monotonic()
    server.process.send_signal(signal.SIGQUIT)  # what pg_ctl stop -m immediate sends
    server.process.wait()
    connections.close_all()
    server.start()
    wait_for(_answers, RECOVERY_SECONDS)
    return time.monotonic() - begun


def _answers() -> bool:
    try:
        connections["default"].ensure_connection()
    except DatabaseError:
        return False
    return True


def _work_until(clerk: Clerk, end: float) -> None:
    while time.monotonic() < end:
        clerk.send_next()


@pytest.mark.parametrize("rounds", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_what_was_acknowledged_survives_and_nothing_happens_twice(own_servers, judge, rounds):
    servers = own_servers(dossiers=30 * rounds, durable=True)
    periods, clerk, longest = world.waiting(), Clerk(), 0.0
    with sweepers(2, servers.environment()) as said:
        for _ in range(rounds):
            before = world.fired()
            wait_for(lambda before=before: world.fired() > before)  # they are in the middle of it
            _work_until(clerk, time.monotonic() + random.uniform(0.1, 0.6))
            longest = max(longest, _cut(servers))
            _retry(clerk)
        wait_for(lambda: world.waiting() == 0, 120)
    verdict = judge(servers.urls.application)
    assert (verdict.broken, verdict.fired, clerk.lost()) == ([], periods, [])
    assert sum(each["cut"] for each in said) > 0
    report(
        "F3", stops=rounds, periods=periods, accepted=len(clerk.accepted), lost=0, doubled=0, longest=round(longest, 1)
    )


def _retry(clerk: Clerk) -> None:
    """Whoever got no answer sends again: it has happened already, or it happens now."""
    try:
        clerk.send(clerk.last)
    except ActNotPermitted as refusal:
        only_the_state = [reason.guard for reason in refusal.reasons] == ["state"]
        assert only_the_state, refusal  # noqa: PT017 -- both ends are right


def test_a_worker_that_marks_first_is_caught(own_servers, judge):
    servers = own_servers(dossiers=30, durable=True)
    with sweepers(2, servers.environment(), "--mutant", "mark_then_send"):
        for _ in range(2):
            before = world.waiting()
            wait_for(lambda before=before: world.waiting() < before)
            _cut(servers)
        wait_for(lambda: world.waiting() == 0, 120)
    assert judge(servers.urls.application).lost > 0
