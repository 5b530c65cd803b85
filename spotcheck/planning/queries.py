"""Questions about plans and tasks."""

from spotcheck.docket import register
from spotcheck.docket.models import Dossier, Entry
from spotcheck.planning.states import TaskState


def task_cancelled(dossier: Dossier) -> bool:
    """Whether the task of this sample was cancelled."""
    return dossier.parent is not None and register.state(dossier.parent, "task") == TaskState.CANCELLED


def known_before(task: Dossier) -> set[str]:
    """The numbers of the drawn targets of which the register proved a check within the six months (Article 12, R40)."""
    entry = Entry.objects.filter(dossier=task, act="task.draw_targets").order_by("-sequence").first()
    return set(entry.facts.get("known") or ()) if entry is not None else set()
