"""The stages from which a file starts: exactly what their acts produce, done with default facts on the dates given."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from spotcheck.docket import chance
from spotcheck.docket.acts import perform
from spotcheck.docket.consequences import follow
from spotcheck.docket.execution import carry_out
from spotcheck.docket.flow import Flow, Proposal
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import hold, session
from spotcheck.inspection.models import Inspection
from spotcheck.parties import actors
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.planning import drawing, samplers
from spotcheck.planning.models import Plan, Task
from spotcheck.planning.operations import open_plan, open_task
from spotcheck.rehearsal.facts import DEFAULT_ITEM, for_flow, stated
from spotcheck.rehearsal.world import World
from spotcheck.sampling.models import SampleUnit, Sampling
from spotcheck.sampling.operations import open_handed_over

Event = tuple[date, Callable[[World], None]]


def events(world: World) -> list[Event]:
    """What has to be set up on which day, in order."""
    found: list[Event] = []
    for number, given in world.scenario.given.items():
        match given["stage"]:
            case "drawn":
                found.append((given["day"], _drawing(number, given["day"])))
            case "handed_over":
                found.append((given["day"], _handing_over(number, given)))
            case "reported_nonconforming":
                found += [
                    (given["sampled"], _sampling(number, given["sampled"])),
                    (given["received"], _receiving(number, given["received"])),
                    (given["reported"], _reporting(number, given)),
                ]
    return sorted(found, key=lambda event: event[0])


def do(world: World, act: Any, *, by: str, on: date, **facts: Any) -> None:
    """Do one act of a stage with default facts."""
    actor: Actor = actors.in_capacity(by, office=_office(world, by))
    flow = for_flow(act.spec.name, stated(act.spec.name, {}) | facts, on=on, items=None)
    if act.spec.name == "sampling.present_notice":
        flow["samplers"] = samplers.present(act.__self__.dossier)
    perform(act, by=actor, on=on, facts=flow)


def _office(world: World, word: str) -> Office:
    if word == "province":
        return Office.objects.get(code=PROVINCE_CODE)
    return world.offices["sampling_body" if word == "sampler" else word]


def plan_of(world: World, year: int, *, on: date) -> Plan:
    """The plan of a year, adopted and filed."""
    plan = Plan.objects.filter(year=year).first()
    if plan is None:
        plan = open_plan(year, on=on)
        do(world, plan.adopt, by="province", on=on)
        do(world, plan.file_and_circulate, by="province", on=on)
    world.plan = plan
    return plan


def task_of(world: World, number: int, *, on: date) -> Task:
    """A task with scheme, agencies and draw log, and the dossier drawn."""
    check = world.scenario.given[number].get("check", Dossier.Check.DAILY)
    if check == Dossier.Check.DAILY:
        task = open_task(f"T{number}", f"任务{number}", on=on, plan=plan_of(world, on.year, on=on))
        do(world, task.set_scheme, by="province", on=on)
    else:
        trigger = "emergency" if check == Dossier.Check.EMERGENCY else "superior_order"
        task = open_task(f"T{number}", f"任务{number}", on=on)
        do(world, task.set_scheme, by="province", on=on, type="special", trigger=trigger)
    world.tasks[number] = task
    do(world, task.engage_agencies, by="province", on=on, **agencies(world))
    world.keep_samplers(stated("task.draw_targets", {})["samplers"], world.offices["sampling_body"])
    with drawn_as_listed():
        take_as_done(
            task,
            "draw_targets",
            by=actors.in_capacity("province", office=_office(world, "province")),
            on=on,
            facts=draw(world, task, [number]),
        )
    world.find_dossiers()
    return task


def agencies(world: World, *, same: bool = False) -> dict[str, str]:
    """The bodies that a task of the file engages."""
    lab = world.offices["lab"].code
    return {"sampling_body": lab if same else world.offices["sampling_body"].code, "lab": lab}


def draw(world: World, task: Task, numbers: list[int], *, kept: bool = True) -> dict[str, Any]:
    """The facts of a draw that takes these dossiers of the file; without a log nothing is frozen."""
    targets = [world.target(number).as_fact() for number in numbers]
    lines = [drawing.Line(target["number"], target["number"], target) for target in targets]
    by = actors.in_capacity("province", office=_office(world, "province"))
    frame = drawing.freeze(task, lines, by=by) if kept and lines else None
    return {"frame": frame.sha256 if frame else "", "number": len(lines)}


def drawn_as_listed() -> AbstractContextManager[None]:
    """A file states the outcome of a draw: what is drawn comes in the order in which it is listed."""
    return chance.settled("rehearsal", as_listed=True)


def take_as_done(matter: Flow, method: str, *, by: Actor, on: date, facts: dict[str, Any]) -> None:
    """Carry an act out as it was done, whatever its guards would have said: a stage does not ask."""
    with session():
        matter.dossier = hold(matter.dossier_id)
        proposal = Proposal(spec=matter.spec_of(method), by=by, on=on, today=on, facts=facts, is_checked=True)
        follow(carry_out([matter], [proposal]))


def _drawing(number: int, on: date) -> Callable[[World], None]:
    return lambda world: (task_of(world, number, on=on), None)[1]


def _handing_over(number: int, given: dict[str, Any]) -> Callable[[World], None]:
    def happen(world: World) -> None:
        world.dossiers[number] = open_handed_over(world.target(number), on=given["day"], origin=given["origin"])

    return happen


def _sampling(number: int, on: date) -> Callable[[World], None]:
    def happen(world: World) -> None:
        task_of(world, number, on=on)
        sampling = Sampling.objects.get(dossier=world.dossiers[number])
        for act in (sampling.present_notice, sampling.pass_precheck, sampling.complete_sampling):
            do(world, act, by="sampler", on=on)

    return happen


def _receiving(number: int, on: date) -> Callable[[World], None]:
    def happen(world: World) -> None:
        dossier = world.dossiers[number]
        units = [SampleUnit.objects.get(dossier=dossier, label=label) for label in ("T", "R")]
        for unit in units:
            do(world, unit.dispatch, by="sampler", on=on)
            do(world, unit.receive, by="lab", on=on)
        inspection = Inspection.objects.get(dossier=dossier)
        do(world, inspection.receive_sample, by="lab", on=on)
        do(world, inspection.clear_qualification, by="lab", on=on)
        do(world, units[0].issue, by="lab", on=on)
        do(world, inspection.start_testing, by="lab", on=on)

    return happen


def _reporting(number: int, given: dict[str, Any]) -> Callable[[World], None]:
    def happen(world: World) -> None:
        on, dossier = given["reported"], world.dossiers[number]
        unit = SampleUnit.objects.get(dossier=dossier, label="T")
        do(world, unit.record_tested, by="lab", on=on)
        do(world, unit.retain, by="lab", on=on)
        inspection = Inspection.objects.get(dossier=dossier)
        do(world, inspection.complete, by="lab", on=on)
        do(
            world,
            inspection.issue_report,
            by="lab",
            on=on,
            items=given.get("items") or [DEFAULT_ITEM],
        )

    return happen
