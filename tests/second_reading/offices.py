"""Who may do an act: the words of README section 5.1 and the bureaus which they mean for the party of the act."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.world import PROVINCE, Party


def _concerned(act: Act) -> list[Party]:
    if act.name == "lead.create":
        return [act.world.sampled_entity(act.number)]
    if act.machine == "lead":
        return [act.world.parties[act.lead.party]] if act.lead else []
    return [act.party] if act.party else act.world.of(act.number)


def _codes(act: Act, word: str) -> set[str]:
    """The bureaus which a word means for the party of the act."""
    if word == "province":
        return {PROVINCE}
    parties = _concerned(act)
    if act.machine == "objection":  # art. 37: the cities of the nominal producer and of the seller
        parties = [p for p in act.world.of(act.number) if p.role != "sampled_producer"]
    if word == "producer_bureau":
        nominal = [p for p in act.world.of(act.number) if p.role == "nominal_producer"]
        return {p.region for p in nominal} | {p.city for p in nominal}
    return {
        "city": {p.city for p in parties},
        "county": {p.region for p in parties},
        "handler": {p.handler for p in parties},
    }.get(word, set())


def by_whom(act: Act) -> bool:
    """One of the words of the transition, or the code of a bureau which one of them means."""
    who = act.row.get("by")
    words = (*act.transition.actors, *act.transition.recorders)
    if who is None or who in words:
        return True
    code = str(who)
    if not code.isdigit():
        return False
    if act.machine == "plan":
        suggests = act.name == "plan.submit_suggestion" and code.startswith("37") and code != PROVINCE
        return suggests or (code == PROVINCE and "province" in words)
    return any(code in _codes(act, word) for word in words)
