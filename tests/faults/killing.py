"""Sweep in forked, Django-warm workers, two at once, and kill each with -9 at a random moment (fault F1).

``python -m tests.faults.killing --kills 500 [--mutant NAME]`` works on the database of DATABASE_URL until it has killed
so many or nothing is due any more, lets two workers finish at once, and prints its figures as one JSON object.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

import django

WORKERS = 2
BATCH = 2
"""So many periods are done at once, or none of them: several, and few, so that a kill costs little work done for nothing."""
SHORTEST = 0.005
LONGER = 1.05
"""When nobody has finished a batch between two kills, the next may live so much longer; otherwise so much shorter."""


@dataclass
class Figures:
    """What one run did; ``longest_life`` is the last one."""

    kills: int = 0
    finished: int = 0
    under_fire: int = 0
    """So many periods were done by workers that lived under the threat; the rest came after the last kill."""
    seconds: float = 0.0
    longest_life: float = 0.0


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--mutant")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    django.setup()
    from tests.faults import mutants  # noqa: PLC0415 -- app ready

    _warm()
    mutants.apply(options.mutant)
    random.seed(options.seed)
    sys.stdout.write(json.dumps(asdict(_run(options.kills))) + "\n")


def _warm() -> None:
    """Load here what every worker would load for itself (templates, calendars, models), so that a kill finds it at work.

    It is the work itself, taken back; nothing of it is open when we fork.
    """
    from django.db import connections, transaction  # noqa: PLC0415 -- slow import

    with transaction.atomic():
        _work(BATCH)
        transaction.set_rollback(True)
    connections.close_all()


def _run(kills: int) -> Figures:
    figures, begun = Figures(), time.monotonic()
    figures.longest_life = _typical_life()
    alive: dict[int, float] = {}
    with _watcher() as watcher:
        before = due = _due(watcher)
        while figures.kills < kills and due:
            while len(alive) < WORKERS:
                life = random.uniform(SHORTEST, figures.longest_life)
                alive[_fork()] = time.monotonic() + life
            _kill_next(alive, figures)
            was, due = due, _due(watcher)
            figures.longest_life *= LONGER if due == was else 1 / LONGER  # so every second kill finds a batch done
        while alive:
            _kill_next(alive, figures)
        figures.under_fire = before - _due(watcher)
    for pid in [_fork() for _ in range(WORKERS)]:  # what is left, undisturbed
        os.waitpid(pid, 0)
    figures.seconds = round(time.monotonic() - begun, 1)
    return figures


def _kill_next(alive: dict[int, float], figures: Figures) -> None:
    pid, end = min(alive.items(), key=lambda item: item[1])
    del alive[pid]
    time.sleep(max(0.0, end - time.monotonic()))  # the fault itself: so long it may live
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        figures.kills += 1
    else:
        figures.finished += 1


def _fork(*, most: int | None = None) -> int:
    """A worker that shares nothing with us but the loaded program."""
    pid = os.fork()
    if pid:
        return pid
    try:
        _work(most)
    finally:
        os._exit(0)


def _work(most: int | None) -> None:
    from spotcheck.docket import clock, sweep  # noqa: PLC0415 -- app ready
    from spotcheck.docket.models import Deadline  # noqa: PLC0415 -- app ready

    if most is not None:
        today = clock.today()
        keys = list(Deadline.objects.to_look_at(today).values_list("pk", flat=True)[:most])
        sweep.handle(keys, today, sweep.Report())
        return
    sweep.sweep(batch=BATCH)


def _typical_life() -> float:
    """How long a worker takes for a batch, from its birth on (the second one: the first warms the server)."""
    for _ in range(2):
        begun = time.monotonic()
        os.waitpid(_fork(most=BATCH), 0)
    return time.monotonic() - begun


def _watcher() -> Any:
    """A connection of our own: Django's must not exist when we fork."""
    import psycopg  # noqa: PLC0415 -- slow import

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _due(watcher: Any) -> int:
    found = watcher.execute(
        "SELECT count(*) FROM docket_deadline WHERE status = 'running' AND parked_at IS NULL"
        " AND wake_on <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date"
    )
    return int(found.fetchone()[0])


if __name__ == "__main__":
    main()
