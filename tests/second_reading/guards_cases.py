"""The guards of cases, visits, announcements, leads, denials and bans (README section 7)."""

from __future__ import annotations

from tests.second_reading.acts import Act
from tests.second_reading.counting import DAY
from tests.second_reading.guards_field import seen
from tests.second_reading.offices import NOMINAL
from tests.second_reading.records import PROVINCE, Case, Party, in_shandong
from tests.second_reading.world import GONE, World

AFTER_A_FAILURE = ("failed", "reported_up", "announced", "closure_ordered", "licence_revoked")


# Beginning and end of a case.


def _report_exists(act: Act) -> bool:
    """A nonconforming report or retest, its conclusion stands, and a failed item stands (arts. 42, 43)."""
    stands = ("provisional_nonconforming", "under_objection", "under_retest", "final_nonconforming")
    return act.world.conclusion(act.number) in stands and bool(act.dossier.failed)


def _one_case(act: Act) -> bool:
    """No running case; after a passed or withdrawn one only for failed items which no order of the party names.

    Covered is what an order names (R30): a case which was withdrawn before its order covers nothing. After a licence
    was revoked or the party dissolved there is no other case, also when the order was annulled and the decision
    directs a new one: the state stays (10.1, 11).
    """
    if act.case is None or act.world.state(act.case.label) == "transferred":
        return True
    if act.world.state(act.case.label) not in ("passed", "withdrawn"):
        return False
    return bool(act.dossier.failed - act.world.named_by_orders(act.case.party))


def _further_items(act: Act) -> bool:
    return bool(act.dossier.failed - act.world.named_by_orders(act.case.party))


def _still_in_window(act: Act) -> bool:
    """`applied` by an application of the party, also one after an inability, while its 60 days would still be open."""
    return act.case.by_party and act.day <= act.case.d44.latest


def _restored(act: Act) -> bool:
    known = act.fact("basis") in ("called_on", "breach")
    return known and bool(act.fact("finding")) and bool(act.fact("evidence"))


# Transfer.


def _actual_place(act: Act) -> bool:
    """Elsewhere, with the finding; a city to its own county until Form 11 is received; never a county to its own city.

    Elsewhere is what the bureau that has the case finds: that of the registered place, which received the report
    first, passes it to the place where the party was known to work all along (art. 42, second paragraph). Own county is
    every county of the city, also one in which the party was not thought to work: before service that is a division of
    work, after it none of the city's counties takes the case over.
    """
    target, here = str(act.fact("to")), act.case.bureau
    if not act.fact("finding") or target == here:
        return False
    own_city = target[:4] == here[:4]
    if here.endswith("00") and own_city:
        return not act.case.served
    return not (target.endswith("00") and own_city)


def to_own_county(act: Act) -> bool:
    """A city passes the case on inside its district: no move (10.1, 10)."""
    here = act.case.bureau
    return here.endswith("00") and str(act.fact("to"))[:4] == here[:4]


# The ladder.


def _ladder(act: Act) -> bool:
    """First failure: report up; second: closure; third: licence. A failed recheck is annulled only where one stands."""
    if act.name == "rectification.annul":
        return act.fact("what") == "order" or act.world.state(act.label) in AFTER_A_FAILURE
    wanted = {"report_up": 1, "order_closure": 2, "revoke_licence": 3}
    return act.case.failures == wanted[act.name.split(".")[1]]


def too_early(act: Act) -> bool:
    """The second recheck before day 61 after the announcement (10.1, 8; R41).

    Second is the recheck of a case with one failure which has been announced, also when it is held again because its
    Form 13 was annulled.
    """
    case = act.case
    second = case.failures == 1 and case.announced_on is not None
    return second and act.day < case.announced_on + 61 * DAY


def _closure_over(act: Act) -> bool:
    running = act.world.state(act.label) == "closure_ordered" and act.case.closed_until is not None
    return not running or act.day > act.case.closed_until


def _reported_up(act: Act) -> bool:
    """The case of the announcement, or its heir, is still reported up; otherwise it rests (10.1, 9)."""
    return act.world.state(act.announcement.case.label) == "reported_up"


def _level(act: Act) -> bool:
    """County to city, city to province; from `reporting` the city goes up only when it handles the case itself."""
    if act.name == "announcement.submit_to_city":
        return not act.party.handled_by_city
    skips = act.name == "announcement.submit_to_province" and act.world.state(act.label) == "reporting"
    return act.party.handled_by_city or not skips


def _correction_basis(act: Act) -> bool:
    """Something has changed since, or a decision or a mistake is named with document and text (art. 51; R54).

    Since means since the announcement, or since a correction told of a change: one which has been told is no change any
    more. What was announced of a party which was dissolved stays announced (R46).
    """
    if act.fact("basis") != "changed":
        return bool(act.fact("document")) and bool(act.fact("text"))
    case, conclusion = now_of(act)
    ended = case in ("withdrawn", "passed") and case != act.announcement.told[0]
    return ended or (conclusion in ("revoked", "final_conforming") and conclusion != act.announcement.told[1])


def now_of(act: Act) -> tuple[str, str]:
    """Where the case of an announcement and the conclusion stand."""
    return act.world.state(act.announcement.case.label), act.world.conclusion(act.number)


