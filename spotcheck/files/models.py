"""Files as rows: what was taken, once for each content, and what is on its way in pieces."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class StoredFile(models.Model):
    """A file that was checked and taken, by its SHA-256: the same content is one row, however often it is handed in.

    Written by ``keeping.keep_checked`` only, and for good: the application's role can neither change
    nor delete it. ``leaf_file`` holds its bindable pages and ``thumb_file`` its small picture, where there are such.
    When it may be kept no longer the owner empties the names of its files; the row, and what points to it, stay.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    file = models.CharField(max_length=120)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    findings = models.JSONField(default=dict)
    checked_at = models.DateTimeField()
    leaf_file = models.CharField(max_length=120, blank=True, default="", db_default="")
    leaf_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    thumb_file = models.CharField(max_length=120, blank=True, default="", db_default="")
    thumb_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="stored_file_by_its_hash", condition=models.Q(sha256__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def is_gone(self) -> bool:
        """Whether it was removed after its time."""
        return not self.file


class Upload(models.Model):
    """A file on its way. Its pieces lie in the store as ``incoming/<id>/<offset>``, until it is whole and checked.

    ``owner`` is the public id of a post, a device or an office: only this one sees it. It goes when it expires; what
    was taken up by an act stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.CharField(max_length=80)
    office = models.CharField(max_length=80, help_text="whose room it takes")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0, db_default=0)
    offsets = models.JSONField(default=list, help_text="where each piece begins")
    expires_at = models.DateTimeField(db_index=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    checking_since = models.DateTimeField(null=True, help_text="when somebody began, or last went on, to check it")
    put_together = models.BigIntegerField(default=0, db_default=0, help_text="bytes of it that are in one piece again")
    waits_for = models.CharField(max_length=10, blank=True, default="", db_default="", help_text="store or scanner")
    refused = models.CharField(max_length=20, blank=True, default="", db_default="", help_text="the reason's code")
    refused_what = models.CharField(max_length=100, blank=True, default="", db_default="")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="", help_text="what it has to be")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "sha256"], condition=~models.Q(sha256=""), name="upload_by_hash_once_of_an_owner"
            ),
            models.CheckConstraint(
                name="upload_no_longer_than_said",
                condition=models.Q(received__lte=models.F("size")) & models.Q(size__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size

    @property
    def percent(self) -> int:
        """How far the checking is: putting it together is nine tenths of it, the rest is looking and storing."""
        return min(99, 90 * self.put_together // max(self.size, 1)) if self.stored_id is None else 100

    @property
    def place(self) -> str:
        """The folder of its pieces."""
        return f"incoming/{self.id}"
