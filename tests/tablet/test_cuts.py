"""Every answer may be lost, and the server may die at every request: nothing is lost and nothing is done twice."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from spotcheck.casework import intake, replaying
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Evidence
from spotcheck.files.models import StoredFile
from spotcheck.sampling.models import FieldAct, FieldBatch, SampleUnit
from tests.desk.world import World
from tests.tablet.conftest import TODAY, Tablet
from tests.tablet.writing import Log

LOST, DIES = 0.85, 0.15
"""How often an answer is lost, and how often the server dies at a batch."""


class Line:
    """A line that loses answers: what was asked is done, and nobody hears of it; then it is asked again."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(seed)
        self.cuts = 0
        self.monkeypatch = monkeypatch

    def ask(self, what: Callable[[], Any]) -> Any:
        """Ask until an answer comes through."""
        while True:
            try:
                answer = what()
            except SystemExit:
                self.cuts += 1
                self.monkeypatch.undo()
                continue
            if self.chance.random() < LOST:
                self.cuts += 1
                continue
            return answer

    def batch(self, log: Log, batch: dict[str, Any]) -> Any:
        """Send a batch to a server that may die before it replays, or in the middle of an act."""
        where = self.chance.random()
        if where < DIES:
            self.monkeypatch.setattr(intake, "finish", _dies)
        elif where < 2 * DIES:
            self.monkeypatch.setattr(replaying, "do", _dies_after(replaying.do))
        answer = self.ask(lambda: log.put(batch))
        self.monkeypatch.undo()
        return answer


def _dies(*_args: Any) -> Any:
    raise SystemExit


def _dies_after(do: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **said: Any) -> Any:
        do(*args, **said)
        raise SystemExit

    return done


@pytest.mark.slow
@pytest.mark.parametrize("cuts", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_nothing_is_lost_and_nothing_is_done_twice(
    world: World, tablet: Tablet, cuts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(cuts, monkeypatch)
    numbers = [f"SD2024-{number:03d}" for number in range(1, 400)]
    logs: list[Log] = []
    answers: list[tuple[Log, dict[str, Any], Any]] = []
    while line.cuts < cuts:
        number = numbers[len(logs)]
        world.task(
            TODAY - timedelta(days=1), world.target(number, ("P", "sampled_producer", "cable"), product_model=number)
        )
        log = Log(tablet, number, [world.posts["sampler"].pk, world.posts["lina"].pk], pictures=100 * len(logs))
        logs.append(log.whole())
        for hashed, content in log.files.items():
            piece = line.ask(lambda content=content: tablet.piece(content, 0, content))
            assert piece.status_code == 204
            receipt = line.ask(lambda hashed=hashed: tablet.call("POST", f"/files/{hashed}/complete", {}))
            assert receipt.json()["sha256"] == hashed
        while log.sent < len(log.acts):
            last = min(len(log.acts), log.sent + line.chance.randint(1, 4))
            batch = log.batch(last=last)
            answer = line.batch(log, batch)
            assert answer.status_code in {200, 201}, answer.content
            log.sent = last
            answers.append((log, batch, answer.json()))
    assert line.cuts >= cuts
    assert intake.finish_left(clock.later(clock.now(), 3600)) == 0
    written = {act["id"]: act for log in logs for act in log.acts}
    assert {str(act.pk): act.body for act in FieldAct.objects.all()} == written
    assert not FieldAct.objects.exclude(outcome__in=("done", "noted")).exists()
    assert FieldBatch.objects.count() == len(answers)
    dossiers = Dossier.objects.filter(number__in=[log.visit for log in logs])
    acts = Counter(Entry.objects.filter(dossier__in=dossiers).values_list("dossier__number", "act"))
    done = {"sampling.present_notice", "sampling.pass_precheck", "sampling.complete_sampling"}
    assert {count for (_number, act), count in acts.items() if act in done} == {1}
    assert SampleUnit.objects.filter(dossier__in=dossiers).count() == 2 * len(logs)
    hashes = {hashlib.sha256(content).hexdigest() for log in logs for content in log.files.values()}
    assert set(StoredFile.objects.filter(pk__in=hashes).values_list("pk", flat=True)) == hashes
    assert set(Evidence.objects.filter(dossier__in=dossiers).values_list("stored", flat=True)) == hashes
    for log, batch, answer in answers:
        assert log.put(batch).json() == answer
