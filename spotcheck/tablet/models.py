"""Tablets, the codes by which they are enrolled, and the tokens of the people who work on them."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Office, Post, User


class Device(models.Model):
    """A tablet of an office. It signs with a key that nobody can take out of it; ``public_jwk`` is the public half.

    ``unsent`` is what it said last of records that are not here yet. A revoked one is never taken again.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    inventory = models.CharField(_("资产编号"), max_length=60)
    public_jwk = models.JSONField()
    platform = models.CharField(max_length=60, blank=True)
    engine = models.CharField(max_length=60, blank=True)
    app = models.CharField(max_length=30, blank=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    unsent = models.PositiveIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "enrolled_at"])]

    def __str__(self) -> str:
        return f"{self.name}（{self.inventory}）"


class Enrolment(models.Model):
    """A code by which one tablet is enrolled once, within ten minutes; kept is its SHA-256."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    inventory = models.CharField(_("资产编号"), max_length=60)
    code_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    device = models.OneToOneField(Device, models.PROTECT, null=True, related_name="enrolment")

    def __str__(self) -> str:
        return f"{self.name} {self.made_at:%Y-%m-%d}"


class DeviceToken(models.Model):
    """A person signed in on a tablet, in one post: kept is the SHA-256 of a random token.

    It lasts thirty days from the last contact. That the person was signed in here stays on record when it has ended.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="tokens")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["device", "post"])]

    def __str__(self) -> str:
        return f"{self.device} {self.user}"


class DayPackage(models.Model):
    """What somebody took along on a tablet: ``parts`` are ``{"name", "sha256", "size", "type"}``."""

    id = models.CharField(max_length=64, primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="packages")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    parts = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["device", "-issued_at"])]

    def __str__(self) -> str:
        return self.id[:16]


class PackagePart(models.Model):
    """A part of packages, by its hash: whoever had a package with it may fetch it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class VisitLease(models.Model):
    """Which tablet leads a visit; another one takes it over when that one has let go of it."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dossier} {self.device}"


class EscrowKey(models.Model):
    """The bureau's key for which tablets wrap theirs besides the PIN; the newest is in force.

    Kept is the public half (RSA, 3072 bits). The private one lies in a file with whoever operates the machine, under a
    passphrase, and opens nothing but rescue files (``rescue.py``).
    """

    kid = models.CharField(max_length=64, unique=True)
    public_jwk = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.kid[:16]


class RescueConsent(models.Model):
    """An officer lets the rescue file of a tablet be taken in, for a reason; kept is the SHA-256 of the code.

    The code goes to whoever operates the machine and has the key: neither can take anything in alone.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="consents")
    code_sha256 = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.device} {self.made_at:%Y-%m-%d}"
