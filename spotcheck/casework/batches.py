"""批量办理: one act for many cases. Looked at, confirmed once, done one transaction a case, with a result a line.

Only acts that ask nothing of a single case go this way (``ActRecord.in_batches``). Here batches are begun and
confirmed; a worker brings them on (``batch_running.py``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from spotcheck.casework import tasks
from spotcheck.casework.models import Batch, BatchLine
from spotcheck.casework.steps import Step
from spotcheck.casework.work_lines import Due, ToDo
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import clock
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import ActSpec, act_named
from spotcheck.network import counting
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Post
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

MOST: Final = 200
"""So many cases go in one batch."""


class NotTaken(Refused):
    """A batch cannot be begun or confirmed as it is; ``words`` say why."""

    status = 409
    kind = "batch-not-taken"

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.zh)

    def text(self, language: str) -> str:
        """Why, in one sentence."""
        return self.words.in_(language)


@dataclass(frozen=True, slots=True)
class Waits:
    """A line of the start page and that of its acts which is meant."""

    line: Due | ToDo
    step: Step


def spec_of(name: str) -> ActSpec | None:
    """An act that may be done for many at once, by its name; None for every other."""
    spec = act_named(name)
    return spec if spec is not None and spec.words.in_batches else None


def waiting_for(actor: Actor, spec: ActSpec) -> list[Waits]:
    """The lines of the start page that wait for this act, the most urgent first, each matter once."""
    found: dict[int, Waits] = {}
    for line in worklist_of(actor, today=clock.today()).lines():
        for step in line.steps:
            if step.spec.name == spec.name and step.key:
                found.setdefault(step.key, Waits(line, step))
    return list(found.values())[:MOST]


def begin(steps: Sequence[Step], *, post: Post, on: date) -> Batch:
    """Put the cases together and look at each. Raises :class:`NotTaken` where there are none, or too many."""
    if not steps or len(steps) > MOST:
        raise NotTaken(Words(f"请选择 1 至 {MOST} 件，再点“下一步”", f"choose between 1 and {MOST} cases, then go on"))
    with transaction.atomic():
        batch = Batch.objects.create(post=post, act=steps[0].spec.name, on=on, begun_at=clock.now())
        BatchLine.objects.bulk_create(
            BatchLine(
                batch=batch,
                place=place,
                dossier=step.dossier,
                chart=step.chart,
                matter_id=step.key or 0,
                seen=step.dossier.entry_count,
            )
            for place, step in enumerate(steps, start=1)
        )
        _wake(batch.pk)
    return batch


def find(key: UUID, post: Post) -> Batch | None:
    """A batch of somebody's own office."""
    found = Batch.objects.filter(pk=key).select_related("post__user", "post__office").first()
    return found if found is not None and found.post.office_id == post.office_id else None


def lines_of(batch: Batch) -> "QuerySet[BatchLine]":
    """Its lines in order, with what a list says of them."""
    rows = batch.lines.select_related("dossier__sample_file", "entry").order_by("place")
    return rows.prefetch_related("dossier__parties__enterprise")


def counts_of(batch: Batch) -> dict[str, int]:
    """How many of its lines have come how far, by their states, and ``all``."""
    each = {state.value: Count("pk", filter=Q(outcome=state)) for state in BatchLine.Outcome}
    found: dict[str, int] = batch.lines.aggregate(all=Count("pk"), **each)
    return found


def confirm(batch: Batch, chosen: Iterable[int], *, late_reason: str = "") -> None:
    """Have the chosen lines done, those of which looking found nothing against. Raises :class:`NotTaken`.

    Who confirms has proved himself, where the act asks for that: the door has seen to it. Lines that are not chosen
    stay as they are, for good.
    """
    with transaction.atomic():
        held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.stage in (Batch.Stage.DOING, Batch.Stage.DONE):
            return  # confirmed before, by a second click
        if held.stage != Batch.Stage.LOOKED:
            raise NotTaken(Words("还在逐件检查，请稍候", "the cases are still being checked"))
        wanted = held.lines.filter(outcome=BatchLine.Outcome.READY, place__in=list(chosen))
        if not wanted.exists():
            raise NotTaken(Words("请至少选择一件可以办理的", "choose at least one case that can be done"))
        if wanted.filter(late__gt=0).exists() and not is_written(late_reason):
            raise NotTaken(Words("有逾期的事项，请写明逾期的原因", "some are late: say why"))
        held.lines.filter(outcome=BatchLine.Outcome.READY).exclude(pk__in=wanted.values("pk")).update(
            outcome=BatchLine.Outcome.LEFT
        )
        Batch.objects.filter(pk=held.pk).update(
            stage=Batch.Stage.DOING, asked_at=clock.now(), late_reason=late_reason.strip()
        )
        _wake(held.pk)


def papers_of(batch: Batch) -> "QuerySet[Paper]":
    """The papers that its acts have issued."""
    keys = [paper["key"] for line in batch.lines.filter(outcome=BatchLine.Outcome.DONE) for paper in line.papers]
    return Paper.objects.filter(pk__in=keys)


def order_of(batch: Batch) -> Callable[[Paper], tuple[int, int]]:
    """By what its papers are put in the order of its lines."""
    done = batch.lines.filter(outcome=BatchLine.Outcome.DONE)
    places = {paper["key"]: line.place for line in done for paper in line.papers}
    return lambda paper: (places[paper.pk], paper.pk)


def drawn_of(batch: Batch) -> tuple[int, int]:
    """How many of its papers have their file, and how many there are."""
    drawing = papers_of(batch).values_list("drawing", flat=True)
    return sum(state == Paper.Drawing.DRAWN for state in drawing), len(drawing)


def _wake(key: UUID) -> None:
    transaction.on_commit(lambda: counting.wake(tasks.go_on_with_batch, str(key)))
