"""Candidates and targets of a draw (Article 12): a list that anybody can draw from again with the same seed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.desk.asked import whole
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.models import Enterprise, Offering, is_city
from spotcheck.planning.draw import draw, fingerprint
from spotcheck.planning.models import Task
from spotcheck.planning.operations import PartySpec, TargetSpec
from spotcheck.planning.queries import usual_check

MOST_TARGETS: Final = 500
MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn, as the form says it."""

    product_kind: str
    source: str
    channel: str
    check_kind: str
    place: str
    number: int
    seed: str

    @classmethod
    def read(cls, sent: Mapping[str, str], task: Task) -> "Wish":
        """Read a form; what makes no sense becomes the usual."""
        channel, check = sent.get("channel", ""), sent.get("check_kind", "")
        source = sent.get("source", "")
        return cls(
            product_kind=sent.get("product_kind", task.product_kind).replace("\0", "").strip(),
            source=source if source in Offering.Kind.values else "",
            channel=channel if channel in Dossier.Channel.values else Dossier.Channel.ON_SITE,
            check_kind=check if check in Dossier.Check.values else usual_check(task),
            place=place if (place := sent.get("place", "")).isdigit() else "",
            number=min(whole(sent.get("number", "")) or 0, MOST_TARGETS),
            seed=sent.get("seed", "").replace("\0", "").strip()[:100] or secrets.token_hex(8),
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """How many candidates there are, the fingerprint of their list, and who would be drawn.

    A screen shows the candidates only: whoever saw the outcome beforehand could try seeds until it suited.
    """

    candidates: list[str]
    fingerprint: str
    offered: list[Offering]
    drawn: list[Offering]

    @property
    def shown(self) -> list[Offering]:
        """The first of the candidates."""
        return self.offered[:MOST_SHOWN]


def preview(wish: Wish) -> Preview:
    """Draw without doing anything."""
    offerings = {candidate(offering): offering for offering in frame(wish)}
    names = sorted(offerings)
    drawn = draw(names, seed=wish.seed, number=wish.number)
    offered, found = ([offerings[name] for name in some] for some in (names, drawn))
    return Preview(names, fingerprint(names), offered, found)


def frame(wish: Wish) -> "QuerySet[Offering]":
    """The part of the sampling frame that is drawn from."""
    found = Offering.objects.filter(product_kind=wish.product_kind, online=wish.channel == Dossier.Channel.ONLINE)
    if wish.source:
        found = found.filter(kind=wish.source)
    if wish.place:
        start = wish.place[:4] if is_city(wish.place) else wish.place
        found = found.filter(enterprise__actual_place__startswith=start)
    return found.select_related("enterprise", "producer").order_by("pk")


def candidate(offering: Offering) -> str:
    """The line of the candidate list for an offering: readable, and the same for everybody."""
    parts = (offering.enterprise.credit_code, offering.enterprise.name, offering.product_name, offering.model)
    return " ".join(parts)


def facts(wish: Wish, task: Task) -> dict[str, Any]:
    """The facts of the act: seed, candidates, and the targets that were drawn from them."""
    found = preview(wish)
    taken = task.dossier.children.count()
    return {
        "seed": wish.seed,
        "candidates": found.candidates,
        "targets": [
            _target(offering, wish, f"{task.dossier.number}-{number:03d}").as_fact()
            for number, offering in enumerate(found.drawn, start=taken + 1)
        ],
    }


def _target(offering: Offering, wish: Wish, number: str) -> TargetSpec:
    return TargetSpec(
        number=number,
        product_kind=offering.product_kind,
        product_name=offering.product_name,
        product_model=offering.model,
        brand=offering.brand,
        standard=offering.standard,
        channel=wish.channel,
        check_kind=wish.check_kind,
        parties=_parties(offering),
    )


def _parties(offering: Offering) -> list[PartySpec]:
    """A producer is sampled itself; beside a seller stands the producer that the product names."""
    if offering.kind == Offering.Kind.PRODUCER:
        return [_party("P", Party.Role.SAMPLED_PRODUCER, offering.enterprise)]
    parties = [_party("S", Party.Role.SELLER, offering.enterprise)]
    if offering.producer is not None:
        parties.append(_party("N", Party.Role.NOMINAL_PRODUCER, offering.producer))
    return parties


def _party(label: str, role: str, enterprise: Enterprise) -> PartySpec:
    return PartySpec(
        label=label,
        role=role,
        enterprise=enterprise.pk,
        place=enterprise.actual_place,
        registered_place=enterprise.registered_place,
    )
