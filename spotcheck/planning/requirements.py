"""What can forbid an act of chapter two."""

from typing import Any

from spotcheck.docket import register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Track
from spotcheck.docket.requirements import Requirement
from spotcheck.parties.models import in_shandong
from spotcheck.planning import drawing, samplers
from spotcheck.planning.facts import HEADS
from spotcheck.planning.states import PlanState, TaskState

IN_CATALOGUE = Requirement(
    "in_catalogue",
    lambda m: bool(m.proposal["in_catalogue"]) and {"kinds", "batches", "timing"} <= set(m.proposal["contents"] or ()),
    asks=("in_catalogue", "contents"),
)
FILING_PROOF = Requirement(
    "filing_proof",
    lambda m: bool(m.proposal["filed"]) and bool(m.proposal["circulated"]),
    asks=("filed", "circulated"),
)
REASON = Requirement("reason", lambda m: is_written(m.proposal["reason"]), asks=("reason",))
TASKS_CLOSED = Requirement(
    "tasks_closed",
    lambda m: (
        not Track.objects.filter(dossier__parent=m.dossier, chart="task")
        .exclude(state__in=(TaskState.CLOSED, TaskState.CANCELLED))
        .exists()
    ),
)
PLAN_LINE = Requirement(
    "plan_line",
    lambda m: (
        m.proposal["type"] == "special"
        or (
            m.dossier.parent is not None
            and register.state(m.dossier.parent, "plan") in {PlanState.ADOPTED, PlanState.FILED, PlanState.EXECUTING}
        )
    ),
    asks=("type",),
)
SPECIAL_TRIGGER = Requirement(
    "special_trigger",
    lambda m: (
        m.proposal["type"] != "special" or m.proposal["trigger"] in {"superior_order", "public_opinion", "emergency"}
    ),
    asks=("type", "trigger"),
)
SCHEME_AND_RULES = Requirement(
    "scheme_and_rules",
    lambda m: bool(m.proposal["scheme"]) and m.proposal["detail_rules"] in {"own", "superior"},
    asks=("scheme", "detail_rules"),
)


def _bodies_are_apart(m: Any) -> bool:
    """One body in both parts needs its separation system on file."""
    proposal = m.proposal
    same = bool(proposal["same_body"]) or (
        bool(proposal["sampling_body"]) and proposal["sampling_body"] == proposal["lab"]
    )
    return not same or bool(proposal["separation_system"])


SEPARATION_SYSTEM = Requirement("separation_system", _bodies_are_apart, asks=("same_body", "separation_system"))


def _frame(m: Any) -> Any:
    """The frozen list that is to be drawn from."""
    return drawing.frozen(m, m.proposal["frame"] or "")


def _is_logged(m: Any) -> bool:
    """The list is frozen, so that seed and candidates can be kept, and something is drawn from it."""
    frame = _frame(m)
    return frame is not None and bool(frame.lines) and bool(m.proposal["number"])


def _bought_within_reach(m: Any) -> bool:
    """Bought online is only what a seller or a producer in Shandong offers."""
    frame = _frame(m)
    bought = [line["target"] for line in frame.lines if line["target"]["channel"] == "online"] if frame else []
    return all(any(in_shandong(party["place"]) for party in target["parties"]) for target in bought)


DRAW_LOG = Requirement("draw_log", _is_logged, asks=("frame", "number"))
SAMPLERS_DRAWN = Requirement(
    "samplers_drawn",
    lambda m: (
        len(samplers.kept(register.body(m.dossier, "sampling_body"), m.proposal.on)) >= samplers.per_target(m.dossier)
    ),
)
WITHIN_ARTICLE_23 = Requirement("within_article_23", _bought_within_reach, asks=("frame",))
SIX_HEADS = Requirement("six_heads", lambda m: set(m.proposal["heads"] or ()) == set(HEADS), asks=("heads",))
