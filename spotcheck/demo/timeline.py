"""Stories on a simulated clock: all that happens on one day happens before the next day begins.

A story is a generator. What it does after ``yield day`` it does on that day; between the days the sweep runs
and the outbox is emptied, as they do in the life of the real system. What it yields as :class:`Together` is done
at once with all stories that want the same on that day. ``at_close`` is called at the end of each day.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any, TypeAlias

from django.db.models import Min

from spotcheck.docket import clock, outbox
from spotcheck.docket.models import Deadline
from spotcheck.docket.sessions import session
from spotcheck.docket.sweep import sweep

Story: TypeAlias = Generator["date | Together", None, None]


@dataclass(frozen=True, slots=True)
class Together:
    """A step that many take on the same day: ``act`` gets all who take it at that moment."""

    act: Callable[..., None]
    who: Any


STEPS = 6
"""How many days a story counts for in the progress, however many it takes."""

_SWEEP_AT, _OPENS_AT, _CLOSES_AT = time(0, 1), 8 * 60 + 30, 18 * 60


class SweepFailed(RuntimeError):
    """A period could not lapse; the log says why."""


class Timeline:
    """The days from the first story to the last."""

    def __init__(
        self,
        until: date,
        noted: Callable[[int], None] = lambda steps: None,
        at_close: Callable[[], None] = lambda: None,
    ) -> None:
        self.until = until
        self._noted = noted
        self._at_close = at_close
        self._waiting: list[tuple[date, int, Story]] = []
        self._order = count()
        self._steps: dict[Story, int] = {}
        self._now = clock.now().astimezone(clock.SHANDONG)

    def add(self, story: Story, *, on: date | None = None) -> None:
        """Let a story begin: on this day, or on the first day it names."""
        heapq.heappush(self._waiting, (on or date.min, next(self._order), story))
        self._steps.setdefault(story, 0)

    def run(self) -> None:
        """Let the days pass until there is nothing left to tell, or the last day is over."""
        self._place_new()
        while self._waiting:
            day = self._next_day()
            if day > self.until:
                break
            self._pass(day)
        self._sweep(self.until)
        self._close(self.until)

    def _next_day(self) -> date:
        woken = Deadline.objects.running().aggregate(day=Min("wake_on"))["day"]
        story = self._waiting[0][0]
        return min(woken, story) if woken else story

    def _pass(self, day: date) -> None:
        self._sweep(day)
        minutes = _OPENS_AT
        while due := self._due(day):
            together: dict[Any, list[tuple[Any, Story]]] = defaultdict(list)
            for story in due:
                with self._at(day, minutes):
                    wanted = self._advance(story, day)
                if wanted is not None:
                    together[wanted.act].append((wanted.who, story))
                minutes += 1
            for act, group in together.items():
                with self._at(day, minutes), session():
                    act(*(who for who, _ in group))
                minutes += 1
                for _, story in group:
                    self.add(story, on=day)
        self._close(day)

    def _close(self, day: date) -> None:
        with self._at(day, _CLOSES_AT):
            self._at_close()
            outbox.deliver()

    def _due(self, day: date) -> list[Story]:
        """Take out the stories that go on by this day."""
        due = []
        while self._waiting and self._waiting[0][0] <= day:
            due.append(heapq.heappop(self._waiting)[2])
        return due

    def _sweep(self, day: date) -> None:
        with clock.simulated(day, _SWEEP_AT):
            report = sweep(day, thorough=True)  # the live sweep may have finished this very day already
        if report.failed:
            raise SweepFailed(f"{report.failed} on {day}")

    def _advance(self, story: Story, day: date) -> Together | None:
        """Let a story go on until it waits for a later day, or for others to take a step with it."""
        for wanted in story:
            if isinstance(wanted, Together):
                return wanted
            self._step(story)
            if wanted > day:
                self.add(story, on=wanted)
                return None
        self._noted(STEPS - min(self._steps.pop(story), STEPS))
        return None

    def _step(self, story: Story) -> None:
        self._steps[story] += 1
        if self._steps[story] <= STEPS:
            self._noted(1)

    def _place_new(self) -> None:
        """Ask the stories that have not begun for their first day."""
        new, self._waiting = self._waiting, []
        for day, order, story in new:
            first = day if day > date.min else next(story, None)
            if isinstance(first, date):
                heapq.heappush(self._waiting, (first, order, story))

    def _at(self, day: date, minutes: int) -> AbstractContextManager[None]:
        """The clock at so many minutes of a day, but not in the future of those who load the demo."""
        at = time(*divmod(min(minutes, _CLOSES_AT), 60))
        if day == self._now.date():
            at = min(at, self._now.time())
        return clock.simulated(day, at)
