"""The files that run now: every clock stands where somebody has something to do, or to wait for, today.

The rules ended on 2026-05-02 (Article 60). Files begun before keep them; for those begun afterwards the demo
records a document that is plainly marked as made up, so that nothing here says the old rules are in force.
"""

from collections.abc import Callable, Iterator
from datetime import date

from spotcheck.demo import days, frame
from spotcheck.demo.batch import closed, closed_and_published
from spotcheck.demo.drawing import Cut, Drawn, Fits, Wish, draw_targets, engage, set_up
from spotcheck.demo.file import File, World
from spotcheck.demo.frame import Firm
from spotcheck.demo.scheme import CLOTHES, LANSHAN, NOW, YISHUI, Line, line
from spotcheck.demo.sideways import hand_over
from spotcheck.demo.stories import by_rule, handling, waiting
from spotcheck.demo.timeline import Story
from spotcheck.docket import calendars, rule_sets
from spotcheck.docket.models import Dossier, Track
from spotcheck.parties.models import in_shandong
from spotcheck.planning.models import Plan
from spotcheck.planning.operations import open_plan
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.rule_sets import RULE_SETS

CONTINUING_DOCUMENT = "演示用延续文件（非真实文件）"


def _in(*places: str) -> Fits:
    """A firm in one of these counties, or in a city when only its four digits are given."""
    return lambda drawn, chosen: drawn.place.startswith(places)


