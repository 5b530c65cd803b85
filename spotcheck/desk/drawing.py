"""Candidates of a draw (Article 12): the list as an officer looks at it, and as it is frozen.

The list is frozen first and drawn from afterwards, with a seed that the machine makes at the moment of the draw: no
page and no request before it knows one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from spotcheck.desk.asked import whole
from spotcheck.desk.wording import listed
from spotcheck.docket.clock import SHANDONG
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.parties.models import Enterprise, Offering, in_shandong, is_city
from spotcheck.planning.drawing import Line
from spotcheck.planning.models import DrawLog, Frame, Target, TargetSampler, Task
from spotcheck.planning.operations import PartySpec, TargetSpec
from spotcheck.planning.samplers import PRESENT

MOST_TARGETS: Final = 500
MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """From what is to be drawn, as the form says it."""

    product_kind: str
    source: str
    channel: str
    check_kind: str
    place: str

    @classmethod
    def read(cls, sent: Mapping[str, str], task: Task) -> "Wish":
        """Read a form; what makes no sense becomes the usual."""
        channel, check = sent.get("channel", ""), sent.get("check_kind", "")
        source = sent.get("source", "")
        return cls(
            product_kind=sent.get("product_kind", task.product_kind).replace("\0", "").strip(),
            source=source if source in Offering.Kind.values else "",
            channel=channel if channel in Dossier.Channel.values else Dossier.Channel.ON_SITE,
            check_kind=check if check in Dossier.Check.values else task.usual_check,
            place=place if (place := sent.get("place", "")).isdigit() else "",
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """The list as it would be frozen, in the order of its lines, and how many offerings Article 23 leaves out."""

    lines: list[Line]
    out_of_reach: int = 0

    @property
    def shown(self) -> list[str]:
        """The first of the lines."""
        return [line.text for line in self.lines[:MOST_SHOWN]]

    @property
    def firms(self) -> int:
        """How many firms stand on the list."""
        return len({line.firm for line in self.lines})


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen list as a page shows it."""

    frame: Frame

    @property
    def shown(self) -> list[str]:
        """The first of the lines."""
        return [line["text"] for line in self.frame.lines[:MOST_SHOWN]]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return len(self.frame.lines)

    @property
    def firms(self) -> int:
        """How many firms stand on it."""
        return len({line["firm"] for line in self.frame.lines})

    @property
    def frozen_on(self) -> date:
        """The day on which it was frozen: nothing is drawn from it before."""
        return self.frame.frozen_at.astimezone(SHANDONG).date()


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much is to be drawn, as it was typed; ``errors`` says beside each input what cannot be."""

    number: str = ""
    batches: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "Numbers":
        """Read a form."""
        return cls(sent.get("number", "").strip(), sent.get("batches", "").strip())

    def facts(self) -> dict[str, int]:
        """The numbers as facts of the act."""
        found = {"number": whole(self.number), "batches": whole(self.batches)}
        return {name: number for name, number in found.items() if number is not None}

    def errors(self, frozen: Frozen) -> dict[str, str]:
        """What the list cannot give."""
        number, batches = whole(self.number), whole(self.batches)
        errors = {}
        if number is None or not 0 < number <= min(frozen.firms, MOST_TARGETS):
            most = min(frozen.firms, MOST_TARGETS)
            errors["number"] = _("请填写 1 至 %(most)d 的整数：名单上有 %(firms)d 家企业。") % {
                "most": most,
                "firms": frozen.firms,
            }
        if self.batches and (batches is None or not (number or 1) <= batches <= min(frozen.count, MOST_TARGETS)):
            errors["batches"] = _("批次数不少于企业数，不多于 %(most)d。") % {"most": min(frozen.count, MOST_TARGETS)}
        return errors


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """One target that was drawn: who comes, who is next, and whether the register proves a recent check of it."""

    number: str
    coming: str
    waiting: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page tells of a draw that was held: its log, and the first of the targets."""

    log: DrawLog
    targets: list[DrawnTarget]
    count: int


def drawn(task: Dossier) -> Drawn | None:
    """The draw of a task, if there was one."""
    log = DrawLog.objects.filter(task__dossier=task).select_related("frame__office", "frame__by").first()
    if log is None:
        return None
    entry = Entry.objects.filter(dossier=task, act="task.draw_targets").order_by("-sequence").first()
    known = set(entry.facts.get("known") or ()) if entry is not None else set()
    targets = Target.objects.filter(task__dossier=task).select_related("dossier").order_by("pk")
    first = targets.prefetch_related("drawn_samplers")[:MOST_SHOWN]
    return Drawn(log, [_drawn_target(target, known) for target in first], targets.count())


def _drawn_target(target: Target, known: set[str]) -> DrawnTarget:
    """The samplers of a target; of one drawn before samplers were, those whom the draw named."""
    samplers = list(target.drawn_samplers.all())
    return DrawnTarget(
        number=target.dossier.number,
        coming=listed([one.name for one in samplers if one.state in PRESENT] or target.samplers),
        waiting=listed(one.name for one in samplers if one.state == TargetSampler.State.DRAWN),
        is_known=target.dossier.number in known,
    )


def preview(wish: Wish) -> Preview:
    """The list of candidates for a wish; of what is bought online only what a firm in Shandong sells or makes."""
    offerings = list(frame(wish))
    within = [one for one in offerings if wish.channel != Dossier.Channel.ONLINE or _is_within_reach(one)]
    by_text = {line.text: line for line in (_line(offering, wish) for offering in within)}
    return Preview([by_text[text] for text in sorted(by_text)], len(offerings) - len(within))


def frame(wish: Wish) -> "QuerySet[Offering]":
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
