"""Tables of chapter two: the charts of plan and task, the draw log, the targets."""

from typing import ClassVar

from django.db import models

from spotcheck.docket.models import Dossier
from spotcheck.planning.flow.plan import Plan
from spotcheck.planning.flow.task import Task

__all__ = ["DrawLog", "Plan", "Target", "Task"]


class DrawLog(models.Model):
    """How the targets of a task were drawn: seed and candidates, so that anybody can repeat it (Article 12)."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="draw_log")
    seed = models.CharField(max_length=100)
    candidates = models.JSONField()
    candidates_hash = models.CharField(max_length=64)
    drawn_on = models.DateField()


class Target(models.Model):
    """One drawn entity and product. ``ended_on`` is set by the chapter in which its way ends (Article 34)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="target")
    samplers = models.JSONField(default=list, help_text="who is named on Form 1 (Articles 12, 13)")
    ended_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task"], condition=models.Q(ended_on=None), name="target_not_ended")]
