"""How a random file begins: its stages and its parties (README sections 3 and 4)."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.second_reading.counting import DAY, VALID_TO
from tests.second_reading.particulars import ITEMS, OUTSIDE, PLACES

LAST_DAY = date(2026, 9, 25)  # every period which starts before it ends in a year whose calendar is announced


def opening(rng: Random, seed: int, shape: str) -> dict:
    """A story without steps; `first` is the first day of a file which starts with the plan."""
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
        two, unsold = "with two" in shape, "without a seller" in shape
        given = _stage(rng, shape.split(maxsplit=1)[0], on_site="on site" in shape or unsold, two=two)
        parties = _parties(rng, 1, given["stage"], parties, two=two, unsold=unsold)
    first = date(given["year"], 1, 15) + rng.randint(-20, 5) * DAY if shape == "plan" else None
    story = {"id": f"W{seed}", "title": f"Random walk {seed}", "articles": [1], "given": given, "parties": parties}
    return {**story, "steps": [], "first": first}


def _later(rng: Random, given: dict) -> None:
    """The second check follows the first, often about six months later."""
    first = min(value for value in given[1].values() if isinstance(value, date))
    move = rng.choice([181, 182, 183, 184, 185, rng.randint(20, 400)]) * DAY
    move += first - min(value for value in given[2].values() if isinstance(value, date))
    moved = {key: value + move for key, value in given[2].items() if isinstance(value, date)}
    if max(moved.values()) < LAST_DAY - 30 * DAY and min(moved.values()) <= VALID_TO:
        given[2].update(moved)


def _stage(rng: Random, kind: str, on_site: bool = False, two: bool = False) -> dict:
    start = date(2021, 5, 3) + rng.randint(0, 1750) * DAY
    if rng.random() < 0.1:
        start = rng.choice([date(2021, 5, 3), date(2021, 9, 14), date(2023, 9, 18), date(2026, 4, 20)])
    labels = {"model": rng.choice(["A", "B"])} if rng.random() < 0.3 else {}
    if rng.random() < 0.1:
        labels["product"] = "插座"
    if kind == "drawn":
        if rng.random() < 0.3:
            start = rng.choice([date(2021, 4, 29), date(2026, 4, 29), date(2026, 5, 1)])
        online = {"channel": "online"} if not on_site and rng.random() < 0.4 else {}
        check = {"check": rng.choice(["tracking", "emergency"])} if rng.random() < 0.2 else {}
        return {"stage": "drawn", "day": start, **online, **check, **labels}
    if kind == "handed_over":
        if rng.random() < 0.1:
            start = date(2026, 4, 28)
        return {"stage": "handed_over", "day": start, "origin": rng.choice(["national", "other_province"]), **labels}
    received = start + rng.randint(1, 4) * DAY
    stage = {"stage": "reported_nonconforming", "sampled": start, "received": received}
    stage["reported"] = received + rng.randint(8, 25) * DAY
    if two or rng.random() < 0.5:
        chosen = rng.sample(ITEMS, rng.randint(2 if two else 1, 3))
        results = ["fail"] if two else ["fail", "fail", "pass"]
        stage["items"] = [{"name": n, "kind": k, "result": rng.choice(results)} for n, k in chosen]
        stage["items"][0]["result"] = "fail"
    return {**stage, **labels}


def _roles(rng: Random, stage: str, two: bool, unsold: bool) -> list[str]:
    seller_first = ["seller", "nominal_producer"]
    if unsold:
        return ["sampled_producer", "nominal_producer"]
    if two:
        return rng.choice([seller_first, ["sampled_producer", "nominal_producer"]])
    shapes = [seller_first, seller_first, ["seller", "nominal_producer", "seller"]]
    if stage == "handed_over":
        shapes += [["nominal_producer"], ["sampled_producer", "nominal_producer", "seller"], ["seller"]]
    else:
        shapes += [["sampled_producer"]] * 2 + [["seller"], ["sampled_producer", "nominal_producer"]]
    return rng.choice(shapes)


def _parties(rng: Random, number: int, stage: str, earlier: dict, two: bool = False, unsold: bool = False) -> dict:
    found: dict[str, dict] = {}
    for role in _roles(rng, stage, two, unsold):
        name = {"sampled_producer": "P", "seller": "S", "nominal_producer": "N"}[role]
        name += str(number) if number > 1 else ""
        name += "b" if name in found else ""
        found[name] = _party(rng, number, stage, role, earlier)
    return found


def _party(rng: Random, number: int, stage: str, role: str, earlier: dict) -> dict:
    party: dict = {"role": role, "region": int(rng.choice(PLACES))}
    if rng.random() < (0.4 if stage == "handed_over" and role == "seller" else 0.12):
        party["region"] = int(rng.choice(OUTSIDE))
    elif rng.random() < 0.25:
        party["handler"] = int(str(party["region"])[:4] + "00")
    elif rng.random() < 0.15:
        party["registered"] = int(rng.choice(PLACES))
    if number > 1:
        party["dossier"] = number
        alike = [other for other, row in earlier.items() if row["role"].endswith("producer")]
        if role.endswith("producer") and alike and rng.random() < 0.6:
            party["same_as"] = rng.choice(alike)
            party["region"] = earlier[party["same_as"]]["region"]
            party.pop("handler", None)
            party.pop("registered", None)
    return party
