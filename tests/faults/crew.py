"""Real Celery workers and beats of one test, and what can be done to them."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import redis
from kombu import Connection
from kombu.exceptions import OperationalError

from spotcheck.docket.tasks import sweep
from spotcheck.wiring.machine.launcher import worker
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.processes import Child, wait_until
from tests.faults import world
from tests.faults.celery_app import fire

PATIENCE = 180.0


class Crew:
    """Workers on servers of their own, and the queue to wake them."""

    def __init__(self, environment: dict[str, str], folder: Path, transport: dict[str, Any] | None = None) -> None:
        self.environment = environment
        self.folder = folder
        self.workers: list[Child] = []
        self.beats: list[Child] = []
        self.revived = 0
        options = {"socket_timeout": 5, **(transport or {})}
        self.broker = Connection(environment["REDIS_URL"], transport_options=options)

    def hire(self, concurrency: int = 2) -> Child:
        """Start a worker; it is ready when this returns."""
        name = f"worker-{len(self.workers) + 1}"
        options = worker(f"--concurrency={concurrency}", f"--hostname={name}@%h")
        child = self._child(
            name, ["tests.faults.celery_app" if o == "spotcheck.wiring.site.celery_app" else o for o in options]
        )
        self.workers.append(child)
        wait_until(lambda: b" ready." in child.log.read_bytes(), child)
        return child

    def start_beat(self) -> Child:
        """Start a beat that ticks several times a second."""
        name = f"beat-{len(self.beats) + 1}"
        schedule = self.folder / f"{name}.schedule"
        child = self._child(name, ["celery", "-A", "tests.faults.celery_app", "beat", f"--schedule={schedule}"])
        self.beats.append(child)
        return child

    def _child(self, name: str, module: list[str]) -> Child:
        environment = self.environment | {"PYTHONPATH": str(ROOT)}
        child = Child(name, [sys.executable, "-m", *module], self.folder / f"{name}.log", environment=environment)
        child.start()
        return child

    def revive(self) -> None:
        """Start again whoever has ended by himself, as the units do (``Restart=always``).

        Celery ends a worker whose line to Redis breaks in the middle of an acknowledgement (docs/reliability.md).
        """
        for child in (*self.workers, *self.beats):
            if child.has_ended():
                child.start()
                self.revived += 1

    def send_sweep(self) -> None:
        """Wake the sweep, twice: a redelivery, a second beat."""
        for _ in range(2):
            sweep.apply_async(connection=self.broker, retry=False)

    def send_fire(self, keys: list[int]) -> None:
        """Send one message for each period, as the mutant does that has no rows."""
        for key in keys:
            fire.apply_async((key,), connection=self.broker, retry=False)

    def kill_a_child(self) -> int | None:
        """Kill one process of a worker's pool with -9, if there is one; return its number."""
        pools = [pid for child in self.workers if child.process for pid in children_of(child.process.pid)]
        if not pools:
            return None
        victim = random.choice(pools)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        return victim

    def flush(self) -> None:
        """Empty Redis."""
        with redis.from_url(self.environment["REDIS_URL"]) as client:
            client.flushall()

    def redis_answers(self) -> bool:
        """Whether Redis takes commands (again)."""
        with redis.from_url(self.environment["REDIS_URL"]) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def until_done(self, seconds: float = PATIENCE) -> float:
        """Wake the sweep again and again, as beat does, until nothing is due; return how long it took."""
        begun = time.monotonic()
        woken = 0.0
        while world.waiting():
            if time.monotonic() - begun > seconds:
                logs = "\n".join(child.log.read_text(errors="replace")[-1500:] for child in self.workers)
                raise AssertionError(f"{world.waiting()} periods still wait after {seconds:.0f} s\n{logs}")
            self.revive()
            if time.monotonic() - woken > 0.5:
                world.a_new_day()
                with suppress(OperationalError):  # Redis is away
                    self.send_sweep()
                woken = time.monotonic()
            time.sleep(0.02)
        return time.monotonic() - begun

    def dismiss(self) -> None:
        """Stop everybody: each is asked first, so that they end side by side."""
        for child in (*self.beats, *self.workers):
            child.patience = 5
            if child.process:
                with suppress(ProcessLookupError):
                    child.process.send_signal(signal.SIGCONT)
            child.ask_to_stop()
        for child in (*self.beats, *self.workers):
            child.stop()
        self.broker.release()


@contextmanager
def crew(environment: dict[str, str], folder: Path, transport: dict[str, Any] | None = None) -> Iterator[Crew]:
    """Have a crew for the length of a block."""
    hands = Crew(environment, folder, transport)
    try:
        yield hands
    finally:
        hands.dismiss()


def children_of(pid: int) -> list[int]:
    """The processes that a process has begun."""
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
