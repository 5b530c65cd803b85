"""Periods, and what they are counted with: notices of the State Council and the documents of rule sets."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models.dossier import Dossier, Party
from spotcheck.docket.models.entries import Entry
from spotcheck.parties.models import Office


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Questions asked of periods."""

    def running(self) -> "DeadlineQuerySet":
        """The periods that run."""
        return self.filter(status=Deadline.Status.RUNNING)

    def to_look_at(self, today: date) -> "DeadlineQuerySet":
        """The running periods with something to do on or before this day."""
        return self.running().filter(wake_on__lte=today)


class Deadline(models.Model):
    """A period with both its last days. The row is the timer: nothing else in the system knows a due date."""

    class Status(models.TextChoices):
        """What became of the period."""

        RUNNING = "running", _("进行中")
        MET = "met", _("已履行")
        LAPSED = "lapsed", _("已届满")
        ENDED = "ended", _("已终止")
        CORRECTED = "corrected", _("已更正")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=6)
    chart = models.CharField(max_length=20)
    label = models.CharField(max_length=12, blank=True)
    matter_id = models.BigIntegerField()
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", help_text="whose duty it is")
    rule_set = models.CharField(max_length=20)
    started_on = models.DateField()
    started_by = models.ForeignKey(Entry, models.PROTECT, related_name="periods_started")
    due_on = models.DateField()
    latest = models.DateField()
    statutory_only = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=60)
    wake_on = models.DateField(null=True, help_text="the next day on which the sweep has something to do")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="periods_ended")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    tries = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "rule", "chart", "label"],
                condition=models.Q(status="running"),
                name="one_running_period_per_rule_and_matter",
            ),
            models.CheckConstraint(
                name="latest_is_never_before_due_on",
                condition=models.Q(latest__gte=models.F("due_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["wake_on", "id"],
                condition=models.Q(status="running", parked_at__isnull=True, wake_on__isnull=False),
                name="deadline_to_look_at",
            ),
            models.Index(fields=["due_on"], condition=models.Q(status="running"), name="deadline_running_due"),
            models.Index(
                fields=["office", "due_on"],
                condition=models.Q(status="running"),
                name="deadline_office_due",
            ),
            models.Index(
                fields=["-ended_on", "-id"],
                condition=models.Q(ended_on__gt=models.F("due_on")),
                name="deadline_done_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.due_on}"

    @property
    def name(self) -> str:
        """The public name of the period: its rule and the label of the matter that owns it, as in ``D35.P``."""
        return f"{self.rule}.{self.label}" if self.label else self.rule


class CalendarNotice(models.Model):
    """A State Council notice brought in by one person and confirmed by another (reading R3)."""

    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    text = models.TextField(help_text="the notice as a CSV file, as it was imported")
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_notice_is_confirmed_by_another_person",
                condition=models.Q(confirmed_by="") | ~models.Q(confirmed_by=models.F("proposed_by")),
            )
        ]


class RuleSetRecord(models.Model):
    """A document by which the province continues a rule set or adopts a successor (Article 60, reading R9)."""

    rule_set = models.CharField(max_length=20)
    document = models.CharField(max_length=100, help_text="number of the document")
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    demonstration = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="validity_is_a_span",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
            )
        ]
