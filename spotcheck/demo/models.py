"""How far the demo is, and that it is one: a single row, absent where no demo was ever loaded."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoState(models.Model):
    """The loading of the demo. A stage is named here in the transaction that completes the one before it."""

    class Stage(models.TextChoices):
        """What is being loaded; the order is the order of loading."""

        FRAME = "frame", _("企业名录与人员")
        BATCH = "batch", _("2023年第二批监督抽查")
        RUNNING = "running", _("正在办理的案卷")
        LOADED = "loaded", _("载入完成")

    ONLY: ClassVar[int] = 1

    objects: ClassVar[models.Manager["DemoState"]] = models.Manager()

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    seed = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FRAME)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="the last sign of life of whoever loads")
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="there_is_one_demo", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.stage} {self.done}/{self.total}"
