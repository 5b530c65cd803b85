"""Every file of the acceptance and of the journeys, stopped step by step, so that everything can be looked at.

A file stops at the end of every step and of every day that is lived, and wherever a matter has come to a state that was
not looked at before.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from spotcheck.docket import clock
from spotcheck.docket.models import Track
from spotcheck.docket.sessions import session
from spotcheck.rehearsal import stages
from spotcheck.rehearsal.player import Player
from spotcheck.rehearsal.scenario import Scenario, read
from spotcheck.rehearsal.world import first_day

Look = Callable[[date, str], None]
"""Looks at the database on a day, as it is then; the text says where in the file."""
States = set[tuple[str, str]]
"""Charts with their states that were looked at."""


def play(path: Path, look: Look, states: States) -> None:
    """Play one file, look wherever it stops, and leave nothing behind."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        _Stops(read(path), look, states, patch).play()
        transaction.set_rollback(True)


def _call(player: Player, own: Callable[..., Any], *given: Any) -> Any:
    return own(player, *given)


class _Stops:
    """A player that stops."""

    def __init__(self, scenario: Scenario, look: Look, states: States, patch: pytest.MonkeyPatch) -> None:
        self.scenario, self.see, self.states = scenario, look, states
        self.number, self.tries = 0, False
        self.acting, self.refusing, self.stepping = Player.attempt, Player.refuse, Player.step
        self.performing = stages.perform
        for name, own in (("attempt", self.attempt), ("refuse", self.refuse), ("step", self.step)):
            patch.setattr(Player, name, partialmethod(_call, own))
        patch.setattr(stages, "perform", self.perform)

    def play(self) -> None:
        player = Player(self.scenario)
        day = first_day(self.scenario)
        last = self.scenario.steps[-1].day if self.scenario.steps else day
        while day <= last:
            list(player.live(day))
            self.look(day, "at the end of the day")
            day = player.next_day(day)

    def look(self, day: date, where: str) -> None:
        with clock.simulated(day), session():
            self.states |= set(Track.objects.values_list("chart", "state").distinct())
            self.see(day, f"step {self.number}, {where}")

    def look_at_what_is_new(self, day: date, where: str) -> None:
        if set(Track.objects.values_list("chart", "state").distinct()) - self.states:
            self.look(day, where)

    def attempt(self, player: Player, line: Any, day: date) -> Any:
        refusal = self.acting(player, line, day)
        if refusal is None and not self.tries:
            self.look_at_what_is_new(day, f"after {line.spec.name}")
        return refusal

    def refuse(self, player: Player, line: Any, step: Any) -> Iterator[Any]:
        self.tries = True
        yield from self.refusing(player, line, step)
        self.tries = False

    def step(self, player: Player, step: Any) -> Iterator[Any]:
        self.number = step.number
        yield from self.stepping(player, step)
        self.look(step.day, "at its end")

    def perform(self, act: Any, **how: Any) -> Any:
        entry = self.performing(act, **how)
        self.look_at_what_is_new(how["on"], f"after {act.spec.name}, which is given")
        return entry


OFTEN = ("L07", "S06", "S27", "S57", "S72")
"""The files that are walked through in every run; all others take minutes and are for the long one."""
