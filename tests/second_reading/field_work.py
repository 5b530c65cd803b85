"""What follows from acts on plan, task, sampling, purchase, sample, inspection and publication (README 10.1, 10.2)."""

from __future__ import annotations

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.disputes import first_result, full_report
from tests.second_reading.world import DEFAULT_ITEMS, World

FIELD_ENDED = ("lawfully_refused", "not_sampled", "obstructed", "terminated_illegal", "failed")


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
    """Every dossier of the task gets its sampling or its purchase."""
    world = act.world
    for number in world.under(act.label):
        world.dossiers[number].exists = True
        world.states[world.field_chart(number)] = "assigned"


def field_act(act: Act) -> None:
    """Field work begins with the first act of a sampler at a target; the first external act pins the rule set."""
    act.dossier.pinned = True
    task = act.world.task(act.number)
    if act.world.state(task) == "targets_drawn":
        act.world.states[task] = "field_work"


def visit(act: Act) -> None:
    act.dossier.visit_on = act.day


def claim(act: Act) -> None:
    act.dossier.claimed_on = act.day
    act.dossier.refusal = {key: act.fact(key) for key in ("ground", "proven", "earlier_check")}


def sampled(act: Act) -> None:
    """Two units and an inspection come into being."""
    world = act.world
    act.dossier.sampled_on = act.day
    for unit in ("T", "R"):
        world.states[world.unit(act.number, unit)] = "sealed"
    world.states[world.label("inspection", act.number)] = "awaiting"


def spoiled(act: Act) -> None:
    """Whose fault it is that the reserve unit is gone."""
    if act.row["unit"] == "R":
        act.dossier.spoiled_by = act.fact("cause")


def entity_lead(act: Act) -> None:
    """A lead about the sampled entity (arts. 14, 21)."""
    act.world.new_lead(act.world.sampled_entity(act.number).name)


def terminated(act: Act) -> None:
    """A lead about the producer of the sample, never about the seller (art. 28)."""
    producers = act.world.producers(act.number) or act.world.of(act.number)
    act.dossier.termination_lead = act.world.new_lead(producers[0].name)


def report_serious(act: Act) -> None:
    first_result(act, act.fact("items"), "nonconforming")


def issue_report(act: Act) -> None:
    """The full report: first notices, or second ones when a partial report was followed by further failed items."""
    says = act.fact("conclusion")
    items = act.fact("items")
    if items is None:
        items = DEFAULT_ITEMS if says == "nonconforming" else []
    act.dossier.full_report = True
    if act.world.conclusion(act.number) == "absent":
        first_result(act, items, says)
    else:
        full_report(act, items)


def published(act: Act) -> None:
    world = act.world
    labels = [world.label("conclusion", number) for number in world.under(act.label)]
    world.published[act.label] = {label: world.state(label) for label in labels}


def finish_testing(world: World) -> None:
    """When every target of a task has ended, testing is done and the publication is being compiled (10.1, 14)."""
    for task in {world.task(number) for number in world.dossiers}:
        if world.state(task) == "field_work" and all(_ended(world, number) for number in world.under(task)):
            world.states[task] = "testing_done"
            world.states[world.publication(world.under(task)[0])] = "compiling"


def _ended(world: World, number: int) -> bool:
    state = world.state(world.field_chart(number))
    inspection = world.state(world.label("inspection", number))
    return state in FIELD_ENDED or inspection in ("reported", "terminated_illegal")


EFFECTS = {
    "plan.submit_suggestion": [suggestion],
    "task.set_scheme": [scheme],
    "task.draw_targets": [targets],
    "sampling.present_notice": [visit],
    "sampling.claim_refusal": [claim],
    "sampling.terminate_illegal": [entity_lead],
    "sampling.record_obstruction": [entity_lead],
    "sampling.complete_sampling": [sampled],
    "purchase.seal_and_notify": [sampled],
    "sample.compromise": [spoiled],
    "inspection.terminate_illegal": [terminated],
    "inspection.report_serious": [report_serious],
    "inspection.issue_report": [issue_report],
    "publication.publish": [published],
}
