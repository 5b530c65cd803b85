"""Acts: how long they take and how many statements, on the whole path of a producer from the sampling to the pass."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum.cn import uscc

from spotcheck.bench.measuring import Figure, Result, Times, timed
from spotcheck.bench.path import PATH, SAMPLERS, Step
from spotcheck.bench.world import Place
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Party
from spotcheck.docket.sweep import sweep
from spotcheck.parties.actors import Actor, in_capacity
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office, Post, User
from spotcheck.planning import drawing
from spotcheck.planning.operations import PartySpec, TargetSpec, open_plan, open_task

DRAWN: Final = date(2021, 5, 6)
COUNTY: Final = "370112"
BODIES: Final = {
    "sampling_body": ("CY01", Office.Kind.SAMPLING_BODY),
    "lab": ("JY01", Office.Kind.LABORATORY),
    "technical_body": ("JS01", Office.Kind.LABORATORY),
}
TOLD: Final = {
    "sample.receive": "a plain act",
    "result_notice.record_receipt": "opens a period",
    "rectification.issue_order": "issues a paper",
    "inspection.issue_report": "makes conclusion and notices",
}
"""The acts that are told one by one."""

Act = Callable[[], object]


def path(place: Place, *, dossiers: int) -> Result:
    """Take dossiers along the whole path; the statements are counted on one more."""
    result = Result("acts", f"{len(PATH)} acts, from the first notice to the pass")
    taken: dict[str, list[float]] = defaultdict(list)
    statements: dict[str, list[int]] = defaultdict(list)
    with place.here():
        offices = _offices()
        numbers = drawn(offices, dossiers + 1)
        for step in PATH:
            name = f"{step.chart}.{step.act}"
            with clock.simulated(step.day):
                sweep(step.day)
                taken[name] += [timed(_act(step, number, offices)) for number in numbers[1:]]
                act = _act(step, numbers[0], offices)
                with CaptureQueriesContext(connection) as captured:
                    act()
            statements[name].append(len(captured))
        passed = Dossier.objects.filter(number__in=numbers, tracks__chart="rectification", tracks__state="passed")
        assert passed.count() == len(numbers)
    seconds = sum(map(sum, taken.values()))
    result.times = {f"{name}: {what}": Times.of(taken[name]) for name, what in TOLD.items()}
    result.figures = {
        "acts_per_second": Figure("acts a second", len(PATH) * dossiers / seconds, "a second"),
        "paths_per_second": Figure("whole paths a second", dossiers / seconds, "a second"),
        "statements_per_act": Figure("statements an act, on average", sum(map(sum, statements.values())) / len(PATH)),
    }
    for name in TOLD:
        result.figures[f"statements_{name}"] = Figure(f"statements of {name}", max(statements[name]))
    return result


def _act(step: Step, number: str, offices: dict[str, Office]) -> Act:
    """One act of one dossier, ready to be done."""
    model = MATTERS[step.chart]
    dossier = Dossier.objects.get(number=number)
    matter = model.objects.filter(dossier=dossier, label=step.label).first()
    if matter is None:
        matter = model.new(dossier, dossier.parties.get())
    by = _actor(step.by, dossier.parties.get(), offices)
    return partial(perform, getattr(matter, step.act), by=by, on=step.day, facts=dict(step.facts))


def _actor(word: str, party: Party, offices: dict[str, Office]) -> Actor:
    if word == "enterprise":
        return in_capacity(word, enterprise=party.enterprise)
    return in_capacity(word, office=party.handler if word == "handler" else offices[word])


def _offices() -> dict[str, Office]:
    """The offices that act, by the regulation's words."""
    bodies = {
        word: Office.objects.get_or_create(code=code, defaults={"kind": kind, "name": code})[0]
        for word, (code, kind) in BODIES.items()
    }
    for name in SAMPLERS:
        user, _ = User.objects.get_or_create(username=name, defaults={"full_name": name})
        given = {"since": DRAWN, "entitlements": ["sample"]}
        Post.objects.get_or_create(user=user, office=bodies["sampling_body"], role=Post.Role.SAMPLER, defaults=given)
    return bodies | {"sampler": bodies["sampling_body"], "province": Office.objects.get(code=PROVINCE_CODE)}


def drawn(offices: dict[str, Office], number: int) -> list[str]:
    """Plan, task and draw: so many dossiers stand at the beginning of the path."""
    targets = [_target(n) for n in range(1, number + 1)]
    facts: dict[str, dict[str, Any]] = {
        "adopt": {},
        "file_and_circulate": {"filed": True, "circulated": True},
        "set_scheme": {"type": "daily", "trigger": "none", "scheme": True, "detail_rules": "own"},
        "engage_agencies": {"separation_system": True, "sampling_body": "CY01", "lab": "JY01"},
    }
    with clock.simulated(DRAWN):
        plan = open_plan(DRAWN.year, on=DRAWN)
        by = in_capacity("province", office=offices["province"])
        for act in ("adopt", "file_and_circulate"):
            perform(getattr(plan, act), by=by, on=DRAWN, facts=facts[act])
        task = open_task("BT", "bench", on=DRAWN, plan=plan)
        for act in ("set_scheme", "engage_agencies"):
            perform(getattr(task, act), by=by, on=DRAWN, facts=facts[act])
        lines = [drawing.Line(target.number, target.number, target.as_fact()) for target in targets]
        listed = drawing.freeze(task, lines, by=by)
        perform(task.draw_targets, by=by, on=DRAWN, facts={"frame": listed.sha256, "number": len(lines)})
    return [target.number for target in targets]


def _target(number: int) -> TargetSpec:
    base = f"91{COUNTY}MA{number:07d}"
    enterprise = Enterprise.objects.create(
        name=f"企业{number}",
        credit_code=base + uscc.calc_check_digit(base),
        registered_place=COUNTY,
        actual_place=COUNTY,
    )
    return TargetSpec(
        number=f"BD{number}",
        product_kind="电线电缆",
        product_name="电线电缆",
        product_model="A",
        parties=[PartySpec("P", Party.Role.SAMPLED_PRODUCER, enterprise.pk, COUNTY, COUNTY)],
    )
