"""The daily root over all chains, and the verification of everything the docket has written."""

import hashlib
from collections.abc import Iterator
from datetime import date

from django.db.models.functions import TruncDate

from spotcheck.docket import clock, entries
from spotcheck.docket.entries import Break
from spotcheck.docket.models import AuditRoot, Dossier, Entry


def anchor(day: date) -> AuditRoot:
    """Write the root over the chain heads of a day that is over. A root is written once and never again."""
    assert day < clock.today(), "a day that is not over has no root"
    root, dossiers = root_of(day)
    return AuditRoot.objects.get_or_create(
        day=day, defaults={"root": root, "dossiers": dossiers, "made_at": clock.now()}
    )[0]


def anchor_days_over() -> list[AuditRoot]:
    """Write the roots of all days that are over and have entries but no root yet: yesterday's, and those missed."""
    days = (
        Entry.objects.annotate(day=TruncDate("recorded_at"))
        .filter(day__lt=clock.today())
        .exclude(day__in=AuditRoot.objects.values("day"))
        .order_by("day")
        .values_list("day", flat=True)
        .distinct()
    )
    return [anchor(day) for day in list(days)]


def root_of(day: date) -> tuple[str, int]:
    """Return the root over the last entry of every dossier that had an entry recorded on this day, and their number."""
    heads = (
        Entry.objects.filter(recorded_at__date=day)
        .order_by("dossier", "-sequence")
        .distinct("dossier")
        .values_list("dossier_id", "sequence", "hash")
    )
    digest, number = hashlib.sha256(), 0
    for dossier, sequence, head in heads.iterator():
        digest.update(f"{dossier}:{sequence}:{head}\n".encode())
        number += 1
    return digest.hexdigest(), number


def verify() -> Iterator[Break]:
    """Go through every chain and every daily root, and yield what does not hold."""
    for dossier in Dossier.objects.order_by("pk").iterator():
        yield from entries.verify(dossier)
    for kept in AuditRoot.objects.order_by("day").iterator():
        if root_of(kept.day)[0] != kept.root:
            yield Break(kept.day.isoformat(), 0, "the root of the day differs")
