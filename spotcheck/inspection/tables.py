"""Results item by item, with the limits that hold in one case (Articles 29, 31)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Post


class ItemLimit(models.Model):
    """What the label of this product declares for an item, in the place of the limit of the rule (明示质量要求).

    Fixed with the first result of the case. The photograph of the label came with the entry.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="item_limits")
    number = models.CharField(max_length=20)
    limit = models.JSONField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "number"], name="item_limit_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.limit.get('shown', '')}"


class ItemResult(models.Model):
    """One result of one item as the laboratory reported it, for good; a correction is a further revision (Article 29).

    ``reported`` has the fields of ``rules/verdicts.FIELDS``, ``shown`` is its value as it is read. ``verdict`` is the
    laboratory's and governs; ``computed`` is what limit and value give, ``compared`` and ``why`` the arithmetic.
    """

    class Phase(models.TextChoices):
        """Which test it belongs to."""

        FIRST = "first", _("初次检验")
        RETEST = "retest", _("复检")
        RECHECK = "recheck", _("复查检验")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="item_results")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.FIRST)
    label = models.CharField(
        max_length=12, blank=True, default="", db_default="", help_text="of the retest or the recheck it belongs to"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    reported = models.JSONField()
    shown = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=4, blank=True, help_text="pass, fail, or nothing where none is given")
    computed = models.CharField(max_length=15)
    compared = models.CharField(max_length=300, blank=True)
    why = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True, help_text="of another verdict, or of a correction")
    tested_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["dossier", "number", "revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "phase", "label", "number", "revision"], name="item_result_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.shown}"

    @property
    def differs(self) -> bool:
        """Whether the laboratory's verdict is not the computed one."""
        return bool(self.verdict) and self.computed in ("pass", "fail") and self.verdict != self.computed
