"""Rules of detail (实施细则) and their items: by what a product is tested and judged (Articles 9, 29)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.files.models import StoredFile
from spotcheck.parties.models import User


class DetailRule(models.Model):
    """One version of the rules of detail of a kind of product.

    What a version says never changes (``rules/kept.py``): a draft that is wrong is withdrawn and read in anew, a
    published one is followed by another version. ``fingerprint`` is the SHA-256 of all that it says.
    """

    class Decision(models.TextChoices):
        """How the conclusion follows from the items (Article 31)."""

        ANY_FAILED = "any_failed", _("任一判定项目不合格，判为不合格")
        BY_LAB = "by_lab", _("由检验机构按细则的判定规则得出结论")

    name = models.CharField(_("名称"), max_length=100)
    version = models.CharField(_("版本"), max_length=30)
    product_kind = models.CharField(_("产品种类"), max_length=60)
    valid_from = models.DateField(_("实施日期"))
    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", help_text="read from")
    decision = models.CharField(max_length=12, choices=Decision.choices, default=Decision.ANY_FAILED)
    decision_text = models.CharField(max_length=500, blank=True)
    longest_transit_hours = models.PositiveSmallIntegerField(default=72, help_text="of a unit on its way (Article 26)")
    keep_reserve_days = models.PositiveSmallIntegerField(null=True, help_text="after the result is final (Article 39)")
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "version"], condition=models.Q(withdrawn_at=None), name="detail_rule_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def is_published(self) -> bool:
        """Whether tasks may be tested by it."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_draft(self) -> bool:
        """Whether it was read in and nothing else."""
        return self.published_at is None and self.withdrawn_at is None


class RuleItem(models.Model):
    """One item of a rule: what is tested, by which method, and what it has to hold (``rules/limits.py``)."""

    class Kind(models.TextChoices):
        """What kind of item it is; only labelling can be judged without a test (Article 47)."""

        PERFORMANCE = "performance", _("性能")
        SAFETY = "safety", _("安全")
        LABEL = "label", _("标签、标志或说明书")

    rule = models.ForeignKey(DetailRule, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField(help_text="in the order of the sheet")
    number = models.CharField(_("序号"), max_length=20)
    code = models.CharField(_("代码"), max_length=40, blank=True)
    name = models.CharField(_("项目"), max_length=100)
    kind = models.CharField(_("类别"), max_length=15, choices=Kind.choices)
    importance = models.CharField(_("重要程度"), max_length=1, blank=True, help_text="A, B or nothing")
    method = models.CharField(_("检验依据"), max_length=200, blank=True)
    judged_by = models.CharField(_("判定依据"), max_length=200, blank=True)
    mandatory = models.BooleanField(_("强制"), default=True)
    limit = models.JSONField(_("限值"))
    unit = models.CharField(_("单位"), max_length=30, blank=True)
    required_lod = models.CharField(_("要求检出限"), max_length=30, blank=True)
    reproducible = models.BooleanField(
        _("可重复"), default=True, help_text="whether a retest can repeat it (Article 38)"
    )
    remark = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["rule", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_item_number_once"),
            models.UniqueConstraint(fields=["rule", "name"], name="rule_item_name_once"),
            models.CheckConstraint(name="rule_item_importance", condition=models.Q(importance__in=["", "A", "B"])),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
