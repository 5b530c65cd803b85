"""A task from its scheme to the draw: the list is frozen, and a fixed seed draws from it (Articles 9 to 12).

The demo has to come out the same each time, so the seed of a task is fixed; which batch has which story is known
before the draw, and what a story wants of its target stands on the list.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from spotcheck.demo import frame
from spotcheck.demo.accounts import LAB, SAMPLING_BODY
from spotcheck.demo.file import File, World
from spotcheck.demo.frame import Firm, Sold
from spotcheck.demo.scheme import Line
from spotcheck.demo.timeline import Story
from spotcheck.docket import chance
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.models import Enterprise
from spotcheck.planning import drawing
from spotcheck.planning.models import Frame, Plan, TargetSampler, Task
from spotcheck.planning.operations import PartySpec, TargetSpec, open_task

Telling = Callable[[File], Story]


@dataclass(slots=True)
class Drawn:
    """A batch to be sampled: the firm drawn, the product, which of the firm's batches it is."""

    firm: Firm
    sold: Sold
    turn: int
    of: int

    @property
    def place(self) -> str:
        """Where the sampled firm really works."""
        return self.firm.works_in

    @property
    def maker_place(self) -> str:
        """Where the producer on the label is, if it is another firm."""
        return self.sold.producer.region if self.sold.producer else ""


Fits = Callable[[Drawn, dict[str, Drawn]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A story that wants a batch of a certain sort. ``fits`` sees the batch and the firms chosen before, by name."""

    name: str
    story: Telling
    fits: Fits = lambda drawn, chosen: True
    handler: str | None = None
    as_registered: bool = False
    check: str = ""


@dataclass(slots=True)
class Cut:
    """How the targets of a task are told: the wishes in their order, everything else as ``otherwise``."""

    otherwise: Telling
    wishes: tuple[Wish, ...] = ()
    candidates: list[Firm] = field(default_factory=list)


class NoBatchFits(LookupError):
    """The draw has no batch that a story wants: the seed or the list of firms was changed."""


def draw_batches(line: Line, firms: list[Firm] | None = None) -> list[Drawn]:
    """Draw the firms of a task, and of each as many of its products as the scheme wants, as the act will do it."""
    listed = list(_listed(line, firms or frame.firms_of(line)))
    rows = [{"firm": sold.firm.credit_code, "text": sold.text, "target": {"place": n}} for n, sold in enumerate(listed)]
    found = drawing.choose(Frame(lines=rows), seed=line.seed, number=line.drawn, batches=line.batches)
    picked = [listed[target["place"]] for target in found]
    of_firm = Counter(sold.firm.place for sold in picked)
    turns: Counter[int] = Counter()
    batches = []
    for sold in picked:
        place = sold.firm.place
        batches.append(Drawn(sold.firm, sold, turns[place], of_firm[place]))
        turns[place] += 1
    return batches


def _listed(line: Line, firms: list[Firm]) -> Iterator[Sold]:
    """What the firms on the list of a task offer, each product a line of its own."""
    for firm in firms:
        yield from frame.range_of(firm, line)


def assign(batches: Iterable[Drawn], wishes: Iterable[Wish]) -> dict[int, Wish]:
    """Give every wish the first batch that fits and is still free; return the wishes by the place of their batch."""
    batches = list(batches)
    taken: dict[int, Wish] = {}
    chosen: dict[str, Drawn] = {}
    for wish in wishes:
        for place, drawn in enumerate(batches):
            if place not in taken and wish.fits(drawn, chosen):
                taken[place], chosen[wish.name] = wish, drawn
                break
        else:
            raise NoBatchFits(wish.name)
    return taken


def set_up(
    world: World, line: Line, *, number: str, title: str, plan: Plan | None, full_record: bool = False, **scheme: Any
) -> File:
    """Open the file of a task and set its scheme; a task without a plan says what set it off (Articles 5, 9).

    ``full_record``: as at a door, so that what the record can answer nobody states.
    """
    on = world.today
    task = open_task(number, title, on=on, plan=plan, product_kind=line.kind, full_record=full_record)
    file = File(world, task.dossier)
    file.do("task.set_scheme", **scheme)
    return file


def engage(task: File) -> None:
    """Commission the sampling body and the laboratory (Article 10)."""
    task.do("task.engage_agencies", same_body=False, sampling_body=SAMPLING_BODY, lab=LAB)


def draw_targets(task: File, line: Line, cut: Cut) -> None:
    """Freeze the list, draw, and let the story of each target begin (Article 12)."""
    firms = cut.candidates or frame.firms_of(line)
    batches = draw_batches(line, firms)
    told = assign(batches, cut.wishes)
    wishes = {batches[place].sold.text: wish for place, wish in told.items()}
    known = frame.enterprises([*firms, *(frame.makers_of(line) if line.domain == "seller" else [])])
    lines = [
        drawing.Line(sold.firm.credit_code, sold.text, _target(line, sold, known, wishes.get(sold.text)).as_fact())
        for sold in _listed(line, firms)
    ]
    frozen = drawing.freeze(Task.objects.get(dossier=task.dossier), lines, by=task.world.cast.province)
    with chance.settled(line.seed):
        task.do("task.draw_targets", frame=frozen.sha256, number=line.drawn, batches=line.batches)
    coming = _coming(task.dossier)
    for place, dossier in enumerate(Dossier.objects.filter(parent=task.dossier).order_by("pk")):
        story = told[place].story if place in told else cut.otherwise
        task.world.timeline.add(story(File(task.world, dossier, coming[dossier.pk])))


def _coming(task: Dossier) -> dict[int, list[str]]:
    """Who was drawn to come, for every target of a task (Article 12)."""
    found: dict[int, list[str]] = {}
    drawn = TargetSampler.objects.filter(target__dossier__parent=task, state=TargetSampler.State.COMING)
    for dossier, name in drawn.order_by("target", "order").values_list("target__dossier", "name"):
        found.setdefault(dossier, []).append(name)
    return found


def _target(line: Line, sold: Sold, known: dict[str, Enterprise], wish: Wish | None) -> TargetSpec:
    """The target that comes of a line when it is drawn; its number is the next one of the task."""
    firm = sold.firm
    registered = wish is not None and wish.as_registered
    parties = [
        PartySpec(
            label="S" if firm.shop else "P",
            role=Party.Role.SELLER if firm.shop else Party.Role.SAMPLED_PRODUCER,
            enterprise=known[firm.credit_code].pk,
            place=firm.region if registered else firm.works_in,
            registered_place=firm.region,
            handler=wish.handler if wish else None,
        )
    ]
    if sold.producer:
        maker = sold.producer
        parties.append(
            PartySpec(
                label="N",
                role=Party.Role.NOMINAL_PRODUCER,
                enterprise=known[maker.credit_code].pk,
                place=maker.region,
                registered_place=maker.region,
            )
        )
    return TargetSpec(
        number="",
        product_kind=line.kind,
        product_name=firm.product.called,
        product_model=sold.model,
        parties=parties,
        brand=sold.brand,
        standard=firm.product.standard,
        channel=Dossier.Channel.ONLINE if line.online else Dossier.Channel.ON_SITE,
        check_kind=wish.check if wish else "",
    )
