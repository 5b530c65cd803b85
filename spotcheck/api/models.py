"""What the programs' door keeps: credentials, answers under their keys, refused requests, assertions that were used."""

from datetime import date
from ipaddress import ip_address, ip_network
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from spotcheck.docket.models import Entry
from spotcheck.parties.models import Office, User


class Credential(AbstractApplication):
    """A secret or a key by which a program of an office gets tokens; never changed, only revoked.

    ``client_secret`` is a SHA-256 of a random secret, or empty where the program proves itself by the key of
    ``public_jwk`` (RFC 7523). It may call from ``networks`` (none: from anywhere), until ``expires_on`` is over.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    user = None  # nobody's: it is the office's
    label = models.CharField(_("用途"), max_length=60)
    scopes = models.JSONField()
    networks = models.JSONField(default=list, db_default=[])
    expires_on = models.DateField(_("有效期至"))
    public_jwk = models.JSONField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "-id"])]

    def __str__(self) -> str:
        return f"{self.label} ({self.client_id})"

    def is_live(self, day: date) -> bool:
        """Whether it may be used on a day, wherever from."""
        ended = self.office.until is not None and self.office.until < day
        return self.revoked_at is None and day <= self.expires_on and not ended

    def may_call_from(self, address: str) -> bool:
        """Whether it may be used from an address."""
        if not self.networks:
            return True
        try:
            here = ip_address(address)
        except ValueError:
            return False
        return any(here in ip_network(network) for network in self.networks)

    def is_usable(self, request: Any) -> bool:
        """What the toolkit asks before a token is given: the day is asked by our validator."""
        return self.revoked_at is None


class KeptAnswer(models.Model):
    """The answer to a request that did something, given again under the same key: the thing is done once.

    ``scope`` names the office or the device whose keys they are, ``fingerprint`` is a SHA-256 of what was sent.
    """

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="answer_once_under_a_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class RefusedRequest(models.Model):
    """A request of a program that was refused, for those who help it: forgotten after ninety days."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    route = models.CharField(max_length=200)
    named = models.CharField(max_length=80, blank=True, db_default="")
    """What its address named: mostly the code of a sample, as it was typed."""
    type = models.CharField(max_length=60)
    status = models.PositiveSmallIntegerField()
    articles = models.JSONField(default=list)
    detail = models.CharField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64)
    head = models.BinaryField(max_length=2048)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "-id"])]

    def __str__(self) -> str:
        return f"{self.type} {self.route}"


class UsedAssertion(models.Model):
    """An assertion by which a program proved itself (RFC 7523), so that nobody uses it once more."""

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    jti_sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["credential", "jti_sha256"], name="assertion_used_once")
        ]

    def __str__(self) -> str:
        return self.jti_sha256
