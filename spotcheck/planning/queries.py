"""Questions about plans and tasks."""

from spotcheck.docket import register
from spotcheck.docket.models import Dossier
from spotcheck.planning.models import Task


def task_cancelled(dossier: Dossier) -> bool:
    """Whether the task of this sample was cancelled."""
    return dossier.parent is not None and register.state(dossier.parent, "task") == "cancelled"


def usual_check(task: Task | None) -> str:
    """The kind of check that the targets of a task are, unless the draw says otherwise.

    What an emergency has brought about is an emergency check: it knows no six-month exemption (Articles 5, 19).
    """
    emergency = task is not None and task.trigger == "emergency"
    return Dossier.Check.EMERGENCY if emergency else Dossier.Check.DAILY
