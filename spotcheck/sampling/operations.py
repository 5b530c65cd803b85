"""What later chapters do to samplings and units."""

from datetime import date

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry
from spotcheck.sampling.models import Purchase, SampleUnit, Sampling
from spotcheck.sampling.states import PurchaseState, SampleState, SamplingState


def void(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Void the sampling or purchase whose conclusion was revoked, or whose test unit was lost (Articles 27, 38)."""
    proceed(list(Sampling.objects.filter(dossier=dossier, state=SamplingState.SAMPLED)), "void", on=on, cause=cause)
    proceed(list(Purchase.objects.filter(dossier=dossier, state=PurchaseState.SAMPLED)), "void", on=on, cause=cause)


def release_reserve(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Release the reserve unit for the retest (Article 39)."""
    units = SampleUnit.objects.filter(
        dossier=dossier,
        label="R",
        state__in=(SampleState.IN_CUSTODY, SampleState.HELD_BY_ENTERPRISE, SampleState.RELEASED_FOR_RETEST),
    )
    proceed(list(units), "release_for_retest", on=on, cause=cause)


def mark_retested(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Note that the retest has used the reserve unit (Article 41)."""
    units = SampleUnit.objects.filter(dossier=dossier, label="R", state=SampleState.RELEASED_FOR_RETEST)
    proceed(list(units), "record_retested", on=on, cause=cause)
