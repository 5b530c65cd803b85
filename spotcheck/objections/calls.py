"""Which act a line of chapter five calls for: what was filed, what the cities found, a unit that is lost."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from spotcheck.docket.calls import Names, calls, chooses, matters_of
from spotcheck.docket.models import Party, Track
from spotcheck.inspection.states import ConclusionState
from spotcheck.objections.models import Objection, Retest, Verification
from spotcheck.objections.requirements import spoilt_by_applicant
from spotcheck.objections.retests import BEFORE_REPORT
from spotcheck.objections.states import ObjectionState, RetestState
from spotcheck.planning.models import Task
from spotcheck.sampling.models import SampleUnit
from spotcheck.sampling.queries import UNFIT, unit

RECEIVED: Final = "objection.record_decision_receipt"
ANEW: Final = "objection.decide_anew"
CONCLUDE: Final = "verification.file"


@calls("conclusion", by="province")
def objection_not_on_file() -> Q:
    """It was proved that an objection had arrived in time, and nobody has put it on file yet (Article 35)."""
    open_ = Track.objects.filter(dossier=OuterRef("dossier"), chart__in=("objection", "retest"), is_open=True)
    return Q(state=ConclusionState.UNDER_OBJECTION) & ~Q(Exists(open_))


@calls("retest", by="province")
def cannot_be_held() -> Q:
    """A retest whose unit is no longer fit: the objection is decided anew, or the retest is waived (38, 39, R33)."""
    return Q(state__in=BEFORE_REPORT) & unit("R", *UNFIT)


def _awaited_of(writer: str) -> Q:
    """A written conclusion on an objection that this body has not filed yet, where the record answers by it (36)."""
    kept = Task.objects.filter(dossier=OuterRef("dossier__parent"), full_record=True)
    filed = Verification.objects.filter(objection=OuterRef("matter_id"), writer=writer)
    return Q(state=ObjectionState.VERIFYING) & Q(Exists(kept)) & ~Q(Exists(filed))


@calls("objection", by="lab")
def conclusion_of_the_laboratory() -> Q:
    """The laboratory is to give its written conclusion with reasons (Article 36)."""
    return _awaited_of("lab")


@calls("objection", by="sampling_body")
def conclusion_of_the_sampling_body() -> Q:
    """The sampling body is to give its written conclusion with reasons (Article 36)."""
    return _awaited_of("sampling_body")


@chooses("conclusion", ConclusionState.UNDER_OBJECTION)
def objection_to_come(tracks: Sequence[Any]) -> dict[int, Names]:
    """The objection that was proved has to be put on file (Article 35)."""
    return {track.pk: ("objection.file",) for track in tracks}


@chooses("objection", ObjectionState.FILED, ObjectionState.VERIFYING, ObjectionState.CONCLUDED_RETEST)
def answer(tracks: Sequence[Any]) -> dict[int, Names]:
    """What an objection calls for (Articles 36 to 38)."""
    objections = Objection.objects.select_related("party").in_bulk(matters_of(tracks))
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
    """How an objection that is verified can end, once both bodies have written what they conclude (36).

    A denial ends as the cities found, and never by a retest (37, 38, R56).
    """
    if not objection.is_denial:
        retest = ("objection.order_retest",) if can_be_retested else ()
        return (CONCLUDE, "objection.maintain", "objection.revoke", *retest)
    produced = objection.cities_differ or objection.produced is True
    not_produced = objection.cities_differ or objection.produced is False
    return (
        CONCLUDE,
        *(("objection.maintain",) if produced else ()),
        "objection.revoke",
        *(("objection.uphold_denial",) if not_produced else ()),
    )


@chooses("retest", *BEFORE_REPORT, RetestState.REPORTED)
def retest(tracks: Sequence[Any]) -> dict[int, Names]:
    """Form 10 as the results say; and the new decision when the retest cannot be held any more (38, 39, 41)."""
    retests = Retest.objects.select_related("party").in_bulk(matters_of(tracks))
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
