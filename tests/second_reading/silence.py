"""Where the text is silent: acts whose outcome README and machines.json do not decide are not tried by the walks."""

from __future__ import annotations

from tests.second_reading.acts import Act, resolve
from tests.second_reading.world import DECIDED, World


def settled_by_text(world: World, row: dict) -> bool:
    """The text says what this act does now."""
    act = resolve(world, row)
    return not (act.name in SILENT and SILENT[act.name](act))


def _named_beyond_the_order(act: Act) -> bool:
    """Whom a file may name when the drawn order is used up and one is drawn anew."""
    return act.given("in") and not act.dossier.next_sampler


def _ended_objection_on_file(act: Act) -> bool:
    """Whether an objection which has been decided or withdrawn still proves that one had arrived in time."""
    own = [o for o in act.world.objections if o.party == act.row["party"]]
    return any(not act.world.pending(o) or o.counts for o in own)


def _undecided_after_publication(act: Act) -> bool:
    """Whether a conclusion which is only under objection or retest has changed already."""
    world = act.world
    return any(world.conclusion(n) not in (*DECIDED, "absent") for n in world.under(act.label))


def _after_partial_report(act: Act) -> bool:
    """What a second partial report does."""
    return act.world.conclusion(act.number) != "absent"


def _conforming_but_disputed(act: Act) -> bool:
    """Whether the lab may mail a conforming report which somebody else disputes or has brought down."""
    disputed = act.world.conclusion(act.number) in ("under_objection", "under_retest", "revoked")
    return act.row.get("by") == "lab" and disputed and act.dossier.report_says == "conforming"


def _some_settled(act: Act) -> bool:
    """Whether an objection which names no items disputes also what a retest has settled, when something else is left."""
    settled = act.dossier.reported_failed & act.dossier.settled
    usual = not act.given("items") and act.fact("grounds") == "test_result"
    return usual and bool(settled) and settled != act.dossier.reported_failed


def _nothing_disputed(act: Act) -> bool:
    """Which items Form 9 names when the objection disputes none."""
    return act.objection is not None and not act.objection.items and not act.given("items")


def _two_at_once(act: Act) -> bool:
    """What a waived retest gets back when the unit serves another objection meanwhile."""
    return any(o is not act.objection for o in act.world.open_retests(act.number))


def _nothing_failed(act: Act) -> bool:
    """Whether only labels have failed when nothing is failed any more which no passed case covers."""
    passed = [c for c in act.world.cases.get(act.row["party"], []) if act.world.state(c.label) == "passed"]
    covered = {name for case in passed for name in case.named}
    return act.party.is_producer and not act.dossier.failed - covered


def _no_seller(act: Act) -> bool:
    """Whose findings are both when there is no seller."""
    return act.given("from") and all(party.role != "seller" for party in act.world.of(act.number))


def _lapse_to_come(act: Act) -> bool:
    """A filing after the last day of a window whose start was entered so late that it has not lapsed yet."""
    if act.machine == "retest":
        retest = act.world.retests.get(act.row.get("objection", 1))
        window = retest.window if retest else None
    else:
        window = act.case.d44 if act.case else None
    return window is not None and act.day > window.latest


def _nobody_produces(act: Act) -> bool:
    """Whom the lead of art. 28 is about when the file names no producer."""
    return not act.world.producers(act.number)


SILENT = {
    "sampling.replace_sampler": _named_beyond_the_order,
    "sampling.add_sampler": _named_beyond_the_order,
    "rectification.apply_recheck": _lapse_to_come,
    "rectification.claim_hardship": _lapse_to_come,
    "retest.complete_formalities": _lapse_to_come,
    "objection.denial_findings": _no_seller,
    "objection.file": _some_settled,
    "inspection.report_serious": _after_partial_report,
    "inspection.terminate_illegal": _nobody_produces,
    "result_notice.send": _conforming_but_disputed,
    "result_notice.record_receipt": _conforming_but_disputed,
    "retest.commission": _nothing_disputed,
    "retest.reinstate": _two_at_once,
    "recheck.pass_without_test": _nothing_failed,
    "result_notice.correct_lapse": _ended_objection_on_file,
    "publication.correct": _undecided_after_publication,
}
