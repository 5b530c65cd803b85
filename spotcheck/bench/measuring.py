"""Measuring: times taken in turns, and how they are told."""

import math
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import structlog

_MS: Final = 1000
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one thing, in milliseconds."""

    median: float
    p99: float
    number: int
    busy: float = 0.0
    """How long this process itself worked for it (median): on a busy machine the better judge."""

    @classmethod
    def of(cls, seconds: list[float], busy: Sequence[float] = ()) -> "Times":
        """Sum up what was measured."""
        ordered = sorted(seconds)
        last = ordered[math.ceil(len(ordered) * 0.99) - 1]
        worked = statistics.median(busy) * _MS if busy else 0.0
        return cls(statistics.median(ordered) * _MS, last * _MS, len(ordered), worked)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and the goal it has to meet (none: it is told for comparison)."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.value >= self.at_least if self.at_least is not None else None

    @property
    def goal(self) -> str:
        """The goal as one reads it."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""


@dataclass(slots=True)
class Result:
    """What one part of the benchmark found."""

    key: str
    title: str
    times: dict[str, Times] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "title": self.title,
            "times_ms": {
                name: {"median": _short(t.median), "p99": _short(t.p99), "number": t.number}
                for name, t in self.times.items()
            },
            "figures": {
                name: {"value": _short(f.value), "unit": f.unit, "goal": f.goal, "met": f.is_met, "what": f.what}
                for name, f in self.figures.items()
            },
        }

    def lines(self) -> Iterator[str]:
        """The result as a table for a reader."""
        yield f"{self.key}  {self.title}"
        if self.times:
            yield f"    {'':<46}{'median ms':>12}{'p99 ms':>12}{'runs':>8}"
        for name, t in self.times.items():
            yield f"    {name:<46}{t.median:>12.3f}{t.p99:>12.3f}{t.number:>8}"
        for figure in self.figures.values():
            mark = {True: "✓", False: "✗", None: " "}[figure.is_met]
            value = f"{figure.value:,.2f}" if figure.value < _MS else f"{figure.value:,.0f}"
            yield f"  {mark} {figure.what:<58}{value:>12} {figure.unit:<10}{figure.goal}"


def in_turns(calls: Mapping[str, Callable[[], object]], *, rounds: int, warm: int = 20) -> dict[str, Times]:
    """Measure all calls in turns (A B A B), so that a noisy neighbour disturbs all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    busy: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + min(warm, rounds)):
        for name, call in calls.items():
            worked = time.process_time()
            seconds = timed(call)
            if number >= min(warm, rounds):
                taken[name].append(seconds)
                busy[name].append(time.process_time() - worked)
    return {name: Times.of(seconds, busy[name]) for name, seconds in taken.items()}


def timed(call: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


@contextmanager
def quietly() -> Iterator[None]:
    """Without the log lines of what is measured."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50), cache_logger_on_first_use=False)
    try:
        yield
    finally:
        structlog.configure(**before)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
    return {"cores": os.cpu_count(), "memory_gib": round(int(memory) / 2**20), "load": round(os.getloadavg()[0], 1)}


def _short(value: float) -> float:
    return round(value, _DIGITS)
