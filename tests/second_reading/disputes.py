"""What follows from acts on result notices, the conclusion, objections and retests (README 10.1, 2 to 4)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.records import Objection, Retest
from tests.second_reading.reports import fall, settle, void_sampling, window_name
from tests.second_reading.world import FINAL, PROVISIONAL, World

# Notices.


def served(act: Act) -> None:
    """The 15 days of this party begin with its receipt."""
    notice = act.notice
    notice.window = counting.period("D35", act.day)
    act.world.periods[window_name(notice)] = notice.window


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
    """The two city bureaus have answered (art. 37)."""
    act.objection.produced = act.fact("produced")


def ended(act: Act) -> None:
    """An objection has ended which counted."""
    if act.objection.counts:
        settle(act.world, act.number)


def revoke(act: Act) -> None:
    """CN5: the sampling is void, every case of the dossier is withdrawn.

    Of a conclusion which a court has annulled already nothing is left to fall. That the sampling or the sample was not in
    order is found all the same, and voids it (SM10 follows every objection.revoke): else the six months of that check
    would stand in the way of the new sampling which 38(2) wants.
    """
    if act.world.conclusion(act.number) in ("under_objection", "under_retest", *FINAL):
        fall(act.world, act.number, void=True)
    elif act.world.conclusion(act.number) == "revoked":
        void_sampling(act.world, act.number)


def taken_back(act: Act) -> None:
    """The organiser, a court or the reconsideration body: as revoke, but the sampling is not voided (10.1, 3)."""
    fall(act.world, act.number, void=False)


def order_retest(act: Act) -> None:
    if act.world.conclusion(act.number) in ("under_objection", "under_retest"):
        act.world.states[act.world.label("conclusion", act.number)] = "under_retest"


def uphold_denial(act: Act) -> None:
    """The case of the applicant falls, a lead is opened about the seller; the seller's case stays."""
    act.world.withdraw(act.objection.party)
    act.world.new_lead(act.world.seller_or_nominal(act.number).name)


def decide_anew(act: Act) -> None:
    """The retest is cancelled; then as maintain or revoke. The new Form 8 has a receipt of its own (10.1, 3)."""
    world, o = act.world, act.objection
    o.received = False
    if world.state(o.retest) != "absent":
        world.states[o.retest] = "cancelled"
    _end_retest_periods(world, o)
    if act.fact("decision") == "revoke":
        revoke(act)
    ended(act)


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
    _end_retest_periods(world, o)
    settle(world, o.dossier)


def _end_retest_periods(world: World, o: Objection) -> None:
    for code in ("D39", "D40"):
        world.periods.pop(f"{code}.{o.number}", None)


def commission(act: Act) -> None:
    """Form 9 names the disputed items, and those of another open objection which are added (10.1, 4)."""
    act.world.periods.pop(f"D40.{act.objection.number}", None)
    act.retest.named = set(act.fact("items") or act.objection.items or act.dossier.reported_failed)
    form9(act)


def form9(act: Act) -> None:
    """An item which another open objection disputes and Form 9 leaves out is flagged, also on a second Form 9."""
    for o in act.world.open_objections(act.number):
        if o is not act.objection and o.items - act.retest.named:
            act.world.flags.append("OTHER_ITEMS_OPEN")


def hand_over(act: Act) -> None:
    _reserve(act, ("in_custody", "held_by_enterprise"), "released_for_retest")


def report(act: Act) -> None:
    act.retest.items = {item["name"]: item["result"] for item in act.fact("items") or []}
    _reserve(act, ("released_for_retest",), "retested")


def _reserve(act: Act, source: tuple[str, ...], target: str) -> None:
    if act.world.state(act.reserve) in source:
        act.world.states[act.reserve] = target


def form10(act: Act) -> None:
    """The retested items replace the old results at once and are settled; then the end of the retest counts."""
    dossier = act.dossier
    for name, result in act.retest.items.items():
        kind = dossier.items.get(name, ("performance", ""))[0]
        dossier.items[name] = (kind, result)
        dossier.settled.add(name)
    dossier.retest_completed = True
    for o in act.world.open_objections(act.number):
        if _answered(act, o):
            act.world.states[o.label] = "answered"
    settle(act.world, act.number)


def _answered(act: Act, o: Objection) -> bool:
    """OB13: to the test result, and every item of it stood on Form 9.

    Only while it is being verified (OB13 names no other state), and not one which disputes no item at all. It is
    answered also when the conclusion has been revoked meanwhile: Form 10 goes out all the same.
    """
    verified = act.world.state(o.label) in ("verifying", "expert_review")
    return verified and o.grounds == "test_result" and bool(o.items) and o.items <= act.retest.named


def reinstate(act: Act) -> None:
    """A provisional or final conclusion is reopened, then under_retest; D40 runs from the true date."""
    world, number = act.world, act.objection.number
    _reopen(world, act.number)
    order_retest(act)
    act.retest.waived = ""
    world.periods[f"D40.{number}"] = counting.period("D40", act.day)


EFFECTS = {
    "result_notice.record_receipt": [served],
    "result_notice.correct_lapse": [correct_lapse],
    "conclusion.withdraw_external": [taken_back],
    "conclusion.annul": [taken_back],
    "objection.file": [file],
    "objection.denial_findings": [findings],
    "objection.maintain": [ended],
    "objection.withdraw": [ended],
    "objection.revoke": [revoke, ended],
    "objection.order_retest": [order_retest],
    "objection.uphold_denial": [uphold_denial, ended],
    "objection.decide_anew": [decide_anew],
    "objection.record_decision_receipt": [decision_received],
    "retest.complete_formalities": [formalities],
    "retest.waive": [waive],
    "retest.commission": [commission],
    "retest.recommission": [form9],
    "retest.hand_over_sample": [hand_over],
    "retest.report": [report],
    "retest.close_conforming": [form10],
    "retest.close_nonconforming": [form10],
    "retest.reinstate": [reinstate],
}
