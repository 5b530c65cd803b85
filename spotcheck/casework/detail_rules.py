"""Rules of detail at a door: which versions somebody sees, two beside each other, and that of a task (Article 9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from spotcheck.casework.doing import Done, do
from spotcheck.docket.models import Dossier
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule, RuleItem, Task
from spotcheck.rules.refused import Refused


def keeps(actor: Actor) -> bool:
    """Whether the actor imports, publishes and withdraws versions: an officer of the province (9)."""
    office = actor.office
    return office is not None and office.kind == Office.Kind.PROVINCE and actor.role == Post.Role.OFFICER


def visible(actor: Actor) -> "QuerySet[DetailRule]":
    """The versions that the actor sees: who keeps them all, other offices those that were published."""
    rows = DetailRule.objects.order_by("product_kind", "name", "-valid_from", "-pk")
    if keeps(actor):
        return rows
    if actor.office is None or actor.administers:
        return rows.none()
    return rows.filter(published_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """An item in two versions."""

    number: str
    name: str
    here: RuleItem | None
    there: RuleItem | None

    @property
    def differs(self) -> bool:
        """Whether they are not the same in both."""
        return self.here is None or self.there is None or any(
            getattr(self.here, name) != getattr(self.there, name) for name in detail_rules.ITEM
        )  # fmt: skip


def beside(rule: DetailRule, other: DetailRule) -> Iterator[Pair]:
    """The items of two versions by their names, in the order of the first, then what only the other has."""
    theirs = {item.name: item for item in other.items.order_by("place")}
    for item in rule.items.order_by("place"):
        yield Pair(item.number, item.name, item, theirs.pop(item.name, None))
    yield from (Pair(item.number, item.name, None, item) for item in theirs.values())


def task_of(dossier: Dossier) -> Task | None:
    """The task of a file with its rule."""
    task = Task.objects.filter(dossier=dossier).select_related("detail_rule").first()
    if task is not None:
        task.dossier = dossier
    return task


def can_choose(task: Task, actor: Actor) -> bool:
    """Whether the rule of a task can still be chosen by this actor."""
    return (
        keeps(actor) and task.state in Task.spec_of("choose_rule").source and not detail_rules.is_used_in(task.dossier)
    )


def choosable(task: Task, on: date) -> list[DetailRule]:
    """The versions from which it is chosen."""
    return list(detail_rules.choosable(task.product_kind, on))


def choose(actor: Actor, task: Task, rule: Any, *, on: date, post: Post | None, seen: int | None) -> Done | Refused:
    """Choose the version by which the samples of a task are tested."""
    return do(actor, task, "choose_rule", on=on, facts={"rule": rule}, post=post, seen=seen)
