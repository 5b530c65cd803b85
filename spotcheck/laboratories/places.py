"""Where an act is done by a program: one table, from which answers say where to go on."""

from typing import Final

HERE: Final = "/api/v1/cases"
VERIFICATIONS: Final = "/api/v1/verifications"
TASKS: Final = "/api/v1/tasks"
RETESTS: Final = "/api/v1/retests"
RECHECKS: Final = "/api/v1/rechecks"
PLACES: Final[dict[str, str]] = {
    "sample.receive": "receipts",
    "inspection.receive_sample": "receipts",
    "custody.refuse_unit": "refusals",
    "custody.link": "custody",
    "inspection.clear_qualification": "qualification",
    "inspection.terminate_illegal": "termination",
    "sample.issue": "issue",
    "inspection.start_testing": "issue",
    "results.record": "results",
    "inspection.report_serious": "hazard",
    "sample.record_tested": "completion",
    "inspection.complete": "completion",
    "inspection.issue_report": "report",
    "result_notice.send": "mailings",
    "result_notice.record_receipt": "mailings",
    "sample.retain": "storage",
    "sample.dispose": "disposal",
    "sample.compromise": "losses",
    "report.file_partial": "hazard/file",
    "report.replace_file": "report/file",
}
"""The last part of the address at which an act is done, by the name of the act."""
OF_RETESTS: Final[dict[str, str]] = {
    "retest.hand_over_sample": "hand-over",
    "retest.start": "start",
    "results.record": "results",
    "retest.report": "report",
}
OF_RECHECKS: Final[dict[str, str]] = {"results.record": "results", "recheck.test_done": "report"}

OWN_CHARTS: Final = ("sample", "inspection")
"""The matters of a sample that are its first laboratory's own."""


def of_case(code: str) -> str:
    """The address of a sample."""
    return f"{HERE}/{code}"
