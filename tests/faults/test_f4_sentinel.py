"""F4 on several machines: Redis dies, Sentinel puts its stand-in in its place, and everything is made up."""

import os
import secrets
import time
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.test import Client

from spotcheck.wiring.machine.binaries import valkey_program
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.processes import Child, unprivileged, wait_until
from spotcheck.wiring.operating import health
from tests.faults import world
from tests.faults.crew import crew
from tests.faults.figures import report

NAME = "spotcheck"


class Trio:
    """A Valkey, its stand-in and a Sentinel that watches both."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        home = folder / "programs-home"
        home.mkdir()
        self.program, self.folder = str(valkey_program(home, unprivileged())), folder
        self.password, self.environment = secrets.token_hex(8), environment
        self.first, self.second, self.watch = free_port(), free_port(), free_port()
        self.children: list[Child] = []

    def start(self) -> None:
        """Start all three; ready when the Sentinel knows the stand-in."""
        auth = ["--requirepass", self.password, "--masterauth", self.password, "--save", "", "--bind", "127.0.0.1"]
        self.primary = self._child("primary", ["--port", str(self.first), *auth])
        self._child("stand-in", ["--port", str(self.second), "--replicaof", "127.0.0.1", str(self.first), *auth])
        lines = (
            f"port {self.watch}",
            "bind 127.0.0.1",
            f"sentinel monitor {NAME} 127.0.0.1 {self.first} 1",
            f"sentinel auth-pass {NAME} {self.password}",
            f"sentinel down-after-milliseconds {NAME} 800",
            f"sentinel failover-timeout {NAME} 4000",
        )
        configuration = self.folder / "sentinel.conf"
        configuration.write_text("\n".join(lines) + "\n")
        watcher = self._child("sentinel", [str(configuration), "--sentinel"])
        wait_until(self._knows_both, watcher)

    def _child(self, name: str, options: list[str]) -> Child:
        folder = self.folder / name
        folder.mkdir()
        where = [] if name == "sentinel" else ["--dir", str(folder)]
        child = Child(name, [self.program, *options, *where], folder / "log", environment=self.environment)
        child.start()
        self.children.append(child)
        return child

    def _knows_both(self) -> bool:
        with redis.Redis(port=self.watch, socket_timeout=1, decode_responses=True) as sentinel:
            try:
                return len(sentinel.execute_command("SENTINEL", "REPLICAS", NAME)) == 1
            except redis.RedisError:
                return False

    @property
    def url(self) -> str:
        """The broker's address by way of the Sentinel."""
        return f"sentinel://:{self.password}@127.0.0.1:{self.watch}/0"


@pytest.fixture
def trio(tmp_path):
    (tmp_path / "trio").mkdir()
    made = Trio(tmp_path / "trio", dict(os.environ))
    made.start()
    yield made
    for child in made.children:
        child.stop()


def papers_answer() -> bool:
    """Whether the address on papers answers somebody whose questions are counted through Sentinels."""
    return Client().get("/p/ABCDEFGH").status_code == 404


def test_when_redis_dies_the_stand_in_carries_on(own_servers, judge, trio, tmp_path, settings):
    servers = own_servers(dossiers=10)
    world.put_to_sleep()
    options = {**django_settings.CELERY_BROKER_TRANSPORT_OPTIONS, "master_name": NAME}
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = trio.url, options
    assert health.broker_answers() is True
    assert papers_answer()
    more = {"REDIS_URL": trio.url, "SPOTCHECK_REDIS_MASTER": NAME, "SPOTCHECK_QUICK_BEAT": "1"}
    with crew(servers.environment(**more), tmp_path, transport=options) as hands:
        hands.hire()
        hands.start_beat()
        world.wake(5)
        hands.until_done()
        trio.primary.process.kill()
        trio.primary.process.wait()
        begun = time.monotonic()
        assert papers_answer()  # while nobody counts, and while the Sentinel has not decided yet
        world.wake(5)
        hands.until_done()
        late = time.monotonic() - begun
    assert health.broker_answers() is True
    assert papers_answer()
    verdict = judge(servers.urls.application)
    assert (verdict.broken, verdict.fired) == ([], 10)
    report("F4 Sentinel", periods=10, lost=0, doubled=0, caught_up=round(late, 1), revived=hands.revived)
