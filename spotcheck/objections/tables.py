"""The written conclusions on an objection (Article 36)."""

from typing import ClassVar

from django.db import models

from spotcheck.docket.models import Entry
from spotcheck.parties.models import Post


class Verification(models.Model):
    """What one of the two writers concludes of an objection, with its reasons; the newest of each writer counts.

    ``writer`` is ``lab`` or ``sampling_body``; ``document`` names the paper, whose file is the evidence of the entry.
    """

    objection = models.ForeignKey("objections.Objection", models.PROTECT, related_name="verifications")
    writer = models.CharField(max_length=15)
    position = models.CharField(max_length=12)
    reasons = models.TextField()
    document = models.CharField(max_length=2000, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    filed_on = models.DateField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.objection} {self.writer} {self.position}"
