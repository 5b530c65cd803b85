"""Tables of chapter four: the charts of inspection, notice and conclusion, and the items of a report."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier
from spotcheck.inspection.flow.conclusion import Conclusion
from spotcheck.inspection.flow.inspection import Inspection
from spotcheck.inspection.flow.result_notice import ResultNotice
from spotcheck.inspection.tables import ItemLimit, ItemResult

__all__ = ["Conclusion", "Inspection", "Item", "ItemLimit", "ItemResult", "ResultNotice"]


class Item(models.Model):
    """One item of the report. A completed retest replaces ``result`` and settles the item (Article 41)."""

    class Kind(models.TextChoices):
        """What kind of item it is; only labelling can be judged without a test (Article 47)."""

        PERFORMANCE = "performance", _("性能")
        SAFETY = "safety", _("安全")
        LABEL = "label", _("标签、标志或说明书")

    class Verdict(models.TextChoices):
        """The verdict on an item."""

        PASS = "pass", _("合格")
        FAIL = "fail", _("不合格")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="items")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    limit = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    first_result = models.CharField(max_length=4, choices=Verdict.choices)
    result = models.CharField(max_length=4, choices=Verdict.choices)
    retest_value = models.CharField(max_length=60, blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "name"], name="item_once")]

    def __str__(self) -> str:
        return self.name
