"""Tables of the casework: drafts, batches, notes, lists, addresses of calendars; owners, and what was handed over.

None of it is the law's: the law looks at offices, and an owner, a hand-over, a note moves no period.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy

from spotcheck.docket.models import Dossier, Entry
from spotcheck.parties.models import Office, Post, User


class Draft(models.Model):
    """What somebody has typed into a form and not sent, or sent and not got through.

    ``address`` is that of the form, ``fields`` what its inputs say by their names (``{name: [value, ...]}``),
    ``upload_ids`` the files that wait with it. It ends with the act, or after some days of silence.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    fields = models.JSONField()
    upload_ids = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "address"], name="draft_once")]
        indexes: ClassVar = [models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return self.address


class Ownership(models.Model):
    """Somebody in a post brings a dossier on for his office. What nobody owns is in the pool of the office."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="owners")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="cases")
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "office"], name="one_owner_of_a_dossier_in_an_office")
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.post}"


class Handover(models.Model):
    """Cases that went from one post to another, or into the pool, together; the new owner may give them back."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    from_post = models.ForeignKey(Post, models.PROTECT, related_name="handed_over")
    to_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="taken_over")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    answer_until = models.DateField(help_text="until then it may be given back; after that it is accepted")
    accepted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_handover_is_accepted_or_returned",
                condition=models.Q(accepted_on=None) | models.Q(returned_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_post} → {self.to_post or self.office}"


class HandedOver(models.Model):
    """One case of a hand-over, with what the new owner should know."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="cases")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "dossier"], name="a_case_once_in_a_handover")
        ]


class Note(models.Model):
    """What people of one office write down for each other about a dossier. It stays with the case."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "office", "-at"])]


class Batch(models.Model):
    """One act that somebody has done for many cases at once (批量办理): looked at, confirmed, done."""

    class Stage(models.TextChoices):
        LOOKING = "looking"
        LOOKED = "looked"
        DOING = "doing"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="batches")
    act = models.CharField(max_length=60)
    on = models.DateField(help_text="the legal date of the act in every case")
    stage = models.CharField(max_length=7, choices=Stage.choices, default=Stage.LOOKING)
    late_reason = models.TextField(blank=True, default="")
    begun_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, help_text="when it was confirmed")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["begun_at"], name="batches_at_work", condition=models.Q(stage__in=["looking", "doing"])
            ),
            models.Index(fields=["post", "-begun_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.on}"


class BatchLine(models.Model):
    """One case of a batch: the matter, and what became of it.

    ``said`` is why it was refused, by language; ``papers`` are those that it issues or has issued: ``{"key", "number",
    "title": {language: text}, "gaps"}``, of a case that was only looked at with numbers that were taken back.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", gettext_lazy("待检查")
        READY = "ready", gettext_lazy("可以办理")
        REFUSED = "refused", gettext_lazy("不能办理")
        DONE = "done", gettext_lazy("已办理")
        LEFT = "left", gettext_lazy("未选")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    chart = models.CharField(max_length=20)
    matter_id = models.BigIntegerField()
    seen = models.PositiveIntegerField(help_text="how many entries the dossier had")
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    said = models.JSONField(default=dict)
    papers = models.JSONField(default=list)
    late = models.PositiveSmallIntegerField(default=0, help_text="days after its day")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True, help_text="when it was done, or refused then")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "place"], name="a_line_once_in_a_batch"),
            models.UniqueConstraint(fields=["batch", "chart", "matter_id"], name="a_matter_once_in_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class Feed(models.Model):
    """The secret address by which a calendar reads the days of a post; what is kept is its hash."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="feeds")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post"], name="one_calendar_of_a_post", condition=models.Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.made_at}"


class SavedList(models.Model):
    """What a list of a page was asked, kept under a name: of a post, and of its whole office where it is shared."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="saved_lists")
    page = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    query = models.TextField(help_text="the query string of the address, without the place of a page")
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "page", "name"], name="a_list_once_by_name")]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """What a dossier of a sample adds to the figures, as it was counted last; see ``figure_cells.Facts``."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="+")
    entries = models.PositiveIntegerField(help_text="how many entries the dossier had")
    turns_on = models.DateField(null=True, help_text="the last day of the duty that is the next to become overdue")
    facts = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["turns_on"], name="tallies_that_turn", condition=models.Q(turns_on__isnull=False))
        ]


class Figure(models.Model):
    """One line of a table of an office's figures: the sums over what the dossiers in its sight add."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+", help_text="whose figures")
    year = models.CharField(max_length=4, blank=True, help_text="of opening; empty for all")
    by = models.CharField(max_length=10, blank=True)
    value = models.CharField(max_length=60, blank=True)
    cases = models.IntegerField(default=0)
    open = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    unsaid = models.IntegerField(default=0)
    late_3 = models.IntegerField(default=0)
    late_10 = models.IntegerField(default=0)
    late_30 = models.IntegerField(default=0)
    late_more = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    rechecked = models.IntegerField(default=0)
    passed = models.IntegerField(default=0)
    days = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "by", "value"], name="a_line_once_in_the_figures")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.by} {self.value}"
