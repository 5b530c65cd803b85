"""When an act is refused, and on which articles (README section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.charts import guard_articles
from tests.second_reading.offices import by_whom
from tests.second_reading.world import DECIDED, SAMPLERS

INTACT = ("sealed", "in_transit", "in_custody", "held_by_enterprise")


@dataclass(frozen=True)
class Refusal:
    """Why an act is refused: the names of the guards (or `state`), and the articles."""

    reasons: tuple[str, ...]
    articles: frozenset[int]


def refusal(act: Act) -> Refusal | None:
    """None when the act may be done now."""
    reasons = [] if _possible(act) else ["state"]
    if not reasons:
        reasons = [guard for guard in act.transition.guards if not GUARDS[guard](act)]
    elif not by_whom(act):
        reasons.append("by_whom")
    if not reasons:
        return None
    articles: frozenset[int] = frozenset()
    for reason in reasons:
        articles |= guard_articles().get(reason, frozenset())
        if reason in ("state", "by_whom"):
            articles |= act.transition.articles
    return Refusal(tuple(reasons), articles)


# Is the act possible in the present state?


def _possible(act: Act) -> bool:
    special = POSSIBLE.get(act.name) or POSSIBLE.get(act.machine)
    if special is not None and not special(act):
        return False
    if act.transition.kind == "extra":
        return True
    if act.transition.source is None:
        return not act.label or act.machine == "rectification" or act.world.state(act.label) == "absent"
    state = act.world.state(act.label)
    if act.name == "task.set_scheme" and act.world.planned and state == "absent":
        state = "draft"  # the first scheme creates the task by the way
    return state in act.transition.source


def _task_runs(act: Act) -> bool:
    """A target still assigned when its task is cancelled is cancelled with it."""
    return act.world.state(act.world.task(act.number)) != "cancelled"


def _case_is(*states: str):
    def holds(act: Act) -> bool:
        return act.case is not None and act.world.state(act.case.label) in states

    return holds


def _reserve_there(act: Act) -> bool:
    """Only a reserve unit which is kept somewhere can be handed over (SU7)."""
    return act.world.state(act.world.unit(act.number, "R")) in ("in_custody", "held_by_enterprise")


def _form8_received(act: Act) -> bool:
    """Only a decision is received, and only once."""
    o = act.objection
    return o is not None and not o.received and act.world.state(o.label).startswith("concluded")


POSSIBLE = {
    "sampling": _task_runs,
    "purchase": _task_runs,
    "recheck": _case_is("rechecking"),
    "retest.hand_over_sample": _reserve_there,
    "announcement.announce": _case_is("reported_up"),
    "objection.record_decision_receipt": _form8_received,
    "ban.record_producer_proof": lambda act: act.world.state(act.label) == "active",
    "denial.open": lambda act: act.world.conclusion(act.number) != "absent" or not act.dossier.handed_over,
    "objection.file": lambda act: act.world.conclusion(act.number) != "absent",
}


# The single guards.


def _plan_line(act: Act) -> bool:
    return act.fact("type") != "daily" or act.world.state("plan") in ("adopted", "filed", "executing")


def _tasks_closed(act: Act) -> bool:
    daily = act.world.task_type == "daily"
    return not daily or act.world.state("task") in ("absent", "draft", "closed", "cancelled")


def _rule_set_valid(act: Act) -> bool:
    """The first external act of the dossier pins the rule set (art. 60); for a case only when it was handed over."""
    if act.dossier.pinned or (act.machine == "rectification" and not act.dossier.handed_over):
        return True
    return counting.VALID_FROM <= act.day <= counting.VALID_TO


def _two_samplers(act: Act) -> bool:
    return len(set(act.fact("samplers"))) >= 2 and set(act.fact("samplers")) <= set(SAMPLERS)


def _earlier(act: Act) -> tuple[date | None, bool]:
    """The date of the earlier check of 19(4), and whether it was of the kind which exempts (10.1, 16)."""
    check = (act.dossier.refusal or {}).get("earlier_check") or {}
    if "dossier" in check:
        other = act.world.dossiers[check["dossier"]]
        alike = act.world.same_product(other, act.dossier)
        valid = act.world.state(act.world.field_chart(other.number)) == "sampled"
        return other.sampled_on, alike and valid and not other.handed_over
    good = check.get("organiser") in ("province", "samr") and check.get("same_product", True)
    return check.get("sampled"), bool(good)


def established(act: Act) -> bool:
    """Is the ground of the refusal good? 19(4) is computed, for the others the proof decides."""
    dossier = act.dossier
    claim = dossier.refusal or {}
    if claim.get("ground") != "19(4)":
        return bool(claim.get("proven", True))
    sampled, good = _earlier(act)
    visit = dossier.visit_on or dossier.claimed_on
    if not good or sampled is None or visit is None or dossier.check != "daily":
        return False
    return sampled <= visit <= counting.period("D19", sampled).due_on


def _final(act: Act, dossier: int, *allowed: str) -> bool:
    return act.world.conclusion(dossier) in allowed and not act.world.disputed(dossier)


def _conclusion_final(act: Act) -> bool:
    world = act.world
    if act.machine != "publication":
        return _final(act, act.number, "final_nonconforming")
    with_result = [n for n in world.under(act.label) if world.conclusion(n) != "absent"]
    return all(_final(act, n, *DECIDED) for n in with_result)


def _no_disposal(act: Act) -> bool:
    """Samples are kept while anybody may still dispute; after a terminated inspection until its lead has ended."""
    world, dossier = act.world, act.dossier
    if world.conclusion(act.number) == "absent" and dossier.termination_lead:
        return world.state(f"lead.{dossier.termination_lead}") in ("not_filed", "concluded")
    windows = [notice.label for party in world.of(act.number) for notice in world.notices.get(party.name, [])]
    return _final(act, act.number, *DECIDED) and all(world.state(label) != "served" for label in windows)


def _nonconforming_stands(act: Act) -> bool:
    state = act.world.conclusion(act.number)
    if state in ("under_objection", "under_retest"):
        return act.dossier.report_says == "nonconforming"
    return state in ("provisional_nonconforming", "final_nonconforming")


def _one_case(act: Act) -> bool:
    """A second case exists only after a transfer (section 2)."""
    return act.case is None or act.world.state(act.case.label) == "transferred"


def _not_settled(act: Act) -> bool:
    """Nobody disputes again what a completed retest has settled (art. 41)."""
    if act.fact("grounds") != "test_result":
        return True
    disputed = set(act.fact("items") or act.dossier.reported_failed)
    return not disputed & act.dossier.settled


def _awaited(act: Act) -> bool:
    return act.objection is not None and act.objection.counts


def _waiver_ground(act: Act) -> bool:
    """Tampering by the applicant, never what the lab or the sampling body spoiled; or D39 has run out unnoticed."""
    if act.fact("ground") == "tampering":
        return act.dossier.spoiled_by in ("", "applicant")
    running = act.world.state(act.label) == "awaiting_formalities"
    return running and act.day > act.retest.window.latest


def _proof_in_time(act: Act) -> bool:
    """The filing had arrived in time: the legal date of the entry says so, or the objection on file."""
    if not act.fact("proof"):
        return False
    if act.machine == "retest":
        return act.retest.waived == "lapse" and act.day <= act.retest.window.latest
    if act.machine == "rectification":
        return act.day <= act.case.d44.latest
    last = act.notice.window.latest
    on_file = [o for o in act.world.objections if o.party == act.row["party"] and act.world.pending(o)]
    return act.day <= last or any(o.filed_on <= last for o in on_file)


def _label_only(act: Act) -> bool:
    kinds = [act.dossier.items[name][0] for name in act.dossier.failed]
    return not act.party.is_producer or all(kind == "label" for kind in kinds)


def _pass_shown(act: Act) -> bool:
    """A seller shows the pass of the producer of the sample (art. 48)."""
    world = act.world
    if act.machine == "ban":
        own = act.case is not None and world.state(act.case.label) == "passed"
        shown = act.fact("proof") == "dossier" and not act.party.is_producer
        return own and shown and world.producer_passed(act.number)
    return act.party.is_producer or not act.fact("resume") or world.producer_passed(act.number)


def _ladder(act: Act) -> bool:
    wanted = {"report_up": 1, "order_closure": 2, "revoke_licence": 3}
    return act.case.failures == wanted[act.name.split(".")[1]]


def _level(act: Act) -> bool:
    """County to city, city to province; from `reporting` the city goes up only when it handles the case itself."""
    by_city = act.party.handler.endswith("00")
    if act.name == "announcement.submit_to_city":
        return not by_city
    skips = act.name == "announcement.submit_to_province" and act.world.state(act.label) == "reporting"
    return by_city or not skips


def _changed(act: Act) -> bool:
    before = act.world.published[act.label]
    return act.fact("reason") == "court" or any(act.world.state(label) != state for label, state in before.items())


def _seller_is(act: Act, inside: bool) -> bool:
    """The dossier has a seller inside, or one outside Shandong (art. 52)."""
    sellers = [p for p in act.world.of(act.number) if p.role == "seller"]
    return any(p.region.startswith("37") == inside for p in sellers)


def _retest_result(act: Act) -> bool:
    failed = "fail" in act.retest.items.values()
    return failed == (act.name == "retest.close_nonconforming")


def _retest_possible(act: Act) -> bool:
    world = act.world
    reserve = world.state(world.unit(act.number, "R")) in INTACT
    return bool(act.fact("reproducible")) and reserve


def _seen(key: str, *allowed):
    """The fact of the act has one of these values."""
    return lambda act: act.fact(key) in (allowed or (True,))


def _nominal_denial(act: Act) -> bool:
    o = act.objection
    return o is not None and o.grounds == "denial" and act.world.parties[o.party].role == "nominal_producer"


GUARDS = {
    "by_whom": by_whom,
    "in_catalogue": lambda a: a.fact("in_catalogue") and set(a.fact("contents")) >= {"kinds", "batches", "timing"},
    "filing_proof": lambda a: a.fact("filed") and a.fact("circulated"),
    "reason": _seen("reason", "given"),
    "plan_line": _plan_line,
    "special_trigger": lambda a: a.fact("type") != "special" or a.fact("trigger") != "none",
    "scheme_and_rules": lambda a: a.fact("scheme") and a.fact("detail_rules") != "none",
    "separation_system": lambda a: not a.fact("same_body") or a.fact("separation_system"),
    "draw_log": lambda a: a.fact("seed") and a.fact("candidates"),
    "tasks_closed": _tasks_closed,
    "six_heads": _seen("heads", 6),
    "rule_set_valid": _rule_set_valid,
    "two_samplers": _two_samplers,
    "valid_ids": _seen("ids_valid"),
    "notice_matches": _seen("notice_matches"),
    "mandate_copy": _seen("mandate_copy"),
    "refusal_established": established,
    "refusal_not_established": lambda a: not established(a),
    "no_pending_refusal": lambda a: a.world.state(a.label) != "refusal_claimed",
    "no_suspicion": _seen("suspicion", "none"),
    "contract_shown": lambda a: not a.fact("commissioned") or a.fact("contract"),
    "five_media": lambda a: set(a.fact("media")) >= {"place", "storage", "marking", "stock", "process"},
    "form4_signed": _seen("signed"),
    "test_sample_paid": _seen("paid"),
    "sealed_separately": _seen("sealed_separately"),
    "no_fee": _seen("fee_charged", False),
    "inability_verified": lambda a: set(a.fact("verified")) >= {"records", "workshop", "warehouse"},
    "purchase_records": _seen("records"),
    "reserve_bought": _seen("reserve_bought"),
    "opening_filmed": _seen("filmed"),
    "papers_mailed": _seen("papers_mailed"),
    "reserve_only": lambda a: a.row["unit"] == "R" and a.fact("undertaking"),
    "seal_intact": _seen("seal_intact"),
    "not_the_sampler": lambda a: a.fact("inspector") not in SAMPLERS,
    "sample_received": lambda a: (
        a.world.state(a.world.unit(a.number, "T")) in ("in_custody", "issued", "tested", "retained")
    ),
    "qualification_verified": _seen("licence", "valid", "not_required"),
    "danger_shown": _seen("danger"),
    "all_items": _seen("all_items"),
    "analysis_report": lambda a: a.fact("conclusion") == "conforming" or a.fact("analysis"),
    "report_signed": _seen("signed"),
    "lab_mails_only_conforming": lambda a: (
        a.row.get("by") != "lab" or a.world.conclusion(a.number) in ("provisional_conforming", "final_conforming")
    ),
    "proof_of_service": _seen("proof"),
    "provincial_check_only": lambda a: not a.dossier.handed_over,
    "final_after_retest": _not_settled,
    "written_evidence": _seen("evidence"),
    "in_time_objection": _awaited,
    "not_a_denial": lambda a: not _nominal_denial(a),
    "late_objection": lambda a: a.objection is not None and a.objection.late,
    "denial_by_nominal": _nominal_denial,
    "both_city_findings": lambda a: (
        set(a.fact("from")) >= {"nominal_producer_city", "seller_city"}
        if a.name == "objection.denial_findings"
        else a.objection.findings
    ),
    "written_conclusions": lambda a: set(a.fact("written_conclusions")) >= {"sampling_body", "lab"},
    "retest_possible": _retest_possible,
    "other_lab": _seen("lab", "retest_lab"),
    "waiver_ground": _waiver_ground,
    "form9_contents": lambda a: a.fact("time") and a.fact("items") != [],
    "filmed": _seen("filmed"),
    "retest_result": _retest_result,
    "report_exists": _nonconforming_stands,
    "in_shandong": lambda a: a.party.handler.startswith("37"),
    "one_case": _one_case,
    "conclusion_stands": lambda a: a.world.conclusion(a.number) not in ("revoked", "final_conforming"),
    "measures_done": _seen("measures_done"),
    "hardship_proof": lambda a: a.fact("proof") != "none",
    "still_in_window": lambda a: a.day <= a.case.d44.latest,
    "proof_in_time": _proof_in_time,
    "conditions_restored": _seen("conditions_restored"),
    "closure_over": lambda a: (
        a.world.state(a.label) != "closure_ordered" or a.case.closed_until is None or a.day > a.case.closed_until
    ),
    "ladder_round": _ladder,
    "conclusion_final": _conclusion_final,
    "actual_place": lambda a: str(a.fact("to")) != a.party.region,
    "producers_only": lambda a: a.party.is_producer,
    "rectified": lambda a: a.visit.rectified,
    "not_rectified": lambda a: not a.visit.rectified,
    "label_only": _label_only,
    "producer_pass_shown": _pass_shown,
    "recheck_result": lambda a: (a.visit.conclusion == "conforming") == (a.name == "recheck.pass_with_test"),
    "hardship_claimed": lambda a: a.case.hardship,
    "level_by_level": _level,
    "changed_after_publication": _changed,
    "handed_over_only": lambda a: a.dossier.handed_over,
    "seller_in_shandong": lambda a: _seller_is(a, inside=True),
    "seller_outside": lambda a: _seller_is(a, inside=False),
    "peer_province_informed": lambda a: a.world.state(a.label) != "at_province" or a.fact("peer_informed"),
    "no_disposal": _no_disposal,
}
