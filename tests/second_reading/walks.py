"""Random files with full expectations: the model walks, and writes down what it expects of every step."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import yaml

from tests.second_reading.acts import resolve
from tests.second_reading.candidates import everything
from tests.second_reading.counting import DAY
from tests.second_reading.guards import refusal
from tests.second_reading.openings import LAST_DAY, opening
from tests.second_reading.play import Player, perform
from tests.second_reading.silence import settled_by_text
from tests.second_reading.themes import FORWARD, TASTE, THEMES
from tests.second_reading.world import World

IDLE = 1.0  # beside the weights of the possible acts: what is hardly worth doing waits for a day when nothing else is

OFTEN = {"objection.file": 3}  # how often an act is done on the way; others five times


class Walk:
    """One random file, made from a seed alone."""

    def __init__(self, seed: int):
        self.rng = Random(seed)
        self.tally: Counter[str] = Counter()
        name = self.rng.choice(list(THEMES))
        self.theme = THEMES[name]
        self.story = opening(self.rng, seed, self.rng.choice(self.theme.shapes))
        self.player = Player(self.story, self.story.pop("first"))
        self.taste: dict[str, float] = {}
        self.lazy = self.theme.lazy or self.rng.random() < 0.3  # somebody who lets periods lapse

    def write(self, steps: int) -> dict:
        """The whole file, of about so many steps."""
        day = self._first_day()
        for _ in range(self.rng.randint(steps * 2 // 3, steps * 4 // 3)):
            self.story["steps"].append(self._step(day))
            day = self._next(day)
            quiet = not any(step["do"] for step in self.story["steps"][-5:])
            if day > LAST_DAY or (quiet and len(self.story["steps"]) > steps // 2):
                break
        if self.rng.random() < 0.5:
            self._leave_out()
        return self.story

    def _leave_out(self) -> None:
        """Numbers which are needed only when there are several."""
        world = self.player.world
        for key, count in (("objection", len(world.objections)), ("lead", len(world.leads))):
            for step in self.story["steps"] if count == 1 else ():
                for row in (*step["do"], *step["refuse"]):
                    row.pop(key, None)

    def _first_day(self) -> date:
        """Mostly when everything is set up; sometimes while it is still being set up."""
        days = sorted(self.player.agenda) or [self.player.world.today + DAY]
        return self.rng.choice(days) if self.rng.random() < 0.5 else days[-1]

    def _step(self, day: date) -> dict:
        before = dict(self.player.world.states)
        self.player.until(day)
        self._count(before)
        step: dict = {"day": day, "do": [], "refuse": []}
        for _ in range(self.rng.choice([0, 1, 2, 3, 3, 4, 6])):
            row = self._possible()
            if row is not None:
                self._do(row)
                step["do"].append(row)
        step["refuse"].extend(self._refused(self.rng.choice([0, 1, 2, 3])))
        seen = self.player.look()
        step["expect"] = {key: value for key, value in seen.items() if value or key in ("states", "deadlines")}
        return step

    def _do(self, row: dict) -> None:
        self.tally[row["act"]] += 1
        before = dict(self.player.world.states)
        perform(resolve(self.player.world, row))
        self._count(before)

    def _count(self, before: dict[str, str]) -> None:
        """Which arrows were taken: a measure of what the walks reach."""
        for label, state in self.player.world.states.items():
            if before.get(label) != state:
                self.tally[f"{label.split('.')[0]}: {before.get(label)} > {state}"] += 1

    def _rows(self) -> list[dict]:
        world = self.player.world
        return [row for row in everything(world, self.rng) if settled_by_text(world, row)]

    def _weight(self, row: dict) -> float:
        name = row["act"]
        if name not in self.taste:
            usual = 3.0 if name.split(".")[0] in FORWARD else 1.0
            theme = self.theme.taste.get(name, 1.0) * self.theme.taste.get(name.split(".")[0], 1.0)
            self.taste[name] = TASTE.get(name, usual) * theme * self.rng.lognormvariate(0, 0.8)
        tired = (1 + self.tally[name]) ** 1.3
        unusual = 0.5 if "effective_on" in row or "by" in row else 1.0
        return self.taste[name] / tired * unusual * (0.1 if self._too_late(row) else 1.0)

    def _too_late(self, row: dict) -> bool:
        """An objection which would only be answered as late."""
        notice = self.player.world.window_notice(row["party"]) if row["act"] == "objection.file" else None
        return notice is not None and "effective_on" not in row and self.player.world.today > notice.window.latest

    def _possible(self) -> dict | None:
        world = self.player.world
        rows = [row for row in self._rows() if refusal(resolve(world, row)) is None]
        ahead = self._ahead(rows)
        if ahead and self.rng.random() < 0.8:
            return self.rng.choices([row for row, _ in ahead], [weight for _, weight in ahead])[0]
        weights = [self._weight(row) for row in rows]
        return self.rng.choices([*rows, None], [*weights, IDLE])[0]

    def _ahead(self, rows: list[dict]) -> list[tuple[dict, float]]:
        """Acts of the way of the theme, by the right body, today; rather an earlier one, and one not done so often."""
        way = list(self.theme.way)
        rows = [row for row in rows if self._on_the_way(row) and self.tally[row["act"]] < OFTEN.get(row["act"], 5)]
        order = sorted({way.index(row["act"]) for row in rows})
        places = [order.index(way.index(row["act"])) for row in rows]
        return [(row, 0.2**place * 0.5 ** self.tally[row["act"]]) for row, place in zip(rows, places, strict=True)]

    def _on_the_way(self, row: dict) -> bool:
        """With the facts which it has to have there."""
        wanted = self.theme.way.get(row["act"])
        if wanted is None or row.get("by") != wanted.get("by") or "effective_on" in row:
            return False
        given = {"by": row.get("by"), "unit": row.get("unit"), **(row.get("with") or {})}
        return all(given.get(key) == value for key, value in wanted.items()) and not self._too_late(row)

    def _refused(self, count: int) -> Iterator[dict]:
        """Refusals, by a guard rather than by the state, and by each guard as often as by any other."""
        by_reason: dict[str, list[tuple[dict, list[int]]]] = {}
        for row in self._rows() if count else ():
            refused = refusal(resolve(self.player.world, row))
            if refused is not None and ("state" not in refused.reasons or len(refused.reasons) == 1):
                by_reason.setdefault(", ".join(refused.reasons), []).append((row, sorted(refused.articles)))
        for _ in range(count if by_reason else 0):
            reasons = sorted(by_reason)
            reason = self.rng.choices(reasons, [self._interest(reason) for reason in reasons])[0]
            row, articles = self.rng.choice(by_reason[reason])
            self.tally[f"refused: {reason}"] += 1
            self.tally[f"refused: {row['act']} {reason}"] += 1
            yield {**row, "articles": articles, "why": reason}

    def _interest(self, reason: str) -> float:
        usual = {"state": 0.6, "by_whom": 1.0, "handed_over_only": 0.2}.get(reason, 0.3 if "," in reason else 2.0)
        return usual / (1 + self.tally[f"refused: {reason}"]) ** 2

    def _next(self, day: date) -> date:
        """Often the same day or soon after; often a last day, the day after it, or what lies between the readings."""
        idle = not self.story["steps"][-1]["do"]
        kind = self.rng.random() + (0.25 if self.lazy else 0) + (0.3 if idle else 0)
        edges = list(_edges(self.player.world))
        waiting = [later for later in self.player.agenda if later > day]
        if waiting and self.rng.random() < 0.4:
            return min(waiting)
        if kind < 0.3:
            return day
        if kind < 0.6 or not edges:
            return day + self.rng.randint(1, 5) * DAY
        if kind < 1.15:
            return max(day, self.rng.choice(self.rng.choice(edges)))
        return day + self.rng.randint(10, 40) * DAY


def _edges(world: World) -> Iterator[list[date]]:
    """For everything which a day decides: the last day before it, and the first one after."""
    for period in world.periods.values():
        yield [period.due_on, period.due_on + DAY, period.latest, period.latest + DAY]
    for case in (case for cases in world.cases.values() for case in cases):
        if case.announced_on is not None and world.state(case.label) in ("announced", "applied"):
            yield [case.announced_on + days * DAY for days in (60, 61)]
    for retest in world.retests.values():
        if retest.waived == "lapse":
            yield [retest.window.latest + days * DAY for days in (15, 16, 17)]


def save(story: dict, path: pathlib.Path) -> None:
    """As anybody would write it."""
    text = yaml.dump(story, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, "utf-8")


class _Plain(yaml.SafeDumper):
    """Without anchors and aliases."""

    def ignore_aliases(self, data) -> bool:
        return True
