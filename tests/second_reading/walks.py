"""Random files with full expectations: the model walks, and writes down what it expects of every step."""

from __future__ import annotations

import pathlib
from collections import Counter
from datetime import date
from random import Random

import yaml

from tests.second_reading.acts import resolve
from tests.second_reading.candidates import CORRECTIONS, ITEMS, PLACES, everything
from tests.second_reading.counting import DAY, VALID_TO
from tests.second_reading.guards import refusal
from tests.second_reading.play import Player, perform
from tests.second_reading.silence import settled_by_text

LAST_DAY = date(2026, 9, 25)  # every period which starts before it ends in a year whose calendar is announced
TASTE = {  # how often a possible act is done, beside 1: ends and side ways seldom, the long ways often
    "task.cancel": 0.02,
    "plan.submit_suggestion": 0.3,
    "plan.adjust": 0.2,
    "plan.close": 0.3,
    "lead.create": 0.03,
    "lead.acknowledge": 0.3,
    "ban.record_breach": 0.1,
    "sample.compromise": 0.05,
    "sample.issue": 0.3,
    "result_notice.service_failed": 0.2,
    "objection.withdraw": 0.3,
    "objection.revoke": 0.4,
    "objection.order_retest": 3.0,
    "objection.transfer_denial": 3.0,
    "sampling.terminate_illegal": 0.1,
    "sampling.record_obstruction": 0.1,
    "sampling.record_not_sampled": 0.1,
    "sampling.claim_refusal": 0.25,
    "sampling.accept_refusal": 0.4,
    "purchase.fail": 0.1,
    "inspection.terminate_illegal": 0.08,
    "inspection.report_serious": 0.4,
    "rectification.transfer_jurisdiction": 0.15,
    "rectification.withdraw_application": 0.3,
    "rectification.late_submission": 0.5,
    "retest.waive": 0.15,
    "sample.dispose": 0.3,
    "publication.correct": 0.5,
    "denial.open": 0.5,
}
FORWARD = ("sampling", "purchase", "inspection", "retest", "recheck", "announcement", "task")
# Each file has a theme: how it begins, and what happens in it more often or less often than elsewhere.
QUIET = {"lead": 0.1, "sample": 0.1, "publication": 0.2, "task": 0.2, "ban.record_breach": 0.1}
UNDISPUTED = {"objection": 0.15, "denial": 0.1, "result_notice": 0.5}
FAILING = dict.fromkeys(("recheck.fail_with_test", "recheck.fail_without_test", "rectification.start_recheck"), 10.0)
THEMES: dict[str, tuple[list[str], dict[str, float]]] = {
    "anything": (["reported", "drawn", "handed_over", "plan", "several"], {}),
    "field": (["drawn", "drawn", "plan"], {"sampling.pass_precheck": 2, "result_notice": 5, "lead": 0.2}),
    "partial": (
        ["drawn"],
        {"inspection.report_serious": 60, "inspection.complete": 0.3, "sampling.claim_refusal": 0.1, "lead": 0.1},
    ),
    "ladder": (
        ["reported", "handed_over"],
        {**QUIET, **UNDISPUTED, **FAILING, "rectification": 2, "recheck.pass_with_test": 0.05, "announcement": 9}
        | {"result_notice.correct_lapse": 3.0, "recheck.pass_without_test": 0.05}
        | {"rectification.order_closure": 30, "rectification.revoke_licence": 30},
    ),
    "retest": (
        ["reported"],
        {
            **QUIET,
            "objection.file": 3,
            "objection.order_retest": 5,
            "objection.revoke": 0.2,
            "retest": 3,
            "recheck": 0.3,
        },
    ),
    "denial": (
        ["reported", "handed_over"],
        {**QUIET, "objection": 3, "objection.uphold_denial": 9, "denial": 3, "objection.revoke": 0.3, "retest": 0.3},
    ),
    "seller": (
        ["reported", "handed_over"],
        {**QUIET, **UNDISPUTED, "recheck.fail_with_test": 0.2, "recheck.fail_without_test": 0.2, "ban": 5},
    ),
    "lapses": (["reported", "handed_over"], {**QUIET, **dict.fromkeys(CORRECTIONS, 20.0), "objection.order_retest": 3}),
    "plan": (["plan"], {"plan.open_suggestions": 5, "plan.submit_suggestion": 5, "sampling.claim_refusal": 2}),
    "six months": (["several"], {"sampling.claim_refusal": 12}),
    "again": (["several"], {**QUIET, **UNDISPUTED, "recheck.pass_with_test": 9, "recheck.pass_without_test": 9}),
}


