"""What follows from acts on cases: report, order, application, inability, annulment, transfer (README 10.1, 6 to 11)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.guards_cases import to_own_county
from tests.second_reading.records import Case, in_shandong
from tests.second_reading.reports import effectiveness
from tests.second_reading.world import CASE_PERIODS


def open_period(act: Act, code: str) -> counting.Period:
    period = counting.period(code, act.day)
    act.world.periods[f"{code}.{act.case.suffix}"] = period
    return period


def close_periods(act: Act, *codes: str) -> None:
    for code in codes:
        act.world.periods.pop(f"{code}.{act.case.suffix}", None)


def import_external(act: Act) -> None:
    """Imported conclusions are final from the start; the failed item is the usual one (section 3)."""
    dossier = act.dossier
    dossier.report_says, dossier.full_report = "nonconforming", True
    dossier.items = {"导体电阻": ("performance", "fail")}
    dossier.reported_failed = set(dossier.items)
    effectiveness(act.world, act.number)


def _new_case(act: Act, state: str) -> Case:
    world, party = act.world, act.row["party"]
    cases = world.cases.setdefault(party, [])
    who = str(act.row.get("by"))
    bureau = who if who.isdigit() and act.name == "rectification.receive_report" else act.party.handler
    case = Case(f"{party}#{len(cases) + 1}" if cases else party, party, bureau)
    cases.append(case)
    world.states[case.label] = state
    return case


# Report and order.


def receive_report(act: Act) -> None:
    """The bureau's own receipt starts its 5 working days; a handed-over dossier is pinned by it."""
    act.dossier.pinned = True
    _new_case(act, "report_received")
    open_period(act, "D43")


def issue_order(act: Act) -> None:
    """It names the failed items which no order of the party names yet; the 75 days run from its date (10.1, 6)."""
    close_periods(act, "D43", "D44", "D46B")
    act.case.named |= act.dossier.failed - act.world.named_by_orders(act.case.party)
    act.case.d46b = open_period(act, "D46B")
    act.case.bureau = act.party.handler
    _unserved(act)


def _unserved(act: Act) -> None:
    """FORM7_NOT_SERVED: the newest Form 7 of the party, which tells of what this order adds, was not received.

    Also for a first order which is issued between the receipt of the first Form 7 and that of the second.
    """
    notices = act.world.notices.get(act.row["party"], [])
    if not act.dossier.handed_over and notices and notices[-1].window is None:
        act.world.flags.append("FORM7_NOT_SERVED")


def order_received(act: Act) -> None:
    """The 60 days run from the receipt; the ban begins, or is active again (10.1, 18)."""
    case = act.case
    case.served = True
    case.d44 = open_period(act, "D44")
    act.world.states[f"ban.{case.party}"] = "active"
    if case.d46b.due_on < case.d44.due_on:
        act.world.flags.append("SERVICE_LATE")


# Application and inability.


def submitted(act: Act) -> None:
    """Application or proof of inability: 15 days from its receipt; the 60 and the 75 days end."""
    if act.case.d44.contested(act.day):
        act.world.flags.append("CONTESTED_REST_DAY")
    act.case.by_party = True
    close_periods(act, "D44", "D46B")
    open_period(act, "D46A")


def late(act: Act) -> None:
    act.world.flags.append("LATE_SUBMISSION")


def resume(act: Act) -> None:
    """An application of the party."""
    act.case.by_party = True
    open_period(act, "D46A")


def restored(act: Act) -> None:
    """The bureau's own finding: no application of the party, nothing the party could withdraw (10.1, 11)."""
    act.case.by_party = False
    open_period(act, "D46A")


def correct_lapse(act: Act) -> None:
    act.case.by_party = True
    close_periods(act, "D46B")
    open_period(act, "D46A")


def withdraw_application(act: Act) -> None:
    """The 60 and the 75 days revive with their original dates."""
    close_periods(act, "D46A")
    act.world.periods[f"D44.{act.case.suffix}"] = act.case.d44
    act.world.periods[f"D46B.{act.case.suffix}"] = act.case.d46b


# Annulment and the end of a party.


def annul(act: Act) -> None:
    """The order, or the last failed recheck (10.1, 11). The state after it stands in play.TARGETS."""
    world, case = act.world, act.case
    world.lost_basis(case, act.before)
    if act.fact("what") == "order" and act.fact("anew"):
        case.named.clear()
    if act.before == "licence_revoked":
        return
    world.end_periods(case)
    if act.fact("what") == "order":
        world.lift_ban(case.party)
    else:
        case.failures -= 1
        case.by_party = False
        open_period(act, "D46A")


def dissolved(act: Act) -> None:
    """The deadlines end, the ban is lifted; what was announced stays announced (10.1, 11)."""
    act.world.end_periods(act.case)
    act.world.lift_ban(act.case.party)


# Transfer (10.1, 10).


def transfer(act: Act) -> None:
    """To another province the case ends here; inside, an heir in the same state, or the new bureau begins anew.

    The bureau which takes over gives the place of the party (section 5.1), also the own county of a city.
    """
    world, old, target = act.world, act.case, str(act.fact("to"))
    # A Form 11 of the case was received: a further one which is still on its way goes on with the heir.
    inherits = in_shandong(target) and (old.served or to_own_county(act))
    running = {code: world.periods.get(f"{code}.{old.suffix}") for code in CASE_PERIODS}
    world.end_periods(old)
    act.party.region = act.party.handler = target
    if inherits:
        _take_over(act, old, {code: period for code, period in running.items() if period})
    elif not in_shandong(target) and world.state(f"ban.{old.party}") == "active":
        world.states[f"ban.{old.party}"] = "handed_over"


def _take_over(act: Act, old: Case, running: dict[str, counting.Period]) -> None:
    """RC22: the same state, the same clocks, the round, an open visit and the announcement."""
    world = act.world
    heir = _new_case(act, act.before)
    for key, value in vars(old).items():
        if key not in ("suffix", "party", "bureau"):
            setattr(heir, key, value)
    world.periods.update({f"{code}.{heir.suffix}": period for code, period in running.items()})
    for holder in (*world.visits.get(old.party, []), *world.announcements.get(old.party, [])):
        if holder.case is old:
            holder.case = heir


EFFECTS = {
    "conclusion.import_external": [import_external],
    "rectification.receive_report": [receive_report],
    "rectification.issue_order": [issue_order],
    "rectification.supplement_order": [issue_order],
    "rectification.record_order_receipt": [order_received],
    "rectification.apply_recheck": [submitted],
    "rectification.claim_hardship": [submitted],
    "rectification.late_submission": [late],
    "rectification.resume_and_apply": [resume],
    "rectification.conditions_restored": [restored],
    "rectification.correct_lapse": [correct_lapse],
    "rectification.withdraw_application": [withdraw_application],
    "rectification.annul": [annul],
    "rectification.close_dissolved": [dissolved],
    "rectification.transfer_jurisdiction": [transfer],
}
