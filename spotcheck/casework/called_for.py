"""Which act a line calls for, where its state alone does not say it: the rung of the ladder, what a test or the cities
found, a unit that is lost, something further that failed, what was published and has changed since.

Everything is asked of a whole list at once: a fixed number of questions, and only of the kinds that are on it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from django.db.models import CharField, Exists, F, Func, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from spotcheck.casework.checked_before import checked_before
from spotcheck.casework.duties import words_of
from spotcheck.casework.readiness import NEVER, UNFIT, has_further, unit
from spotcheck.docket.models import Party, Track
from spotcheck.inspection.states import ConclusionState, InspectionState
from spotcheck.objections.models import Objection, Retest
from spotcheck.objections.requirements import spoilt_by_applicant
from spotcheck.objections.retests import BEFORE_REPORT
from spotcheck.objections.states import ObjectionState, RetestState
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.remediation.coverage import last_bureau
from spotcheck.remediation.flow.announcement import FALLEN
from spotcheck.remediation.models import Announcement, Publication, Rectification
from spotcheck.remediation.requirements import FINAL, STEPS
from spotcheck.remediation.states import AnnouncementState, DenialState, PublicationState, RectificationState
from spotcheck.sampling.models import SampleUnit, Sampling
from spotcheck.sampling.states import SampleState, SamplingState

Names: TypeAlias = tuple[str, ...]
"""Public names of acts, in the order of the law."""
RECEIVED: Final = "objection.record_decision_receipt"
ANEW: Final = "objection.decide_anew"
SIX_MONTHS: Final = "19(4)"


def called_for(chart: str, actor: Actor) -> Q:
    """The lines of a chart that call for an act of this actor which nothing waits for in the ordinary course."""
    return _CALLS[chart]() if chart in _CALLS and "province" in words_of(actor) else NEVER


def _cannot_be_held() -> Q:
    """A retest whose unit is no longer fit: the objection is decided anew, or the retest is waived (38, 39, R33)."""
    return Q(state__in=BEFORE_REPORT) & unit("R", *UNFIT)


def _no_longer_true() -> Q:
    """What was announced has fallen since: with the conclusion, or with the order (Article 51, R54)."""
    said = Announcement.objects.filter(pk=OuterRef("matter_id")).annotate(
        of_case=KeyTextTransform("case", "told"), of_conclusion=KeyTextTransform("conclusion", "told")
    )
    fallen = Track.objects.filter(dossier=OuterRef("dossier"), chart="conclusion", state__in=FALLEN)
    told_of_it = Q(of_conclusion__isnull=False) & Q(of_conclusion=F("now"))
    now = fallen.values("state")[:1]
    fell = said.annotate(now=now).filter(Exists(fallen)).exclude(told_of_it)
    withdrawn = said.filter(case__state=RectificationState.WITHDRAWN).exclude(
        Q(of_case__isnull=False) & Q(of_case=RectificationState.WITHDRAWN)
    )
    return Q(state__in=(AnnouncementState.ANNOUNCED, AnnouncementState.CORRECTED)) & (
        Q(Exists(fell)) | Q(Exists(withdrawn))
    )


def _no_longer_as_published() -> Q:
    """A published conclusion has another result now (Article 57)."""
    published = Publication.objects.filter(dossier=OuterRef("dossier__parent")).values("published")[:1]
    then = Func(published, F("dossier__number"), function="jsonb_extract_path_text", output_field=CharField())
    below = Track.objects.filter(dossier__parent=OuterRef("dossier"), chart="conclusion", state__in=FINAL)
    changed = below.annotate(then=then).filter(then__isnull=False).exclude(then=F("state"))
    return Q(state__in=(PublicationState.PUBLISHED, PublicationState.CORRECTED)) & Q(Exists(changed))


def _objection_not_on_file() -> Q:
    """It was proved that an objection had arrived in time, and nobody has put it on file yet (Article 35)."""
    open_ = Track.objects.filter(dossier=OuterRef("dossier"), chart__in=("objection", "retest"), is_open=True)
    return Q(state=ConclusionState.UNDER_OBJECTION) & ~Q(Exists(open_))


_CALLS: Final[dict[str, Callable[[], Q]]] = {
    "conclusion": _objection_not_on_file,
    "retest": _cannot_be_held,
    "announcement": _no_longer_true,
    "publication": _no_longer_as_published,
}
CALLING: Final = tuple(_CALLS)


def chosen_acts(tracks: Iterable[Track]) -> dict[int, Names]:
    """Which acts a line calls for, by its key; nothing for a line whose state says it."""
    rows = list(tracks)
    found: dict[int, Names] = {}
    for chart, states, choose in _CHOICES:
        if wanted := [track for track in rows if track.chart == chart and track.state in states]:
            found |= choose(wanted)
    return found


def _rung(tracks: Sequence[Track]) -> dict[int, Names]:
    """After each failure what Article 51 wants."""
    step = {failure: (f"rectification.{method}",) for method, failure in STEPS.items()}
    failures = dict(Rectification.objects.filter(pk__in=_keys(tracks)).values_list("pk", "failures"))
    return {track.pk: step[failures[track.matter_id]] for track in tracks if failures[track.matter_id] in step}


def _order(tracks: Sequence[Track]) -> dict[int, Names]:
    """A further order for what the full report brought, and the receipt of the one that is on its way (43, R31)."""
    further = set(Track.objects.filter(has_further(), pk__in=[t.pk for t in tracks]).values_list("pk", flat=True))
    more = {track.pk: ("rectification.supplement_order",) * (track.pk in further) for track in tracks}
    sent: dict[str, Names] = {RectificationState.ORDER_ISSUED: ("rectification.record_order_receipt",)}
    return {track.pk: more[track.pk] + sent.get(track.state, ()) for track in tracks}


def _answer(tracks: Sequence[Track]) -> dict[int, Names]:
    """What an objection calls for (Articles 36 to 38)."""
    objections = Objection.objects.select_related("party").in_bulk(_keys(tracks))
    dossiers = {track.dossier_id for track in tracks}
    units = _reserves(dossiers)
    decided = Q(chart="retest", state__startswith="closed_") | Q(chart="retest", is_open=True)
    decided |= Q(chart="objection", state=ObjectionState.CONCLUDED_RETEST, is_open=True)
    taken = set(Track.objects.filter(decided, dossier__in=dossiers).values_list("dossier", flat=True))
    answers: dict[str, Callable[[Any, Track], Names]] = {
        ObjectionState.FILED: lambda objection, _: (_first_answer(objection),),
        ObjectionState.VERIFYING: lambda objection, track: _decisions(
            objection, can_be_retested=track.dossier_id not in taken and not _is_unfit(units.get(track.dossier_id))
        ),
        ObjectionState.CONCLUDED_RETEST: lambda objection, track: _after_a_loss(
            units.get(track.dossier_id), objection.party, RECEIVED
        ),
    }
    return {track.pk: answers[track.state](objections[track.matter_id], track) for track in tracks}


def _first_answer(objection: Objection) -> str:
    """What an objection just filed calls for: with a lapse by mistake its correction first (35, 37, 38)."""
    match objection.standing:
        case Objection.Standing.LATE:
            return "objection.maintain_late"
        case Objection.Standing.UNDER_CORRECTION:
            return "result_notice.correct_lapse"
        case _:
            return "objection.transfer_denial" if objection.is_denial else "objection.start_verification"


def _decisions(objection: Objection, *, can_be_retested: bool) -> Names:
    """How an objection that was verified can end: a denial as the cities found, never by a retest (37, 38, R56)."""
    if not objection.is_denial:
        retest = ("objection.order_retest",) if can_be_retested else ()
        return ("objection.maintain", "objection.revoke", *retest)
    produced = objection.cities_differ or objection.produced is True
    not_produced = objection.cities_differ or objection.produced is False
    return (
        *(("objection.maintain",) if produced else ()),
        "objection.revoke",
        *(("objection.uphold_denial",) if not_produced else ()),
    )


def _retest(tracks: Sequence[Track]) -> dict[int, Names]:
    """Form 10 as the results say; and the new decision when the retest cannot be held any more (38, 39, 41)."""
    retests = Retest.objects.select_related("party").in_bulk(_keys(tracks))
    units = _reserves({track.dossier_id for track in tracks})
    found: dict[int, Names] = {}
    for track in tracks:
        if track.state == RetestState.REPORTED:
            found[track.pk] = _form10(retests[track.matter_id].results)
        elif _is_unfit(units.get(track.dossier_id)):
            found[track.pk] = _after_a_loss(units[track.dossier_id], retests[track.matter_id].party, "retest.waive")
    return found


def _form10(results: list[dict[str, str]]) -> Names:
    failed = any(item["result"] == "fail" for item in results)
    both = ("retest.close_conforming", "retest.close_nonconforming")
    return (both[failed],) if results else both


def _after_a_loss(reserve: SampleUnit | None, party: Party | None, otherwise: str) -> Names:
    """Decided anew, unless the applicant has spoilt the unit itself, or nothing is lost (Articles 38, 39, R33)."""
    return (ANEW,) if _is_unfit(reserve) and not spoilt_by_applicant(reserve, party) else (otherwise,)


def _is_unfit(reserve: SampleUnit | None) -> bool:
    return reserve is not None and reserve.state in UNFIT


def _reserves(dossiers: Iterable[int]) -> dict[int, SampleUnit]:
    """The reserve units of these samples."""
    return {row.dossier_id: row for row in SampleUnit.objects.filter(dossier__in=dossiers, label="R")}


def _refusal(tracks: Sequence[Track]) -> dict[int, Names]:
    """The province accepts a refusal on an established ground and rejects any other (Article 19)."""
    claims = Sampling.objects.select_related("dossier").in_bulk(_keys(tracks))
    good = {key: bool(claim.proven) for key, claim in claims.items()}
    good |= checked_before([claim for claim in claims.values() if claim.ground == SIX_MONTHS])
    verdicts = ("sampling.reject_refusal", "sampling.accept_refusal")
    return {track.pk: (verdicts[good[track.matter_id]],) for track in tracks}


def _inspection(tracks: Sequence[Track]) -> dict[int, Names]:
    """The test unit is lost: no result will come (Article 27)."""
    units = Track.objects.filter(dossier__in={t.dossier_id for t in tracks}, chart="sample", label="T")
    lost = set(units.filter(state=SampleState.COMPROMISED).values_list("dossier", flat=True))
    return {track.pk: ("inspection.stop_unit_lost",) for track in tracks if track.dossier_id in lost}


def _publication(tracks: Sequence[Track]) -> dict[int, Names]:
    """Published is what was approved; after a change it is approved anew (Article 57, R44)."""
    found: dict[int, Names] = {
        track.pk: ("publication.correct",) for track in tracks if track.state != PublicationState.APPROVED
    }
    approved = [track for track in tracks if track.state == PublicationState.APPROVED]
    below = Track.objects.filter(dossier__parent__in={t.dossier_id for t in approved}, chart="conclusion")
    now: dict[int, dict[str, str]] = {track.dossier_id: {} for track in approved}
    for track in below.select_related("dossier"):
        now[track.dossier.parent_id or 0][track.dossier.number] = track.state
    as_approved = dict(Publication.objects.filter(pk__in=_keys(approved)).values_list("pk", "approved"))
    for track in approved:
        is_same = as_approved[track.matter_id] in (None, now[track.dossier_id])
        found[track.pk] = ("publication.publish",) if is_same else ("publication.approve",)
    return found


def _announcement(tracks: Sequence[Track]) -> dict[int, Names]:
    return {track.pk: ("announcement.correct",) for track in tracks}


def _conclusion(tracks: Sequence[Track]) -> dict[int, Names]:
    return {track.pk: ("objection.file",) for track in tracks}


def _denial(tracks: Sequence[Track]) -> dict[int, Names]:
    """To the bureau of the seller, or upwards when the seller is outside (Article 52); the parties are at hand."""
    found = {}
    for track in tracks:
        parties = list(track.dossier.parties.all())
        inside = [party.in_shandong for party in parties if party.is_seller]
        bureaus = [last_bureau(party) for party in parties if not party.is_seller]
        is_below = any(bureau is not None and bureau.kind == Office.Kind.COUNTY for bureau in bureaus)
        up = "denial.submit_to_city" if is_below else "denial.escalate"
        outside = not inside or not all(inside)
        found[track.pk] = ("denial.notify_peer",) * any(inside) + (up,) * outside
    return found


def _keys(tracks: Iterable[Track]) -> set[int]:
    return {track.matter_id for track in tracks}


Choose: TypeAlias = Callable[[Sequence[Any]], dict[int, Names]]
_CHOICES: Final[tuple[tuple[str, tuple[str, ...], Choose], ...]] = (
    ("rectification", (RectificationState.FAILED,), _rung),
    ("rectification", (RectificationState.ORDER_ISSUED, RectificationState.RECTIFYING), _order),
    ("objection", (ObjectionState.FILED, ObjectionState.VERIFYING, ObjectionState.CONCLUDED_RETEST), _answer),
    ("retest", (*BEFORE_REPORT, RetestState.REPORTED), _retest),
    ("sampling", (SamplingState.REFUSAL_CLAIMED,), _refusal),
    (
        "inspection",
        (InspectionState.AWAITING, InspectionState.RECEIVED, InspectionState.CLEARED, InspectionState.TESTING),
        _inspection,
    ),
    ("publication", (PublicationState.APPROVED, PublicationState.PUBLISHED, PublicationState.CORRECTED), _publication),
    ("announcement", (AnnouncementState.ANNOUNCED, AnnouncementState.CORRECTED), _announcement),
    ("conclusion", (ConclusionState.UNDER_OBJECTION,), _conclusion),
    ("denial", (DenialState.FOUND_NOT_PRODUCED, DenialState.FOUND_NONEXISTENT), _denial),
)
