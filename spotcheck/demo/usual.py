"""The facts of a day on which everything is in order: what an act needs when the story says nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spotcheck.demo import chance
from spotcheck.demo.accounts import RETEST_LAB, TECHNICAL_BODY
from spotcheck.demo.products import products, results
from spotcheck.planning.facts import HEADS
from spotcheck.sampling.facts import MEANS, MEDIA

if TYPE_CHECKING:
    from spotcheck.demo.file import File

_Facts = dict[str, Any]

_ALWAYS: dict[str, _Facts] = {
    "plan.submit_suggestion": {"in_catalogue": True, "contents": ["kinds", "batches", "timing"]},
    "plan.file_and_circulate": {"filed": True, "circulated": True},
    "task.set_scheme": {"type": "daily", "scheme": True, "detail_rules": "own"},
    "task.file_summary": {"heads": list(HEADS)},
    "sampling.claim_refusal": {"proven": True},
    "sampling.pass_precheck": {"suspicion": "none"},
    "sampling.record_not_sampled": {"cause": "closed", "verified": list(MEANS)},
    "purchase.unseal_and_check": {"filmed": True},
    "purchase.seal_and_notify": {"sealed_separately": True, "papers_mailed": True},
    "sample.leave_with_enterprise": {"undertaking": True},
    "sample.receive": {"seal_intact": True},
    "inspection.complete": {"all_items": True},
    "objection.file": {"grounds": "test_result", "evidence": True},
    "objection.denial_findings": {"from": ["nominal_producer_city", "seller_city"], "produced": False},
    "objection.maintain": {"written_conclusions": ["sampling_body", "lab"], "reason": "unfounded"},
    "objection.revoke": {"written_conclusions": ["sampling_body", "lab"], "reason": "sampling_process"},
    "objection.uphold_denial": {"written_conclusions": ["sampling_body", "lab"]},
    "objection.order_retest": {
        "written_conclusions": ["sampling_body", "lab"],
        "reproducible": True,
        "lab": "retest_lab",
        "retest_lab": RETEST_LAB,
    },
    "retest.commission": {"time": True},
    "retest.hand_over_sample": {"filmed": True},
    "retest.start": {"lab": "retest_lab"},
    "rectification.apply_recheck": {"measures_done": True},
    "rectification.claim_hardship": {"proof": "closure"},
    "rectification.resume_and_apply": {"conditions_restored": True},
    "recheck.verify_on_site": {"rectified": True},
    "recheck.commission_test": {"fee_charged": False, "technical_body": TECHNICAL_BODY},
    "recheck.test_done": {"conclusion": "conforming"},
    "denial.close": {"peer_informed": True},
    "ban.record_breach": {"evidence": True},
}


def _visit(file: "File") -> _Facts:
    return {"samplers": file.world.cast.samplers, "ids_valid": True, "notice_matches": True, "mandate_copy": True}


def _sheet(file: "File") -> _Facts:
    return {
        "media": list(MEDIA),
        "signed": True,
        "paid": True,
        "fee_charged": False,
        "sealed_separately": True,
        "batch": f"{file.today:%Y%m}{1 + chance.number(28, 'batch', file.dossier.number):02d}",
    }


def _order(file: "File") -> _Facts:
    return {"records": True, "reserve_bought": True, "samplers": file.world.cast.samplers}


def _inspector(file: "File") -> _Facts:
    return {"inspector": file.world.cast.analyst}


def _licence(file: "File") -> _Facts:
    return {"licence": products()[file.dossier.product_kind].licence_shown}


def _report(file: "File") -> _Facts:
    return {
        "conclusion": "conforming",
        "signed": True,
        "report_number": f"JB-{file.dossier.number}",
        "items": results(file.dossier.product_kind, key=file.dossier.number),
    }


def _slip(file: "File") -> _Facts:
    digits = chance.number(10**10, "slip", file.dossier.number, file.today)
    return {"proof": True, "slip_number": f"演示{digits:010d}"}


_BY_FILE: dict[str, Callable[["File"], _Facts]] = {
    "sampling.present_notice": _visit,
    "sampling.complete_sampling": _sheet,
    "purchase.place_order": _order,
    "sample.issue": _inspector,
    "inspection.start_testing": _inspector,
    "inspection.clear_qualification": _licence,
    "inspection.issue_report": _report,
    "result_notice.record_receipt": _slip,
    "objection.record_decision_receipt": _slip,
    "rectification.record_order_receipt": _slip,
}


def facts(act: str, file: "File") -> _Facts:
    """Return the usual facts of an act."""
    made = _BY_FILE.get(act)
    return made(file) if made else dict(_ALWAYS.get(act, {}))
