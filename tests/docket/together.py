"""Doing things at the same time, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connections

from spotcheck.docket import clock


def together(day: date, *calls: Callable[[], Any]) -> list[Any]:
    """Start all calls at once on this day; return what each returned or raised, in order."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            with clock.simulated(day):
                barrier.wait(timeout=30)
                results[place] = call()
        except Exception as error:  # noqa: BLE001 -- the test looks at what each of them raised
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results
