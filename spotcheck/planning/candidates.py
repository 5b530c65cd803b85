"""Candidates of a draw (Article 12): what of the sampling frame a wish describes, as lines that can be frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spotcheck.docket import sessions
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.models import Enterprise, Offering, OfferingQuerySet, in_shandong
from spotcheck.parties.regions import is_city
from spotcheck.planning.drawing import Line
from spotcheck.planning.operations import PartySpec, TargetSpec

MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """From what is to be drawn; no ``source`` and no ``place`` mean all."""

    product_kind: str
    source: str
    channel: str
    check_kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The list as it would be frozen, in the order of its lines; how many offerings Article 23 leaves out, and how many
    because their firm is no longer in business or their own days are over."""

    lines: list[Line]
    out_of_reach: int = 0
    over: int = 0

    @property
    def shown(self) -> list[str]:
        """The first of the lines."""
        return [line.text for line in self.lines[:MOST_SHOWN]]

    @property
    def firms(self) -> int:
        """How many firms stand on the list."""
        return len({line.firm for line in self.lines})


def preview(wish: Wish) -> Preview:
    """The list of candidates for a wish; of what is bought online only what a firm in Shandong sells or makes."""
    everything = frame(wish)
    offerings = list(everything.on(sessions.today()).filter(enterprise__status=Enterprise.Status.OPEN))
    within = [one for one in offerings if wish.channel != Dossier.Channel.ONLINE or _is_within_reach(one)]
    by_text = {line.text: line for line in (_line(offering, wish) for offering in within)}
    lines = [by_text[text] for text in sorted(by_text)]
    return Preview(lines, len(offerings) - len(within), everything.count() - len(offerings))


def frame(wish: Wish) -> OfferingQuerySet:
    """The part of the sampling frame that is drawn from."""
    found = Offering.objects.filter(product_kind=wish.product_kind, online=wish.channel == Dossier.Channel.ONLINE)
    if wish.source:
        found = found.filter(kind=wish.source)
    if wish.place:
        start = wish.place[:4] if is_city(wish.place) else wish.place
        found = found.filter(enterprise__actual_place__startswith=start)
    return found.select_related("enterprise", "producer").order_by("pk")


def text_of(offering: Offering) -> str:
    """The line of an offering: readable, the same for everybody, and no other's."""
    product = (offering.product_name, offering.model, offering.brand, offering.standard)
    maker = (f"标称生产者：{offering.producer.name}",) if _nominal(offering) and offering.producer is not None else ()
    parts = (offering.enterprise.credit_code, offering.enterprise.name, *product, *maker)
    return " ".join(part for part in parts if part)


def _line(offering: Offering, wish: Wish) -> Line:
    return Line(offering.enterprise.credit_code, text_of(offering), _target(offering, wish).as_fact())


def _target(offering: Offering, wish: Wish) -> TargetSpec:
    """The target that comes of an offering; its number is the next of the task when it is drawn."""
    return TargetSpec(
        number="",
        product_kind=offering.product_kind,
        product_name=offering.product_name,
        product_model=offering.model,
        brand=offering.brand,
        standard=offering.standard,
        channel=wish.channel,
        check_kind=wish.check_kind,
        parties=list(_parties(offering)),
    )


def _parties(offering: Offering) -> Iterable[PartySpec]:
    """Who is sampled, and beside it the producer that the product names, when that is another firm (15, 28, 42)."""
    is_producer = offering.kind == Offering.Kind.PRODUCER
    label, role = ("P", Party.Role.SAMPLED_PRODUCER) if is_producer else ("S", Party.Role.SELLER)
    yield _party(label, role, offering.enterprise)
    if (nominal := _nominal(offering)) is not None:
        yield _party("N", Party.Role.NOMINAL_PRODUCER, nominal)


def _nominal(offering: Offering) -> Enterprise | None:
    """The producer that the product names, unless that is who is sampled."""
    return offering.producer if offering.producer_id != offering.enterprise_id else None


def _party(label: str, role: str, enterprise: Enterprise) -> PartySpec:
    return PartySpec(
        label=label,
        role=role,
        enterprise=enterprise.pk,
        place=enterprise.actual_place,
        registered_place=enterprise.registered_place,
    )


def _is_within_reach(offering: Offering) -> bool:
    """Whether the seller or the producer works in Shandong (Article 23)."""
    firms = [offering.enterprise, _nominal(offering)]
    return any(firm is not None and in_shandong(firm.actual_place) for firm in firms)
