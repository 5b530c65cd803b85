"""What is drawn: the frozen list, the draw log, the targets and their samplers (Article 12)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Office, Post, User


class Frame(models.Model):
    """The list that is drawn from, frozen and fingerprinted before there is a seed (Article 12).

    ``lines`` are ``{"firm", "text", "target"}``: the firm by a key of its own, the line as anybody may read it, and
    the target that comes of it when it is drawn. ``sha256`` is the fingerprint of the texts.
    """

    task = models.ForeignKey("planning.Task", models.CASCADE, related_name="frames")
    lines = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class DrawLog(models.Model):
    """How targets and samplers of a task were drawn: seed and both lists, so that anybody can repeat it (Article 12).

    ``as_listed`` marks a draw that was taken as done in the order of its lists (a rehearsal states the outcome).
    """

    task = models.OneToOneField("planning.Task", models.CASCADE, related_name="draw_log")
    frame = models.ForeignKey(Frame, models.PROTECT, null=True, related_name="+")
    seed = models.CharField(max_length=100)
    candidates = models.JSONField()
    candidates_hash = models.CharField(max_length=64)
    samplers = models.JSONField(
        default=list, db_default=[], help_text="the kept list of qualified samplers of the body"
    )
    samplers_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    as_listed = models.BooleanField(default=False, db_default=False)
    drawn_on = models.DateField()


class Target(models.Model):
    """One drawn entity and product. ``ended_on`` is set by the chapter in which its way ends (Article 34).

    ``samplers`` are the names of targets drawn before samplers were drawn with them; see :class:`TargetSampler`.
    """

    task = models.ForeignKey("planning.Task", models.CASCADE, related_name="targets")
    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="target")
    samplers = models.JSONField(default=list, help_text="who is named on Form 1 (Articles 12, 13)")
    ended_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task"], condition=models.Q(ended_on=None), name="target_not_ended")]


class TargetSampler(models.Model):
    """A sampler in the drawn order of a target, and what became of it (Articles 12, 13)."""

    class State(models.TextChoices):
        """Whether the sampler comes."""

        DRAWN = "drawn", _("候补")
        COMING = "coming", _("指派")
        REPLACED = "replaced", _("已更换")
        ADDED = "added", _("增派")

    target = models.ForeignKey(Target, models.CASCADE, related_name="drawn_samplers")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60, help_text="as printed on Form 1")
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN)
    reason = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", help_text="which act says so")

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "order"], name="sampler_order_once"),
        ]

    def __str__(self) -> str:
        return self.name
