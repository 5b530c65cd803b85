"""Two credentials of one laboratory at the same moment, each on a line of its own."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from spotcheck.docket import clock
from spotcheck.docket.models import Entry
from spotcheck.inspection.models import ItemResult
from tests.api.conftest import TODAY, Program, peopled, program_of
from tests.laboratories.conftest import BY, GOOD, Bench, underway

pytestmark = pytest.mark.slow


@pytest.fixture
def both(committed_db: str, media: Any) -> tuple[Bench, list[Program]]:
    """A sample that is tested, and two programs of the laboratory."""
    with clock.simulated(TODAY):
        world = peopled()
        bench = underway(world, program_of(world, "lab")).testing()
        return bench, [bench.lims, program_of(world, "lab", label="LIMS 2")]


def _at_once(programs: list[Program], ask: Callable[[Program, int], Any]) -> list[Any]:
    """What both are answered that ask at one moment."""
    answers: list[Any] = [None] * len(programs)
    together = threading.Barrier(len(programs))

    def run(place: int, program: Program) -> None:
        try:
            with clock.simulated(TODAY):
                together.wait(30)
                answers[place] = ask(program, place)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(programs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_of_two_that_replace_the_same_one_does(both: tuple[Bench, list[Program]]) -> None:
    """The tag is compared under the lock: whoever comes second has not read what he would replace."""
    bench, programs = both
    for number in range(8):
        with clock.simulated(TODAY):
            tag = bench.lims.get(bench.path("results")).headers["ETag"]

        def replace(program: Program, place: int, tag: str = tag, number: int = number) -> Any:
            said = GOOD[0] | {"value": f"7.{number}{place + 1}", "reason": "复核后更正记录"}
            return program.put(bench.path("results"), BY | {"results": [said]}, **{"If-Match": tag})

        answers = _at_once(programs, replace)
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        assert ItemResult.objects.filter(dossier=bench.dossier, number="1").count() == number + 1


def test_one_key_is_one_intent_whichever_credential_sends_it(both: tuple[Bench, list[Program]]) -> None:
    bench, programs = both
    for number in range(8):
        key, body = str(uuid4()), BY | {"unit": "T", "kind": "moved", "place": f"{number}号架"}
        headers = {"Idempotency-Key": key}
        answers = _at_once(programs, lambda program, _, body=body, headers=headers: program.post(bench.path("custody"), body, **headers))  # fmt: skip
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].content == answers[1].content
        assert Entry.objects.filter(dossier=bench.dossier, act="custody.link").count() == number + 1
