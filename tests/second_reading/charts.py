"""The charts of machines.json as data: sources, targets, actors, guards, periods and forms of every transition."""

from __future__ import annotations

import functools
import json
import pathlib
from dataclasses import dataclass

MACHINES = pathlib.Path(__file__).parents[1] / "acceptance" / "machines.json"


@dataclass(frozen=True)
class Transition:
    """One arrow of a chart, or one of the two acts which are no transitions."""

    name: str
    kind: str
    source: tuple[str, ...] | None
    target: str | None
    actors: tuple[str, ...]
    recorders: tuple[str, ...]
    guards: tuple[str, ...]
    articles: frozenset[int]
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    forms: tuple[int, ...]

    @property
    def machine(self) -> str:
        """The chart it belongs to."""
        return self.name.split(".")[0]

    @property
    def is_act(self) -> bool:
        """Somebody may do it; a consequence only happens."""
        return self.kind != "consequence"


@functools.cache
def book() -> dict:
    """The file itself."""
    return json.loads(MACHINES.read_text("utf-8"))


def _transition(name: str, row: dict, kind: str) -> Transition:
    listed = {key: tuple(row.get(key) or ()) for key in ("actors", "recorded_by", "guards", "opens", "closes", "forms")}
    source = tuple(row["source"]) if row.get("source") else None
    return Transition(
        name,
        kind,
        source,
        row.get("target"),
        listed["actors"],
        listed["recorded_by"],
        listed["guards"],
        frozenset(row["articles"]),
        listed["opens"],
        listed["closes"],
        listed["forms"],
    )


@functools.cache
def transitions() -> dict[str, Transition]:
    """All transitions and the two extra acts by machine.name."""
    found = {}
    for machine in book()["machines"]:
        for row in machine["transitions"]:
            name = f"{machine['name']}.{row['name']}"
            found[name] = _transition(name, row, row["kind"])
    for row in book()["extra_acts"]:
        found[row["name"]] = _transition(row["name"], row, "extra")
    return found


@functools.cache
def guard_articles() -> dict[str, frozenset[int]]:
    """The articles on which a refusal by this guard rests (README section 7)."""
    return {row["name"]: frozenset(row["articles"]) for row in book()["guards"]}