# Visits.


def _label_only(act: Act) -> bool:
    """Of the failed items which no passed case covers only labels failed; also of those which no order names yet."""
    passed = [c for c in act.world.cases.get(act.row["party"], []) if act.world.state(c.label) == "passed"]
    covered = {name for case in passed for name in case.named}
    kinds = [act.dossier.items[name][0] for name in act.dossier.failed - covered]
    return not act.party.is_producer or all(kind == "label" for kind in kinds)


def _pass_shown(act: Act) -> bool:
    """A seller shows the pass of its producers (art. 48; R57); later, when its own newest case has passed."""
    if act.machine == "ban":
        own = act.case is not None and act.world.state(act.case.label) == "passed"
        return own and not act.party.is_producer and producers_passed(act)
    return act.party.is_producer or not act.fact("resume") or producers_passed(act)


def producers_passed(act: Act) -> bool:
    """At least one has passed, and none whose case stands has not; outside Shandong the paper of its bureau.

    The paper shows the pass of a producer outside, and does not help against one inside whose case still stands.
    Without the paper an outside producer has no case here and is not asked for, when another one has passed.
    """
    world, producers = act.world, act.world.producers(act.number)
    standing = [case for party in producers for case in _standing(world, party)]
    if any(world.state(case.label) != "passed" for case in standing):
        return False
    if act.fact("proof") == "other_province":
        return any(not party.inside for party in producers)
    return act.fact("proof") == "dossier" and bool(standing)


def _standing(world: World, party: Party) -> list[Case]:
    return [case for case in world.cases.get(party.name, []) if world.state(case.label) not in GONE]


# Denials of handed-over cases.


def _nominal(act: Act) -> list[Party]:
    return [party for party in act.world.of(act.number) if party.role == NOMINAL]


def _sellers_inside(act: Act) -> list[bool]:
    return [party.inside for party in act.world.of(act.number) if party.role == "seller"]


def _seller_outside(act: Act) -> bool:
    """A seller outside Shandong; so is one who is not named at all: nobody here is to be told."""
    return not all(_sellers_inside(act)) or not _sellers_inside(act)


def _denial_level(act: Act) -> bool:
    """The county which handles the nominal producer goes to its city, the city up; from `at_city` the city only."""
    if act.world.state(act.label) == "at_city":
        return True
    by_city = any(party.handled_by_city for party in _nominal(act))
    return by_city == (act.name == "denial.escalate")


def _province_closes(act: Act) -> bool:
    by = act.row.get("by")
    return act.world.state(act.label) != "at_province" or by is None or str(by) in ("province", PROVINCE)


GUARDS = {
    "report_exists": _report_exists,
    "in_shandong": lambda a: in_shandong(a.party.handler),
    "one_case": _one_case,
    "conclusion_stands": lambda a: a.world.conclusion(a.number) not in ("revoked", "final_conforming"),
    "further_items": _further_items,
    "measures_done": seen("measures_done"),
    "hardship_proof": lambda a: a.fact("proof") != "none",
    "still_in_window": _still_in_window,
    "conditions_restored": seen("conditions_restored"),
    "restoration_shown": _restored,
    "deregistration_shown": lambda a: a.fact("proof") != "none" and not a.fact("successor"),
    "actual_place": _actual_place,
    "province_letter": lambda a: in_shandong(str(a.fact("to"))) or a.fact("letter"),
    "closure_over": _closure_over,
    "second_recheck_not_too_early": lambda a: not too_early(a) or a.fact("early_reason") == "given",
    "ladder_round": _ladder,
    "authority_decision": lambda a: a.fact("document") and a.fact("authority"),
    "closure_ahead": lambda a: a.fact("until") is not None and a.fact("until") > a.day,
    "finding_written": lambda a: a.fact("rectified") or a.fact("finding"),
    "producers_only": lambda a: a.party.is_producer,
    "rectified": lambda a: a.visit.rectified,
    "not_rectified": lambda a: not a.visit.rectified,
    "label_only": _label_only,
    "producer_pass_shown": _pass_shown,
    "test_report": seen("report_number"),
    "sample_refused": seen("finding"),
    "recheck_result": lambda a: (a.visit.conclusion == "conforming") == (a.name == "recheck.pass_with_test"),
    "hardship_claimed": lambda a: a.visit.by_proof,
    "case_reported_up": _reported_up,
    "level_by_level": _level,
    "correction_basis": _correction_basis,
    "lead_finding": seen("finding"),
    "lead_reasoned": seen("reason", "given"),
    "lead_outside": lambda a: not a.world.parties[a.lead.party].inside and a.fact("letter"),
    "nominal_named": lambda a: any(party.inside for party in _nominal(a)),
    "seller_in_shandong": lambda a: any(_sellers_inside(a)),
    "seller_outside": _seller_outside,
    "denial_level_by_level": _denial_level,
    "province_closes": _province_closes,
    "peer_province_informed": lambda a: a.world.state(a.label) != "at_province" or a.fact("peer_informed"),
    "denial_finding": seen("finding"),
    "breach_shown": seen("evidence"),
}
