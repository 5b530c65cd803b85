"""What can forbid an act of chapter two."""

from typing import Any

from spotcheck.docket import register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Track
from spotcheck.docket.requirements import Requirement
from spotcheck.parties.models import Office, in_shandong
from spotcheck.parties.qualified import lacking
from spotcheck.planning import detail_rules, drawing, samplers
from spotcheck.planning.facts import HEADS
from spotcheck.planning.states import PlanState, TaskState
from spotcheck.rules.words import Words

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


def _engaged_lacks(m: Any) -> Words | None:
    """Why the laboratory that is to be engaged may not test; asked only where the record is full."""
    office = Office.objects.filter(code=m.proposal["lab"] or "").first() if m.full_record else None
    return lacking(office, m.product_kind, m.proposal.on) if office is not None else None


def _laboratory_lacks(m: Any) -> Words | None:
    """The same of the laboratory that is engaged, on the day of a draw."""
    office = register.body(m.dossier, "lab") if m.full_record else None
    return lacking(office, m.product_kind, m.proposal.on) if office is not None else None


ENGAGED_QUALIFIED = Requirement(
    "body_qualified", lambda m: _engaged_lacks(m) is None, asks=("lab",), tells=_engaged_lacks
)
LABORATORY_QUALIFIED = Requirement("body_qualified", lambda m: _laboratory_lacks(m) is None, tells=_laboratory_lacks)
WITHIN_ARTICLE_23 = Requirement("within_article_23", _bought_within_reach, asks=("frame",))
SIX_HEADS = Requirement("six_heads", lambda m: set(m.proposal["heads"] or ()) == set(HEADS), asks=("heads",))
RULE_PUBLISHED = Requirement(
    "rule_published",
    lambda m: detail_rules.is_choosable(m.proposal["rule"], m.proposal.on),
    asks=("rule",),
)
RULE_NOT_IN_USE = Requirement("rule_not_in_use", lambda m: not detail_rules.is_used_in(m.dossier))
