"""Plays a file with the model alone: stages, sweeps, acts; says what it finds on every step (README sections 1, 3, 8)."""

from __future__ import annotations

import copy
from datetime import date

from tests.second_reading import disputes, field_work, leads, remedies, reports, visits
from tests.second_reading.acts import Act, resolve
from tests.second_reading.counting import DAY
from tests.second_reading.guards import Refusal, refusal
from tests.second_reading.records import Dossier, Party
from tests.second_reading.world import World

EFFECTS = {**field_work.EFFECTS, **disputes.EFFECTS, **remedies.EFFECTS, **visits.EFFECTS, **leads.EFFECTS}
CREATED_BY_EFFECT = ("objection.file", "rectification.receive_report", "lead.create")


def _annulled(act: Act) -> str:
    """RC26: a revoked licence stays revoked; a failed recheck is held again; an order falls with its case."""
    if act.before == "licence_revoked":
        return act.before
    return "applied" if act.fact("what") == "recheck" else "withdrawn"


TARGETS = {  # the field `also` of machines.json: transitions with several targets which are acts
    "sampling.reject_refusal": lambda act: act.dossier.claimed_from,
    "sampling.add_sampler": lambda act: act.before,
    "objection.decide_anew": lambda act: f"concluded_{act.fact('decision')}",
    "rectification.annul": _annulled,
}


def do(world: World, row: dict) -> Refusal | None:
    """Do an act with everything that follows from it, or say why not."""
    act = resolve(world, row)
    refused = refusal(act)
    if refused is None:
        perform(act)
    return refused


def perform(act: Act) -> None:
    """The act is possible: its own chart first, then what follows by itself."""
    world = act.world
    act.before = world.state(act.label)
    if act.machine in ("sampling", "purchase"):
        field_work.field_act(act)
    if act.transition.target and act.name not in CREATED_BY_EFFECT:
        several = TARGETS.get(act.name)
        world.states[act.label] = several(act) if several else act.transition.target
    world.forms.extend(act.transition.forms)
    for effect in EFFECTS.get(act.name, []):
        effect(act)
    world.last_effect = max(act.day, world.last_effect)
    reports.finality(world)
    field_work.finish_testing(world)


def sweep(world: World, today: date) -> None:
    """A window lapses on the day after the later of its two dates (10.1, 1)."""
    world.today = today
    before = dict(world.states)
    for notice in [n for notices in world.notices.values() for n in notices]:
        if world.state(notice.label) == "served" and today > notice.window.latest:
            world.states[notice.label] = "window_closed"
            world.periods.pop(reports.window_name(notice), None)
    for o in world.objections:
        if world.state(o.retest) == "awaiting_formalities" and today > world.retests[o.number].window.latest:
            disputes.waived(world, o, "lapse")
    for case in [c for cases in world.cases.values() for c in cases]:
        if world.state(case.label) == "rectifying" and today > case.d44.latest:
            world.states[case.label] = "window_lapsed"
            world.periods.pop(f"D44.{case.suffix}", None)
    reports.finality(world)
    if world.states != before:
        world.last_effect = max(today, world.last_effect)


# Stages (section 3).


def begin(story: dict) -> tuple[World, dict[date, list]]:
    """The empty world of a file, and what is to be set up on which day."""
    parties = {}
    for name, row in story["parties"].items():
        region = str(row["region"])
        handler = str(row.get("handler", region))
        registered = str(row.get("registered", region))
        parties[name] = Party(name, row["role"], region, handler, registered, row.get("dossier", 1), row.get("same_as"))
    given = story["given"]
    planned = given.get("stage") == "plan"
    if planned:
        numbers = sorted({party.dossier for party in parties.values()})
        world = World(parties, {n: Dossier(n) for n in numbers}, planned=True, year=given["year"])
        world.states["plan"] = "drafting"
        return world, {}
    stages = {1: given} if "stage" in given else given
    world = World(parties, {n: Dossier(n) for n in sorted(stages)})
    agenda: dict[date, list] = {}
    for number, stage in sorted(stages.items()):
        dossier = world.dossiers[number]
        dossier.channel = stage.get("channel", "on_site")
        dossier.check = stage.get("check", "daily")
        dossier.origin = stage.get("origin", "provincial")
        dossier.product = stage.get("product", dossier.product)
        dossier.model = stage.get("model", dossier.model)
        for key, day in _days(stage).items():
            agenda.setdefault(day, []).append((number, key, stage))
    return world, agenda


