"""What can forbid an act of chapter four."""

from typing import Any

from spotcheck.docket import deadlines, register
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Dossier, Entry, Party, Track
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.sessions import only_charts
from spotcheck.inspection import results
from spotcheck.inspection.facts import states_itself
from spotcheck.inspection.states import ConclusionState
from spotcheck.parties.models import Office
from spotcheck.rules import folding, names
from spotcheck.rules.sd_2021_1.period_codes import LODGE_OBJECTION
from spotcheck.rules.words import Words, names_in_one
from spotcheck.sampling.models import SampleUnit
from spotcheck.sampling.requirements import NOT_THE_SAMPLER, inspector_of, name_of_inspector
from spotcheck.sampling.requirements import SUSPICION_SHOWN as SHOWN
from spotcheck.sampling.states import SampleState

__all__ = ["NOT_THE_SAMPLER"]


def failed(results: Any) -> set[str]:
    """The names of the items that failed."""
    return {item["name"] for item in results or () if item["result"] == "fail"}


def _suspicion_is_shown(m: Any) -> bool:
    """The suspicion is named with finding and evidence, and so is the producer, when only one is meant."""
    meant = m.proposal["producer"] or ""
    producers = m.dossier.parties.filter(role__in=Party.PRODUCERS)
    return SHOWN.holds(m) and (not meant or producers.filter(label=meant).exists())


SUSPICION_SHOWN = Requirement("suspicion_shown", _suspicion_is_shown, asks=(*SHOWN.asks, "producer"))
SAMPLE_RECEIVED = Requirement(
    "sample_received",
    lambda m: (
        register.state(m.dossier, "sample", "T")
        in {SampleState.IN_CUSTODY, SampleState.ISSUED, SampleState.TESTED, SampleState.RETAINED}
    ),
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


def _has_all_items(m: Any) -> bool:
    """What the record itself answers where the case has its rule; a claim to the contrary is refused (R52)."""
    if states_itself(m, m.proposal.on):
        return bool(m.proposal["all_items"])
    return not results.missing(results.of(m)) and m.proposal["all_items"] is not False


def _missing_items(m: Any) -> Words | None:
    return names_in_one(results.missing(results.of(m)) if m.rule_snapshot else [])


ALL_ITEMS = Requirement("all_items", _has_all_items, asks=("all_items",), tells=_missing_items)


def _test_unit(m: Any) -> SampleUnit | None:
    """The unit that is tested."""
    return SampleUnit.objects.filter(dossier=m.dossier, label="T").first()


def _same_persons(one: str, other: str) -> bool:
    """Whether two texts name the same persons, however they are written."""
    return {folding.key(name) for name in names.split(one)} == {folding.key(name) for name in names.split(other)}


def _is_issued(m: Any) -> bool:
    """The test unit has been issued to the inspector who now starts."""
    unit = _test_unit(m)
    if unit is None or unit.state != SampleState.ISSUED:
        return False
    post = inspector_of(m)
    holder = unit.inspector_post
    if post is not None and holder is not None:
        return holder.user_id == post.user_id
    return _same_persons(unit.inspector, name_of_inspector(m))


UNIT_ISSUED = Requirement("unit_issued", _is_issued, asks=("inspector",))
UNIT_TESTED = Requirement(
    "unit_tested", lambda m: register.state(m.dossier, "sample", "T") in {SampleState.TESTED, SampleState.RETAINED}
)
TEST_UNIT_LOST = Requirement(
    "test_unit_lost", lambda m: register.state(m.dossier, "sample", "T") == SampleState.COMPROMISED
)
REPORT_SIGNED = Requirement(
    "report_signed",
    lambda m: bool(m.proposal["signed"]) and bool(m.proposal["conclusion"]),
    asks=("signed", "conclusion"),
)


def reported_items(m: Any) -> Any:
    """The items of the report: those on record, or those stated where nothing is."""
    return m.proposal["items"] if states_itself(m, m.proposal.on) else results.reported(results.of(m))


def _conclusion_agrees(m: Any) -> bool:
    """What the report concludes agrees with its items, and after a partial report it is nonconforming."""
    conclusion, bad = m.proposal["conclusion"], failed(reported_items(m))
    if m.rule_snapshot and m.rule_snapshot["decision"] == "by_lab":  # acceptance numbers: the laboratory counts them
        return not (m.partial_on and conclusion == "conforming")
    return bool(bad) == (conclusion == "nonconforming") and not (m.partial_on and conclusion == "conforming")


CONCLUSION_AGREES = Requirement("conclusion_agrees", _conclusion_agrees, asks=("conclusion", "items"))
ANALYSIS_REPORT = Requirement(
    "analysis_report",
    lambda m: m.proposal["conclusion"] != "nonconforming" or bool(m.proposal["analysis"]),
    asks=("conclusion", "analysis"),
)


CONFORMING = (ConclusionState.PROVISIONAL_CONFORMING, ConclusionState.FINAL_CONFORMING)
"""The states of a conclusion that conforms, whatever the report once said."""


def conforms(dossier: Dossier) -> bool:
    """Whether the conclusion of a sample conforms now: neither disputed, nor turned by a retest, nor fallen."""
    return register.state(dossier, "conclusion") in CONFORMING


def _lab_may_mail(m: Any) -> bool:
    """The laboratory mails Form 7, and proves its receipt, only while the conclusion conforms; the province always may.

    What the report said does not count once somebody disputes it or a retest has failed (Article 33).
    """
    by = m.proposal.by
    is_lab = by.word == "lab" or (by.office is not None and by.office.kind == Office.Kind.LABORATORY)
    return not is_lab or conforms(m.dossier)


LAB_MAILS_ONLY_CONFORMING = Requirement("lab_mails_only_conforming", _lab_may_mail)
PROOF_OF_SERVICE = Requirement(
    "proof_of_service",
    lambda m: is_written(m.proposal["proof"]) and m.sent_on <= m.proposal.on,
    asks=("proof",),
)


def _objection_had_arrived(m: Any) -> bool:
    """Proof, and a day inside the window: that of the act, or that of the objection on file."""
    window = deadlines.of(m, LODGE_OBJECTION)
    if window is None or not is_written(m.proposal["proof"]):
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
EXTERNAL_DOCUMENT = Requirement("external_document", lambda m: is_written(m.proposal["document"]), asks=("document",))
COURT_DOCUMENT = Requirement("court_document", lambda m: is_written(m.proposal["document"]), asks=("document",))
PROVINCIAL_CHECK_ONLY = Requirement(
    "provincial_check_only",
    lambda m: m.dossier.origin == Dossier.Origin.PROVINCIAL and register.state(m.dossier, "conclusion") is not None,
)


def rectified_before(dossier: Dossier) -> bool:
    """Say whether a producer of this sample had passed a recheck for the same kind of product (Article 55)."""
    producers = dossier.parties.filter(role__in=Party.PRODUCERS).values("enterprise")
    passed = Track.objects.filter(
        chart="rectification",
        state="passed",
        party__role__in=Party.PRODUCERS,
        party__enterprise__in=producers,
        dossier__sample_file__product_kind=dossier.sample_file.product_kind,
    )
    with only_charts("rectification"):
        return passed.exclude(dossier=dossier).exists()
