"""The book, the nightly roots over it and over all dossiers, and files whose time of keeping is over."""

from typing import ClassVar

from django.db import models

from spotcheck.docket.models.dossier import Dossier
from spotcheck.files.models import StoredFile
from spotcheck.parties.models import Office, Post, User


class Record(models.Model):
    """One line of the book: what was done, read or taken along that is no act of a dossier. For good, like an entry.

    ``hash`` covers what the line says. Lines are not chained one by one, which would make every reader wait for every
    other; those of a day are sealed together into its root. ``hour`` is that of a reading: the same person and subject
    stand once in it. ``before`` and ``after`` hold personal data, masked for all but auditors (``book.shown``).
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="records", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    second_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="records", db_index=False)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    address = models.CharField(max_length=100, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")
    hour = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject_type", "subject_id", "hour"],
                condition=models.Q(hour__isnull=False),
                name="reading_once_an_hour",
            ),
            models.CheckConstraint(
                name="a_reading_has_a_reader_and_an_hour",
                condition=models.Q(kind__startswith="read.", hour__isnull=False, user__isnull=False)
                | (~models.Q(kind__startswith="read.") & models.Q(hour__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["kind", "-at", "-id"]),
            models.Index(fields=["user", "-at", "-id"]),
            models.Index(fields=["office", "-at", "-id"]),
            models.Index(fields=["subject_type", "subject_id", "-at", "-id"]),
            models.Index(fields=["dossier", "-at", "-id"], condition=models.Q(dossier__isnull=False), name="record_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class AuditRoot(models.Model):
    """The root over the heads of all dossiers that changed on one day, and over the lines of the book of that day.

    ``kept`` says the same of papers, their files, proofs, evidence and what else is written once (``seals.py``).
    ``seal`` covers all of it and the ``previous`` root, in the order of writing, so that none can be changed, left out
    or put in afterwards. To be kept elsewhere too. A root of a program from before the book has no seal.
    """

    day = models.DateField(unique=True)
    dossiers = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    records = models.PositiveIntegerField(default=0, db_default=0)
    book = models.CharField(max_length=64, blank=True, default="", db_default="")
    previous = models.CharField(max_length=64, blank=True, default="", db_default="")
    seal = models.CharField(max_length=64, blank=True, default="", db_default="")
    kept = models.TextField(blank=True, default="", db_default="")
    made_at = models.DateTimeField()


class Disposal(models.Model):
    """A file whose time of keeping is over: listed by the machine, destroyed on somebody's word (Article 16, R61).

    ``names`` are files of it that still lie in the store after the confirmation. The book has a line of its own.
    """

    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="disposal")
    kept_until = models.DateField(help_text="the last day on which it had to be kept")
    listed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True, default="")
    account = models.CharField(max_length=100, blank=True, default="")
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.stored_id} {self.kept_until}"
