"""What follows from acts on cases, re-check visits, announcements, leads, denials and bans (README 10.1, 7 to 13)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.disputes import effectiveness
from tests.second_reading.world import Case, Visit


def _open(act: Act, code: str, case: Case | None = None) -> counting.Period:
    case = case or act.case
    period = counting.period(code, act.day)
    act.world.periods[f"{code}.{case.suffix}"] = period
    return period


def _close(act: Act, *codes: str) -> None:
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
    case = Case(f"{party}#{len(cases) + 1}" if cases else party, party)
    cases.append(case)
    world.states[case.label] = state
    return case


def receive_report(act: Act) -> None:
    """The bureau's own receipt starts its 5 working days; a handed-over dossier is pinned by it."""
    act.dossier.pinned = True
    _new_case(act, "report_received")
    _open(act, "D43")


def issue_order(act: Act) -> None:
    """The 75 days run from the date of the order."""
    _close(act, "D43")
    act.case.d46b = _open(act, "D46B")
    notices = act.world.notices.get(act.row["party"], [])
    if not act.dossier.handed_over and all(notice.window is None for notice in notices):
        act.world.flags.append("FORM7_NOT_SERVED")


def order_received(act: Act) -> None:
    """The 60 days run from the receipt; the ban begins."""
    case = act.case
    case.d44 = _open(act, "D44")
    act.world.states[f"ban.{case.party}"] = "active"
    if case.d46b.due_on < case.d44.due_on:
        act.world.flags.append("SERVICE_LATE")


def submitted(act: Act) -> None:
    """Application or proof of inability: 15 days from its receipt; the 60 and the 75 days end."""
    if act.case.d44.contested(act.day):
        act.world.flags.append("CONTESTED_REST_DAY")
    act.case.hardship = act.case.hardship or act.name == "rectification.claim_hardship"
    _close(act, "D44", "D46B")
    _open(act, "D46A")


def late(act: Act) -> None:
    act.world.flags.append("LATE_SUBMISSION")


def start_recheck(act: Act) -> None:
    """The visit; visits to a party are counted through, over all its cases."""
    world, case = act.world, act.case
    _close(act, "D46A", "D46B", "D51", "D51C")
    visits = world.visits.setdefault(case.party, [])
    visits.append(Visit(f"recheck.{case.party}#{len(visits) + 1}", case))
    world.states[visits[-1].label] = "opened"


def resume(act: Act) -> None:
    _open(act, "D46A")


def report_up(act: Act) -> None:
    act.world.states[act.case.announcement] = "reporting"


def announce(act: Act) -> None:
    """The case is announced with it; the second re-check within 90 days."""
    act.world.states[act.case.label] = "announced"
    _open(act, "D51")


def closure(act: Act) -> None:
    """The period ends on the day ordered; it does not roll."""
    until = act.fact("until")
    act.case.closed_until = until
    act.world.periods[f"D51C.{act.case.suffix}"] = counting.Period("D51C", act.day, until, until)


def licence(act: Act) -> None:
    if act.world.state(f"ban.{act.case.party}") == "active":
        act.world.states[f"ban.{act.case.party}"] = "permanent"


def transfer(act: Act) -> None:
    """Before service the new bureau begins anew; after it the order and its clocks move with the case (10.1, 10)."""
    world, old = act.world, act.case
    after_service = act.before == "rectifying"
    world.end_periods(old)
    act.party.region = act.party.handler = str(act.fact("to"))
    if after_service:
        case = _new_case(act, "rectifying")
        case.d44, case.d46b, case.hardship = old.d44, old.d46b, old.hardship
        world.periods[f"D44.{case.suffix}"] = old.d44
        world.periods[f"D46B.{case.suffix}"] = old.d46b


def correct_lapse(act: Act) -> None:
    _close(act, "D46B")
    _open(act, "D46A")


def withdraw_application(act: Act) -> None:
    """The 60 and the 75 days revive with their original dates."""
    _close(act, "D46A")
    act.world.periods[f"D44.{act.case.suffix}"] = act.case.d44
    act.world.periods[f"D46B.{act.case.suffix}"] = act.case.d46b


# Visits.


def verified(act: Act) -> None:
    act.visit.rectified = act.fact("rectified")
    _open(act, "D50")


def commission_test(act: Act) -> None:
    _close(act, "D50")


def tested(act: Act) -> None:
    act.visit.conclusion = act.fact("conclusion")
    _open(act, "D50")


def passed(act: Act) -> None:
    """A producer's ban falls; a seller's only when it resumes, which needed the producer's pass."""
    world, party = act.world, act.party
    _close(act, "D50")
    world.states[act.case.label] = "passed"
    if party.is_producer or (act.name == "recheck.pass_without_test" and act.fact("resume")):
        world.lift_ban(party.name)


def failed(act: Act) -> None:
    _close(act, "D50")
    act.case.failures += 1
    act.world.states[act.case.label] = "failed"


def suspended(act: Act) -> None:
    _close(act, "D50")
    act.world.states[act.case.label] = "hardship_suspended"


# Leads, denials, bans.


def officers_lead(act: Act) -> None:
    """A lead reported by an officer is about the sampled entity (section 5.1)."""
    act.world.new_lead(act.world.sampled_entity(act.number).name)


def not_the_producer(act: Act) -> None:
    """The nominal producer did not make it or does not exist: its case falls, a lead is opened (art. 52)."""
    nominal = [p.name for p in act.world.of(act.number) if p.role == "nominal_producer"]
    for name in nominal:
        act.world.withdraw(name)
    act.world.new_lead(nominal[0])


def breach(act: Act) -> None:
    act.world.new_lead(act.row["party"])


def proof_shown(act: Act) -> None:
    act.world.lift_ban(act.row["party"])


EFFECTS = {
    "conclusion.import_external": [import_external],
    "rectification.receive_report": [receive_report],
    "rectification.issue_order": [issue_order],
    "rectification.record_order_receipt": [order_received],
    "rectification.apply_recheck": [submitted],
    "rectification.claim_hardship": [submitted],
    "rectification.late_submission": [late],
    "rectification.start_recheck": [start_recheck],
    "rectification.resume_and_apply": [resume],
    "rectification.report_up": [report_up],
    "rectification.order_closure": [closure],
    "rectification.revoke_licence": [licence],
    "rectification.transfer_jurisdiction": [transfer],
    "rectification.correct_lapse": [correct_lapse],
    "rectification.withdraw_application": [withdraw_application],
    "recheck.verify_on_site": [verified],
    "recheck.commission_test": [commission_test],
    "recheck.test_done": [tested],
    "recheck.pass_without_test": [passed],
    "recheck.pass_with_test": [passed],
    "recheck.fail_without_test": [failed],
    "recheck.fail_with_test": [failed],
    "recheck.confirm_hardship": [suspended],
    "announcement.announce": [announce],
    "lead.create": [officers_lead],
    "denial.find_not_produced": [not_the_producer],
    "denial.find_nonexistent": [not_the_producer],
    "ban.record_breach": [breach],
    "ban.record_producer_proof": [proof_shown],
}
