"""Two requests under one key at once, on connections of their own: the thing is done once, and both are told the same."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from spotcheck.api import kept
from spotcheck.api.kept import Answer
from spotcheck.api.models import KeptAnswer
from spotcheck.api.problems import Problem
from spotcheck.docket.sessions import session

SCOPE = "office:1"


def _in_threads(number: int, what: Any) -> list[Any]:
    """What several threads answer, each on a connection of its own."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(what())
        except Problem as problem:
            found.append(problem.kind)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.mark.slow
def test_of_many_at_once_one_does_it(committed_db: str) -> None:
    done: list[int] = []
    key = str(uuid4())

    def ask() -> str:
        def make() -> Answer:
            done.append(1)
            return Answer('{"done":1}', status=201)

        with session():
            return kept.once(SCOPE, key, "same", make).body

    answers = _in_threads(6, ask)
    assert answers == ['{"done":1}'] * 6
    assert (len(done), KeptAnswer.objects.filter(key=key).count()) == (1, 1)


@pytest.mark.slow
def test_whoever_waits_too_long_is_told_that_it_is_being_done(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And may repeat it: nothing has been done twice, nothing was refused for good."""
    monkeypatch.setattr(kept, "_WAIT", "200ms")
    key = str(uuid4())

    def ask() -> str:
        with session():
            return kept.once(SCOPE, key, "same", lambda: Answer("{}")).body

    with transaction.atomic():
        kept._lock(SCOPE, key)
        assert _in_threads(1, ask) == ["in-progress"]
    assert _in_threads(1, ask) == ["{}"]


@pytest.mark.slow
def test_what_is_not_committed_is_not_kept(committed_db: str) -> None:
    """The answer stands in the transaction of what was done: both or neither."""
    key = str(uuid4())

    def breaks() -> None:
        with session():
            kept.once(SCOPE, key, "same", lambda: Answer("{}"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert not KeptAnswer.objects.filter(key=key).exists()
    with session():
        assert not kept.once(SCOPE, key, "same", lambda: Answer("{}")).is_replayed
        assert connection.in_atomic_block
