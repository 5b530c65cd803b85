"""F5: no beat, two beats, a beat that hangs; and the alarm that says so."""

import json
import signal
import time

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.wiring.operating import health
from tests.faults import world
from tests.faults.crew import crew, wait_for
from tests.faults.figures import report

LATE = health.SILENT_AFTER_SECONDS + 1
"""Seconds without a sweep after which somebody has to look."""


def _silent_for(seconds: int) -> None:
    """As if the last sweep had been so long ago."""
    with clock.connection.cursor() as cursor:
        cursor.execute("UPDATE docket_beat SET at = clock_timestamp() - make_interval(secs => %s)", [seconds])


def _ready() -> tuple[int, dict]:
    answer = Client().get("/readyz")
    return answer.status_code, json.loads(answer.content)


def _last() -> object:
    return Beat.objects.get(name="sweep").at


def test_two_beats_at_once_fire_everything_once(own_servers, judge, tmp_path):
    servers = own_servers(dossiers=20)
    periods = world.waiting()
    with crew(servers.environment(SPOTCHECK_QUICK_BEAT="1"), tmp_path) as hands:
        hands.hire()
        hands.hire()
        hands.start_beat()
        hands.start_beat()
        wait_for(lambda: world.waiting() == 0)
    verdict = judge(servers.urls.application)
    assert (verdict.broken, verdict.fired) == ([], periods)
    report("F5 two beats", periods=periods, lost=0, doubled=0)


def test_a_beat_that_hangs_is_noticed_and_made_up_for(own_servers, judge, tmp_path):
    servers = own_servers(dossiers=10)
    world.put_to_sleep()
    with crew(servers.environment(SPOTCHECK_QUICK_BEAT="1"), tmp_path) as hands:
        hands.hire()
        beat = hands.start_beat()
        world.wake(5)
        wait_for(lambda: world.waiting() == 0)
        wait_for(lambda: _ready()[0] == 200)  # the sweep signs when all it found is done
        beat.process.send_signal(signal.SIGSTOP)
        hands.flush()  # what was on its way
        world.wake(5)
        seen = _quiet_since()
        assert world.waiting() == 5
        _silent_for(LATE)
        status, said = _ready()
        assert (status, said["sweep"]["ok"]) == (503, False)
        beat.process.send_signal(signal.SIGCONT)
        wait_for(lambda: world.waiting() == 0 and _last() > seen)
        wait_for(lambda: _ready()[0] == 200)
    assert judge(servers.urls.application).broken == []


def _quiet_since() -> object:
    """Wait until a whole second has passed without a sweep; return when the last one was."""
    last, since, end = _last(), time.monotonic(), time.monotonic() + 30
    while time.monotonic() - since < 1 and time.monotonic() < end:
        if _last() != last:
            last, since = _last(), time.monotonic()
        time.sleep(0.05)
    return last


def test_no_beat_at_all_is_red_after_five_minutes(committed_db):
    assert _ready()[0] == 503  # nobody has swept here yet
    Beat.objects.create(name="sweep", at=clock.now())
    assert _ready()[0] == 200
    _silent_for(LATE - 10)
    assert _ready()[0] == 200
    _silent_for(LATE)
    status, said = _ready()
    assert (status, said["sweep"]["ok"], said["database"]["ok"]) == (503, False, True)
    assert said["sweep"]["age_seconds"] >= LATE


def test_an_alarm_that_does_not_look_at_the_age_is_caught(committed_db, monkeypatch):
    monkeypatch.setattr(health, "SILENT_AFTER_SECONDS", 10**9)
    Beat.objects.create(name="sweep", at=clock.now())
    _silent_for(LATE)
    with pytest.raises(AssertionError):
        assert _ready()[0] == 503
