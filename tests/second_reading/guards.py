"""When an act is refused, and on which articles (README section 7)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.second_reading import guards_cases, guards_disputes, guards_field
from tests.second_reading.acts import Act
from tests.second_reading.charts import guard_articles
from tests.second_reading.offices import by_whom

GUARDS = {"by_whom": by_whom, **guards_field.GUARDS, **guards_disputes.GUARDS, **guards_cases.GUARDS}


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


def _visit_open(act: Act) -> bool:
    return act.case is not None and act.world.state(act.case.label) == "rechecking"


def _reserve_there(act: Act) -> bool:
    """Only a reserve unit which is kept somewhere can be handed over (SU7); also anew, after RT12."""
    return act.world.state(act.reserve) in ("in_custody", "held_by_enterprise", "released_for_retest")


def _form8_received(act: Act) -> bool:
    """Only a decision is received, and each Form 8 only once; a decision taken anew has a Form 8 of its own."""
    o = act.objection
    return o is not None and not o.received and act.world.state(o.label).startswith("concluded")


POSSIBLE = {
    "sampling": _task_runs,
    "purchase": _task_runs,
    "recheck": _visit_open,
    "retest.hand_over_sample": _reserve_there,
    "objection.record_decision_receipt": _form8_received,
    "ban.record_producer_proof": lambda act: act.world.state(act.label) == "active",
    "denial.open": lambda act: act.world.conclusion(act.number) != "absent" or not act.dossier.handed_over,
    "objection.file": lambda act: act.world.conclusion(act.number) != "absent",
}
