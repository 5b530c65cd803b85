"""What follows from acts on plan, task, sampling, purchase, sample, inspection and publication (README 10.1, 10.2)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.guards_disputes import conclusions
from tests.second_reading.guards_field import report_items
from tests.second_reading.reports import first_result, full_report, void_sampling
from tests.second_reading.six_months import by_register
from tests.second_reading.world import World

FIELD_ENDED = ("lawfully_refused", "not_sampled", "obstructed", "terminated_illegal", "failed", "voided")
TESTING_ENDED = ("reported", "terminated_illegal", "stopped_unit_lost")


def suggestion(act: Act) -> None:
    """A suggestion after 15 January, or after the next working day when that is a rest day, is late (art. 7)."""
    last = counting.period("D07", counting.date(act.world.year, 1, 15))
    if act.day > last.latest:
        act.world.flags.append("LATE_SUGGESTION")


def scheme(act: Act) -> None:
    """The first daily task which gets its scheme starts the plan."""
    world = act.world
    world.task_type, world.trigger = act.fact("type"), act.fact("trigger")
    if world.task_type == "daily" and world.state("plan") in ("adopted", "filed"):
        world.states["plan"] = "executing"
    if world.trigger == "emergency":  # machines.json, SM3: neither a tracking nor an emergency check
        for number in world.under(act.label):
            world.dossiers[number].check = "emergency"


def targets(act: Act) -> None:
    """Every dossier of the task gets its sampling or its purchase, and its samplers in the order drawn."""
    world = act.world
    for number in world.under(act.label):
        dossier = world.dossiers[number]
        dossier.exists = True
        dossier.drawn = list(act.fact("samplers"))
        dossier.assigned, dossier.called = dossier.drawn[:2], 2
        world.states[world.field_chart(number)] = "assigned"
        _warn(world, number, act.day)


def _warn(world: World, number: int, day: counting.date) -> None:
    """At the draw, and when the samplers come with Form 1; a further Form 1 warns of nothing new (8; 10.1, 16)."""
    if by_register(world, world.dossiers[number], day):
        world.flags.append("SIX_MONTHS_KNOWN")


# The visit.


def field_act(act: Act) -> None:
    """Field work begins with the first act of a sampler at a target; the first external act pins the rule set."""
    if act.name == "sampling.replace_sampler":  # neither the one nor the other (10.1, 14)
        return
    act.dossier.pinned = True
    task = act.world.task(act.number)
    if act.world.state(task) == "targets_drawn":
        act.world.states[task] = "field_work"


def visit(act: Act) -> None:
    act.dossier.visit_on = act.day
    act.dossier.came.update(act.dossier.assigned)
    _warn(act.world, act.number, act.day)


def replaced(act: Act) -> None:
    """In the place of the one who goes, who is forgotten: who never came may test (10.1, 17)."""
    going = act.fact("out") or act.dossier.assigned[1]
    act.dossier.assigned[act.dossier.assigned.index(going)] = _called_up(act)


def added(act: Act) -> None:
    act.dossier.assigned.append(_called_up(act))
    act.dossier.came.add(act.dossier.assigned[-1])


def _called_up(act: Act) -> str:
    """The next of the drawn order; when it is used up somebody drawn anew, whose name no file knows."""
    dossier = act.dossier
    name = dossier.next_sampler or act.fact("in") or f"drawn anew {dossier.called}"
    dossier.called += 1
    return name


def bought(act: Act) -> None:
    """Those assigned buy, and do not test."""
    act.dossier.came.update(act.dossier.assigned)


def claim(act: Act) -> None:
    act.dossier.claimed_on = act.day
    act.dossier.claimed_from = act.before
    act.dossier.refusal = {key: act.fact(key) for key in ("ground", "proven", "earlier_check")}


def sampled(act: Act) -> None:
    """Two units and an inspection come into being."""
    world = act.world
    act.dossier.sampled_on = act.day
    for unit in ("T", "R"):
        world.states[world.unit(act.number, unit)] = "sealed"
    world.states[world.label("inspection", act.number)] = "awaiting"


def entity_lead(act: Act) -> None:
    """A lead about the sampled entity (arts. 14, 21)."""
    act.world.new_lead(act.world.sampled_entity(act.number).name)


# The laboratory.


def issued(act: Act) -> None:
    act.dossier.issued_to = act.fact("inspector")


def spoiled(act: Act) -> None:
    """Whose fault it is that the reserve unit is gone."""
    if act.row["unit"] == "R":
        act.dossier.spoiled_by = act.fact("cause")


def terminated(act: Act) -> None:
    """A lead about every producer of the sample, or the one the laboratory names (art. 28; R39)."""
    named = act.fact("producer")
    producers = [p.name for p in act.world.producers(act.number)] or [act.world.of(act.number)[0].name]
    about = producers if named == "all" else [named]
    act.dossier.termination_leads = [act.world.new_lead(name) for name in about]
    act.dossier.stopped = True


def unit_lost(act: Act) -> None:
    """No report; without a partial one the sampling is void and the target may be sampled again (R49)."""
    act.dossier.stopped = True
    if not act.dossier.partial:
        void_sampling(act.world, act.number)


def report_serious(act: Act) -> None:
    act.dossier.partial = True
    first_result(act, act.fact("items"), "nonconforming")


def issue_report(act: Act) -> None:
    """The full report: first notices, or second ones when a partial report was followed by further failed items."""
    act.dossier.full_report = True
    if act.world.conclusion(act.number) == "absent":
        first_result(act, report_items(act), act.fact("conclusion"))
    else:
        full_report(act, report_items(act))


# Publication.


def approved(act: Act) -> None:
    act.world.approved[act.label] = conclusions(act)


def published(act: Act) -> None:
    """From now on a change is one since the publication, or since its last correction."""
    act.world.published[act.label] = conclusions(act)


def finish_testing(world: World) -> None:
    """When every target of a task has ended, testing is done and the publication is being compiled (10.1, 14)."""
    for task in {world.task(number) for number in world.dossiers}:
        if world.state(task) == "field_work" and all(_ended(world, number) for number in world.under(task)):
            world.states[task] = "testing_done"
            world.states[world.publication(world.under(task)[0])] = "compiling"


def _ended(world: World, number: int) -> bool:
    state = world.state(world.field_chart(number))
    return state in FIELD_ENDED or world.state(world.label("inspection", number)) in TESTING_ENDED


EFFECTS = {
    "plan.submit_suggestion": [suggestion],
    "task.set_scheme": [scheme],
    "task.draw_targets": [targets],
    "sampling.present_notice": [visit],
    "sampling.replace_sampler": [replaced],
    "sampling.add_sampler": [added],
    "sampling.claim_refusal": [claim],
    "sampling.terminate_illegal": [entity_lead],
    "sampling.record_obstruction": [entity_lead],
    "sampling.complete_sampling": [sampled],
    "purchase.place_order": [bought],
    "purchase.seal_and_notify": [sampled],
    "sample.issue": [issued],
    "sample.compromise": [spoiled],
    "inspection.terminate_illegal": [terminated],
    "inspection.stop_unit_lost": [unit_lost],
    "inspection.report_serious": [report_serious],
    "inspection.issue_report": [issue_report],
    "publication.approve": [approved],
    "publication.publish": [published],
    "publication.correct": [published],
}
