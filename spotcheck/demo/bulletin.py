"""The bulletin of the published batch, counted from the files: parties, registers, items. No figure stands here."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from spotcheck.demo.published import PUBLISHED, ROWS, SOURCE, Figures
from spotcheck.demo.scheme import BATCH
from spotcheck.docket.models import Party, Track
from spotcheck.inspection.models import Item

_ROW_OF_ROLE = {Party.Role.SAMPLED_PRODUCER: "production", Party.Role.SELLER: "circulation"}


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
    by_role = {_ROW_OF_ROLE[row.pop("role")]: Figures(**row) for row in sampled.values("role").annotate(**_COUNTS)}
    by_kind = sampled.values("dossier__product_kind").annotate(**_COUNTS).order_by("-batches")
    none = Figures(0, 0, 0, 0)
    return Bulletin(
        figures={
            "total": Figures(**sampled.aggregate(**_COUNTS)),
            "production": by_role.get("production", none),
            "circulation": by_role.get("circulation", none),
        },
        kinds={row.pop("dossier__product_kind"): Figures(**row) for row in by_kind},
    )


def _sampled_parties() -> QuerySet[Party]:
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
