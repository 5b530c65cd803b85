"""What later chapters do to samplings and units."""

from datetime import date

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry
from spotcheck.sampling.models import Purchase, SampleUnit, Sampling


def void(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Void the sampling or purchase whose conclusion was revoked, or whose test unit was lost (Articles 27, 38)."""
    proceed(list(Sampling.objects.filter(dossier=dossier, state="sampled")), "void", on=on, cause=cause)
    proceed(list(Purchase.objects.filter(dossier=dossier, state="sampled")), "void", on=on, cause=cause)


def release_reserve(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Release the reserve unit for the retest (Article 39)."""
    units = SampleUnit.objects.filter(
        dossier=dossier, label="R", state__in=("in_custody", "held_by_enterprise", "released_for_retest")
    )
    proceed(list(units), "release_for_retest", on=on, cause=cause)


def mark_retested(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Note that the retest has used the reserve unit (Article 41)."""
    units = SampleUnit.objects.filter(dossier=dossier, label="R", state="released_for_retest")
    proceed(list(units), "record_retested", on=on, cause=cause)
