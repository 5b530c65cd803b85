"""Questions about plans and tasks."""

from spotcheck.docket import register
from spotcheck.docket.models import Dossier
from spotcheck.planning.states import TaskState


def task_cancelled(dossier: Dossier) -> bool:
    """Whether the task of this sample was cancelled."""
    return dossier.parent is not None and register.state(dossier.parent, "task") == TaskState.CANCELLED
