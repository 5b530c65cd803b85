"""Tables of what every door needs: drafts."""

from typing import ClassVar

from django.db import models

from spotcheck.parties.models import Post, User


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
