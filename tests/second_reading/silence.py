"""Where the text is silent: acts whose outcome README and machines.json do not decide are not tried by the walks."""

from __future__ import annotations

from tests.second_reading.acts import Act, resolve
from tests.second_reading.offices import codes_of
from tests.second_reading.records import in_shandong
from tests.second_reading.world import World

BUREAUS = ("city", "county", "handler", "producer_bureau")


def settled_by_text(world: World, row: dict) -> bool:
    """The text says what this act does now."""
    act = resolve(world, row)
    if row.get("by") in BUREAUS and not any(in_shandong(code) for code in codes_of(act, row["by"])):
        return False  # whom such a word means when nobody concerned works in Shandong
    return not (act.name in SILENT and SILENT[act.name](act))


def _named_beyond_the_order(act: Act) -> bool:
    """Whom a file may name when the drawn order is used up and one is drawn anew."""
    return act.given("in") and not act.dossier.next_sampler


def _everybody_is_there(act: Act) -> bool:
    """How many names the kept list has beside those of the drawn order, when all of these are assigned."""
    return len(act.dossier.assigned) >= len(act.dossier.drawn) or _named_beyond_the_order(act)


def _nobody_to_name(act: Act) -> bool:
    """Who goes when all who are assigned were drawn anew, so that no file knows their names."""
    moved = act.dossier.called > 2 and not act.given("out")
    return moved or _named_beyond_the_order(act)


def _ended_objection_on_file(act: Act) -> bool:
    """Whether an objection which has been decided or withdrawn still proves that one had arrived in time."""
    own = [o for o in act.world.objections if o.party == act.row["party"]]
    return any(not act.world.pending(o) or o.counts for o in own)


def _after_partial_report(act: Act) -> bool:
    """What a second partial report does."""
    return act.world.conclusion(act.number) != "absent"


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


def _found_not_to_have_made_it(act: Act) -> bool:
    """Whether a nominal producer that was found not to have made the product, or not to exist, gets a case afterwards."""
    own = [o for o in act.world.objections if o.party == act.row["party"]]
    upheld = any(act.world.state(o.label) == "concluded_denial_upheld" for o in own)
    before = ("absent", "claimed", "investigating", "found_produced")
    return act.party.role == "nominal_producer" and (upheld or _denial(act) not in before)


def _denied_after_the_fall(act: Act) -> bool:
    """Whether anything is left to deny when the organiser, or a court, has taken the conclusion back."""
    return act.world.conclusion(act.number) == "revoked"


def _denial(act: Act) -> str:
    return act.world.state(act.world.label("denial", act.number))


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


def _no_city_here(act: Act) -> bool:
    """Whom the findings of a denial come from when both cities lie outside Shandong and the act does not name the province."""
    return "by" not in act.row and not any(in_shandong(code) for code in codes_of(act, "city"))


SILENT = {
    "objection.denial_findings": _no_city_here,
    "sampling.replace_sampler": _nobody_to_name,
    "sampling.add_sampler": _everybody_is_there,
    "rectification.apply_recheck": _lapse_to_come,
    "rectification.receive_report": _found_not_to_have_made_it,
    "denial.open": _denied_after_the_fall,
    "rectification.claim_hardship": _lapse_to_come,
    "retest.complete_formalities": _lapse_to_come,
    "objection.file": _some_settled,
    "inspection.report_serious": _after_partial_report,
    "inspection.terminate_illegal": _nobody_produces,
    "retest.commission": _nothing_disputed,
    "retest.reinstate": _two_at_once,
    "recheck.pass_without_test": _nothing_failed,
    "result_notice.correct_lapse": _ended_objection_on_file,
}
