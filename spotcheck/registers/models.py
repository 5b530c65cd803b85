"""Tables of the registers: what is proposed and confirmed, one-time links, rights that were looked through."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.files.models import StoredFile
from spotcheck.parties.models import Office, Post, User
from spotcheck.rules.book import PROPOSED
from spotcheck.rules.words import Words


class Proposal(models.Model):
    """What one person proposes and another one confirms: within seven days, or it falls by itself.

    ``kind`` names what is carried out when it is confirmed, ``details`` with what. ``proposed_post`` is empty where a
    command on the machine proposed it, which counts as one person of two; ``account`` is that of the machine then.
    """

    class Outcome(models.TextChoices):
        """What became of it. One that fell has none; it is over by its date."""

        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("已否决")

    kind = models.CharField(max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="proposals")
    subject = models.ForeignKey(User, models.PROTECT, null=True, related_name="proposals", help_text="none: the site")
    details = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True, default="")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    account = models.CharField(max_length=100, blank=True, default="")
    proposed_on = models.DateField()
    last_day = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "last_day"], condition=models.Q(outcome=""), name="open")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_proposal_is_decided_by_another_person",
                condition=models.Q(decided_by=None)
                | models.Q(outcome="declined")
                | models.Q(proposed_by=None)
                | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_decided_proposal_says_when",
                condition=models.Q(outcome="", decided_on=None)
                | (~models.Q(outcome="") & models.Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject or self.office}"

    @property
    def person(self) -> User:
        """The person whom it concerns; asked only of proposals about one."""
        assert self.subject is not None, self.kind
        return self.subject

    @property
    def words(self) -> Words:
        """What is proposed."""
        return PROPOSED[self.kind]

    @property
    def role_words(self) -> str:
        """The role of the post that is proposed, in the language of the screen; empty where none is."""
        return str(Post.Role(self.details["role"]).label) if "role" in self.details else ""


class OneTimeLink(models.Model):
    """A link with which a person sets a password once, within a day. Only the hash of its secret is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="used, or replaced by a later one")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at__isnull=True), name="one_open_link_for_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"


class Review(models.Model):
    """Somebody has looked at the rights of a post in a period of review, and has kept them."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="reviews")
    period = models.CharField(max_length=6, help_text="2026H1, or 2026 where a year is enough")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "period"], name="reviewed_once_a_period")]

    def __str__(self) -> str:
        return f"{self.post} {self.period}"


class Import(models.Model):
    """A sheet that was read to be looked at, and what became of it.

    ``read`` is the table as it was read (``imports/reading.py``), ``stored`` the workbook; ``counts`` says how many
    lines were new, changed, the same. ``by`` is empty where a command did it; ``account`` is that of the machine then.
    A long sheet waits for a worker: to be looked at (``looked`` is what it came to), and once more to be taken, for
    ``taken_by`` from ``address``, whole or ``only_good`` lines of it. ``before`` is what its kind needs to put things
    back (``imports/undoing.py``); without it there is no way back.
    """

    class Stage(models.TextChoices):
        """Where it is."""

        READ = "read", _("已读取")
        LOOKING = "looking", _("正在检查")
        LOOKED = "looked", _("已检查")
        TAKING = "taking", _("正在导入")
        DONE = "done", _("已导入")
        REFUSED = "refused", _("没有导入")
        UNDONE = "undone", _("已撤销导入")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    read = models.JSONField()
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    account = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=Stage.choices, default="read", db_default="read")
    looked = models.JSONField(default=dict, db_default={})
    taken_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=60, blank=True, default="", db_default="")
    only_good = models.BooleanField(default=False, db_default=False)
    before = models.JSONField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "-begun_at"]),
            models.Index(fields=["begun_at"], condition=models.Q(stage__in=["looking", "taking"]), name="import_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Head(models.Model):
    """What an office writes at the head of a column of a kind of import; ``head`` is folded."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    head = models.CharField(max_length=100)
    column = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "head"], name="a_head_means_one_column"),
        ]

    def __str__(self) -> str:
        return f"{self.head} → {self.column}"
