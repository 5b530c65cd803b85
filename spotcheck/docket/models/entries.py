"""Entries, for good, and the files that came with them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from spotcheck.docket.models.dossier import Dossier, Party
from spotcheck.files.checks.content import SUFFIXES
from spotcheck.files.models import StoredFile
from spotcheck.parties.models import Office, User
from spotcheck.rules.evidence import KINDS
from spotcheck.rules.words import Words


class Entry(models.Model):
    """One act or consequence, for good: the application's role can neither change nor delete it.

    ``effective_on`` is the legal date, ``recorded_at`` the moment of recording. ``hash`` covers all of it and
    the hash of the entry before, so that nothing can be changed, left out or put in afterwards; ``chain`` is the
    version of what it covers. ``late_reason`` is stated with an act that comes after its day. ``happened_at`` is the
    hour of the act where it is known, ``deputy_for`` and ``second_user`` who stood behind it, ``evidence`` the
    SHA-256 of files that came with it.
    """

    WITH_CIRCUMSTANCES: ClassVar[int] = 2

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    chart = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=12, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=50, blank=True)
    to_state = models.CharField(max_length=50, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.JSONField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    articles = ArrayField(models.PositiveSmallIntegerField(), default=list)
    cause = models.ForeignKey("self", models.PROTECT, null=True, related_name="consequences")
    chain = models.PositiveSmallIntegerField(default=WITH_CIRCUMSTANCES, db_default=1)
    regulation = models.CharField(max_length=20, blank=True, default="", db_default="")
    happened_at = models.DateTimeField(null=True)
    deputy_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence = ArrayField(models.CharField(max_length=64), default=list, db_default=[])
    late_reason = models.TextField(blank=True, default="", db_default="")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    # The matter and the declaration of its act, while what follows the entry is being done; not stored.
    matter: Any
    spec: Any
    issued: tuple[Any, ...] = ()
    """The papers that were issued with it, while what follows it is being done."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="entry_sequence_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at"]), models.Index(fields=["act"])]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.sequence} {self.act}"


class Evidence(models.Model):
    """A file that came with an act: added in its transaction, and for good like the entry, which carries its hash.

    ``about`` says what is known of how it was made: slot, place, source, orientation, camera.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="evidence")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    taken_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    about = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "stored", "kind"], name="evidence_once_per_entry"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> Words:
        """What kind of evidence it is."""
        return KINDS[self.kind].words

    @property
    def suffix(self) -> str:
        """What sort of file it is, for a list."""
        return SUFFIXES[self.stored.media_type].removeprefix(".").upper()
