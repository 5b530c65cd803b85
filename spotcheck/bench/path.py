"""The standard path of a producer (Articles 13 to 50), act by act: sampled, nonconforming, rectified, passed."""

from datetime import date
from typing import Any, Final, NamedTuple


class Step(NamedTuple):
    """One act: when, in which matter, by whom, with which facts."""

    day: date
    chart: str
    act: str
    by: str
    facts: dict[str, Any] = {}
    label: str = ""


_SAMPLED, _ARRIVED, _REPORTED = date(2021, 5, 10), date(2021, 5, 12), date(2021, 5, 31)
_ITEM = {"name": "导体电阻", "kind": "performance", "result": "fail"}

SAMPLERS: Final = ("张伟", "李娜")
"""The kept list of the sampling body: everybody on it comes."""
_SLIP: Final = {"proof": "邮政特快专递回执"}

PATH: Final = (
    Step(
        _SAMPLED,
        "sampling",
        "present_notice",
        "sampler",
        {"samplers": list(SAMPLERS), "ids_valid": True, "notice_matches": True, "mandate_copy": True},
    ),
    Step(
        _SAMPLED, "sampling", "pass_precheck", "sampler", {"suspicion": "none", "commissioned": False, "contract": True}
    ),
    Step(
        _SAMPLED,
        "sampling",
        "complete_sampling",
        "sampler",
        {
            "media": ["place", "storage", "marking", "stock", "process"],
            "signed": True,
            "paid": True,
            "fee_charged": False,
            "sealed_separately": True,
        },
    ),
    Step(_ARRIVED, "sample", "dispatch", "sampler", label="T"),
    Step(_ARRIVED, "sample", "dispatch", "sampler", label="R"),
    Step(_ARRIVED, "sample", "receive", "lab", {"seal_intact": True}, label="T"),
    Step(_ARRIVED, "sample", "receive", "lab", {"seal_intact": True}, label="R"),
    Step(_ARRIVED, "inspection", "receive_sample", "lab"),
    Step(_ARRIVED, "inspection", "clear_qualification", "lab", {"licence": "valid"}),
    Step(_ARRIVED, "sample", "issue", "lab", {"inspector": "王强"}, label="T"),
    Step(_ARRIVED, "inspection", "start_testing", "lab", {"inspector": "王强"}),
    Step(_REPORTED, "sample", "record_tested", "lab", label="T"),
    Step(_REPORTED, "sample", "retain", "lab", label="T"),
    Step(_REPORTED, "inspection", "complete", "lab", {"all_items": True}),
    Step(
        _REPORTED,
        "inspection",
        "issue_report",
        "lab",
        {"conclusion": "nonconforming", "items": [_ITEM], "analysis": True, "signed": True},
    ),
    Step(date(2021, 6, 2), "rectification", "receive_report", "handler", label="P"),
    Step(date(2021, 6, 2), "result_notice", "send", "province", label="P"),
    Step(date(2021, 6, 4), "result_notice", "record_receipt", "province", _SLIP, label="P"),
    Step(date(2021, 6, 7), "rectification", "issue_order", "handler", label="P"),
    Step(date(2021, 6, 8), "rectification", "record_order_receipt", "handler", _SLIP, label="P"),
    Step(date(2021, 7, 20), "rectification", "apply_recheck", "enterprise", {"measures_done": True}, label="P"),
    Step(date(2021, 7, 28), "rectification", "start_recheck", "handler", label="P"),
    Step(date(2021, 7, 28), "recheck", "verify_on_site", "handler", {"rectified": True, "experts": False}, label="P#1"),
    Step(
        date(2021, 7, 30),
        "recheck",
        "commission_test",
        "handler",
        {"fee_charged": False, "technical_body": "JS01"},
        label="P#1",
    ),
    Step(
        date(2021, 8, 16),
        "recheck",
        "test_done",
        "technical_body",
        {"conclusion": "conforming", "report_number": "FC2021-0816"},
        label="P#1",
    ),
    Step(date(2021, 8, 18), "recheck", "pass_with_test", "handler", label="P#1"),
)
