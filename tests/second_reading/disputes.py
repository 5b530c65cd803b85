"""What follows from acts on result notices, the conclusion, objections and retests (README 10.1, 2 to 6)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.world import FINAL, PROVISIONAL, Dossier, Notice, Objection, Retest, World


def first_result(act: Act, items: list[dict], says: str) -> None:
    """CN1 or CN2, and a notice to every party. Cases come into being by receive_report only."""
    world, dossier = act.world, act.dossier
    if world.conclusion(act.number) != "absent":
        return
    dossier.report_says = says
    world.states[world.label("conclusion", act.number)] = f"provisional_{says}"
    _take_over(dossier, items)
    _notices(world, act.number)
    if says == "nonconforming":
        effectiveness(world, act.number)


def full_report(act: Act, items: list[dict]) -> None:
    """After a partial report: second notices when further items failed (10.1, 6)."""
    before = set(act.dossier.reported_failed)
    _take_over(act.dossier, items)
    if act.dossier.reported_failed - before:
        _notices(act.world, act.number)


def _take_over(dossier: Dossier, items: list[dict]) -> None:
    for item in items:
        name = item["name"]
        if name not in dossier.settled:
            dossier.items[name] = (item.get("kind", "performance"), item["result"])
        if item["result"] == "fail":
            dossier.reported_failed.add(name)


def _notices(world: World, dossier: int) -> None:
    for party in world.of(dossier):
        notices = world.notices.setdefault(party.name, [])
        suffix = f"#{len(notices) + 1}" if notices else ""
        notices.append(Notice(f"result_notice.{party.name}{suffix}", party.name))
        world.states[notices[-1].label] = "due"


def effectiveness(world: World, dossier: int) -> None:
    """The same kind of product of a producer which had passed a re-check failed again (art. 55)."""
    product = world.dossiers[dossier].product
    for party in world.producers(dossier):
        for other in world.still_passed():
            earlier = world.parties[other]
            same_kind = world.dossiers[earlier.dossier].product == product
            if earlier.dossier != dossier and same_kind and world.enterprise(other) == world.enterprise(party.name):
                world.flags.append("EFFECTIVENESS_REVIEW")


# Notices.


def served(act: Act) -> None:
    """The 15 days of this party begin with its receipt."""
    notice = act.notice
    notice.window = counting.period("D35", act.day)
    act.world.periods[window_name(notice)] = notice.window


def window_name(notice: Notice) -> str:
    return notice.label.replace("result_notice", "D35")


def correct_lapse(act: Act) -> None:
    """The objection had arrived in time: it counts from now on, and the conclusion is open again."""
    world = act.world
    for o in world.objections:
        if o.party == act.row["party"] and not o.late:
            o.counts = True
    _reopen(world, act.number)


def _reopen(world: World, dossier: int) -> None:
    if world.conclusion(dossier) in (*PROVISIONAL, *FINAL):
        world.states[world.label("conclusion", dossier)] = "under_objection"


# Objections.


def file(act: Act) -> None:
    """Measured by the window of this party; late ones are recorded and count nowhere (10.1, 2)."""
    world, dossier, party = act.world, act.dossier, act.row["party"]
    items = set(act.fact("items") or dossier.reported_failed) if act.fact("grounds") == "test_result" else set()
    o = Objection(len(world.objections) + 1, party, act.number, act.fact("grounds"), items, act.day)
    notice = world.window_notice(party)
    world.objections.append(o)
    world.states[o.label] = "filed"
    if notice is not None and notice.window is not None:
        o.late = act.day > notice.window.latest
        o.counts = not o.late and world.state(notice.label) != "window_closed"
        if o.late:
            world.flags.append("LATE_OBJECTION")
        elif notice.window.contested(act.day):
            world.flags.append("CONTESTED_REST_DAY")
    if not o.counts:
        return
    if notice is not None and world.state(notice.label) == "served":
        world.states[notice.label] = "objected"
        world.periods.pop(window_name(notice), None)
    if not (world.conclusion(act.number) in FINAL and dossier.retest_completed):
        _reopen(world, act.number)


def findings(act: Act) -> None:
    """The two city bureaus have answered; only when N did not make it the denial can be upheld (art. 37)."""
    act.objection.findings = not act.fact("produced")


def ended(act: Act) -> None:
    """An objection has ended which counted."""
    if act.objection.counts:
        settle(act.world, act.number)


def revoke(act: Act) -> None:
    """CN5: the sampling is void, every case of the dossier is withdrawn."""
    world, number = act.world, act.number
    if world.conclusion(number) not in ("under_objection", "under_retest", *FINAL):
        return
    world.states[world.label("conclusion", number)] = "revoked"
    if world.state(world.field_chart(number)) == "sampled":
        world.states[world.field_chart(number)] = "voided"
    world.withdraw_all(number)


def order_retest(act: Act) -> None:
    if act.world.conclusion(act.number) in ("under_objection", "under_retest"):
        act.world.states[act.world.label("conclusion", act.number)] = "under_retest"


def uphold_denial(act: Act) -> None:
    """The case of the applicant falls, a lead is opened; the seller's case stays."""
    act.world.withdraw(act.objection.party)
    act.world.new_lead(act.objection.party)


