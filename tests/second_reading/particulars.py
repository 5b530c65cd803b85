"""Facts which a random walk makes up from what has happened in the file so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from tests.second_reading.acts import Act, resolve
from tests.second_reading.counting import DAY
from tests.second_reading.records import DRAWN
from tests.second_reading.world import World

ITEMS = [("导体电阻", "performance"), ("绝缘厚度", "safety"), ("标志", "label"), ("耐压", "safety")]
PLACES = [
    "370102",
    "370112",
    "370114",
    "370214",
    "370303",
    "370305",
    "370602",
    "370702",
    "370811",
    "370902",
    "371302",
    "371502",
    "371602",
]
CITIES = ("370200", "370600")
OUTSIDE = ("330106", "320102")


def items(rng: Random, least: int, fail: bool = False) -> list[dict]:
    """Some tested items with their results."""
    chosen = rng.sample(ITEMS, rng.randint(least, 3))
    results = ["fail"] if fail else ["fail", "fail", "pass"]
    return [{"name": name, "kind": kind, "result": rng.choice(results)} for name, kind in chosen]


# Facts without which the act cannot be written down.


def needed_facts(world: World, row: dict, rng: Random) -> dict:
    make = NEEDED.get(row["act"])
    return make(resolve(world, row), rng) if make else {}


def _place(act: Act, rng: Random) -> dict:
    """Elsewhere, the own city or one of its counties, or another province."""
    party, kind = act.party, rng.random()
    own = [place for place in (*PLACES, *CITIES, party.city) if place[:4] == party.handler[:4]]
    if kind < 0.35:
        return {"to": int(rng.choice(own))}
    if kind < 0.5:
        return {"to": int(rng.choice(OUTSIDE))}
    return {"to": int(rng.choice([*PLACES, *CITIES, party.region]))}


def _retested(act: Act, rng: Random) -> dict:
    """A result for every item of Form 9."""
    named = sorted(act.world.retests[act.row["objection"]].named) if act.row["objection"] in act.world.retests else []
    results = rng.choice([["pass"], ["pass", "fail"], ["pass", "pass", "fail"]])
    return {"items": [{"name": name, "result": rng.choice(results)} for name in named or ["导体电阻"]]}


def _replaced(act: Act, rng: Random) -> dict:
    """After a first replacement the one who goes is named, if a file can know the name."""
    known = [name for name in act.dossier.assigned if name in DRAWN]
    return {"out": rng.choice(known)} if act.dossier.called > 2 and known else {}


NEEDED = {
    "inspection.report_serious": lambda act, rng: {"items": items(rng, 1, fail=True)},
    "objection.decide_anew": lambda act, rng: {"decision": "maintain"},
    "retest.report": _retested,
    "rectification.order_closure": lambda act, rng: {"until": act.world.today + rng.randint(5, 40) * DAY},
    "rectification.transfer_jurisdiction": _place,
    "sampling.replace_sampler": _replaced,
}


# Facts which only make sense as the file stands.


def special_facts(world: World, row: dict, rng: Random) -> Iterator[dict]:
    make = SPECIAL.get(row["act"])
    if make:
        yield from make(resolve(world, row), rng)


def _reports(act: Act, rng: Random) -> Iterator[dict]:
    """Full reports which agree with their items, and some which do not."""
    dossier = act.dossier
    if dossier.reported:
        known = [{"name": n, "kind": k, "result": r} for n, (k, r) in dossier.reported.items()]
        further = [item for item in items(rng, 1, fail=True) if item["name"] not in dossier.reported]
        passed = [{**item, "result": "pass"} for item in further]
        yield {"items": [*known, *further]}
        yield {"items": [*known, *passed]}
        yield {"conclusion": "conforming", "items": passed}
    else:
        yield {"conclusion": "conforming"}
        found = items(rng, 1)
        yield {"items": [{**found[0], "result": "fail"}, *found[1:]]}
        yield {"items": [{**item, "result": "pass"} for item in found]}
        yield {"conclusion": "conforming", "items": [{**found[0], "result": "fail"}]}


def _disputed(act: Act, rng: Random) -> Iterator[dict]:
    """Some of the failed items; after a retest those which it has not settled."""
    failed = sorted(act.dossier.reported_failed)
    left = sorted(act.dossier.reported_failed - act.dossier.settled)
    if len(failed) > 1:
        yield {"items": rng.sample(failed, rng.randint(1, len(failed) - 1))}
    if left and left != failed:
        yield {"items": left}


def _claim(act: Act, rng: Random) -> Iterator[dict]:
    yield {"ground": "19(4)", "earlier_check": _earlier(act, rng)}


def _earlier(act: Act, rng: Random) -> dict:
    """An earlier check: one of the file, or one six months ago, give or take a day."""
    world = act.world
    others = [n for n in world.dossiers if n != act.number and world.dossiers[n].sampled_on]
    if others and rng.random() < 0.5:
        return {"dossier": rng.choice(others)}
    visit = act.dossier.visit_on or world.today
    month = (visit.month - 7) % 12 + 1
    year = visit.year - (visit.month <= 6)
    day = date(year, month, min(visit.day, 28)) + rng.choice([-2, -1, 0, 1, 2, 60]) * DAY
    organiser = rng.choice(["province", "province", "samr", "city", "other_province"])
    return {"organiser": organiser, "sampled": day, "same_product": rng.random() < 0.8}


def _coming(act: Act, rng: Random) -> Iterator[dict]:
    """Those assigned, some of them, or others."""
    known = [name for name in act.dossier.assigned if name in DRAWN] or DRAWN[:1]
    yield {"samplers": known}
    yield {"samplers": known[:1] * 2}
    yield {"samplers": rng.sample([*DRAWN, "王强"], 2)}


def _called_up(act: Act, rng: Random) -> Iterator[dict]:
    """The next of the order by name, or one who is not."""
    yield {"in": act.dossier.next_sampler or "孙磊"}
    yield {"in": rng.choice(DRAWN)}


def _producer(act: Act, rng: Random) -> Iterator[dict]:
    yield from ({"producer": party.name} for party in act.world.producers(act.number))


def _form9(act: Act, rng: Random) -> Iterator[dict]:
    """The disputed items, with those of another open objection, or all which failed."""
    if act.objection is None:
        return
    others = [o.items for o in act.world.open_objections(act.number) if o is not act.objection and o.items]
    own = act.objection.items or act.dossier.reported_failed or {"导体电阻"}
    yield {"items": sorted(own)}
    if others:
        yield {"items": sorted(own | rng.choice(others))}
        yield {"items": sorted(own.union(*others))}


def _some_results(act: Act, rng: Random) -> Iterator[dict]:
    """One item of Form 9 without a result."""
    results = (act.row.get("with") or {}).get("items", [])
    if len(results) > 1:
        yield {"items": results[1:]}


def _annulled(act: Act, rng: Random) -> Iterator[dict]:
    if act.case is not None and act.case.failures:
        yield {"what": "recheck"}


def _by_the_keeper(act: Act, rng: Random) -> Iterator[dict]:
    if act.world.state(act.label) == "held_by_enterprise":
        yield {"cause": "applicant"}


def _tester(act: Act, rng: Random) -> Iterator[dict]:
    if act.dossier.issued_to:
        yield {"inspector": act.dossier.issued_to}


def _closure(act: Act, rng: Random) -> Iterator[dict]:
    """A day which is not to come."""
    yield {"until": act.world.today - rng.randint(0, 10) * DAY}


SPECIAL = {
    "inspection.issue_report": _reports,
    "inspection.terminate_illegal": _producer,
    "inspection.start_testing": _tester,
    "objection.file": _disputed,
    "sample.compromise": _by_the_keeper,
    "sampling.claim_refusal": _claim,
    "sampling.present_notice": _coming,
    "sampling.replace_sampler": _called_up,
    "sampling.add_sampler": _called_up,
    "retest.commission": _form9,
    "retest.report": _some_results,
    "rectification.annul": _annulled,
    "rectification.order_closure": _closure,
}
