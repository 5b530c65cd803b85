"""What the random walks like to do: how often each act is done, and in which kind of file."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.second_reading.candidates import CORRECTIONS

TASTE = {  # how often a possible act is done, beside 1: ends and side ways seldom, the long ways often
    "task.cancel": 0.02,
    "plan.submit_suggestion": 0.3,
    "plan.adjust": 0.2,
    "plan.close": 0.3,
    "lead.create": 0.03,
    "lead.acknowledge": 0.3,
    "lead.refer_outside": 0.5,
    "ban.record_breach": 0.1,
    "sample.compromise": 0.05,
    "sample.issue": 1.0,
    "result_notice.service_failed": 0.2,
    "conclusion.annul": 0.01,
    "conclusion.withdraw_external": 0.02,
    "objection.file": 0.5,
    "objection.withdraw": 0.15,
    "objection.revoke": 0.4,
    "objection.order_retest": 3.0,
    "objection.transfer_denial": 3.0,
    "sampling.terminate_illegal": 0.1,
    "sampling.record_obstruction": 0.1,
    "sampling.record_not_sampled": 0.1,
    "sampling.claim_refusal": 0.25,
    "sampling.accept_refusal": 0.4,
    "sampling.replace_sampler": 0.2,
    "sampling.add_sampler": 0.15,
    "sampling.correct_sheet": 0.1,
    "purchase.fail": 0.1,
    "inspection.terminate_illegal": 0.08,
    "inspection.report_serious": 0.4,
    "inspection.stop_unit_lost": 2.0,
    "rectification.transfer_jurisdiction": 0.15,
    "rectification.withdraw_application": 0.3,
    "rectification.late_submission": 0.5,
    "rectification.annul": 0.03,
    "rectification.close_dissolved": 0.04,
    "rectification.supplement_order": 5.0,
    "recheck.recommission": 0.3,
    "recheck.fail_no_sample": 0.3,
    "retest.waive": 0.15,
    "retest.recommission": 0.15,
    "sample.dispose": 0.3,
    "publication.correct": 0.5,
    "announcement.correct": 0.2,
    "denial.open": 0.5,
}
FORWARD = ("sampling", "purchase", "inspection", "retest", "recheck", "announcement", "task")


@dataclass(frozen=True)
class Theme:
    """How a file begins, what happens in it more or less often than elsewhere, and the way it mostly takes.

    The way names acts, in their order, with the facts which they have to have; `by` and `unit` are those of the act.
    """

    shapes: list[str]
    taste: dict[str, float] = field(default_factory=dict)
    way: dict[str, dict] = field(default_factory=dict)
    lazy: bool = False


def _way(machine: str, acts: str) -> dict[str, dict]:
    return {f"{machine}.{act}": {} for act in acts.split()}


# Ways.

VISITED = {
    **_way("sampling", "present_notice pass_precheck complete_sampling"),
    **_way("purchase", "place_order receive_parcel unseal_and_check seal_and_notify"),
}
ARRIVED = {
    **_way("sample", "dispatch receive issue"),
    **_way("inspection", "receive_sample clear_qualification start_testing"),
}
FIELD = {**VISITED, **ARRIVED}
TESTED = {**_way("sample", "record_tested"), **_way("inspection", "complete issue_report")}
DANGER = _way("inspection", "report_serious")
TOLD = _way("result_notice", "send record_receipt")
ORDERED = _way("rectification", "receive_report issue_order record_order_receipt")
VISIT = {**_way("rectification", "apply_recheck start_recheck")}
FAILED = {
    **VISIT,
    "recheck.verify_on_site": {"rectified": False},
    **_way("recheck", "fail_without_test"),
    **_way("rectification", "report_up order_closure revoke_licence"),
    **_way("announcement", "submit_to_city submit_to_province announce"),
}
PASSED = {**VISIT, **_way("recheck", "verify_on_site commission_test test_done pass_with_test pass_without_test")}
VERIFIED = _way("objection", "file start_verification")
RETESTED = {
    **_way("objection", "order_retest record_decision_receipt"),
    **_way("retest", "complete_formalities commission hand_over_sample start report close_conforming"),
    **_way("retest", "close_nonconforming"),
    **_way("objection", "maintain"),
}
DENIED = {
    "objection.file": {"grounds": "denial"},
    **_way("objection", "transfer_denial denial_findings uphold_denial maintain"),
}
HANDED_OVER = _way("conclusion", "import_external")
CLAIMED = {
    **_way("rectification", "claim_hardship start_recheck resume_and_apply conditions_restored"),
    "recheck.verify_on_site": {"rectified": False},
    **_way("recheck", "confirm_hardship"),
}

# Tastes.

QUIET = {"lead": 0.1, "sample": 0.1, "publication": 0.2, "task": 0.2, "ban.record_breach": 0.1}
UNDISPUTED = {"objection": 0.15, "denial": 0.1, "result_notice": 0.5}
PASSING = {"recheck.pass_with_test": 9, "recheck.pass_without_test": 9, "recheck.commission_test": 3}
IN_THE_FIELD = {"sampling.claim_refusal": 0.1, "sampling.accept_refusal": 0.2, "lead": 0.1, "publication": 0.3}
TESTED_LATER = {"sample.record_tested": 0.4, "inspection.complete": 0.4}
ANNULLING = {"rectification.annul": 20, "conclusion.annul": 9, "conclusion.withdraw_external": 6}

REPORTED, ANY = ["reported"], ["reported", "handed_over"]
THEMES: dict[str, Theme] = {
    "anything": Theme(["reported", "drawn", "handed_over", "plan", "several"]),
    "field": Theme(["drawn", "drawn", "plan"], {"result_notice": 5, "lead": 0.2}, FIELD),
    "samplers": Theme(
        ["drawn", "plan"],
        {"sampling.replace_sampler": 20, "sampling.add_sampler": 20, "sampling.claim_refusal": 2, "task": 3},
    ),
    "partial": Theme(["drawn"], IN_THE_FIELD, {**FIELD, **DANGER, **TOLD}),
    "danger and retest": Theme(
        ["drawn", "drawn with two"],
        {**IN_THE_FIELD, **TESTED_LATER},
        {**FIELD, **DANGER, **TOLD, **VERIFIED, **RETESTED, **ORDERED, **TESTED},
    ),
    "danger and recheck": Theme(
        ["drawn"],
        {**IN_THE_FIELD, **UNDISPUTED, **PASSING, **TESTED_LATER},
        {**FIELD, **DANGER, **TOLD, **ORDERED, **PASSED, **TESTED},
    ),
    "danger and further items": Theme(
        ["drawn", "drawn with two"],
        {**IN_THE_FIELD, **UNDISPUTED},
        {**FIELD, **DANGER, **TOLD, **ORDERED, "rectification.supplement_order": {}, **TESTED, **FAILED},
    ),
    "stopped": Theme(
        ["drawn"],
        {**IN_THE_FIELD, "inspection.terminate_illegal": 6, "sample.compromise": 12, "inspection.stop_unit_lost": 30}
        | {"publication": 3, "publication.publish": 9, "objection": 0.5, "retest": 3},
        {**FIELD, **DANGER, **TOLD},
    ),
    "kept": Theme(
        ["drawn on site", "drawn on site with two"],
        {**IN_THE_FIELD, "sample.compromise": 5, "retest.waive": 60},
        {**VISITED, "sample.leave_with_enterprise": {}, **ARRIVED, **TESTED, **TOLD, **VERIFIED}
        | {**_way("objection", "order_retest record_decision_receipt"), "retest.complete_formalities": {}}
        | {"sample.compromise": {"cause": "applicant"}, "retest.waive": {}, **RETESTED},
    ),
    "ladder": Theme(ANY, {**QUIET, **UNDISPUTED}, {**HANDED_OVER, **TOLD, **ORDERED, **FAILED}),
    "ladder annulled": Theme(
        ANY,
        {**QUIET, **UNDISPUTED, **ANNULLING},
        {**HANDED_OVER, **TOLD, **ORDERED, **FAILED, "rectification.annul": {"what": "recheck"}},
    ),
    "retest": Theme(REPORTED, {**QUIET, "recheck": 0.3}, {**TOLD, **VERIFIED, **RETESTED}),
    "two objectors": Theme(["reported with two"], {**QUIET, "rectification": 0.4}, {**TOLD, **VERIFIED, **RETESTED}),
    "lost unit": Theme(
        ["reported", "reported with two"],
        {**QUIET, "sample.compromise": 40, "objection.decide_anew": 30, "retest.recommission": 20}
        | {"objection.maintain": 4, "rectification": 0.3},
        {**TOLD, **VERIFIED, **RETESTED},
    ),
    "denial": Theme(["reported", "reported with two"], {**QUIET, "retest": 0.3}, {**TOLD, **DENIED, **ORDERED}),
    "handed over": Theme(
        ["handed_over"],
        {**QUIET, "denial": 9, "lead": 2, "conclusion.withdraw_external": 8},
        {**HANDED_OVER, **ORDERED, "denial.open": {}, "denial.investigate": {}},
    ),
    "seller": Theme(
        ["reported with two", "handed_over"],
        {**QUIET, **UNDISPUTED, "ban": 9},
        {**HANDED_OVER, **ORDERED, **PASSED, "ban.record_producer_proof": {}},
    ),
    "moves": Theme(
        ["reported", "handed_over", "drawn"],
        {"rectification.transfer_jurisdiction": 30, "lead": 0.2, "publication": 0.2},
        {**HANDED_OVER, **FIELD, **DANGER, **TOLD, **ORDERED, **FAILED},
    ),
    "inability": Theme(
        ANY,
        {**QUIET, **UNDISPUTED, "rectification.close_dissolved": 4, "recheck.fail_no_sample": 9}
        | {"recheck.recommission": 9, "rectification.annul": 3, "rectification.resume_and_apply": 3},
        {**HANDED_OVER, **ORDERED, **CLAIMED},
    ),
    "leads": Theme(
        ["drawn", "handed_over"],
        {"lead": 6, "inspection.terminate_illegal": 20, "sample.dispose": 6},
        {**HANDED_OVER, **FIELD},
    ),
    "publication": Theme(
        ["reported", "drawn"],
        {"publication": 12, "rectification": 0.2, "objection": 0.6, "conclusion.annul": 20}
        | {"result_notice.correct_lapse": 10, "retest.reinstate": 10},
        {**FIELD, **TESTED, **TOLD, **_way("publication", "approve publish correct")},
    ),
    "published and reopened": Theme(
        ["reported"],
        {**QUIET, "publication": 12, "publication.correct": 9, "result_notice.correct_lapse": 40, "rectification": 0.1}
        | {"objection": 0.2, "retest": 0.2},
        {**TOLD, **_way("task", "file_summary"), **_way("publication", "approve publish")}
        | {**_way("result_notice", "correct_lapse"), **_way("publication", "correct")},
        lazy=True,
    ),
    "stopped at once": Theme(
        ["drawn on site"],
        {**IN_THE_FIELD, "inspection.report_serious": 0.1, "publication": 9, "task": 3},
        {
            **VISITED,
            "sample.dispatch": {},
            "sample.receive": {},
            **_way("inspection", "receive_sample terminate_illegal"),
        }
        | {**_way("task", "file_summary"), **_way("publication", "approve publish")},
    ),
    "mailed by the laboratory": Theme(
        ["drawn", "drawn with two"],
        {**IN_THE_FIELD, "rectification": 0.3, "inspection.report_serious": 0.1, "result_notice": 3},
        {**FIELD, **TESTED, "inspection.issue_report": {"conclusion": "conforming"}}
        | {**{act: {"by": "lab"} for act in TOLD}, **VERIFIED, **RETESTED},
    ),
    "left behind": Theme(
        ["drawn on site", "drawn on site with two"],
        {**IN_THE_FIELD, "sample.dispatch": 0.02, "sample.leave_with_enterprise": 0.02, "rectification": 0.2},
        {**VISITED, "sample.dispatch": {"unit": "T"}, "sample.receive": {"unit": "T"}, "sample.issue": {}}
        | {**_way("inspection", "receive_sample clear_qualification start_testing")}
        | {**TESTED, **TOLD, **VERIFIED, **RETESTED},
    ),
    "denied without a seller": Theme(
        ["reported without a seller"], {**QUIET, "retest": 0.3}, {**TOLD, **DENIED, **ORDERED}
    ),
    "begun and given up": Theme(
        ["reported with two"],
        {**QUIET, "rectification": 0.2, "objection.decide_anew": 20, "retest.report": 0.1},
        {**TOLD, **VERIFIED, **_way("objection", "order_retest record_decision_receipt")}
        | _way("retest", "complete_formalities commission hand_over_sample start")
        | {"objection.decide_anew": {"decision": "maintain", "cause": "no_body"}},
    ),
    "passed on": Theme(
        ["reported", "handed_over"],
        {**QUIET, **UNDISPUTED, "rectification.transfer_jurisdiction": 30},
        {**HANDED_OVER, **TOLD, "rectification.receive_report": {}, "rectification.transfer_jurisdiction": {}},
    ),
    "lapses": Theme(ANY, {**QUIET, **dict.fromkeys(CORRECTIONS, 20.0), "objection.order_retest": 3}, TOLD, lazy=True),
    "plan": Theme(["plan"], {"plan.open_suggestions": 5, "plan.submit_suggestion": 5, "sampling.claim_refusal": 2}),
    "six months": Theme(["several"], {"sampling.claim_refusal": 12}),
    "again": Theme(["several"], {**QUIET, **UNDISPUTED}, {**HANDED_OVER, **ORDERED, **PASSED}),
}
