"""F8: the clocks of the machines disagree. What is due is decided by the database's clock alone."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Deadline
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import databases
from tests.faults import world
from tests.faults.figures import report

TOMORROW = 5
"""How many periods are not due before tomorrow."""
A_DAY = 86400


def _sweep_with(shift: str, environment: dict[str, str], *options: str) -> dict:
    """Sweep once in a process whose own clock is wrong."""
    done = subprocess.run(
        ["faketime", "-f", shift, sys.executable, "-m", "tests.faults.sweeping", "--once", *options],
        env=environment | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def _leave_for_tomorrow(here) -> list[int]:
    """Let some windows end today, so that they are due tomorrow: the owner does, past what holds their days."""
    today = clock.today()
    keys = list(Deadline.objects.to_look_at(today).filter(rule="D35").values_list("pk", flat=True)[:TOMORROW])
    here.as_owner(
        "ALTER TABLE docket_deadline DISABLE TRIGGER USER;"
        f"UPDATE docket_deadline SET due_on = '{today}', latest = '{today}', wake_on = date '{today}' + 1"
        f" WHERE id IN ({', '.join(map(str, keys))});"
        "ALTER TABLE docket_deadline ENABLE TRIGGER USER"
    )
    return keys


def _still_running(keys: list[int]) -> int:
    return Deadline.objects.running().filter(pk__in=keys).count()


@pytest.mark.parametrize(
    "shift",
    ["+1d", "-1d", "+5m", pytest.param("+1h", marks=pytest.mark.long), pytest.param("-1h", marks=pytest.mark.long)],
)
def test_a_wrong_clock_fires_nothing_early_and_nothing_late(worlds, judge, shift):
    here = worlds(due=60)
    with databases.using(here.url):
        keys = _leave_for_tomorrow(here)
        said = _sweep_with(shift, here.environment())
        off = abs((datetime.fromisoformat(said["clock"]) - datetime.now(UTC)).total_seconds())
        assert off > 200  # the process really believed something else
        assert said["lapsed"] + said["noted"] == here.periods - TOMORROW
        assert (world.waiting(), _still_running(keys)) == (0, TOMORROW)
    broken = [row for row in judge(here.url).broken if "counted again" not in row.what]  # we moved the dates
    assert broken == []
    report("F8", shift=shift, periods=here.periods - TOMORROW, early=0, late=0)


def test_a_worker_that_trusts_its_own_clock_is_caught(worlds, judge):
    here = worlds(due=60)
    with databases.using(here.url):
        keys = _leave_for_tomorrow(here)
        _sweep_with("+2d", here.environment(), "--mutant", "own_clock")
        assert _still_running(keys) == 0
    # its entries say the wrong day themselves; what gives them away is that they lie in the future
    assert [row for row in judge(here.url).broken if row.what == "was recorded in the future"] != []
