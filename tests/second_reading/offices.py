"""Who may do an act: the words of README section 5.1 and the bureaus which they mean for the party of the act."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.records import PROVINCE, Party, in_shandong

NOMINAL = "nominal_producer"


def _concerned(act: Act) -> list[Party]:
    if act.name == "lead.create":
        return [act.world.sampled_entity(act.number)]
    if act.machine == "lead":
        return [act.world.parties[act.lead.party]] if act.lead else []
    return [act.party] if act.party else act.world.of(act.number)


def _placed(act: Act) -> list[Party]:
    """Whose places the words city and county mean."""
    if act.machine == "objection":  # art. 37: the cities of the nominal producer and of the seller, or who was sampled
        parties = act.world.of(act.number)
        second = "seller" if any(p.role == "seller" for p in parties) else "sampled_producer"
        return [p for p in parties if p.role in (NOMINAL, second)]
    if act.machine == "denial":  # art. 52: those of the place of the nominal producer
        return [p for p in act.world.of(act.number) if p.role == NOMINAL]
    return _concerned(act)


def _handlers(act: Act) -> set[str]:
    """The bureau of the registered place may receive the report first, and pass the case on before the order.

    The registered place does not move with a transfer, and its bureau may receive the report of a later case as well;
    of a case which was passed on the new bureau begins with its own receipt (10.1, 10).
    """
    codes = {party.handler for party in _concerned(act)}
    if act.name == "rectification.transfer_jurisdiction" and act.case is not None:
        codes = {act.case.bureau} | (codes if act.world.state(act.label) == "report_received" else set())
    passed_on = act.case is not None and act.world.state(act.case.label) == "transferred" if act.party else False
    before_order = (act.name == "rectification.receive_report" and not passed_on) or (
        act.name == "rectification.transfer_jurisdiction" and act.world.state(act.label) == "report_received"
    )
    return codes | {party.registered for party in _concerned(act)} if before_order else codes


def codes_of(act: Act, word: str) -> set[str]:
    """The bureaus which a word means for the party of the act."""
    if word == "province":
        return {PROVINCE}
    if word == "producer_bureau":
        nominal = [p for p in act.world.of(act.number) if p.role == NOMINAL]
        return {p.region for p in nominal} | {p.city for p in nominal}
    if word == "handler":
        return _handlers(act)
    return {
        "city": {p.city for p in _placed(act)},
        "county": {p.region for p in _placed(act)},
    }.get(word, set())


def _province(act: Act) -> bool:
    return str(act.row.get("by")) in ("province", PROVINCE)


def _barred(act: Act) -> bool:
    """Who stands in the table and may not do it all the same (section 5.1)."""
    if act.name == "rectification.transfer_jurisdiction":  # by the province only to another province
        return _province(act) and in_shandong(str(act.fact("to")))
    if act.machine == "lead" and act.lead and act.name not in ("lead.create", "lead.refer_outside"):
        # A lead about a party outside Shandong has no county here, and no city either: only the province acts on it.
        return not act.world.parties[act.lead.party].inside
    return False


def by_whom(act: Act) -> bool:
    """One of the words of the transition, or the code of a bureau which one of them means."""
    if _barred(act):
        return False
    who = act.row.get("by")
    words = [word for word in (*act.transition.actors, *act.transition.recorders) if word != "system"]
    if who is None or who in words:
        return True
    code = str(who)
    if not code.isdigit():
        return False
    if act.machine == "plan":
        suggests = act.name == "plan.submit_suggestion" and in_shandong(code) and code != PROVINCE
        return suggests or (code == PROVINCE and "province" in words)
    return any(code in codes_of(act, word) for word in words)
