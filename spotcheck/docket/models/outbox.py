"""What has to be told, and the sign that the sweep is alive."""

from typing import ClassVar

from django.db import models

from spotcheck.docket.models.dossier import Dossier, Party
from spotcheck.docket.models.entries import Entry
from spotcheck.docket.models.periods import Deadline
from spotcheck.parties.models import Office


class Message(models.Model):
    """The outbox: what an office or a party must be told, written with the act and delivered after commit."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="messages")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="messages")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="messages")
    kind = models.CharField(max_length=60)
    day = models.DateField(null=True, help_text="of an alarm that comes every day until it is heeded")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="inbox")
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="inbox")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "deadline", "kind", "office", "party", "day"],
                nulls_distinct=False,
                name="message_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=models.Q(delivered_at__isnull=True),
                name="message_undelivered",
            ),
            models.Index(fields=["office", "-created_at"]),
        ]


class Beat(models.Model):
    """When the sweep last ran, and what it did: the dead man's sign."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
