"""Every act somebody might try now, with facts good and bad: what a random walk chooses from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from tests.second_reading.acts import PARTY_CHARTS, resolve
from tests.second_reading.charts import Transition, transitions
from tests.second_reading.counting import DAY
from tests.second_reading.particulars import PLACES, needed_facts, special_facts
from tests.second_reading.variations import OTHERWISE
from tests.second_reading.world import World

CORRECTIONS = ("result_notice.correct_lapse", "retest.reinstate", "rectification.correct_lapse")
STRANGERS = ("city", "county", "province", "lab", "sampler", "enterprise", "handler", "expert", "retest_lab")


def everything(world: World, rng: Random) -> Iterator[dict]:
    """All acts with default facts, and one variation of each drawn at random."""
    for transition in transitions().values():
        if transition.is_act:
            for row in _addressed(world, transition):
                yield from _variations(world, row, rng)


def _addressed(world: World, transition: Transition) -> Iterator[dict]:
    """An act on each chart it could mean."""
    name, machine = transition.name, transition.machine
    if machine in PARTY_CHARTS or name == "objection.file":
        yield from _by_party(world, name)
    elif machine in ("objection", "retest"):
        numbers = [o.number for o in world.objections] or [1]
        yield from ({"act": name, "objection": number} for number in numbers)
    elif machine == "lead":
        if name == "lead.create":
            yield from [{"act": name}] if len(world.dossiers) == 1 and world.dossiers[1].exists else []
        else:
            yield from ({"act": name, "lead": lead.number} for lead in world.leads)
    elif machine == "plan":
        yield from [{"act": name}] if world.planned else []
    else:
        yield from _by_dossier(world, name, machine)


def _by_party(world: World, name: str) -> Iterator[dict]:
    for party in world.parties.values():
        if world.dossiers[party.dossier].exists:
            yield {"act": name, "party": party.name}
            if name.startswith("result_notice") and len(world.notices.get(party.name, [])) > 1:
                yield {"act": name, "party": party.name, "notice": 2}


def _by_dossier(world: World, name: str, machine: str) -> Iterator[dict]:
    several = len(world.dossiers) > 1
    numbers = [1] if world.planned and machine in ("task", "publication") else list(world.dossiers)
    for number in numbers:
        if not (world.dossiers[number].exists or (world.planned and machine in ("task", "publication"))):
            continue
        row: dict = {"act": name}
        if several and not (world.planned and machine in ("task", "publication")):
            row["dossier"] = number
        if machine == "sample":
            yield {**row, "unit": "T"}
            yield {**row, "unit": "R"}
        else:
            yield row


def _variations(world: World, row: dict, rng: Random) -> Iterator[dict]:
    """The act with default facts, with other facts, by somebody else, with another legal date."""
    name = row["act"]
    needed = needed_facts(world, row, rng)
    row = {**row, "with": needed} if needed else row
    yield row
    choices = OTHERWISE.get(name)
    if choices:
        yield {**row, "with": {**needed, **rng.choice(choices)}}
    for facts in special_facts(world, row, rng):
        yield {**row, "with": {**needed, **facts}}
    yield from ({**row, "by": who} for who in _everybody(world, row, rng))
    if rng.random() < 0.3 or name in CORRECTIONS:
        legal = _legal_date(world, row, rng)
        if legal is not None:
            yield {**row, "effective_on": legal}


def _everybody(world: World, row: dict, rng: Random) -> Iterator[str | int]:
    """Each of those who may, where there are several; now and then somebody else, and the code of a bureau."""
    transition = transitions()[row["act"]]
    words = [word for word in (*transition.actors, *transition.recorders) if word != "system"]
    if len(words) > 1:
        yield from words
    if rng.random() < 0.15:
        yield rng.choice(STRANGERS)
    if rng.random() < 0.15:
        party = world.parties[row["party"]] if "party" in row else rng.choice(list(world.parties.values()))
        codes = [party.region, party.city, party.handler, party.registered, rng.choice(PLACES), "370000"]
        yield int(rng.choice([code for code in codes if code.startswith("37")]))


def _legal_date(world: World, row: dict, rng: Random) -> date | None:
    """A date before today, not before anything else that happened in the file; for corrections inside the window."""
    act = resolve(world, row)
    floor = world.last_effect
    window = _window(world, act)
    if window is not None:
        edge = rng.choice([window.start + DAY, window.due_on, window.latest, window.latest + DAY])
        return min(edge, world.today)
    if floor >= world.today:
        return None
    return world.today - rng.randint(0, min(5, (world.today - floor).days)) * DAY


def _window(world: World, act):
    """The period which has lapsed and which a correction or a late entry is about."""
    if act.name == "rectification.correct_lapse" and act.case is not None:
        return act.case.d44
    if act.name == "retest.reinstate" and act.objection and act.objection.number in world.retests:
        return act.retest.window
    if act.name == "result_notice.correct_lapse" and act.notice is not None:
        return act.notice.window
    if act.name == "objection.file":
        notice = world.window_notice(act.row["party"])
        lapsed = notice is not None and world.state(notice.label) == "window_closed"
        return notice.window if lapsed else None
    return None
