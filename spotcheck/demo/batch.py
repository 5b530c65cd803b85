"""The second batch of 2023: twenty tasks of one plan, drawn, sampled, tested, handled and published."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from spotcheck.demo.drawing import Cut, Drawn, Fits, Wish, draw_targets, engage, set_up
from spotcheck.demo.file import File, World
from spotcheck.demo.scheme import BATCH, LINES, Line
from spotcheck.demo.stories import of_2023 as told
from spotcheck.demo.stories.parts import conforming
from spotcheck.demo.timeline import Story
from spotcheck.docket.models import Track
from spotcheck.parties.models import in_shandong
from spotcheck.planning.models import Plan
from spotcheck.remediation.requirements import has_stopped_samples

_FINAL = ("final_conforming", "final_nonconforming", "revoked")
_UNTOLD = ("due", "sent", "served")


def _only_one(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    """A firm of which one batch is taken, and which works where it is registered."""
    return drawn.of == 1 and not drawn.firm.actual


def _moved(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    """A firm that really works elsewhere (Article 42)."""
    return drawn.of == 1 and bool(drawn.firm.actual)


def _first_of_two(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return drawn.of == 2 and drawn.turn == 0


def _beside(name: str) -> Fits:
    """Another batch of the firm that an earlier wish has."""
    return lambda drawn, chosen: drawn.firm == chosen[name].firm


def _maker_in_shandong(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return in_shandong(drawn.maker_place)


def _maker_outside(drawn: Drawn, chosen: dict[str, Drawn]) -> bool:
    return not in_shandong(drawn.maker_place)


WAYS: dict[int, tuple[Wish, ...]] = {
    1: (Wish(name="rectified_in_time", story=told.rectified_in_time, fits=_only_one),),
    3: (Wish(name="label_only", story=told.label_only, fits=_only_one),),
    4: (Wish(name="hardship", story=told.hardship, fits=_only_one),),
    5: (Wish(name="forced_recheck", story=told.forced_recheck, fits=_only_one),),
    6: (Wish(name="transferred", story=told.transferred, fits=_moved, as_registered=True),),
    8: (Wish(name="announced_then_passed", story=told.announced_then_passed, fits=_only_one),),
    10: (
        Wish(name="objection_maintained", story=told.objection_maintained, fits=_first_of_two),
        Wish(name="retest_nonconforming", story=told.retest_nonconforming, fits=_beside("objection_maintained")),
    ),
    11: (Wish(name="late_objection", story=told.late_objection, fits=_only_one),),
    12: (Wish(name="seller_and_maker", story=told.seller_and_maker, fits=_maker_in_shandong),),
    13: (
        Wish(name="retest_waived", story=told.retest_waived, fits=_maker_outside),
        Wish(name="ban_breached", story=told.ban_breached, fits=_beside("retest_waived")),
    ),
    15: (Wish(name="denied", story=told.denied, fits=_maker_in_shandong),),
    16: (Wish(name="maker_outside", story=told.maker_outside, fits=_maker_outside),),
}
"""Which of the batches of each task do not conform, and what became of them."""


def tasks(world: World, plan: Plan) -> Iterator[Story]:
    """The tasks of the batch, one for each line of the scheme."""
    return (task(world, line, plan) for line in LINES if line.group == BATCH)


def task(world: World, line: Line, plan: Plan) -> Story:
    """One task of the batch: scheme, bodies, draw, field work by its targets, summary, publication (9 to 34, 57)."""
    yield date(2023, 3, 1)
    file = set_up(
        world,
        line,
        number=f"SDJC-{line.key}",
        title=f"2023年第二批省级监督抽查 {line.kind}（{line.domain_words}）",
        plan=plan,
    )
    yield date(2023, 3, 8)
    engage(file)
    yield date(2023, 3, 20)
    draw_targets(file, line, Cut(otherwise=conforming, wishes=WAYS.get(line.number, ())))
    yield from closed_and_published(file)


def closed(file: File) -> Story:
    """The summary, some time after the last report (Article 34)."""
    while file.state("task") != "testing_done":
        yield file.working(5)
    yield file.working(8)
    file.do("task.file_summary")


def closed_and_published(file: File) -> Story:
    """The summary, and the publication after the last conclusion is final (Articles 34, 57)."""
    yield from closed(file)
    below = Track.objects.filter(dossier__parent=file.dossier)
    conclusions = below.filter(chart="conclusion").exclude(state__in=_FINAL)
    open_questions = below.filter(chart__in=("objection", "retest"), is_open=True)
    untold = below.filter(chart="result_notice", state__in=_UNTOLD)
    while conclusions.exists() or open_questions.exists() or untold.exists():
        yield file.working(5)
    yield file.working(5)
    file.do("publication.approve")
    yield file.working(3)
    stopped: dict[str, Any] = {"stopped": "items"} if has_stopped_samples(file.dossier) else {}
    file.do("publication.publish", **stopped)
