"""The player: a simulated clock, on each day the sweep, then what is set up, then the steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import structlog
from django.db import DataError, transaction

from spotcheck.docket import clock, register
from spotcheck.docket.acts import perform
from spotcheck.docket.deadlines import day_after
from spotcheck.docket.models import Deadline
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.docket.sweep import sweep
from spotcheck.objections.models import Retest
from spotcheck.parties.models import Office
from spotcheck.planning import samplers
from spotcheck.planning.models import Task
from spotcheck.planning.operations import open_plan, open_task
from spotcheck.rehearsal import stages
from spotcheck.rehearsal.compare import Difference, compare
from spotcheck.rehearsal.facts import GIVEN, for_flow
from spotcheck.rehearsal.scenario import ActLine, FormatError, Scenario, Step, read
from spotcheck.rehearsal.world import World, earlier_dossier, first_day, last_entry
from spotcheck.rules.calendar import CalendarNotPublished

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    file: str
    id: str
    differences: list[Difference] = field(default_factory=list)
    error: str | None = None

    @property
    def is_ok(self) -> bool:
        """Whether the file is of the format and nothing differs."""
        return self.error is None and not self.differences

    def as_json(self) -> dict[str, Any]:
        """The outcome as the command prints it."""
        return {
            "file": self.file,
            "id": self.id,
            "ok": self.is_ok,
            "differences": [difference.as_json() for difference in self.differences],
            "error": self.error,
        }


class _Undo(Exception):
    """Rolls back what was tried."""


def play_file(path: Path) -> Outcome:
    """Play one file in the database at hand and leave nothing behind."""
    outcome = Outcome(file=path.name, id=path.stem)
    try:
        scenario = read(path)
        outcome.id = scenario.id
        with transaction.atomic():
            outcome.differences = list(play(scenario))
            raise _Undo  # noqa: TRY301 -- the transaction is rolled back on purpose
    except _Undo:
        pass
    except (FormatError, CalendarNotPublished, DataError) as error:
        outcome.error = str(error)
    except Exception as fault:
        logger.exception("a fault of the program ended a rehearsal", file=path.name)
        outcome.error = f"a fault of this program, not of the file: {type(fault).__name__}: {fault}".strip()
    return outcome


def play(scenario: Scenario) -> Iterator[Difference]:
    """Play a scenario from its first day to its last, and yield every difference."""
    player = Player(scenario)
    day = first_day(scenario)
    last = scenario.steps[-1].day if scenario.steps else day
    while day <= last:
        yield from player.live(day)
        day = player.next_day(day)


class Player:
    """Holds what is played."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        day = first_day(scenario)
        with clock.simulated(day):
            self.world = World(scenario)
            if scenario.stage == "plan":
                self.world.plan = open_plan(scenario.given[min(scenario.given)]["year"], on=day)
        self.events = stages.events(self.world)
        self.since = last_entry()
        self.set_up: list[tuple[int, int]] = []

    def live(self, day: date) -> Iterator[Difference]:
        """Live through one day."""
        with clock.simulated(day):
            sweep(day)
            while self.events and self.events[0][0] <= day:
                before = last_entry()
                self._set_up(self.events.pop(0)[1], day)
                self.set_up.append((before, last_entry()))
            for step in self.scenario.steps:
                if step.day == day:
                    yield from self.step(step)

    def next_day(self, day: date) -> date:
        """The next day on which the sweep finds something, a stage is set up or the file has a step.

        On the days between nothing happens, however many they are.
        """
        tomorrow = day_after(day)
        waking = Deadline.objects.to_look_at(date.max).filter(parked_at__isnull=True).order_by("wake_on")
        wakes = waking.values_list("wake_on", flat=True).first() or date.max
        comes = [step.day for step in self.scenario.steps] + [on for on, _ in self.events]
        return min([max(wakes, tomorrow), *(coming for coming in comes if coming > day)])

    def _set_up(self, event: Callable[[World], None], day: date) -> None:
        try:
            event(self.world)
        except (ActNotPermitted, BadFacts) as refusal:
            raise FormatError(f"given: a stage cannot be set up on {day}: {refusal}") from refusal

    def step(self, step: Step) -> Iterator[Difference]:
        """Do, refuse, expect."""
        for line in step.do:
            refusal = self.attempt(line, step.day)
            if refusal is not None:
                yield Difference(step.number, step.day, line.spec.name, "done", "refused")
        for line in step.refuse:
            yield from self.refuse(line, step)
        yield from compare(self.world, step, since=self.since, set_up=self.set_up)
        self.since = last_entry()

    def refuse(self, line: ActLine, step: Step) -> Iterator[Difference]:
        """Try an act that has to be refused, and take it back if it was not."""
        articles: tuple[int, ...] | None = None
        try:
            with transaction.atomic():
                articles = self.attempt(line, step.day)
                raise _Undo  # noqa: TRY301 -- the transaction is rolled back on purpose
        except _Undo:
            pass
        if articles is None:
            yield Difference(step.number, step.day, line.spec.name, "refused", "done")
        elif not set(articles) & set(line.articles):
            yield Difference(step.number, step.day, line.spec.name, sorted(line.articles), sorted(articles))

    def attempt(self, line: ActLine, day: date) -> tuple[int, ...] | None:
        """Do an act; return the articles on which it was refused, or None when it was done."""
        on = line.effective_on or day
        refusals = []
        for turn in range(1 if line.by else len([word for word in line.spec.actors if word != "system"])):
            try:
                with transaction.atomic(), stages.drawn_as_listed():
                    matter = self._task_to_be(line, on) or self.world.matter(line)
                    if matter is None:
                        return line.spec.articles
                    by = self.world.actors(line, matter)[turn]
                    perform(getattr(matter, line.spec.method), by=by, on=on, facts=self._facts(line, on))
            except ActNotPermitted as refusal:
                self._forget_task(line)
                refusals.append(refusal)
            except BadFacts as error:
                raise FormatError(f"{line.spec.name}: {error.errors}") from error
            else:
                self.world.find_dossiers()
                return None
        return min(refusals, key=lambda refusal: len(refusal.reasons)).articles

    def _facts(self, line: ActLine, on: date) -> dict[str, Any]:
        """The facts of the flow: those of the file, and what only the player knows."""
        items = self.scenario.given.get(line.dossier or self.scenario.dossiers[0], {}).get("items")
        facts = for_flow(line.spec.name, earlier_dossier(self.world, line.facts), on=on, items=items)
        for acts, add in _KNOWN_TO_THE_PLAYER.items():
            if line.spec.name in acts:
                facts |= add(self, line, facts)
        return facts

    def agencies(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """The bodies that a task engages."""
        return stages.agencies(self.world, same=line.facts["same_body"])

    def visitors(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """Those who come: the assigned ones."""
        return {"samplers": line.facts.get("samplers") or self.world.samplers_of(line)}

    def exchanged(self, line: ActLine, facts: dict[str, Any]) -> dict[str, Any]:
        """Who comes in is on the kept list; who goes out is the second of those assigned."""
        self.world.keep_samplers([line.facts["in"]] if line.facts["in"] else [], self._body_of(self._task(line)))
        if line.spec.method != "replace_sampler" or facts.get("out"):
            return {}
        return {"out": samplers.out_of(self.world.dossiers[line.dossier or self.scenario.dossiers[0]], None)}

    def retest_lab(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """Which other laboratory retests."""
        return {"retest_lab": self.world.offices["retest_lab"].code} if line.facts["lab"] == "retest_lab" else {}

    def technical_body(self, _line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """Who tests for a recheck."""
        return {"technical_body": self.world.offices["technical_body"].code}

    def followed(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """Why the province follows the one city where the two differ (Article 37)."""
        return {"follows": GIVEN} if getattr(self.world.matter(line), "cities_differ", False) else {}

    def draw(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """A draw from a list that was frozen, with the samplers whom the file states on the kept list."""
        task = self._task(line)
        self.world.keep_samplers(line.facts["samplers"] if line.facts["sampler_list"] else [], self._body_of(task))
        is_kept = line.facts["seed"] and line.facts["candidates"]
        return stages.draw(self.world, task, self._targets(line), kept=is_kept)

    def _task(self, line: ActLine) -> Task:
        task = self.world.task(line.dossier or self.scenario.dossiers[0])
        assert task is not None
        return task

    @staticmethod
    def _body_of(task: Task) -> Office | None:
        """The body that samples; who is drawn anew stands on its kept list."""
        return register.body(task.dossier, "sampling_body")

    def retested(self, line: ActLine, _facts: dict[str, Any]) -> dict[str, Any]:
        """Every item of Form 9, with the result that the file goes on to conclude from."""
        if line.facts["items"] is not None:
            return {}
        retest = self.world.matter(line)
        closing = [act for step in self.scenario.steps for act in step.do if act.spec.name.startswith("retest.close_")]
        later = [act for act in closing if act.objection == line.objection]
        failed = bool(later) and later[0].spec.method == "close_nonconforming"
        names = retest.commissioned_items if isinstance(retest, Retest) else []
        return {"items": [{"name": name, "result": "fail" if failed else "pass"} for name in names]}

    def _targets(self, line: ActLine) -> list[int]:
        if line.facts["targets"] == "all":
            return self.scenario.dossiers
        named = {self.scenario.party_of(str(label)).dossier for label in line.facts["targets"]}
        return sorted(named)

    def _task_to_be(self, line: ActLine, on: date) -> Any:
        """In a file that starts with the plan the task comes into being with its scheme."""
        world = self.world
        if line.spec.name != "task.set_scheme" or self.scenario.stage != "plan" or 1 in world.tasks:
            return None
        daily = line.facts["type"] == "daily"
        world.tasks[1] = open_task("T1", "任务", on=on, plan=world.plan if daily else None)
        return world.tasks[1]

    def _forget_task(self, line: ActLine) -> None:
        if line.spec.name == "task.set_scheme" and self.scenario.stage == "plan":
            task = self.world.tasks.get(1)
            if task is not None and not type(task).objects.filter(pk=task.pk).exists():
                del self.world.tasks[1]


_KNOWN_TO_THE_PLAYER: Final[dict[tuple[str, ...], Callable[[Player, ActLine, dict[str, Any]], dict[str, Any]]]] = {
    ("task.engage_agencies",): Player.agencies,
    ("task.draw_targets",): Player.draw,
    ("sampling.present_notice", "purchase.place_order"): Player.visitors,
    ("sampling.replace_sampler", "sampling.add_sampler"): Player.exchanged,
    ("objection.maintain",): Player.followed,
    ("objection.order_retest", "retest.recommission"): Player.retest_lab,
    ("retest.report",): Player.retested,
    ("recheck.commission_test", "recheck.recommission"): Player.technical_body,
}
"""What a file does not state of an act and only the player can say."""