def _maker_in_shandong(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return in_shandong(drawn.maker_place)


def _maker_outside(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return not in_shandong(drawn.maker_place)


def _outside_in_linyi(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return _maker_outside(drawn, chosen) and drawn.place.startswith("3713")


DRAWN_AGO = {1: 345, 2: 205, 3: 108, 4: 75, 5: 55, 6: 24, 7: 5, 8: 12, 10: 40, 11: 75, 12: 62, 13: 70, 14: 66}
"""How many days ago the targets of each task were drawn."""

SPECIAL = (1,)
"""Tasks that rest on no plan but on an order from above (Article 5)."""

WAYS: dict[int, tuple[Wish, ...]] = {
    1: (
        Wish(name="closure", story=handling.closure_running),
        Wish(name="suspended", story=handling.suspended),
        Wish(name="passed", story=handling.passed_in_spring),
    ),
    2: (
        Wish(name="maker", story=handling.seller_waits_for_maker, fits=_maker_in_shandong),
        Wish(name="at city", story=handling.at_the_city, fits=_outside_in_linyi),
        Wish(name="at province", story=handling.at_the_province, fits=_maker_outside),
        Wish(name="announced", story=handling.second_recheck_soon, fits=_maker_outside),
        Wish(name="forced", story=handling.forced_recheck_soon),
    ),
    3: (
        Wish(name="recheck today", story=handling.recheck_due_today, fits=_in(LANSHAN)),
        Wish(name="recheck late", story=handling.recheck_overdue, fits=_in(YISHUI)),
        Wish(name="form 13 today", story=handling.conclusion_due_today, fits=_in(LANSHAN, YISHUI)),
        Wish(name="hardship", story=handling.hardship_claimed),
        Wish(name="tested", story=handling.recheck_tested),
        Wish(name="ends soon", story=handling.rectification_ends_soon),
    ),
    4: (
        Wish(name="order today", story=handling.order_due_today, fits=_in(LANSHAN)),
        Wish(name="order late", story=handling.order_overdue, fits=_in(YISHUI)),
        Wish(name="order soon", story=handling.order_due_soon, fits=_in("3713"), handler="371300"),
        Wish(name="next year", story=handling.into_next_year),
        Wish(name="formalities", story=waiting.formalities_running),
        Wish(name="commission late", story=waiting.commission_overdue),
        Wish(name="retest", story=waiting.retest_running),
    ),
    5: (
        Wish(name="denial", story=waiting.denial_with_the_cities, fits=_maker_in_shandong),
        Wish(name="window today", story=waiting.window_ends_today),
        Wish(name="window soon", story=waiting.window_ends_soon),
        Wish(name="contested", story=waiting.window_contested),
        Wish(name="objection", story=waiting.objection_open),
        Wish(name="experts", story=waiting.with_the_experts),
    ),
    6: (
        Wish(name="on site", story=waiting.suspicion_on_site, fits=_in(LANSHAN)),
        Wish(name="laboratory", story=waiting.suspicion_in_laboratory, fits=_in(YISHUI)),
        Wish(name="on the way", story=waiting.on_the_way),
        Wish(name="in test", story=waiting.in_test),
        Wish(name="complete", story=waiting.tests_complete),
        Wish(name="danger", story=waiting.danger_reported),
    ),
    7: (
        Wish(name="refusal", story=waiting.refusal_pending, fits=_in(LANSHAN)),
        Wish(name="replaced", story=waiting.sampler_replaced),
    ),
    8: (
        Wish(name="ordered", story=waiting.ordered_online),
        Wish(name="parcel", story=waiting.parcel_here),
    ),
    10: (Wish(name="again", story=handling.failed_again, check=Dossier.Check.TRACKING),),
    11: (
        Wish(name="further", story=handling.further_items, fits=_in(LANSHAN)),
        Wish(name="partly retested", story=handling.retested_before_the_report),
    ),
    12: (Wish(name="moved", story=handling.moved_before_receipt),),
    14: (
        Wish(name="refused", story=by_rule.seal_broken),
        Wish(name="at the bench", story=by_rule.at_the_bench),
        Wish(name="gap", story=by_rule.gap_in_the_custody),
        Wish(name="differs", story=by_rule.verdict_differs),
        Wish(name="danger", story=by_rule.dangerous),
        Wish(name="retested", story=by_rule.retested),
    ),
    13: (
        Wish(name="lead outside", story=waiting.suspicion_outside, fits=_maker_outside),
        Wish(name="two objectors", story=waiting.two_objections_one_retest),
    ),
}


BY_RULE = (14,)
"""Tasks that are opened as at a door, and tested by a rule of detail, item by item (Articles 9, 29)."""

_PUBLISHED, _CLOSED = (1, 2), (3,)
"""Tasks whose results are published; and one whose publication waits for approval (Articles 34, 57)."""


def begin(world: World) -> None:
    """Let everything begin that runs now."""
    for story in (*_plans(world), continued(world), next_plan(world), *_handed_over(world)):
        world.timeline.add(story)
    for number in SPECIAL:
        world.timeline.add(task(world, number, None))


def continued(world: World) -> Story:
    """Record the demonstration document, unless the rules are still in force."""
    rules = RULE_SETS[FIRST]
    if world.last <= rules.valid_until:
        return
    first = days.after(rules.valid_until, 1)
    yield max(first, days.after(world.last, -360))
    document = rule_sets.Document(
        number=CONTINUING_DOCUMENT,
        issued_on=world.today,
        valid_from=first,
        valid_until=date(world.last.year + 1, 12, 31),
        demonstration=True,
    )
    rule_sets.continue_(FIRST, document, by="演示")


def drawn_on(world: World, number: int) -> date:
    """The working day on which the targets of a task were drawn."""
    return days.open_before(days.after(world.last, -DRAWN_AGO.get(number, 0)))


def set_up_on(world: World, number: int) -> date:
    """The working day on which its scheme was set."""
    return days.working_before(drawn_on(world, number), 8)


def _plans(world: World) -> Iterator[Story]:
    """The annual plans which the tasks rest on."""
    numbers = [number for number in (*DRAWN_AGO, 9) if number not in SPECIAL]
    for year in sorted({set_up_on(world, number).year for number in numbers}):
        yield plan(world, year, [number for number in numbers if set_up_on(world, number).year == year])


def plan(world: World, year: int, numbers: list[int]) -> Story:
    """A year's plan, adopted before its first task (Articles 7, 8)."""
    first = min(set_up_on(world, number) for number in numbers)
    adopted = min(days.open_day(date(year, 2, 10)), days.working_before(first, 9))
    yield min(date(year - 1, 12, 1), days.working_before(adopted, 20))
    opened = open_plan(year, on=world.today)
    file = File(world, opened.dossier)
    file.do("plan.open_suggestions")
    yield days.working_before(adopted, 5)
    file.do("plan.submit_suggestion", by=world.cast.of("371300"), suggestion="建议增加电动自行车、燃气灶具抽查批次。")
    yield adopted
    file.do("plan.adopt")
    yield days.working(adopted, 5)
    file.do("plan.file_and_circulate")
    for number in numbers:
        world.timeline.add(task(world, number, opened))


def task(world: World, number: int, plan: Plan | None) -> Story:
    """One task up to its draw; the targets tell the rest."""
    found = line(f"{NOW}-{number:02d}")
    yield set_up_on(world, number)
    domain = "网络抽样" if found.online else found.domain_words
    sort = "跟踪" if number in _TRACKING else "" if plan else "专项"
    scheme = {} if plan else {"type": "special", "trigger": "superior_order"}
    file = set_up(
        world,
        found,
        number=f"SD{'JC' if plan else 'ZX'}-{world.today.year}-{number:02d}",
        title=f"{world.today.year}年省级{sort}监督抽查 {found.kind}（{domain}）",
        plan=plan,
        full_record=number in BY_RULE,
        **scheme,
    )
    if number in BY_RULE:
        by_rule.choose_rule(file)
    yield world.timeline.until if number not in DRAWN_AGO else days.working(world.today, 3)
    engage(file)
    if number in DRAWN_AGO:
        yield drawn_on(world, number)
        candidates = _TRACKING[number](found) if number in _TRACKING else []
        draw_targets(file, found, Cut(otherwise=waiting.assigned, wishes=WAYS[number], candidates=candidates))
    if number in _PUBLISHED:
        yield from closed_and_published(file)
    elif number in _CLOSED:
        yield from closed(file)


def _passed_before(found: Line) -> list[Firm]:
    """The firms on the list that had passed a recheck: those the tracking check is about (Article 55)."""
    passed = Track.objects.filter(
        chart="rectification", state="passed", dossier__product_kind=found.kind, dossier__parent__number__contains="ZX"
    )
    codes = set(passed.values_list("party__enterprise__credit_code", flat=True))
    return [firm for firm in frame.firms_of(found) if firm.credit_code in codes]


_TRACKING: dict[int, Callable[[Line], list[Firm]]] = {10: _passed_before}


def next_plan(world: World) -> Story:
    """The coming year's plan: suggestions are being collected (Article 7)."""
    year = world.last.year + 1
    if not calendars.current().covers(date(year, 12, 31)):
        return
    yield days.open_before(days.after(world.last, -20))
    file = File(world, open_plan(year, on=world.today).dossier)
    file.do("plan.open_suggestions")
    yield days.open_before(days.after(world.last, -6))
    file.do("plan.submit_suggestion", by=world.cast.of(YISHUI), suggestion="建议春耕前抽查复合肥料。")


def _handed_over(world: World) -> Iterator[Story]:
    masks, clothes = line("NOW-08"), line("NOW-05")
    seller = frame.firms_of(masks)[0]
    makers = {firm.region: firm for firm in frame.makers_of(clothes)}
    outside = next(maker for maker in frame.makers_of(masks) if not in_shandong(maker.region))
    yield _hand_over(world, 12, "GJYJ", Dossier.Origin.NATIONAL, seller, outside, handling.handed_over)
    yield _hand_over(
        world,
        9,
        "WSYJ",
        Dossier.Origin.OTHER_PROVINCE,
        makers["350582"],
        makers["371326"],
        handling.denial_investigated,
    )


def _hand_over(
    world: World, back: int, sort: str, origin: str, seller: Firm, maker: Firm, story: Callable[[File], Story]
) -> Story:
    yield days.open_before(days.after(world.last, -back))
    assert maker.product.kind in {CLOTHES, seller.product.kind}
    yield from story(hand_over(world, f"{sort}-{world.today.year}-001", origin, seller, maker))
