"""Earlier checks of the same product, as the province's own register knows them (Article 19(4), readings R6, R40).

What was sampled is known to chapter three, which registers here who answers for it (:func:`remembers`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, Self, TypeVar

from spotcheck.docket import deadlines, law
from spotcheck.docket.models import Dossier, Party
from spotcheck.rules.rule_sets import Settings
from spotcheck.rules.sd_2021_1.period_codes import SIX_MONTH_EXEMPTION


@dataclass(frozen=True, slots=True)
class Product:
    """What makes two samples the same product (Article 19, reading R6): producer, kind, model, brand and standard."""

    producer: int | None
    kind: str
    model: str
    brand: str
    standard: str

    @classmethod
    def drawn(cls, target: Mapping[str, Any]) -> Self:
        """The product of a target as the frozen list has it; the producer on the label goes before the one sampled."""
        makers = [party for party in target["parties"] if party["role"] in Party.PRODUCERS]
        makers.sort(key=lambda party: party["role"] != Party.Role.NOMINAL_PRODUCER)
        names = ("product_kind", "product_model", "brand", "standard")
        return cls(makers[0]["enterprise"] if makers else None, *(target.get(name, "") for name in names))


class Memory(Protocol):
    """Says when a product was last sampled in a provincial check; ``but`` leaves one dossier out, by its key."""

    def __call__(self, product: Product, *, but: int | None = None) -> date | None:
        """The day, or None when it was not."""


_MEMORIES: Final[list[Memory]] = []
_M = TypeVar("_M", bound=Memory)


def remembers(memory: _M) -> _M:
    """Register who knows of earlier samplings."""
    _MEMORIES.append(memory)
    return memory


def settings(dossier: Dossier) -> Settings:
    """What the law of this dossier leaves to the administration."""
    return law.of(dossier).settings


def bars_another(dossier: Dossier, sampled_on: date | None, visit: date) -> bool:
    """Whether a sampling on the one day bars another one of the same product on the other (Article 19(4))."""
    return sampled_on is not None and sampled_on <= visit <= deadlines.due_on(dossier, SIX_MONTH_EXEMPTION, sampled_on)


def barred_by_register(dossier: Dossier, product: Product, check_kind: str, visit: date) -> bool:
    """Whether the register itself proves the ground of Article 19(4) for a visit on this day (reading R40)."""
    if check_kind in settings(dossier).lookback_exempt_checks or product.producer is None:
        return False
    days = [day for memory in _MEMORIES if (day := memory(product, but=dossier.pk)) is not None]
    return bars_another(dossier, max(days, default=None), visit)
