"""What the province's own register knows of earlier samplings of a product (Article 19(4), readings R6, R40)."""

from datetime import date

from spotcheck.docket.models import Dossier, Track
from spotcheck.planning.earlier import Product, remembers
from spotcheck.sampling.states import PurchaseState, SamplingState
from spotcheck.sampling.tables import SampleFile

CHARTS = ("sampling", "purchase")
TAKEN = (SamplingState.SAMPLED, PurchaseState.SAMPLED)


def product_of(dossier: Dossier) -> Product:
    """The product of a sample."""
    file = dossier.sample_file
    return Product(file.producer_id, file.product_kind, file.product_model, file.brand, file.standard)


@remembers
def last_sampled(product: Product, *, but: int | None = None, only: int | None = None) -> date | None:
    """Return the newest sampling of this product in provincial checks, wherever; voided ones do not count.

    ``but`` and ``only`` are keys of a dossier that is left out, or the only one that is looked at.
    """
    same = SampleFile.objects.filter(
        dossier__kind=Dossier.Kind.SAMPLE,
        dossier__origin=Dossier.Origin.PROVINCIAL,
        producer=product.producer,
        product_kind=product.kind,
        product_model=product.model,
        brand=product.brand,
        standard=product.standard,
    )
    same = same.exclude(dossier=but) if but is not None else same
    same = same.filter(dossier=only) if only is not None else same
    taken = Track.objects.filter(dossier__in=same.values("dossier"), chart__in=CHARTS, state__in=TAKEN)
    return taken.order_by("-since").values_list("since", flat=True).first()
