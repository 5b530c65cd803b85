"""What tablets have sent: batches and their acts as they were written, what came of each, and what people decided.

Rows are added and stay as they came. A device is named by its public id, because tablets stand above.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Post, User


class FieldBatch(models.Model):
    """Consecutive acts of the log of a visit, as a tablet sent them: stored before anything follows from them.

    ``log`` is the package under which the log began, ``issued_at`` the moment of that; ``posts`` are those who were
    ever signed in on the tablet. ``offset`` are the milliseconds by which its clock was behind. ``answer`` is what was
    answered, once the acts were replayed. A ``foreign`` one is of a visit that is not that of whoever sent it.
    """

    id = models.UUIDField(primary_key=True)
    visit = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="field_batches")
    foreign = models.BooleanField(default=False)
    log = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    device = models.CharField(max_length=36)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    posts = models.JSONField()
    app = models.CharField(max_length=30, blank=True)
    schema = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    head = models.CharField(max_length=64, blank=True, default="", db_default="", help_text="the hash of the last act")
    device_now = models.DateTimeField()
    offset = models.BigIntegerField()
    received_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, help_text="why it came by another way than the line")
    answer = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["received_at"], condition=models.Q(answer__isnull=True), name="field_batch_to_replay"),
            models.Index(fields=["device", "-received_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.first}-{self.last}"


class FieldAct(models.Model):
    """One act of a log, and what came of it. ``body`` is the act as it was hashed."""

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", _("待办理")
        DONE = "done", _("已登记")
        PARKED = "parked", _("待处理")
        NOTED = "noted", _("已保存")
        FILED = "filed", _("已存入案卷")

    id = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(FieldBatch, models.PROTECT, related_name="acts")
    visit = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="field_acts")
    log = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    on = models.DateField()
    body = models.JSONField()
    hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="field_acts")
    reasons = models.JSONField(default=list)
    marks = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "visit", "seq"], name="field_act_has_its_place_in_a_log"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dossier", "seq"]),
            models.Index(fields=["dossier"], condition=models.Q(outcome="parked"), name="field_act_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.seq} {self.act}"


class FieldDecision(models.Model):
    """What somebody decided about a parked act, and why: tried again, on another day, joined to what
    the desk has recorded of the same, or filed as it is."""

    class Kind(models.TextChoices):
        """What was decided."""

        AGAIN = "again", _("重新办理")
        DAY = "day", _("核定日期后办理")
        ATTACH = "attach", _("并入桌面端已有的登记")
        FILE = "file", _("仅作材料存入案卷")

    act = models.ForeignKey(FieldAct, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField(null=True, help_text="the day that was fixed")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.kind}"


class FieldReturn(models.Model):
    """A visit that was returned for correction: which pictures and fields, and why."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="field_returns")
    reason = models.CharField(max_length=500)
    slots = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier} {self.at:%Y-%m-%d}"
