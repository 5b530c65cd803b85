"""Tablets: enrolled by a code that somebody makes at the desk, signed in on by people, revoked.

Who makes a code answers for the tablet: an officer for his own bureau, one of the province for every office, and in a
commissioned body whoever coordinates it. What happens to a device stands in the book.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from spotcheck.api import secret
from spotcheck.api.problems import Problem
from spotcheck.docket import book, clock, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Office, Post, User
from spotcheck.tablet.models import Device, DeviceToken, Enrolment

CODE_SECONDS: Final = 10 * 60
CODES_AN_HOUR: Final = 10
"""Codes that are made for one office within an hour."""
TOKEN_SECONDS: Final = 30 * 24 * 60 * 60
PREFIX: Final = "sft_"
_HOUR: Final = 60 * 60
_BYTES: Final = 32
_CODE_BYTES: Final = 16
WITH_SAMPLERS: Final = (*Office.BUREAUS, Office.Kind.SAMPLING_BODY, Office.Kind.LABORATORY)
"""The offices whose people sample: a bureau may do it itself, and a body may do both (Article 10)."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was just made; nobody sees it again."""

    enrolment: Enrolment
    text: str


def offices_for(post: Post) -> "QuerySet[Office]":
    """The offices whose tablets somebody enrols and revokes."""
    if post.office is None or post.role == Post.Role.ADMINISTRATOR:
        return Office.objects.none()
    if post.office.kind == Office.Kind.PROVINCE and post.role == Post.Role.OFFICER:
        return Office.objects.filter(kind__in=WITH_SAMPLERS)
    is_bureaus = post.office.is_bureau and post.role == Post.Role.OFFICER
    if is_bureaus or "coordinates" in post.entitlements:
        return Office.objects.filter(pk=post.office.pk)
    return Office.objects.none()


def of_offices(post: Post) -> "QuerySet[Device]":
    """The tablets that somebody looks after, those in use first."""
    rows = Device.objects.filter(office__in=offices_for(post)).select_related("office", "enrolled_by", "revoked_by")
    return rows.order_by("-revoked_at", "office__code", "name")


def make_code(office: Office, *, by: Post, name: str, inventory: str) -> Code:
    """Make a code for one tablet. Raises ``not-yours`` and ``too-often``."""
    with session():
        if not offices_for(by).filter(pk=office.pk).exists():
            raise Problem("not-yours")
        now = sessions.now()
        recent = Enrolment.objects.filter(office=office, made_at__gt=clock.later(now, -_HOUR)).count()
        if recent >= CODES_AN_HOUR:
            raise Problem("too-often", headers={"Retry-After": str(_HOUR)})
        text = secrets.token_urlsafe(_CODE_BYTES)
        made = Enrolment.objects.create(
            office=office,
            name=name.strip(),
            inventory=inventory.strip(),
            code_sha256=secret.digest(text),
            made_at=now,
            made_by=by.user,
            post=by,
            expires_at=clock.later(now, CODE_SECONDS),
        )
        said = {"office": office.code, "label": made.name, "code": made.inventory}
        book.write("device.code", by=by, user=by.user, subject=("device", made.inventory), after=said)
    return Code(made, text)


def enrol(code: str, public_key: Mapping[str, Any], **said: str) -> Device:
    """Enrol the tablet that has this key; the same code with the same key again is the same device.

    Raises ``code-used`` (410) for a code that was used by another one, is over, or was never made.
    """
    with session():
        rows = Enrolment.objects.select_for_update(of=("self",)).select_related("office", "device__office", "made_by")
        found = rows.filter(code_sha256=secret.digest(code)).first()
        if found is None:
            raise Problem("code-used")
        if found.device is not None:
            if found.device.public_jwk == dict(public_key) and found.device.revoked_at is None:
                return found.device
            raise Problem("code-used")
        now = sessions.now()
        if found.expires_at <= now:
            raise Problem("code-used")
        made = Device.objects.create(
            office=found.office,
            name=found.name,
            inventory=found.inventory,
            public_jwk=dict(public_key),
            enrolled_at=now,
            enrolled_by=found.made_by,
            seen_at=now,
            **said,
        )
        found.device = made
        found.save(update_fields=["device"])
        after = {"office": made.office.code, "label": made.name, "code": made.inventory}
        book.write("device.enrol", by=found.post, user=found.made_by, subject=made, after=after)
    return made


def sign_in(device: Device, post: Post) -> tuple[DeviceToken, str]:
    """Sign somebody in on a tablet of the office in which he has this post; another token of his there ends."""
    with session():
        now = sessions.now()
        before = DeviceToken.objects.filter(device=device, user=post.user, ended_at=None)
        before.update(ended_at=now)
        text = f"{PREFIX}{secrets.token_urlsafe(_BYTES)}"
        made = DeviceToken.objects.create(
            device=device,
            user=post.user,
            post=post,
            token_sha256=secret.digest(text),
            issued_at=now,
            expires_at=clock.later(now, TOKEN_SECONDS),
        )
        book.write("device.sign_in", by=post, user=post.user, subject=device, after={"code": device.inventory})
    return made, text


def sign_out(token: DeviceToken) -> None:
    """End a token."""
    with session():
        DeviceToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=sessions.now())
        book.write("device.sign_out", by=token.post, user=token.user, subject=token.device, after={})


def revoke(key: UUID, *, by: Post, reason: str) -> Device:
    """Revoke a tablet: from the next request on nothing of it is taken. Raises ``not-found``."""
    with session():
        rows = Device.objects.select_for_update(of=("self",)).filter(office__in=offices_for(by), revoked_at=None)
        found = rows.filter(pk=key).first()
        if found is None:
            raise Problem("not-found")
        found.revoked_at, found.revoked_by, found.reason = sessions.now(), by.user, reason.strip()[:200]
        found.save(update_fields=["revoked_at", "revoked_by", "reason"])
        DeviceToken.objects.filter(device=found, ended_at=None).update(ended_at=found.revoked_at)
        after = {"label": found.name, "code": found.inventory}
        book.write("device.revoke", by=by, user=by.user, subject=found, after=after, reason=found.reason)
    return found


def posts_that_sample(user: User, device: Device) -> list[Post]:
    """The posts of somebody in which he samples today for the office of a tablet."""
    rows = Post.objects.sampling_on(clock.today()).filter(user=user, office=device.office)
    return list(rows.select_related("office", "user").order_by("pk"))


def signed_in_on(device: Device) -> frozenset[int]:
    """The posts whose people were ever signed in on a tablet: only they stand behind an act of its logs."""
    return frozenset(DeviceToken.objects.filter(device=device).values_list("post_id", flat=True))