class Walk:
    """One random file, made from a seed alone."""

    def __init__(self, seed: int):
        self.rng = Random(seed)
        self.tally: Counter[str] = Counter()
        name = self.rng.choice(list(THEMES))
        shapes, self.theme = THEMES[name]
        self.story = _opening(self.rng, seed, self.rng.choice(shapes))
        self.player = Player(self.story, self.story.pop("first"))
        self.taste: dict[str, float] = {}
        self.lazy = name == "lapses" or self.rng.random() < 0.3  # somebody who lets periods lapse

    def write(self, steps: int) -> dict:
        """The whole file, of about so many steps."""
        day = self._first_day()
        for _ in range(self.rng.randint(steps * 2 // 3, steps * 4 // 3)):
            self.story["steps"].append(self._step(day))
            day = self._next(day)
            if day > LAST_DAY:
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
        for _ in range(self.rng.choice([0, 1, 2, 2, 3, 4])):
            row = self._possible()
            if row is not None:
                self._do(row)
                step["do"].append(row)
        for _ in range(self.rng.choice([0, 1, 1, 2])):
            row = self._refused()
            if row is not None:
                step["refuse"].append(row)
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
            theme = self.theme.get(name, 1.0) * self.theme.get(name.split(".")[0], 1.0)
            self.taste[name] = TASTE.get(name, usual) * theme * self.rng.lognormvariate(0, 0.8)
        tired = (1 + self.tally[name]) ** 1.3
        return self.taste[name] / tired * (0.5 if "effective_on" in row or "by" in row else 1.0)

    def _possible(self) -> dict | None:
        world = self.player.world
        rows = [row for row in self._rows() if refusal(resolve(world, row)) is None]
        return self.rng.choices(rows, [self._weight(row) for row in rows])[0] if rows else None

    def _refused(self) -> dict | None:
        """A refusal, by a guard rather than by the state, and by each guard as often as by any other."""
        world = self.player.world
        by_reason: dict[str, list[tuple[dict, list[int]]]] = {}
        for row in self._rows():
            refused = refusal(resolve(world, row))
            if refused is not None and len(refused.reasons) == 1:
                by_reason.setdefault(refused.reasons[0], []).append((row, sorted(refused.articles)))
        if not by_reason:
            return None
        reasons = sorted(by_reason)
        weights = [
            {"state": 0.6, "by_whom": 1.0, "handed_over_only": 0.2}.get(reason, 2.0)
            / (1 + self.tally[f"refused: {reason}"]) ** 2
            for reason in reasons
        ]
        reason = self.rng.choices(reasons, weights)[0]
        row, articles = self.rng.choice(by_reason[reason])
        self.tally[f"refused: {reason}"] += 1
        self.tally[f"refused: {row['act']} {reason}"] += 1
        return {**row, "articles": articles, "why": reason}

    def _next(self, day: date) -> date:
        """Often the same day or soon after; often a last day, the day after it, or what lies between the readings."""
        kind = self.rng.random() + (0.25 if self.lazy else 0)
        periods = list(self.player.world.periods.values())
        waiting = [later for later in self.player.agenda if later > day]
        if waiting and self.rng.random() < 0.1:
            return min(waiting)
        if kind < 0.3:
            return day
        if kind < 0.6 or not periods:
            return day + self.rng.randint(1, 5) * DAY
        if kind < 1.15:
            period = self.rng.choice(periods)
            edge = self.rng.choice([period.due_on, period.due_on + DAY, period.latest, period.latest + DAY])
            return max(day, edge)
        return day + self.rng.randint(10, 40) * DAY


# How a file begins.


def _opening(rng: Random, seed: int, shape: str) -> dict:
    parties: dict[str, dict] = {}
    if shape == "several":
        given: dict = {
            n: _stage(rng, rng.choice(["reported", "reported", "drawn", "drawn", "handed_over"])) for n in (1, 2)
        }
        if rng.random() < 0.6:
            _later(rng, given)
        for number in given:
            parties.update(_parties(rng, number, given[number]["stage"], parties))
    elif shape == "plan":
        given = {"stage": "plan", "year": rng.randint(2022, 2025)}
        for number in range(1, rng.randint(1, 3) + 1):
            parties.update(_parties(rng, number, "plan", parties))
    else:
        given = _stage(rng, shape)
        parties = _parties(rng, 1, given["stage"], parties)
    first = date(given["year"], 1, 15) + rng.randint(-20, 5) * DAY if shape == "plan" else None
    story = {"id": f"W{seed}", "title": f"Random walk {seed}", "articles": [1], "given": given, "parties": parties}
    return {**story, "steps": [], "first": first}


def _later(rng: Random, given: dict) -> None:
    """The second check follows the first, often about six months later."""
    first = min(value for value in given[1].values() if isinstance(value, date))
    move = rng.choice([181, 182, 183, 184, 185, rng.randint(90, 400)]) * DAY
    move += first - min(value for value in given[2].values() if isinstance(value, date))
    moved = {key: value + move for key, value in given[2].items() if isinstance(value, date)}
    if max(moved.values()) < LAST_DAY - 30 * DAY and min(moved.values()) <= VALID_TO:
        given[2].update(moved)


def _stage(rng: Random, kind: str) -> dict:
    start = date(2021, 5, 3) + rng.randint(0, 1750) * DAY
    if rng.random() < 0.1:
        start = rng.choice([date(2021, 5, 3), date(2021, 9, 14), date(2023, 9, 18), date(2026, 4, 20)])
    labels = {"model": rng.choice(["A", "B"])} if rng.random() < 0.3 else {}
    if rng.random() < 0.1:
        labels["product"] = "插座"
    if kind == "drawn":
        if rng.random() < 0.3:
            start = rng.choice([date(2021, 4, 29), date(2026, 4, 29), date(2026, 5, 1)])
        online = {"channel": "online"} if rng.random() < 0.4 else {}
        check = {"check": rng.choice(["tracking", "emergency"])} if rng.random() < 0.2 else {}
        return {"stage": "drawn", "day": start, **online, **check, **labels}
    if kind == "handed_over":
        if rng.random() < 0.1:
            start = date(2026, 4, 28)
        return {"stage": "handed_over", "day": start, "origin": rng.choice(["national", "other_province"]), **labels}
    received = start + rng.randint(1, 4) * DAY
    stage = {"stage": "reported_nonconforming", "sampled": start, "received": received}
    stage["reported"] = received + rng.randint(8, 25) * DAY
    if rng.random() < 0.5:
        chosen = rng.sample(ITEMS, rng.randint(1, 3))
        stage["items"] = [{"name": n, "kind": k, "result": rng.choice(["fail", "fail", "pass"])} for n, k in chosen]
        stage["items"][0]["result"] = "fail"
    return {**stage, **labels}


def _parties(rng: Random, number: int, stage: str, earlier: dict) -> dict:
    shapes = [["seller", "nominal_producer"]] * 2 + [["seller", "nominal_producer", "seller"]]
    if stage != "handed_over":
        shapes += [["sampled_producer"]] * 2 + [["seller"], ["sampled_producer", "nominal_producer"]]
    found = {}
    for role in rng.choice(shapes):
        name = {"sampled_producer": "P", "seller": "S", "nominal_producer": "N"}[role]
        party: dict = {"role": role, "region": int(rng.choice(PLACES))}
        if rng.random() < (0.4 if stage == "handed_over" and role == "seller" else 0.12):
            party["region"] = rng.choice([330106, 320102])
        elif rng.random() < 0.15:
            party["handler"] = int(str(party["region"])[:4] + "00")
        elif rng.random() < 0.1:
            party["registered"] = int(rng.choice(PLACES))
        name += str(number) if number > 1 else ""
        name += "b" if name in found else ""
        if number > 1:
            party["dossier"] = number
            alike = [other for other, row in earlier.items() if row["role"].endswith("producer")]
            if role.endswith("producer") and alike and rng.random() < 0.6:
                party["same_as"] = rng.choice(alike)
                party["region"] = earlier[party["same_as"]]["region"]
                party.pop("handler", None)
                party.pop("registered", None)
        found[name] = party
    return found


def save(story: dict, path: pathlib.Path) -> None:
    """As anybody would write it."""
    text = yaml.dump(story, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, "utf-8")


class _Plain(yaml.SafeDumper):
    """Without anchors and aliases."""

    def ignore_aliases(self, data) -> bool:
        return True
