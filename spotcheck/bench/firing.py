"""P3: letting many periods run out at one midnight, in batches and one by one (:mod:`.plain`)."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from spotcheck.bench.measuring import Figure, Result
from spotcheck.bench.plain import one_by_one
from spotcheck.bench.world import MIDNIGHT, Place
from spotcheck.docket import entries
from spotcheck.docket import sweep as sweeping
from spotcheck.docket.models import Deadline, Dossier, Entry, Message

TIMES_FASTER: Final = 20
BATCH: Final = 500
TURNS: Final = 5
SINGLE: Final = 60
"""So many are done one by one in each turn; the batches of the turn do all its other periods."""
VERIFIED: Final = 200

Keys = Sequence[int]


class Failed(Exception):
    """What was measured has not done what it should: its figures mean nothing."""


def fire(place: Place) -> Result:
    """Let everything that is due run out, in turns by both ways, and check what that has left behind."""
    with place.here():
        due = list(Deadline.objects.to_look_at(MIDNIGHT).values_list("pk", flat=True))
        random.Random(len(due)).shuffle(due)  # noqa: S311 -- an order, no secret
        result = Result("P3", f"{len(due):,} periods run out at one midnight")
        before = Entry.objects.count(), Message.objects.count()
        counted = min(BATCH, len(due) // 3)
        queries = _queries(one_by_one, due[:1]), _queries(in_batches, due[1 : counted + 1])
        singly, batched = _rates(due[counted + 1 :])
        written = Entry.objects.count() - before[0], Message.objects.count() - before[1]
        _check()
    result.figures = {
        "batches_per_second": Figure("in batches of 500", statistics.median(batched), "a second"),
        "one_by_one_per_second": Figure(
            "one by one with the ORM, a transaction each", statistics.median(singly), "a second"
        ),
        "ratio": Figure(
            "in batches : one by one",
            statistics.median(many / few for many, few in zip(batched, singly, strict=True)),
            "times",
            at_least=TIMES_FASTER,
        ),
        "queries_singly": Figure("statements for one", queries[0]),
        "queries_batched": Figure(f"statements for a batch of {counted}", queries[1]),
        "entries": Figure("entries chained", written[0]),
        "messages": Figure("messages written", written[1]),
    }
    return result


def in_batches(keys: Keys) -> None:
    """The sweep's way."""
    report = sweeping.Report()
    for first in range(0, len(keys), BATCH):
        sweeping.handle(list(keys[first : first + BATCH]), MIDNIGHT, report)
    if report.lapsed != len(keys):
        raise Failed(f"{report.lapsed} of {len(keys)} periods have lapsed")


def _rates(due: Keys) -> tuple[list[float], list[float]]:
    """How many a second, one by one and in batches, in each turn."""
    singly, batched = [], []
    share = len(due) // TURNS
    single = min(SINGLE, share // 4)
    for turn in range(TURNS):
        mine = due[turn * share : (turn + 1) * share] if turn < TURNS - 1 else due[turn * share :]
        singly.append(_rate(one_by_one, mine[:single]))
        batched.append(_rate(in_batches, sorted(mine[single:])))
    return singly, batched


def _rate(way: Callable[[Keys], None], keys: Keys) -> float:
    begun = time.perf_counter()
    way(keys)
    return len(keys) / (time.perf_counter() - begun)


def _queries(way: Callable[[Keys], None], keys: Keys) -> int:
    """How many statements these periods take, the beginning and end of the transaction among them."""
    with CaptureQueriesContext(connection) as captured:
        way(keys)
    return len(captured)


def _check() -> None:
    """Refuse figures of a run that has left something undone or broken."""
    if left := Deadline.objects.to_look_at(MIDNIGHT).count():
        raise Failed(f"{left} periods have not lapsed")
    for dossier in Dossier.objects.filter(deadlines__status=Deadline.Status.LAPSED).order_by("?")[:VERIFIED]:
        if broken := list(entries.verify(dossier)):
            raise Failed(f"the chain of a dossier is broken: {broken[0]}")