def _days(stage: dict) -> dict[str, date]:
    if stage["stage"] == "reported_nonconforming":
        return {key: stage[key] for key in ("sampled", "received", "reported")}
    return {"drawn" if stage["stage"] == "drawn" else "handed_over": stage["day"]}


SAMPLED = ["sampling.present_notice", "sampling.pass_precheck", "sampling.complete_sampling"]
BOUGHT = ["purchase.place_order", "purchase.receive_parcel", "purchase.unseal_and_check", "purchase.seal_and_notify"]
RECEIVED = [
    *[f"sample.{act} {unit}" for unit in "TR" for act in ("dispatch", "receive")],
    "inspection.receive_sample",
    "inspection.clear_qualification",
    "sample.issue T",
    "inspection.start_testing",
]
REPORTED = ["sample.record_tested T", "sample.retain T", "inspection.complete", "inspection.issue_report"]


def set_up(world: World, number: int, key: str, stage: dict) -> None:
    """One day of a stage: exactly what its acts, done with default facts, produce. Forms and flags are not compared."""
    world.dossiers[number].exists = key in ("drawn", "reported", "handed_over")
    world.last_effect = max(world.today, world.last_effect)
    if key in ("drawn", "sampled"):
        world.states[world.task(number)] = "targets_drawn"
        world.states[world.field_chart(number)] = "assigned"
    acts = {"sampled": SAMPLED, "received": RECEIVED, "reported": REPORTED}.get(key, [])
    for line in acts:
        name, _, unit = line.partition(" ")
        row: dict = {"act": name, "dossier": number}
        if unit:
            row["unit"] = unit
        if name == "inspection.issue_report" and "items" in stage:
            row["with"] = {"items": stage["items"]}
        refused = do(world, row)
        assert refused is None, (row, refused)
    world.forms.clear()
    world.flags.clear()


class Player:
    """A file being played: the clock goes day by day, steps are looked at in between."""

    def __init__(self, story: dict, start: date | None = None):
        self.world, self.agenda = begin(story)
        first = min([*self.agenda, *([start] if start else [])])
        self.world.today = first - DAY
        self.world.last_effect = first
        self.before: dict[str, str] = {}

    def until(self, day: date) -> None:
        """Every day has its sweep, then the stages set up on it."""
        while self.world.today < day:
            sweep(self.world, self.world.today + DAY)
            for number, key, stage in self.agenda.get(self.world.today, []):
                set_up(self.world, number, key, stage)

    def look(self) -> dict:
        """What a file would expect now: changed states, all running periods, forms and flags since the last look."""
        world = self.world
        changed = {label: state for label, state in world.states.items() if self.before.get(label) != state}
        seen = {
            "states": changed,
            "deadlines": {name: period.shown(world.today) for name, period in world.periods.items()},
            "forms": sorted(world.forms),
            "flags": sorted(set(world.flags)),
        }
        self.before = dict(world.states)
        world.forms.clear()
        world.flags.clear()
        return seen


def differences(story: dict) -> list[tuple]:
    """Where the expectations of a file and this reading of the rules part."""
    player = Player(story, story["steps"][0]["day"])
    found = []
    for number, step in enumerate(story["steps"], 1):
        player.until(step["day"])
        for row in step.get("do") or []:
            refused = do(player.world, row)
            if refused is not None:
                found.append((number, row["act"], "done", refused))
        for row in step.get("refuse") or []:
            found.extend(_refusal_differs(number, player.world, row))
        found.extend(_look_differs(number, player, step["expect"]))
    return found


def _refusal_differs(number: int, world: World, row: dict) -> list[tuple]:
    tried = copy.deepcopy(world)
    refused = do(tried, row)
    if refused is None:
        return [(number, row["act"], "refused", "done")]
    if not refused.articles & set(row["articles"]):
        return [(number, row["act"], row["articles"], refused)]
    return []


def _look_differs(number: int, player: Player, expect: dict) -> list[tuple]:
    seen = player.look()
    states = player.world.state
    found = [
        (number, label, state, states(label)) for label, state in expect["states"].items() if states(label) != state
    ]
    for key in ("deadlines", "forms", "flags"):
        wanted = expect.get(key) or ({} if key == "deadlines" else [])
        if seen[key] != wanted:
            found.append((number, key, wanted, seen[key]))
    return found
