"""What has to be told, what leaves the program, and the sign that the sweep is alive."""

from typing import ClassVar
from uuid import uuid4

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


class Delivery(models.Model):
    """Something that leaves the program for somebody outside: tried on a ladder, then parked with an alarm.

    What it says is put together when it is sent, from ``kind`` and ``about`` (what its kind needs to find it again);
    no secret and no text lies here.
    """

    class Way(models.TextChoices):
        """How it goes."""

        MAIL = "mail", "mail"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="deliveries")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Way.choices, default=Way.MAIL)
    target = models.CharField(max_length=254, blank=True, default="", help_text="where it went; said when it is sent")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"],
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
                name="delivery_waiting",
            ),
            models.Index(fields=["kind", "about", "-created_at"], name="delivery_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Beat(models.Model):
    """What the parts say of themselves, one row each: when the sweep last ran and what it did (the dead man's sign),
    when a backup was made, which version a worker runs, what maintenance is announced."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
