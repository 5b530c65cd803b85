"""What can forbid an act of chapter four."""

from typing import Any

from spotcheck.docket import deadlines, register
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.requirements import Requirement
from spotcheck.parties.models import Office
from spotcheck.sampling.requirements import NOT_THE_SAMPLER

__all__ = ["NOT_THE_SAMPLER"]


def failed(results: Any) -> set[str]:
    """The names of the items that failed."""
    return {item["name"] for item in results or () if item["result"] == "fail"}


SAMPLE_RECEIVED = Requirement(
    "sample_received",
    lambda m: register.state(m.dossier, "sample", "T") in {"in_custody", "issued", "tested", "retained"},
)
QUALIFICATION_VERIFIED = Requirement(
    "qualification_verified",
    lambda m: m.proposal["licence"] in {"valid", "not_required"},
    asks=("licence",),
)
DANGER_SHOWN = Requirement(
    "danger_shown",
    lambda m: bool(m.proposal["danger"]) and bool(failed(m.proposal["items"])),
    asks=("danger", "items"),
)
ALL_ITEMS = Requirement("all_items", lambda m: bool(m.proposal["all_items"]), asks=("all_items",))


def _report_is_explicit(m: Any) -> bool:
    """The report is signed, its conclusion agrees with its items and with a partial report before it."""
    conclusion, bad = m.proposal["conclusion"], failed(m.proposal["items"])
    agrees = bool(bad) == (conclusion == "nonconforming") and not (m.partial_on and conclusion == "conforming")
    return bool(m.proposal["signed"]) and bool(conclusion) and agrees


REPORT_SIGNED = Requirement("report_signed", _report_is_explicit, asks=("signed", "conclusion", "items"))
ANALYSIS_REPORT = Requirement(
    "analysis_report",
    lambda m: m.proposal["conclusion"] != "nonconforming" or bool(m.proposal["analysis"]),
    asks=("conclusion", "analysis"),
)


def _lab_may_mail(m: Any) -> bool:
    """The laboratory mails Form 7 only when the conclusion is conforming; the province always may."""
    by = m.proposal.by
    is_lab = by.word == "lab" or (by.office is not None and by.office.kind == Office.Kind.LABORATORY)
    return not is_lab or MATTERS["inspection"].objects.filter(dossier=m.dossier, verdict="conforming").exists()


LAB_MAILS_ONLY_CONFORMING = Requirement("lab_mails_only_conforming", _lab_may_mail)
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: bool(m.proposal["proof"]) and m.sent_on <= m.proposal.on,
    asks=("proof",),
)


def _objection_had_arrived(m: Any) -> bool:
    """Proof, and a day inside the window: that of the act, or that of the objection on file."""
    window = deadlines.of(m, "D35")
    if window is None or not m.proposal["proof"]:
        return False
    filed = Entry.objects.filter(
        dossier=m.dossier,
        act="objection.file",
        party=m.party,
        effective_on__range=(window.started_on, window.latest),
    )
    return deadlines.in_time(window, m.proposal.on) or filed.exists()


PROOF_IN_TIME = Requirement("proof_in_time", _objection_had_arrived, asks=("proof",))
HANDED_OVER_ONLY = Requirement("handed_over_only", lambda m: m.dossier.origin != Dossier.Origin.PROVINCIAL)
