"""Writing down what a sample is of, and what later chapters do to samplings and units.

A file is opened by chapter two from the facts of the draw, or as it was handed over. With the first act of a sampling,
of a foreign check with the opening itself, what it is about is written into a ``SampleFile``, and read there from then.
Chapter two goes on to fill the columns of ``Dossier``, so that workers of the version before find what they read; what
these write there, a trigger copies at their commit (``sampling/migrations/0004``). Both go with the columns.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import read_with, session
from spotcheck.parties.models import Enterprise
from spotcheck.planning.operations import TargetSpec, name_producer, open_sample
from spotcheck.sampling.models import Purchase, SampleFile, SampleUnit, Sampling
from spotcheck.sampling.states import PurchaseState, SampleState, SamplingState

COLUMNS: Final = (
    "product_kind",
    "product_name",
    "product_model",
    "brand",
    "standard",
    "batch",
    "producer_id",
)  # fmt: skip
"""What dossier and sample file both say for one release."""

read_with("sample_file__producer")


def write_files(dossiers: Iterable[Dossier]) -> None:
    """Write down what these new files are of, as they were opened."""
    opened = [SampleFile(dossier=dossier, **{name: getattr(dossier, name) for name in COLUMNS}) for dossier in dossiers]
    SampleFile.objects.bulk_create(opened)


def open_handed_over(spec: TargetSpec, *, on: date, origin: str) -> Dossier:
    """Open the file of a sample that others have taken and tested: its conclusion will be imported (Articles 4, 32)."""
    with session():
        dossier = open_sample(spec, on=on, task=None, origin=origin)
        write_files([dossier])
    return dossier


def record_producer(dossier: Dossier, enterprise: Enterprise) -> None:
    """Put the nominal producer of a commissioned production on record: a party, and the producer (Articles 15, 42)."""
    name_producer(dossier, enterprise)
    dossier.sample_file.producer = enterprise
    dossier.sample_file.save(update_fields=["producer"])


def record_batch(dossier: Dossier, batch: str) -> None:
    """Put the batch of a sample on record, once: the draw could not know it (Articles 4, 17, 25)."""
    dossier.batch = batch
    dossier.save(update_fields=["batch"])
    dossier.sample_file.batch = batch
    dossier.sample_file.save(update_fields=["batch"])


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
