"""Who calls from a tablet: the device that has signed, and the person who is signed in on it. Nothing is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from spotcheck.api import secret
from spotcheck.api.problems import Problem
from spotcheck.docket import clock
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Office, Post
from spotcheck.tablet import proofs
from spotcheck.tablet.devices import TOKEN_SECONDS
from spotcheck.tablet.models import Device, DeviceToken

DEVICE: Final = "Device"
"""The header that names the device."""
_BEARER: Final = "Bearer "
_NOTED_EVERY: Final = 60
"""Seconds after which a contact is written down again."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody signed in on a tablet, at a moment."""

    token: DeviceToken
    now: datetime

    @property
    def device(self) -> Device:
        """The tablet."""
        return self.token.device

    @property
    def post(self) -> Post:
        """The post in which he is signed in."""
        return self.token.post

    @property
    def office(self) -> Office:
        """His office."""
        assert self.token.post.office is not None
        return self.token.post.office

    @property
    def actor(self) -> Actor:
        """Who he is in that post."""
        return of_post(self.token.post)

    @property
    def today(self) -> date:
        """The local day."""
        return clock.today_of(self.now)

    @property
    def owner(self) -> str:
        """Whose files on their way are."""
        return owner_of(self.device)

    def is_in_post(self) -> bool:
        """Whether the post is held today and the account is open; what happened before is taken all the same."""
        post = self.post
        return post.user.is_active and post.since <= self.today and (post.until is None or self.today <= post.until)


def owner_of(device: Device) -> str:
    """Whose the files are that a tablet sends."""
    return f"device:{device.pk}"


def device_of(request: HttpRequest) -> Device:
    """The tablet that a request names. Raises ``unauthenticated`` and ``device-revoked``."""
    try:
        key = UUID(request.headers.get(DEVICE, ""))
    except ValueError:
        raise Problem("unauthenticated") from None
    found = Device.objects.select_related("office").filter(pk=key).first()
    if found is None:
        raise Problem("unauthenticated")
    if found.revoked_at is not None:
        raise Problem("device-revoked")
    return found


def holder_of(request: HttpRequest) -> Holder:
    """Who calls. Raises ``unauthenticated`` (whatever is wrong with the token) and ``device-revoked``."""
    device = device_of(request)
    header = request.headers.get("Authorization", "")
    if not header.startswith(_BEARER):
        raise Problem("unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="field"'})
    now = clock.now()
    rows = DeviceToken.objects.select_related("device__office", "post__office", "post__user", "user")
    found = rows.filter(
        token_sha256=secret.digest(header.removeprefix(_BEARER)), device=device, ended_at=None, expires_at__gt=now
    ).first()
    if found is None:
        raise Problem("unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="field", error="invalid_token"'})
    _note_contact(found, now)
    return Holder(found, now)


def prove(request: HttpRequest, key: Mapping[str, str], body: bytes) -> None:
    """Hold a request to the signature of the device. Raises ``proof-wrong`` and ``proof-stale``."""
    proof = proofs.read(request.headers.get(proofs.HEADER, ""))
    now = clock.now()
    if proof is None:
        raise Problem("proof-wrong")
    text = proofs.signed_text(str(request.method), request.get_full_path(), body, proof.at)
    if not proofs.proves(key, proof, text):
        raise Problem("proof-wrong")
    if abs((proof.moment - now).total_seconds()) > proofs.APART_SECONDS:
        raise Problem("proof-stale", server_time=clock.local(now).isoformat())


def _note_contact(token: DeviceToken, now: datetime) -> None:
    """Write down that a tablet was in contact, and let its token slide; once a minute."""
    seen = token.device.seen_at
    if seen is not None and (now - seen).total_seconds() < _NOTED_EVERY:
        return
    Device.objects.filter(pk=token.device_id).update(seen_at=now)
    DeviceToken.objects.filter(pk=token.pk).update(expires_at=clock.later(now, TOKEN_SECONDS))
