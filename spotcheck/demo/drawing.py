"""A task from its scheme to the draw: candidates from the frame, a kept seed, the targets (Articles 9 to 12)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spotcheck.demo import frame
from spotcheck.demo.accounts import LAB, SAMPLING_BODY
from spotcheck.demo.file import File, World
from spotcheck.demo.frame import Firm, Sold
from spotcheck.demo.scheme import Line
from spotcheck.demo.timeline import Story
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.models import Enterprise, Offering
from spotcheck.planning.draw import draw
from spotcheck.planning.models import Plan
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
        return self.firm.actual or self.firm.region

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
    """Draw the firms of a task, and of each as many of its products as the scheme wants."""
    listed = {firm.credit_code: firm for firm in firms or frame.firms_of(line)}
    chosen = draw(list(listed), seed=line.seed, number=line.drawn)
    each, more = divmod(line.batches, len(chosen))
    found = []
    for place, code in enumerate(chosen):
        firm, number = listed[code], each + (place < more)
        offered = {f"{code} {sold.model} {sold.brand}": sold for sold in frame.range_of(firm, line)}
        picked = draw(list(offered), seed=line.seed, number=number)
        found += [Drawn(firm, offered[name], turn, number) for turn, name in enumerate(picked)]
    return found


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


def set_up(world: World, line: Line, *, number: str, title: str, plan: Plan | None, **scheme: str) -> File:
    """Open the file of a task and set its scheme; a task without a plan says what set it off (Articles 5, 9)."""
    on = world.today
    task = open_task(number, title, on=on, plan=plan, product_kind=line.kind)
    file = File(world, task.dossier)
    file.do("task.set_scheme", **scheme)
    return file


def engage(task: File) -> None:
    """Commission the sampling body and the laboratory (Article 10)."""
    task.do("task.engage_agencies", same_body=False, sampling_body=SAMPLING_BODY, lab=LAB)


def draw_targets(task: File, line: Line, cut: Cut) -> None:
    """Draw, open a file for every target, and let the story of each begin (Article 12)."""
    firms = cut.candidates or frame.firms_of(line)
    batches = draw_batches(line, firms)
    told = assign(batches, cut.wishes)
    known = frame.enterprises([*firms, *(frame.makers_of(line) if line.domain == "seller" else [])])
    specs = [
        _target(line, drawn, f"{task.dossier.number}-{place + 1:03d}", known, told.get(place))
        for place, drawn in enumerate(batches)
    ]
    task.do(
        "task.draw_targets",
        seed=line.seed,
        candidates=_candidates(line, known, firms),
        targets=[spec.as_fact() for spec in specs],
    )
    files = {dossier.number: dossier for dossier in Dossier.objects.filter(parent=task.dossier)}
    for place, spec in enumerate(specs):
        story = told[place].story if place in told else cut.otherwise
        task.world.timeline.add(story(File(task.world, files[spec.number])))


def _candidates(line: Line, known: dict[str, Enterprise], firms: list[Firm]) -> list[str]:
    """The list that was drawn from: the firms of the sampling frame which offer the product (Article 12)."""
    kind = Offering.Kind.PRODUCER if line.domain == "producer" else Offering.Kind.SELLER
    listed = [known[firm.credit_code].pk for firm in firms]
    offerings = Offering.objects.filter(enterprise__in=listed, kind=kind, product_kind=line.kind, online=line.online)
    return sorted(set(offerings.values_list("enterprise__credit_code", flat=True)))


def _target(line: Line, drawn: Drawn, number: str, known: dict[str, Enterprise], wish: Wish | None) -> TargetSpec:
    registered = wish is not None and wish.as_registered
    parties = [
        PartySpec(
            label="S" if drawn.firm.shop else "P",
            role=Party.Role.SELLER if drawn.firm.shop else Party.Role.SAMPLED_PRODUCER,
            enterprise=known[drawn.firm.credit_code].pk,
            place=drawn.firm.region if registered else drawn.place,
            registered_place=drawn.firm.region,
            handler=wish.handler if wish else None,
        )
    ]
    if drawn.sold.producer:
        maker = drawn.sold.producer
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
        number=number,
        product_kind=line.kind,
        product_name=drawn.firm.product.called,
        product_model=drawn.sold.model,
        parties=parties,
        brand=drawn.sold.brand,
        standard=drawn.firm.product.standard,
        channel=Dossier.Channel.ONLINE if line.online else Dossier.Channel.ON_SITE,
        check_kind=wish.check if wish else "",
    )