def decision_received(act: Act) -> None:
    """When the decision was a retest, the retest comes into being and its 7 days run."""
    o = act.objection
    o.received = True
    if act.world.state(o.label) == "concluded_retest":
        window = counting.period("D39", act.day)
        act.world.states[o.retest] = "awaiting_formalities"
        act.world.retests[o.number] = Retest(window)
        act.world.periods[f"D39.{o.number}"] = window


# Retests.


def formalities(act: Act) -> None:
    number = act.objection.number
    window = act.world.periods.pop(f"D39.{number}", None)
    if window is not None and window.contested(act.day):
        act.world.flags.append("CONTESTED_REST_DAY")
    act.world.periods[f"D40.{number}"] = counting.period("D40", act.day)


def waive(act: Act) -> None:
    waived(act.world, act.objection, act.fact("ground"))


def waived(world: World, o: Objection, why: str) -> None:
    """The retest has ended; a lapse can be corrected, tampering cannot."""
    world.states[o.retest] = "waived"
    world.retests[o.number].waived = why
    for code in ("D39", "D40"):
        world.periods.pop(f"{code}.{o.number}", None)
    settle(world, o.dossier)


def commission(act: Act) -> None:
    act.world.periods.pop(f"D40.{act.objection.number}", None)


def hand_over(act: Act) -> None:
    _reserve(act, ("in_custody", "held_by_enterprise"), "released_for_retest")


def report(act: Act) -> None:
    act.retest.items = {item["name"]: item["result"] for item in act.fact("items")}
    _reserve(act, ("released_for_retest",), "retested")


def _reserve(act: Act, source: tuple[str, ...], target: str) -> None:
    label = act.world.unit(act.number, "R")
    if act.world.state(label) in source:
        act.world.states[label] = target


def form10(act: Act) -> None:
    """The retested items replace the old results at once and are settled; then the end of the retest counts."""
    dossier = act.dossier
    for name, result in act.retest.items.items():
        kind = dossier.items.get(name, ("performance", ""))[0]
        dossier.items[name] = (kind, result)
        dossier.settled.add(name)
    dossier.retest_completed = True
    settle(act.world, act.number)


def reinstate(act: Act) -> None:
    """A provisional or final conclusion is reopened, then under_retest; D40 runs from the true date."""
    world, number = act.world, act.objection.number
    _reopen(world, act.number)
    order_retest(act)
    act.retest.waived = ""
    world.periods[f"D40.{number}"] = counting.period("D40", act.day)


# The conclusion.


def settle(world: World, number: int) -> None:
    """What the conclusion becomes when an objection or a retest has ended (10.1, 3)."""
    dossier, label = world.dossiers[number], world.label("conclusion", number)
    if world.state(label) not in ("under_objection", "under_retest"):
        return
    if world.open_retests(number):
        return
    if world.open_objections(number):
        world.states[label] = "under_objection"
    elif not dossier.retest_completed:
        world.states[label] = f"provisional_{dossier.report_says}"
    elif dossier.failed:
        world.states[label] = "final_nonconforming"
    else:
        world.states[label] = "final_conforming"
        world.withdraw_all(number)


def finality(world: World) -> None:
    """A provisional conclusion becomes final when the full report is out and nothing is open (10.1, 5)."""
    for number, dossier in world.dossiers.items():
        label = world.label("conclusion", number)
        notices = [notice for party in world.of(number) for notice in world.notices.get(party.name, [])]
        closed = all(world.state(notice.label) in ("window_closed", "objected") for notice in notices)
        if world.state(label) in PROVISIONAL and dossier.full_report and closed and not world.disputed(number):
            world.states[label] = f"final_{dossier.report_says}"


EFFECTS = {
    "result_notice.record_receipt": [served],
    "result_notice.correct_lapse": [correct_lapse],
    "objection.file": [file],
    "objection.denial_findings": [findings],
    "objection.maintain": [ended],
    "objection.withdraw": [ended],
    "objection.revoke": [revoke, ended],
    "objection.order_retest": [order_retest],
    "objection.uphold_denial": [uphold_denial, ended],
    "objection.record_decision_receipt": [decision_received],
    "retest.complete_formalities": [formalities],
    "retest.waive": [waive],
    "retest.commission": [commission],
    "retest.hand_over_sample": [hand_over],
    "retest.report": [report],
    "retest.close_conforming": [form10],
    "retest.close_nonconforming": [form10],
    "retest.reinstate": [reinstate],
}
