"""P1 and P2: what a sweep costs that has nothing to do, however much is stored and however much has been fired."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, Final

import psycopg
from django.db import connection

from spotcheck.bench.measuring import Figure, Result, in_turns, timed
from spotcheck.bench.world import MIDNIGHT, Place
from spotcheck.docket import sweep as sweeping
from spotcheck.docket.models import Beat, Deadline

EVE: Final = date.fromordinal(MIDNIGHT.toordinal() - 1)
"""The day before: everything runs and nothing is due."""
ROUNDS: Final = 600
FEWER: Final = 100
OF_A_PROBE: Final = 2.0
OF_THE_SMALL: Final = 2.0
MOST_MS: Final = 5.0


def empty(small: Place, large: Place) -> Result:
    """P1: nothing is due, with few and with many periods that run."""
    few, many = small.count(), large.count()
    result = Result("P1", f"an empty sweep, {few:,} and {many:,} periods running")
    for place in (small, large):
        with place.here():
            assert sweeping.sweep(EVE).lapsed == 0
    finished = {f"the day is done, {n:,} running": _in(p, partial(sweeping.sweep, EVE)) for n, p in _both(small, large)}
    look = {f"the look itself, {n:,} running": _in(p, _look) for n, p in _both(small, large)}
    woken = {f"a whole wake-up, {n:,} running": _in(p, _wake) for n, p in _both(small, large)}
    first = {
        f"first sweep of a day, {n:,} running": _in(p, partial(sweeping.sweep, EVE, thorough=True))
        for n, p in _both(small, large)
    }
    result.times = in_turns({"SELECT 1": _in(large, _probe)} | finished | look, rounds=ROUNDS)
    result.times |= in_turns(woken | first, rounds=FEWER)
    probe = result.times["SELECT 1"].median
    for name, said, calls, limit in (
        ("done", "a day that is done", finished, OF_A_PROBE),
        ("look", "the look itself", look, OF_A_PROBE),
        ("wake", "a whole wake-up", woken, None),
        ("first", "the first sweep of a day", first, None),
    ):
        less, more = (result.times[call].median for call in calls)
        if limit:
            result.figures[f"{name}_to_probe"] = Figure(f"{said}, many running : SELECT 1", more / probe, at_most=limit)
        result.figures[f"{name}_many_to_few"] = Figure(f"{said}, many : few", more / less, at_most=OF_THE_SMALL)
    return result


def after_firing(place: Place) -> Result:
    """P2: the same when an old snapshot keeps everything that was fired from being cleared away."""
    fired = place.count(Deadline.Status.LAPSED)
    result = Result("P2", f"an empty sweep after {fired:,} firings, an old snapshot being open")
    with place.here(), _one_left_over(place):
        Beat.objects.filter(name=sweeping.NAME).update(detail={})
        seconds = timed(partial(sweeping.sweep, MIDNIGHT))
        left = Beat.objects.get(name=sweeping.NAME).detail["left"]
        assert len(left) == 1
        again = partial(sweeping.sweep, MIDNIGHT)
        result.times = in_turns(
            {"one left over: tried again": again, "the whole index, dead rows and all": _walk}, rounds=FEWER
        )
    with place.here():
        sweeping.sweep(MIDNIGHT)
        assert Beat.objects.get(name=sweeping.NAME).detail["left"] == []
        done = partial(sweeping.sweep, MIDNIGHT)
        result.times |= in_turns({"SELECT 1": _probe, "the day is done": done}, rounds=ROUNDS)
    result.figures = {
        "p99_ms": Figure("the day is done: p99", result.times["the day is done"].p99, "ms", at_most=MOST_MS),
        "to_probe": Figure(
            "the day is done : SELECT 1",
            result.times["the day is done"].median / result.times["SELECT 1"].median,
            at_most=OF_A_PROBE,
        ),
        "left_over_ms": Figure(
            "one left over, tried again: median", result.times["one left over: tried again"].median, "ms"
        ),
        "walk_ms": Figure(
            "walking over everything that was fired: median",
            result.times["the whole index, dead rows and all"].median,
            "ms",
        ),
        "first_ms": Figure("once: the sweep that finds out what is left", seconds * 1000, "ms"),
    }
    return result


@contextmanager
def old_snapshot(place: Place) -> Iterator[None]:
    """Hold a snapshot open, as a backup or a long report does."""
    with psycopg.connect(place.url) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        reader.execute("SELECT count(*) FROM docket_beat")
        yield


@contextmanager
def _one_left_over(place: Place) -> Iterator[None]:
    """Let one more period be due, in a dossier that somebody works in; then it is put off again."""
    deadline = Deadline.objects.running().filter(wake_on__gt=MIDNIGHT).order_by("-pk").first()
    assert deadline is not None
    before = deadline.wake_on
    Deadline.objects.filter(pk=deadline.pk).update(wake_on=MIDNIGHT)
    with psycopg.connect(place.url) as clerk:
        clerk.execute("SELECT FROM docket_dossier WHERE id = %s FOR UPDATE", [deadline.dossier_id])
        yield
    Deadline.objects.filter(pk=deadline.pk).update(wake_on=before)


def _both(small: Place, large: Place) -> list[tuple[int, Place]]:
    return [(small.count(), small), (large.count(), large)]


def _in(place: Place, call: Callable[[], object]) -> Callable[[], object]:
    def there() -> Any:
        with place.here():
            return call()

    return there


def _probe() -> None:
    """One round trip in autocommit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()


def _wake() -> None:
    """What the task does every minute: the sweep, and the sign that it was here, which is committed."""
    sweeping.sweep(EVE)
    sweeping.note_alive()


def _walk() -> None:
    """Look for what is due at midnight: everything that was fired stands in the way."""
    assert next(sweeping.all_due(MIDNIGHT, 500))


def _look() -> None:
    """Look for what is due, from the beginning of the index."""
    assert next(sweeping.all_due(EVE, 500), None) is None
