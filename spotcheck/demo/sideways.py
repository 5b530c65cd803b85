"""The third batch of 2023 and two files handed over: the rest of the regulation, apart from the published figures."""

from collections.abc import Iterator
from datetime import date

from spotcheck.demo import frame
from spotcheck.demo.batch import closed_and_published
from spotcheck.demo.drawing import Cut, Drawn, Wish, draw_targets, engage, set_up
from spotcheck.demo.file import File, World
from spotcheck.demo.frame import Firm
from spotcheck.demo.scheme import BESIDE, LINES, Line, line
from spotcheck.demo.stories import handed_over
from spotcheck.demo.stories import sideways as told
from spotcheck.demo.stories.parts import conforming
from spotcheck.demo.timeline import Story
from spotcheck.docket.models import Dossier, Party
from spotcheck.planning.models import Plan
from spotcheck.planning.operations import PartySpec, TargetSpec
from spotcheck.sampling.operations import open_handed_over


def _sampled_before(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return told.sampled_in_spring(drawn.firm.credit_code, drawn.sold.model).exists()


def _not_before(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return not _sampled_before(drawn, chosen)


WAYS: dict[int, tuple[Wish, ...]] = {
    1: (
        Wish(name="refused", story=told.refused_within_six_months, fits=_sampled_before),
        Wish(name="revoked", story=told.revoked, fits=_not_before),
        Wish(name="retest", story=told.retest_conforming, fits=_not_before),
        Wish(name="no ground", story=told.refused_without_ground),
        Wish(name="closed", story=told.closed_down),
        Wish(name="obstructed", story=told.obstructed),
        Wish(name="unlicensed", story=told.unlicensed),
    ),
    2: (
        Wish(name="laboratory", story=told.stopped_in_the_laboratory),
        Wish(name="dangerous", story=told.dangerous),
        Wish(name="ladder", story=told.whole_ladder),
    ),
    3: (
        Wish(name="bought", story=told.bought_online),
        Wish(name="wrong goods", story=told.wrong_goods),
        Wish(name="online", story=told.conforming_online),
    ),
}


def tasks(world: World, plan: Plan) -> Iterator[Story]:
    """The tasks beside the batch."""
    return (_task(world, found, plan) for found in LINES if found.group == BESIDE)


def _task(world: World, found: Line, plan: Plan) -> Story:
    yield date(2023, 7, 12)
    domain = "网络抽样" if found.online else found.domain_words
    file = set_up(
        world,
        found,
        number=f"SDJC-{found.key}",
        title=f"2023年第三批省级监督抽查 {found.kind}（{domain}）",
        plan=plan,
    )
    engage(file)
    yield date(2023, 7, 20)
    draw_targets(file, found, Cut(otherwise=conforming, wishes=WAYS[found.number]))
    yield from closed_and_published(file)


def from_a_national_check(world: World) -> Story:
    """A national check found a mask of a seller in Linyi."""
    yield date(2023, 8, 7)
    shops = line("2023-03-03")
    seller, maker = frame.firms_of(shops)[0], frame.makers_of(shops)[0]
    yield from handed_over.not_the_maker(hand_over(world, "GJYJ-2023-001", Dossier.Origin.NATIONAL, seller, maker))


def from_another_province(world: World) -> Story:
    """Another province found clothes that name a producer in Pingyi."""
    yield date(2023, 9, 4)
    makers = {firm.region: firm for firm in frame.makers_of(line("2023-02-16"))}
    yield from handed_over.no_such_firm(
        hand_over(world, "WSYJ-2023-001", Dossier.Origin.OTHER_PROVINCE, makers["350582"], makers["371326"])
    )


def hand_over(world: World, number: str, origin: str, seller: Firm, maker: Firm) -> File:
    """Open the file of a sample that others took."""
    known = frame.enterprises([seller, maker])
    product = maker.product
    roles = {"S": (Party.Role.SELLER, seller), "N": (Party.Role.NOMINAL_PRODUCER, maker)}
    spec = TargetSpec(
        number=number,
        product_kind=product.kind,
        product_name=product.called,
        product_model=product.models[0],
        parties=[
            PartySpec(
                label=label,
                role=role,
                enterprise=known[firm.credit_code].pk,
                place=firm.region,
                registered_place=firm.region,
            )
            for label, (role, firm) in roles.items()
        ],
        standard=product.standard,
    )
    return File(world, open_handed_over(spec, on=world.today, origin=origin))
