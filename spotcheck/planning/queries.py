"""Questions about plans and tasks."""

from django.db.models import QuerySet

from spotcheck.docket import register
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import Question, ask
from spotcheck.planning.models import Task
from spotcheck.planning.states import TaskState


def task_cancelled(dossier: Dossier) -> bool:
    """Whether the task of this sample was cancelled."""
    return dossier.parent is not None and register.state(dossier.parent, "task") == TaskState.CANCELLED


def has_full_record(dossier: Dossier) -> bool:
    """Whether the record of this sample has to answer by itself what it can (``Task.full_record``).

    Read once for each dossier in hand: what a task says of its record never changes.
    """
    known: bool | None = dossier.__dict__.get("_full_record")
    if known is None:
        known = dossier.__dict__["_full_record"] = bool(
            dossier.parent_id and ask(question_of_record(dossier.parent_id))
        )
    return known


def question_of_record(task_id: int | None) -> Question:
    """The question whether the file of a task keeps a full record."""
    return Question(("full record", task_id), _of_full_record, (task_id,))


def _of_full_record(task_id: int | None) -> "QuerySet[Task, int]":
    return Task.objects.filter(dossier=task_id, full_record=True).values_list("pk", flat=True)


def kind_of(task: Dossier) -> str:
    """The kind of product that the file of a task is about; empty for one about several, and for any other file."""
    return Task.objects.filter(dossier=task).values_list("product_kind", flat=True).first() or ""


def known_before(task: Dossier) -> set[str]:
    """The numbers of the drawn targets of which the register proved a check within the six months (Article 12, R40)."""
    entry = Entry.objects.filter(dossier=task, act="task.draw_targets").order_by("-sequence").first()
    return set(entry.facts.get("known") or ()) if entry is not None else set()
