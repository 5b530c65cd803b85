"""The stages of the rules of 2021: how a dossier is told in a few words, and by what lists can be filtered."""

from typing import Final

from spotcheck.casework.telling import Line, Register, Stage
from spotcheck.inspection.states import ConclusionState, InspectionState, ResultNoticeState
from spotcheck.objections.states import ObjectionState, RetestState
from spotcheck.remediation.states import AnnouncementState, LeadState, RectificationState
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.words import Words
from spotcheck.sampling.states import PurchaseState, SamplingState

OBJECTION_OPEN: Final = Words("异议处理中", "under objection")
RETEST_OPEN: Final = Words("复检中", "under retest")
LEAD_OPEN: Final = Words("线索待处理", "lead open")
ANNOUNCING: Final = Words("公告上报中", "announcement being reported")

CASE_OPEN: Final = (
    RectificationState.REPORT_RECEIVED,
    RectificationState.ORDER_ISSUED,
    RectificationState.RECTIFYING,
    RectificationState.APPLIED,
    RectificationState.HARDSHIP_CLAIMED,
    RectificationState.HARDSHIP_SUSPENDED,
    RectificationState.WINDOW_LAPSED,
    RectificationState.RECHECKING,
    RectificationState.FAILED,
    RectificationState.REPORTED_UP,
    RectificationState.ANNOUNCED,
    RectificationState.CLOSURE_ORDERED,
)
"""States of a rectification case in which somebody still has something to do."""
UNDER_WAY: Final = {
    "objection": (
        ObjectionState.FILED,
        ObjectionState.VERIFYING,
        ObjectionState.EXPERT_REVIEW,
        ObjectionState.TRANSFERRED,
    ),
    "retest": (
        RetestState.AWAITING_FORMALITIES,
        RetestState.FORMALITIES_DONE,
        RetestState.COMMISSIONED,
        RetestState.SAMPLE_HANDED_OVER,
        RetestState.TESTING,
        RetestState.REPORTED,
    ),
    "lead": (LeadState.REPORTED, LeadState.ACKNOWLEDGED, LeadState.VERIFYING, LeadState.CASE_FILED),
    "announcement": (AnnouncementState.REPORTING, AnnouncementState.AT_CITY, AnnouncementState.AT_PROVINCE),
}


_ALL: Final = (
    Stage(
        "sampling",
        Words("抽样", "sampling"),
        {
            "sampling": (
                SamplingState.ASSIGNED,
                SamplingState.NOTICE_PRESENTED,
                SamplingState.REFUSAL_CLAIMED,
                SamplingState.PRECHECKED,
            ),
            "purchase": (PurchaseState.ASSIGNED, PurchaseState.ORDERED, PurchaseState.RECEIVED, PurchaseState.UNSEALED),
        },
    ),
    Stage(
        "testing",
        Words("检验", "testing"),
        {
            "inspection": (
                InspectionState.AWAITING,
                InspectionState.RECEIVED,
                InspectionState.CLEARED,
                InspectionState.TESTING,
                InspectionState.COMPLETED,
            )
        },
    ),
    Stage(
        "notice",
        Words("结果告知", "telling the result"),
        {"result_notice": (ResultNoticeState.DUE, ResultNoticeState.SENT, ResultNoticeState.SERVED)},
    ),
    Stage("objection", Words("异议", "objection"), {"objection": UNDER_WAY["objection"]}),
    Stage("retest", Words("复检", "retest"), {"retest": UNDER_WAY["retest"]}),
    Stage(
        "order",
        Words("责令改正", "order to rectify"),
        {"rectification": (RectificationState.REPORT_RECEIVED, RectificationState.ORDER_ISSUED)},
    ),
    Stage(
        "rectifying",
        Words("整改", "rectification"),
        {
            "rectification": (
                RectificationState.RECTIFYING,
                RectificationState.HARDSHIP_CLAIMED,
                RectificationState.HARDSHIP_SUSPENDED,
                RectificationState.WINDOW_LAPSED,
            )
        },
    ),
    Stage(
        "recheck",
        Words("复查", "recheck"),
        {"rectification": (RectificationState.APPLIED, RectificationState.RECHECKING)},
    ),
    Stage(
        "failed",
        Words("复查不合格", "recheck failed"),
        {
            "rectification": (
                RectificationState.FAILED,
                RectificationState.REPORTED_UP,
                RectificationState.ANNOUNCED,
                RectificationState.CLOSURE_ORDERED,
            )
        },
    ),
    Stage("lead", Words("违法线索", "lead"), {"lead": UNDER_WAY["lead"]}),
)

STAGES: Final[dict[str, Stage]] = {stage.name: stage for stage in _ALL}
"""The stages of a sample by name, in the order of the regulation."""


def tell(register: Register) -> list[Words]:
    """Tell where a dossier stands: the chart that has come furthest, and what goes on beside it."""
    return _main(register) + _beside(register)


def _main(register: Register) -> list[Words]:
    """The chart that has come furthest."""
    for chart in ("plan", "task"):
        if chart in register:
            return [_words(register[chart][0])]
    if "conclusion" in register:
        return _handling(register)
    if "inspection" in register:
        return [_words(register["inspection"][0])]
    for chart in ("sampling", "purchase"):
        if chart in register:
            return [_words(register[chart][0])]
    return []


def _handling(register: Register) -> list[Words]:
    """After the report: the cases of the parties, and the conclusion while it is disputed or alone."""
    cases = [case for case in register.get("rectification", ()) if case.state != RectificationState.TRANSFERRED]
    conclusion = register["conclusion"][0]
    disputed = conclusion.state in {ConclusionState.UNDER_OBJECTION, ConclusionState.UNDER_RETEST}
    parts = [_words(case) for case in cases if case.state in CASE_OPEN]
    if not parts and not disputed:
        parts = [_words(case) for case in cases]
    if disputed or not parts:
        parts.append(_words(conclusion))
    return parts


def _beside(register: Register) -> list[Words]:
    """What goes on at the same time."""
    said = {
        "objection": OBJECTION_OPEN,
        "retest": RETEST_OPEN,
        "announcement": ANNOUNCING,
        "lead": LEAD_OPEN,
    }
    return [
        words
        for chart, words in said.items()
        if any(track.state in UNDER_WAY[chart] for track in register.get(chart, ()))
    ]


def _words(track: Line) -> Words:
    return CHARTS[track.chart].states[track.state]
