"""Races: a rehearsal in which every act is done by two at once, on two connections, held back until both wait."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from spotcheck.docket.acts import perform
from spotcheck.docket.flow import ABSENT, ActSpec, Flow
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.parties.actors import Actor
from spotcheck.rehearsal import stages
from spotcheck.rehearsal.facts import for_flow, stated
from spotcheck.rehearsal.player import Player
from spotcheck.rehearsal.scenario import ActLine, Scenario, read

TESTS = Path(__file__).parents[1]
FILES = sorted([*TESTS.glob("acceptance/[SL]*.yaml"), *TESTS.glob("journeys/J*.yaml")])
RECORDED_TWICE = {
    "plan.submit_suggestion",
    "plan.adjust",
    "sampling.correct_sheet",
    "inspection.report_serious",
    "retest.recommission",
    "rectification.late_submission",
    "recheck.recommission",
    "publication.approve",
    "ban.record_breach",
}
"""The acts that may be done again in the state to which they lead: at the same time both are recorded in order."""
RECORDED_AS_IT_IS = {
    "sampling.add_sampler",  # while the drawn order or the kept list has a next one
    "sampling.replace_sampler",  # the one who goes is named, or is whoever then is the second
    "rectification.annul",  # the licence is revoked: the case stays, whatever else is annulled
    "announcement.correct",  # a decision can be entered again, a change is told once
    "publication.correct",
}
"""The acts that may be done again where their facts allow it: once, or in order."""
BOTH_WAIT_WITHIN = 5.0

Act = Callable[[], Entry]


class Stop(Exception):
    """The file has served its purpose."""


@dataclass
class Race:
    """How two acts at once ended."""

    names: tuple[str, str]
    done: list[Entry] = field(default_factory=list)
    refused: list[ActNotPermitted | BadFacts] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    def complaint(self) -> str | None:
        """What is wrong with this end; None when it is lawful."""
        one, other = self.names
        if self.broken:
            return f"{one} with {other}: {self.broken[0]!r}"
        if one == other:
            wanted = {2} if one in RECORDED_TWICE else {1, 2} if one in RECORDED_AS_IT_IS else {1}
            if len(self.done) not in wanted:
                return f"{one} twice at once was done {len(self.done)} times, not {wanted}"
        elif not self.done:
            return f"{one} with {other}: neither was done: {[str(refusal) for refusal in self.refused]}"
        return None


def race(dossier: Dossier, names: tuple[str, str], first: Act, second: Act) -> Race:
    """Let two acts in a dossier meet: both wait for its lock before either gets it."""
    ended = Race(names)
    threads = [threading.Thread(target=copy_context().run, args=(_run, act, ended)) for act in (first, second)]
    with _held(dossier):
        for thread in threads:
            thread.start()
        _until(lambda: _waiting() >= len(threads) or not all(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()
    return ended


def _run(act: Act, ended: Race) -> None:
    try:
        ended.done.append(act())
    except (ActNotPermitted, BadFacts) as refusal:
        ended.refused.append(refusal)
    except BaseException as error:  # noqa: BLE001 -- whatever a mutant does
        ended.broken.append(error)
    finally:
        connections.close_all()


@contextmanager
def _held(dossier: Dossier) -> Iterator[None]:
    """Hold the files above a dossier and the dossier itself, as an act would."""
    keys = [dossier.pk]
    while (above := Dossier.objects.filter(pk=keys[0]).values_list("parent", flat=True).first()) is not None:
        keys.insert(0, above)
    with psycopg.connect(**_parameters()) as holder:
        for key in keys:
            holder.execute("SELECT 1 FROM docket_dossier WHERE id = %s FOR UPDATE", [key])
        yield
        holder.rollback()


def _parameters() -> dict[str, Any]:
    given = connection.settings_dict
    return {
        "dbname": given["NAME"],
        "user": given["USER"],
        "password": given["PASSWORD"],
        "host": given["HOST"],
        "port": given["PORT"],
    }


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + BOTH_WAIT_WITHIN
    while not condition() and time.monotonic() < end:
        time.sleep(0.002)


class RacingPlayer(Player):
    """Plays a file and lets acts meet: itself, or another that starts from the same state."""

    def __init__(self, scenario: Scenario, wants: Callable[[ActSpec, str], ActSpec | None]) -> None:
        super().__init__(scenario)
        self.wants = wants
        self.races: list[Race] = []

    def attempt(self, line: ActLine, day: date) -> tuple[int, ...] | None:
        """Do an act of the file, in a race if one is wanted here."""
        if connection.in_atomic_block:  # it is to be refused
            return super().attempt(line, day)
        matter = self._task_to_be(line, line.effective_on or day) or self.world.matter(line)
        if matter is None:
            return line.spec.articles
        other = self.wants(line.spec, ABSENT if matter.pk is None else matter.state)
        with stages.drawn_as_listed():
            return self._alone(line, matter, day) if other is None else self._race(line, matter, other, day)

    def _alone(self, line: ActLine, matter: Flow, day: date) -> tuple[int, ...] | None:
        try:
            self._act(line, matter, day)()
        except ActNotPermitted as refusal:
            return refusal.articles
        self.world.find_dossiers()
        return None

    def _race(self, line: ActLine, matter: Flow, other: ActSpec, day: date) -> tuple[int, ...] | None:
        rival = line if other is line.spec else replace(line, spec=other, facts=stated(other.name, {}), by=None)
        twin = self.world.matter(rival) if matter.pk is None else type(matter).objects.get(pk=matter.pk)
        ended = race(
            matter.dossier,
            (line.spec.name, other.name),
            self._act(line, matter, day),
            self._act(rival, twin, day),
        )
        self.races.append(ended)
        if other is not line.spec or len(ended.done) > 1:  # the file counts on one
            raise Stop
        self.world.find_dossiers()
        return None if ended.done else line.spec.articles

    def _act(self, line: ActLine, matter: Flow, day: date) -> Act:
        on = line.effective_on or day
        facts = self._facts_for(line, on)
        by = self._who(line, matter, on, facts)
        return lambda: perform(getattr(matter, line.spec.method), by=by, on=on, facts=facts)

    def _who(self, line: ActLine, matter: Flow, on: date, facts: dict[str, Any]) -> Actor:
        """Who does an act: of several who are meant the first who may; that is tried, and taken back."""
        meant = self.world.actors(line, matter)
        for by in meant if len(meant) > 1 else ():
            again = type(matter).objects.get(pk=matter.pk) if matter.pk is not None else self.world.matter(line)
            with suppress(ActNotPermitted, BadFacts), transaction.atomic():
                perform(getattr(again, line.spec.method), by=by, on=on, facts=facts)
                transaction.set_rollback(True)
                return by
        return meant[0]

    def _facts_for(self, line: ActLine, on: date) -> dict[str, Any]:
        try:
            return self._facts(line, on)
        except KeyError:  # a rival in a file that does not know its facts
            return for_flow(line.spec.name, line.facts, on=on, items=None)


@cache
def acts_in(path: Path) -> frozenset[str]:
    """The acts that a file does."""
    return frozenset(line.spec.name for step in read(path).steps for line in step.do)


def few_files(wanted: set[str]) -> list[Path]:
    """A few files that together do all of these acts."""
    missing, chosen = set(wanted), []
    known = {path: acts_in(path) for path in FILES}
    while missing:
        best = max(known, key=lambda path: len(known[path] & missing))
        if not known[best] & missing:
            break
        chosen.append(best)
        missing -= known[best]
    return chosen
