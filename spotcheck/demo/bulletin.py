"""The bulletin of the published batch, counted from the files: parties, registers, items. No figure stands here."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from spotcheck.demo.published import PUBLISHED, ROWS, SOURCE, Figures
from spotcheck.demo.scheme import BATCH
from spotcheck.docket.models import Party, Track
from spotcheck.inspection.models import Item

_ROLES = {
    "total": Party.SAMPLED,
    "production": (Party.Role.SAMPLED_PRODUCER,),
    "circulation": (Party.Role.SELLER,),
}
"""Whose sampling counts in which row."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The figures of the batch, in all, by domain, and by kind of product."""

    figures: dict[str, Figures]
    kinds: dict[str, Figures]

    @property
    def differences(self) -> list[str]:
        """The rows that are not as published."""
        return [row for row in ROWS if self.figures[row] != PUBLISHED[row]]

    def as_json(self, language: str) -> dict[str, Any]:
        """The bulletin as plain data."""
        return {
            "ok": not self.differences,
            "batch": BATCH,
            "figures": {row: asdict(found) for row, found in self.figures.items()},
            "published": {row: asdict(found) for row, found in PUBLISHED.items()},
            "source": SOURCE.in_(language),
            "differences": self.differences,
            "kinds": {kind: asdict(found) for kind, found in self.kinds.items()},
        }


def compute() -> Bulletin:
    """Count the batch from its files."""
    sampled = _sampled_parties()
    return Bulletin(
        figures={row: _count(sampled.filter(role__in=roles)) for row, roles in _ROLES.items()},
        kinds={kind: _count(sampled.filter(dossier__product_kind=kind)) for kind in _kinds(sampled)},
    )


def _count(sampled: "QuerySet[Party]") -> Figures:
    return Figures(**sampled.aggregate(**_COUNTS))


def _kinds(sampled: "QuerySet[Party]") -> list[str]:
    """The kinds of product, that with the most batches first."""
    by_size = sampled.values_list("dossier__product_kind").annotate(size=Count("dossier", distinct=True))
    return [kind for kind, _ in by_size.order_by("-size", "dossier__product_kind")]


def _sampled_parties() -> "QuerySet[Party]":
    """The sampled party of every batch that was taken, and whether the batch finally does not conform."""
    tracks = Track.objects.filter(dossier=OuterRef("dossier"))
    failed = Item.objects.filter(dossier=OuterRef("dossier"), result=Item.Verdict.FAIL)
    return Party.objects.filter(
        Exists(tracks.filter(chart__in=("sampling", "purchase"), state="sampled")),
        role__in=Party.SAMPLED,
        dossier__parent__number__contains=f"-{BATCH}-",
    ).annotate(
        bad=Exists(tracks.filter(chart="conclusion", state="final_nonconforming")) & Exists(failed),
    )


_COUNTS = {
    "enterprises": Count("enterprise", distinct=True),
    "batches": Count("dossier", distinct=True),
    "nonconforming_enterprises": Count("enterprise", distinct=True, filter=Q(bad=True)),
    "nonconforming_batches": Count("dossier", distinct=True, filter=Q(bad=True)),
}
