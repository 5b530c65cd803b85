"""What follows by itself in chapter two."""

from spotcheck.docket import chance, register
from spotcheck.docket.acts import proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Entry
from spotcheck.parties.models import Office
from spotcheck.planning import drawing, samplers
from spotcheck.planning.models import DrawLog, Plan, Target, Task
from spotcheck.planning.operations import PartySpec, TargetSpec, open_sample
from spotcheck.planning.states import PlanState, TaskState

FIELD_ACTS = (
    "sampling.present_notice",
    "sampling.claim_refusal",
    "sampling.accept_refusal",
    "sampling.reject_refusal",
    "sampling.pass_precheck",
    "sampling.terminate_illegal",
    "sampling.complete_sampling",
    "sampling.record_not_sampled",
    "sampling.record_obstruction",
    "sampling.add_sampler",
    "sampling.correct_sheet",
    "purchase.place_order",
    "purchase.receive_parcel",
    "purchase.unseal_and_check",
    "purchase.seal_and_notify",
    "purchase.fail",
)


@follows("task.set_scheme")
def start_plan(batch: list[Entry]) -> None:
    """The first daily task of a plan puts it into execution (Articles 5, 8)."""
    for entry in batch:
        plan = Plan.objects.filter(dossier=entry.dossier.parent_id).first()
        if (
            plan is not None
            and entry.facts.get("type") == "daily"
            and plan.state in {PlanState.ADOPTED, PlanState.FILED}
        ):
            proceed([plan], "start", on=entry.effective_on, cause=entry)


@follows("task.engage_agencies")
def involve_agencies(batch: list[Entry]) -> None:
    """The bodies that are engaged get their part in the task (Article 10)."""
    for entry in batch:
        for role in ("sampling_body", "lab"):
            office = Office.objects.filter(code=entry.facts.get(role) or "").first()
            register.involve(entry.dossier, office, role)


@follows("task.draw_targets")
def open_targets(batch: list[Entry]) -> None:
    """Open a dossier for every target, draw its samplers, and keep the draw log (Article 12)."""
    for entry in batch:
        task: Task = entry.matter
        targets = []
        for fact in entry.facts["targets"]:
            spec = TargetSpec(**{**fact, "parties": [PartySpec(**party) for party in fact["parties"]]})
            dossier = open_sample(spec, on=entry.effective_on, task=task)
            for role in ("sampling_body", "lab"):
                register.involve(dossier, register.body(entry.dossier, role), role)
            targets.append(Target(task=task, dossier=dossier))
        Target.objects.bulk_create(targets)
        seed = entry.facts["seed"]
        listed = samplers.draw_for(targets, register.body(entry.dossier, "sampling_body"), seed=seed, entry=entry)
        frame = drawing.frozen(task, entry.facts["frame"])
        assert frame is not None
        DrawLog.objects.create(
            task=task,
            frame=frame,
            seed=seed,
            candidates=drawing.texts(frame),
            candidates_hash=frame.sha256,
            samplers=list(listed),
            samplers_hash=samplers.list_hash(listed),
            as_listed=chance.keeps_order(),
            drawn_on=entry.effective_on,
        )


@follows(*FIELD_ACTS)
def begin_field_work(batch: list[Entry]) -> None:
    """The first act in the field begins the field work of the task (Article 12)."""
    first = {entry.dossier.parent_id: entry for entry in reversed(batch)}
    for task in Task.objects.filter(dossier__in=first, state=TaskState.TARGETS_DRAWN).order_by("dossier"):
        entry = first[task.dossier_id]
        proceed([task], "begin_field_work", on=entry.effective_on, cause=entry)


@follows("sampling.replace_sampler", "sampling.add_sampler")
def change_samplers(batch: list[Entry]) -> None:
    """The drawn order says who comes now (Articles 12, 13)."""
    for entry in batch:
        added = entry.act == "sampling.add_sampler"
        state = samplers.State.ADDED if added else samplers.State.COMING
        samplers.come_in(entry, state=state, reason=entry.facts.get("reason") or "")
