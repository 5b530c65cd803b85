"""The guards of plan, task, sampling, purchase, sample and inspection (README section 7)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.records import DEFAULT_ITEMS
from tests.second_reading.six_months import established

MEDIA = {"place", "storage", "marking", "stock", "process"}


def seen(key: str, *allowed):
    """The fact of the act has one of these values."""
    return lambda act: act.fact(key) in (allowed or (True,))


# Plan and task.


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


def _samplers_drawn(act: Act) -> bool:
    return len(set(act.fact("samplers"))) >= 2 and act.fact("sampler_list")


def _within_article_23(act: Act) -> bool:
    """Bought online: the seller or a producer works in Shandong. The draw asks for every target of the task."""
    numbers = act.world.under(act.label) if act.machine == "task" else [act.number]
    online = [n for n in numbers if act.world.dossiers[n].channel == "online"]
    return all(any(party.inside for party in act.world.of(n)) for n in online)


# The samplers.


def _coming(act: Act) -> set[str]:
    """Those who come: when the file does not say, those assigned (section 6)."""
    given = act.fact("samplers")
    return set(act.dossier.assigned if given is None else given)


def _as_drawn(act: Act) -> bool:
    """Those who come are those assigned, all of them (10.1, 17)."""
    return _coming(act) == set(act.dossier.assigned)


def _from_draw(act: Act) -> bool:
    """The next one of the drawn order comes in; when the order is used up, somebody drawn anew (10.1, 17).

    Who is drawn anew is not decided by the text: anybody who is not assigned already may be named.
    """
    dossier, coming, going = act.dossier, act.fact("in"), act.fact("out")
    if act.fact("reason") == "none" or (going and going not in dossier.assigned):
        return False
    if not coming:
        return True
    return coming == dossier.next_sampler if dossier.next_sampler else coming not in dossier.assigned


def _not_the_sampler(act: Act) -> bool:
    """Whoever has shown Form 1, was added or bought for this task does not test (art. 10)."""
    return act.fact("inspector") not in act.world.samplers_of_task(act.number)


def _obstruction_shown(act: Act) -> bool:
    """Conduct, what was done, and photo or video or the reason why there is none (art. 21)."""
    pictured = act.fact("media") or act.fact("no_media_reason") != "none"
    return act.fact("conduct") != "none" and bool(act.fact("finding")) and bool(pictured)


def _suspicion_shown(act: Act) -> bool:
    return act.fact("suspicion") != "none" and bool(act.fact("finding")) and bool(act.fact("evidence"))


# Samples and the laboratory.


def _unit(act: Act, unit: str) -> str:
    return act.world.state(act.world.unit(act.number, unit))


def _unit_issued(act: Act) -> bool:
    """The test unit is out of the store, with this inspector."""
    return _unit(act, "T") == "issued" and act.dossier.issued_to == act.fact("inspector")


def _keeper_on_record(act: Act) -> bool:
    """The applicant spoils only what it keeps: never what was bought, nor what has left it (10.1, 3; 10.3 OB14)."""
    if act.fact("cause") != "applicant":
        return True
    state = act.world.state(act.label)
    return state == "held_by_enterprise" or (state == "sealed" and act.dossier.channel == "on_site")


def report_items(act: Act) -> list[dict]:
    """The items of a full report: those given, else the usual failed one of a nonconforming report (section 3)."""
    given = act.fact("items")
    if given is not None:
        return given
    return DEFAULT_ITEMS if act.fact("conclusion") == "nonconforming" else []


def _conclusion_agrees(act: Act) -> bool:
    """Nonconforming when an item of this report has failed, and always after a partial report (art. 31).

    A report which calls itself nonconforming and lists no failed item disagrees, also after a partial report: the
    full report repeats what the laboratory has found itself.
    """
    fails = any(item["result"] == "fail" for item in report_items(act))
    if act.fact("conclusion") == "conforming":
        return not fails and not act.dossier.partial
    return fails


def _no_disposal(act: Act) -> bool:
    """Samples are kept while anybody may still dispute; after a terminated inspection until its leads have ended."""
    world, number = act.world, act.number
    if world.conclusion(number) == "absent":
        return _ended_without_result(act)
    if world.conclusion(number) not in ("final_conforming", "final_nonconforming", "revoked"):
        return False
    return not world.unsettled(number) and not world.untold(world.notices_of(number)) and _lapse_is_old(act)


def _ended_without_result(act: Act) -> bool:
    """10.1, 13: after a termination once every lead of it has ended, after a lost test unit at once."""
    world, inspection = act.world, act.world.state(act.world.label("inspection", act.number))
    if inspection == "terminated_illegal":
        ended = ("not_filed", "concluded", "referred")
        return all(world.state(f"lead.{number}") in ended for number in act.dossier.termination_leads)
    return inspection == "stopped_unit_lost"


def _lapse_is_old(act: Act) -> bool:
    """Fifteen days more after a lapse of D39 (10.1, 13; R34).

    For the reserve unit only: section 10 names it, and only it serves when the lapse is corrected; the words
    'samples are kept' of section 7 are wider. The day of the lapse (the day after the later date of D39, also when
    it was found later) is day 0 (section 9): the unit is kept through day 15 and may be disposed of on day 16.
    """
    if act.row["unit"] != "R":
        return True
    lapses = [
        act.world.retests[o.number].window.latest + counting.DAY
        for o in act.world.objections
        if o.dossier == act.number and o.number in act.world.retests and act.world.retests[o.number].waived == "lapse"
    ]
    return all(act.day > lapse + 15 * counting.DAY for lapse in lapses)


GUARDS = {
    "in_catalogue": lambda a: a.fact("in_catalogue") and set(a.fact("contents")) >= {"kinds", "batches", "timing"},
    "filing_proof": lambda a: a.fact("filed") and a.fact("circulated"),
    "reason": seen("reason", "given"),
    "plan_line": _plan_line,
    "special_trigger": lambda a: a.fact("type") != "special" or a.fact("trigger") != "none",
    "scheme_and_rules": lambda a: a.fact("scheme") and a.fact("detail_rules") != "none",
    "separation_system": lambda a: not a.fact("same_body") or a.fact("separation_system"),
    "draw_log": lambda a: a.fact("seed") and a.fact("candidates"),
    "samplers_drawn": _samplers_drawn,
    "within_article_23": _within_article_23,
    "tasks_closed": _tasks_closed,
    "six_heads": seen("heads", 6),
    "rule_set_valid": _rule_set_valid,
    "two_samplers": lambda a: len(_coming(a)) >= 2,
    "samplers_as_drawn": _as_drawn,
    "sampler_from_draw": _from_draw,
    "valid_ids": seen("ids_valid"),
    "notice_matches": seen("notice_matches"),
    "mandate_copy": seen("mandate_copy"),
    "refusal_established": established,
    "refusal_not_established": lambda a: not established(a),
    "refusal_answered": seen("reason", "given"),
    "no_pending_refusal": lambda a: a.world.state(a.label) != "refusal_claimed",
    "obstruction_shown": _obstruction_shown,
    "suspicion_shown": _suspicion_shown,
    "no_suspicion": seen("suspicion", "none"),
    "contract_shown": lambda a: not a.fact("commissioned") or a.fact("contract"),
    "nominal_recorded": lambda a: not a.fact("commissioned") or a.fact("nominal_recorded"),
    "five_media": lambda a: set(a.fact("media")) >= MEDIA,
    "form4_signed": seen("signed"),
    "correction_confirmed": lambda a: set(a.fact("confirmed_by")) >= {"samplers", "party"},
    "test_sample_paid": seen("paid"),
    "sealed_separately": seen("sealed_separately"),
    "no_fee": seen("fee_charged", False),
    "inability_verified": lambda a: set(a.fact("verified")) >= {"records", "workshop", "warehouse"},
    "purchase_records": seen("records"),
    "reserve_bought": seen("reserve_bought"),
    "opening_filmed": seen("filmed"),
    "papers_mailed": seen("papers_mailed"),
    "reserve_only": lambda a: a.row["unit"] == "R" and a.fact("undertaking"),
    "reserve_on_site": lambda a: a.dossier.channel == "on_site",
    "seal_intact": seen("seal_intact"),
    "test_unit_only": lambda a: a.row["unit"] == "T",
    "not_the_sampler": _not_the_sampler,
    "sample_received": lambda a: _unit(a, "T") in ("in_custody", "issued", "tested", "retained"),
    "qualification_verified": seen("licence", "valid", "not_required"),
    "unit_issued": _unit_issued,
    "testing_begun": lambda a: a.world.state(a.world.label("inspection", a.number)) == "testing",
    "unit_tested": lambda a: _unit(a, "T") in ("tested", "retained"),
    "test_unit_lost": lambda a: _unit(a, "T") == "compromised",
    "keeper_on_record": _keeper_on_record,
    "compromise_shown": seen("evidence"),
    "danger_shown": seen("danger"),
    "all_items": seen("all_items"),
    "conclusion_agrees": _conclusion_agrees,
    "analysis_report": lambda a: a.fact("conclusion") == "conforming" or a.fact("analysis"),
    "report_signed": seen("signed"),
    "no_disposal": _no_disposal,
}
