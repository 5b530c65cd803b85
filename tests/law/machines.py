"""The seventeen charts as data: machines.json, read once, in the shape the law tests compare."""

import csv
import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ACCEPTANCE = HERE.parent / "acceptance"
ABSENT = "absent"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """What the data, or the program, says of one transition."""

    code: str
    name: str
    kind: str
    source: frozenset[str]
    target: frozenset[str]
    actors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    guards: frozenset[str]
    articles: tuple[int, ...]
    opens: frozenset[str]
    closes: frozenset[str]
    counts: frozenset[str]
    forms: tuple[int, ...]

    def differences(self, other: "Transition") -> list[str]:
        """What two descriptions of the same transition do not agree on."""
        return [
            f"{self.name}.{field.name}: {getattr(self, field.name)} / {getattr(other, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        ]


@cache
def machines() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = json.loads((ACCEPTANCE / "machines.json").read_text(encoding="utf-8"))
    return found


def machine(name: str) -> dict[str, Any]:
    """One chart of it."""
    return next(found for found in machines()["machines"] if found["name"] == name)


CHART_NAMES = [found["name"] for found in machines()["machines"]]
EXTRA_ACTS = {extra["name"]: extra for extra in machines()["extra_acts"]}


def transitions(chart: str) -> dict[str, Transition]:
    """The transitions of one chart, by their public names."""
    return {
        f"{chart}.{row['name']}": Transition(
            code=row["code"],
            name=f"{chart}.{row['name']}",
            kind=row["kind"],
            source=frozenset(row["source"] or [ABSENT]),
            target=frozenset({row["target"], *(further["target"] for further in row.get("also") or ())}),
            actors=tuple(row["actors"]),
            recorded_by=tuple(row.get("recorded_by") or ()),
            guards=frozenset(row["guards"]),
            articles=tuple(row["articles"]),
            opens=frozenset(row["opens"]),
            closes=frozenset(row["closes"]),
            counts=frozenset(row["counts"]),
            forms=tuple(row["forms"]),
        )
        for row in machine(chart)["transitions"]
    }


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables that stand beside the tests."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
