"""A played file moment by moment: what was done, and every state and period before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.second_reading.counting import DAY, Period
from tests.second_reading.play import Player, do
from tests.second_reading.world import World


@dataclass(frozen=True)
class Moment:
    """One act which was done, or what a day brought by itself (the act is then empty)."""

    world: World  # for names and parties only: it stands where the file ends
    day: date
    row: dict
    before: dict[str, str]
    after: dict[str, str]
    were_running: dict[str, Period]
    running: dict[str, Period]
    forms: tuple[int, ...]
    flags: tuple[str, ...]
    number: int  # of the dossier which the act is about
    outside: frozenset[str]  # the parties which work outside Shandong

    @property
    def name(self) -> str:
        return self.row.get("act", "")

    @property
    def legal(self) -> date:
        return self.row.get("effective_on") or self.day

    def was(self, label: str) -> str:
        return self.before.get(label, "absent")

    def now(self, label: str) -> str:
        return self.after.get(label, "absent")

    def fact(self, key: str, default):
        return (self.row.get("with") or {}).get(key, default)


def journey(story: dict) -> list[Moment]:
    """Every moment of a file, from its first step on."""
    story = dict(story)
    player = Player(story, story["steps"][0]["day"])
    moments = []
    for step in story["steps"]:
        while player.world.today < step["day"]:
            day = player.world.today + DAY
            moments.append(_moment(player, {}, lambda day=day: player.until(day)))
        acts = step.get("do") or []
        moments.extend(_moment(player, row, lambda row=row: _done(player.world, row)) for row in acts)
    return moments


def _done(world: World, row: dict) -> None:
    refused = do(world, row)
    assert refused is None, (row, refused)


def _moment(player: Player, row: dict, happen) -> Moment:
    world = player.world
    before, were_running = dict(world.states), dict(world.periods)
    world.forms.clear()
    world.flags.clear()
    happen()
    return Moment(
        world,
        world.today,
        row,
        before,
        dict(world.states),
        were_running,
        dict(world.periods),
        tuple(world.forms),
        tuple(world.flags),
        _number(world, row),
        frozenset(name for name, party in world.parties.items() if not party.inside),
    )


def _number(world: World, row: dict) -> int:
    """The dossier of an act: of its party, of its objection, or the one it names."""
    if "party" in row:
        return world.parties[row["party"]].dossier
    if row.get("act", "").split(".")[0] in ("objection", "retest"):
        return world.objections[row.get("objection", 1) - 1].dossier
    return row.get("dossier", 1)
