"""Where the text is silent: acts whose outcome README and machines.json do not decide are not tried by the walks."""

from __future__ import annotations

from tests.second_reading.acts import Act, resolve
from tests.second_reading.world import DECIDED, World


def settled_by_text(world: World, row: dict) -> bool:
    """The text says what this act does now."""
    act = resolve(world, row)
    return not (act.name in SILENT and SILENT[act.name](act))


def _moved_inside_its_city(act: Act) -> bool:
    """From the city bureau to the county where the party works all along, or the other way round."""
    cities = (act.party.handler, str(act.fact("to")))
    return any(code.endswith("00") for code in cities) and str(act.fact("to"))[:4] == act.party.region[:4]


def _ended_objection_on_file(act: Act) -> bool:
    """Whether an objection which has been decided or withdrawn still proves that one had arrived in time."""
    own = [o for o in act.world.objections if o.party == act.row["party"]]
    return any(not act.world.pending(o) or o.counts for o in own)


def _undecided_after_publication(act: Act) -> bool:
    """Whether a conclusion which is only under objection or retest has changed already."""
    world = act.world
    return any(world.conclusion(n) not in (*DECIDED, "absent") for n in world.under(act.label))


def _case_ended(act: Act) -> bool:
    """Whether the report goes on upwards when its case was withdrawn in between."""
    return act.case is not None and act.world.state(act.case.label) == "withdrawn"


def _after_partial_report(act: Act) -> bool:
    """What a second partial report does, or a termination which leaves a conclusion behind."""
    return act.world.conclusion(act.number) != "absent"


def _two_producers(act: Act) -> bool:
    """Which of two producers the lead of art. 28 is about."""
    return len(act.world.producers(act.number)) > 1


def _conforming_but_disputed(act: Act) -> bool:
    """Whether the lab may mail a conforming report which somebody else disputes or has brought down."""
    disputed = act.world.conclusion(act.number) in ("under_objection", "under_retest", "revoked")
    return disputed and act.dossier.report_says == "conforming"


def _nothing_disputed(act: Act) -> bool:
    """Which items Form 9 names when nobody disputes one and none has failed."""
    return not act.dossier.reported_failed and not act.given("items")


def _nothing_failed(act: Act) -> bool:
    """Whether only labels have failed when nothing is failed any more."""
    return act.party.is_producer and not act.dossier.failed


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


SILENT = {
    "rectification.apply_recheck": _lapse_to_come,
    "rectification.claim_hardship": _lapse_to_come,
    "rectification.transfer_jurisdiction": _moved_inside_its_city,
    "retest.complete_formalities": _lapse_to_come,
    "objection.denial_findings": _no_seller,
    "inspection.report_serious": _after_partial_report,
    "inspection.terminate_illegal": lambda act: _after_partial_report(act) or _two_producers(act),
    "result_notice.send": _conforming_but_disputed,
    "retest.commission": _nothing_disputed,
    "recheck.pass_without_test": _nothing_failed,
    "result_notice.correct_lapse": _ended_objection_on_file,
    "publication.correct": _undecided_after_publication,
    "announcement.submit_to_city": _case_ended,
    "announcement.submit_to_province": _case_ended,
}
