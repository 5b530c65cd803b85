"""The facts of a day on which everything is in order: what an act needs when the story says nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spotcheck.demo import chance, written
from spotcheck.demo.accounts import RETEST_LAB, TECHNICAL_BODY
from spotcheck.demo.products import products, results
from spotcheck.docket.models import Party
from spotcheck.planning import samplers
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
    "sampling.pass_precheck": {"suspicion": "none", "commissioned": False},
    "sampling.record_not_sampled": {"cause": "closed", "verified": list(MEANS)},
    "purchase.unseal_and_check": {"filmed": True},
    "purchase.seal_and_notify": {"sealed_separately": True, "papers_mailed": True},
    "sample.leave_with_enterprise": {"undertaking": True},
    "sample.receive": {"seal_intact": True},
    "inspection.complete": {"all_items": True},
    "objection.file": {"grounds": "test_result", "evidence": True},
    "objection.maintain": {
        "written_conclusions": ["sampling_body", "lab"],
        "reason": "unfounded",
        "verdicts": "support",
    },
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
    "recheck.pass_without_test": {"resume": False},
    "denial.close": {"peer_informed": True},
}


def _visit(file: "File", _party: Party | None) -> _Facts:
    return {"samplers": file.samplers, "ids_valid": True, "notice_matches": True, "mandate_copy": True}


def _sheet(file: "File", _party: Party | None) -> _Facts:
    return {
        "media": list(MEDIA),
        "signed": True,
        "paid": True,
        "fee_charged": False,
        "sealed_separately": True,
        "batch": f"{file.today:%Y%m}{1 + chance.number(28, 'batch', file.dossier.number):02d}",
    }


def _replaced(file: "File", _party: Party | None) -> _Facts:
    """The second of those assigned is the one who cannot come."""
    return {"out": samplers.out_of(file.dossier, None)}


def _order(file: "File", _party: Party | None) -> _Facts:
    return {"records": True, "reserve_bought": True, "samplers": file.samplers}


def _inspector(file: "File", _party: Party | None) -> _Facts:
    return {"inspector": file.world.cast.analyst}


def _licence(file: "File", _party: Party | None) -> _Facts:
    return {"licence": products()[file.dossier.sample_file.product_kind].licence_shown}


def _report(file: "File", _party: Party | None) -> _Facts:
    return {
        "conclusion": "conforming",
        "signed": True,
        "report_number": f"JB-{file.dossier.number}",
        "items": results(file.dossier.sample_file.product_kind, key=file.dossier.number),
    }


_BY_FILE: dict[str, Callable[["File", Party | None], _Facts]] = {
    "sampling.present_notice": _visit,
    "sampling.complete_sampling": _sheet,
    "sampling.add_sampler": written.added,
    "sampling.replace_sampler": _replaced,
    "sampling.reject_refusal": written.refusal_rejected,
    "sampling.terminate_illegal": written.illegal_on_site,
    "sampling.record_obstruction": written.obstructed,
    "purchase.place_order": _order,
    "sample.issue": _inspector,
    "inspection.start_testing": _inspector,
    "inspection.clear_qualification": _licence,
    "inspection.terminate_illegal": written.illegal_in_laboratory,
    "inspection.issue_report": _report,
    "result_notice.record_receipt": written.posted,
    "conclusion.import_external": written.handed_over,
    "objection.denial_findings": written.denial_findings,
    "objection.record_decision_receipt": written.posted,
    "rectification.record_order_receipt": written.handed,
    "rectification.transfer_jurisdiction": written.transferred,
    "rectification.withdraw_application": written.application_withdrawn,
    "rectification.order_closure": written.closure,
    "rectification.revoke_licence": written.licence_revoked,
    "recheck.test_done": written.tested_again,
    "ban.record_breach": written.still_sold,
    "ban.record_producer_proof": written.passed_elsewhere,
    "denial.find_not_produced": written.not_the_maker,
    "denial.find_nonexistent": written.no_such_firm,
    "lead.file_case": written.case_filed,
    "lead.decline": written.case_declined,
    "lead.conclude": written.case_concluded,
}


def facts(act: str, file: "File", party: Party | None = None) -> _Facts:
    """Return the usual facts of an act, which may be about one of the parties."""
    made = _BY_FILE.get(act)
    return _ALWAYS.get(act, {}) | (made(file, party) if made else {})
