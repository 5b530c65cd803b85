"""What can forbid an act of chapter two."""

from spotcheck.docket import register
from spotcheck.docket.models import Track
from spotcheck.docket.requirements import Requirement
from spotcheck.planning.facts import HEADS

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
REASON = Requirement("reason", lambda m: bool(m.proposal["reason"]), asks=("reason",))
TASKS_CLOSED = Requirement(
    "tasks_closed",
    lambda m: (
        not Track.objects.filter(dossier__parent=m.dossier, chart="task")
        .exclude(state__in=("closed", "cancelled"))
        .exists()
    ),
)
PLAN_LINE = Requirement(
    "plan_line",
    lambda m: (
        m.proposal["type"] == "special"
        or (
            m.dossier.parent is not None
            and register.state(m.dossier.parent, "plan") in {"adopted", "filed", "executing"}
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


def _bodies_are_apart(m: "object") -> bool:
    """One body in both parts needs its separation system on file."""
    proposal = m.proposal  # type: ignore[attr-defined]
    same = bool(proposal["same_body"]) or (
        bool(proposal["sampling_body"]) and proposal["sampling_body"] == proposal["lab"]
    )
    return not same or bool(proposal["separation_system"])


SEPARATION_SYSTEM = Requirement("separation_system", _bodies_are_apart, asks=("same_body", "separation_system"))
DRAW_LOG = Requirement(
    "draw_log",
    lambda m: bool(m.proposal["seed"]) and bool(m.proposal["candidates"]),
    asks=("seed", "candidates"),
)
SIX_HEADS = Requirement("six_heads", lambda m: set(m.proposal["heads"] or ()) == set(HEADS), asks=("heads",))
