"""Which act a line of chapter six calls for: the rung of the ladder, something further that failed, what was published
and has changed since."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from spotcheck.docket.calls import Names, calls, chooses, matters_of
from spotcheck.docket.models import Track
from spotcheck.inspection.models import Item
from spotcheck.parties.models import Office
from spotcheck.remediation.coverage import last_bureau
from spotcheck.remediation.flow.announcement import FALLEN
from spotcheck.remediation.models import Announcement, Publication, Rectification
from spotcheck.remediation.requirements import STEPS
from spotcheck.remediation.states import AnnouncementState, DenialState, PublicationState, RectificationState


@calls("announcement", by="province")
def no_longer_true() -> Q:
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


@calls("publication", by="province")
def no_longer_as_published() -> Q:
    """A published conclusion is not what was published: it has another result, or is open again (Article 57)."""
    published = Publication.objects.filter(dossier=OuterRef("dossier__parent")).values("published")[:1]
    then = Func(published, F("dossier__number"), function="jsonb_extract_path_text", output_field=CharField())
    below = Track.objects.filter(dossier__parent=OuterRef("dossier"), chart="conclusion")
    changed = below.annotate(then=then).filter(then__isnull=False).exclude(then=F("state"))
    return Q(state__in=(PublicationState.PUBLISHED, PublicationState.CORRECTED)) & Q(Exists(changed))


@chooses("rectification", RectificationState.FAILED)
def rung(tracks: Sequence[Any]) -> dict[int, Names]:
    """After each failure what Article 51 wants."""
    step = {failure: (f"rectification.{method}",) for method, failure in STEPS.items()}
    failures = dict(Rectification.objects.filter(pk__in=matters_of(tracks)).values_list("pk", "failures"))
    return {track.pk: step[failures[track.matter_id]] for track in tracks if failures[track.matter_id] in step}


@chooses("rectification", RectificationState.ORDER_ISSUED, RectificationState.RECTIFYING)
def order(tracks: Sequence[Any]) -> dict[int, Names]:
    """A further order for what the full report brought, and the receipt of the one that is on its way (43, R31)."""
    further = set(Track.objects.filter(has_further(), pk__in=[t.pk for t in tracks]).values_list("pk", flat=True))
    more = {track.pk: ("rectification.supplement_order",) * (track.pk in further) for track in tracks}
    sent: dict[str, Names] = {RectificationState.ORDER_ISSUED: ("rectification.record_order_receipt",)}
    return {track.pk: more[track.pk] + sent.get(track.state, ()) for track in tracks}


@chooses("publication", PublicationState.APPROVED, PublicationState.PUBLISHED, PublicationState.CORRECTED)
def publication(tracks: Sequence[Any]) -> dict[int, Names]:
    """Published is what was approved; after a change it is approved anew (Article 57, R44)."""
    found: dict[int, Names] = {
        track.pk: ("publication.correct",) for track in tracks if track.state != PublicationState.APPROVED
    }
    approved = [track for track in tracks if track.state == PublicationState.APPROVED]
    below = Track.objects.filter(dossier__parent__in={t.dossier_id for t in approved}, chart="conclusion")
    now: dict[int, dict[str, str]] = {track.dossier_id: {} for track in approved}
    for track in below.select_related("dossier"):
        now[track.dossier.parent_id or 0][track.dossier.number] = track.state
    as_approved = dict(Publication.objects.filter(pk__in=matters_of(approved)).values_list("pk", "approved"))
    for track in approved:
        is_same = as_approved[track.matter_id] in (None, now[track.dossier_id])
        found[track.pk] = ("publication.publish",) if is_same else ("publication.approve",)
    return found


@chooses("announcement", AnnouncementState.ANNOUNCED, AnnouncementState.CORRECTED)
def announcement(tracks: Sequence[Any]) -> dict[int, Names]:
    """What was announced and has fallen since is announced to have fallen (Article 51, R54)."""
    return {track.pk: ("announcement.correct",) for track in tracks}


@chooses("denial", DenialState.FOUND_NOT_PRODUCED, DenialState.FOUND_NONEXISTENT)
def denial(tracks: Sequence[Any]) -> dict[int, Names]:
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


def has_further(party: str = "party") -> Q:
    """A failed item stands that no order of this party names (Articles 30, 43)."""
    orders = Rectification.objects.filter(party=OuterRef(OuterRef(party)), covers=True).exclude(
        state=RectificationState.TRANSFERRED
    )
    names = Func(F("items"), OuterRef("name"), function="jsonb_exists", output_field=BooleanField())
    failed = Item.objects.filter(dossier=OuterRef("dossier"), result=Item.Verdict.FAIL)
    return Q(Exists(failed.exclude(Exists(orders.filter(names)))))
