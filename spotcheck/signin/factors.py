"""Second factors: who needs one, and how their secrets lie in the database.

Obligatory for whoever administers, works for the province, signs, works in an office that has chosen so, or comes from
outside the network of the offices (``SPOTCHECK_INSIDE``); nobody needs one in the demonstration.
"""

import base64
import ipaddress
import os
from datetime import date
from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from spotcheck.docket import clock
from spotcheck.parties.models import Office, Post, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MARK: Final = "s1:"
_NONCE: Final = 12


def is_needed(user: User, address: str) -> bool:
    """Whether this person cannot go on without a second factor."""
    if settings.DEMO:
        return False
    posts = list(Post.objects.valid_on(clock.today()).filter(user=user).select_related("office"))
    return any(map(_obliges, posts)) or (bool(posts) and _is_outside(address))


def has_one(user: User) -> bool:
    """Whether the person has one."""
    return bool(is_mfa_enabled(user))


def without(day: date) -> "QuerySet[User]":
    """Who has to have a second factor by his posts on this day, and has none."""
    of_office = Q(office__kind=Office.Kind.PROVINCE) | Q(office__needs_factor=True)
    by_post = Q(role=Post.Role.ADMINISTRATOR) | Q(entitlements__contains=["sign"])
    posts = Post.objects.valid_on(day).filter(of_office | by_post)
    having = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user")
    return User.objects.filter(is_active=True, posts__in=posts).exclude(pk__in=having).distinct()


def can_have_keys(request: HttpRequest) -> bool:
    """Whether passkeys can be offered: they belong to a name, and a site that is reached by its number has none."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return can_hold_keys(host.strip("[]"), is_secure=request.is_secure())


def can_hold_keys(host: str, *, is_secure: bool) -> bool:
    """Whether passkeys can belong to a host: one with a name, reached by HTTPS or on this machine."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and (is_secure or host == "localhost")
    return False


def _obliges(post: Post) -> bool:
    of_office = post.office is not None and (post.office.kind == Office.Kind.PROVINCE or post.office.needs_factor)
    return of_office or post.role == Post.Role.ADMINISTRATOR or "sign" in post.entitlements


def _is_outside(address: str) -> bool:
    """Whether somebody comes from elsewhere than the networks of the offices; where none are named nobody does."""
    inside = settings.INSIDE
    if not inside:
        return False
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        return True
    return not any(here in ipaddress.ip_network(network, strict=False) for network in inside)


def encrypt(text: str) -> str:
    """Encrypt a secret (AES-GCM, a key derived from ``SECRET_KEY``)."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), None)
    return _MARK + base64.b64encode(sealed).decode()


def decrypt(text: str) -> str:
    """Read a secret with the present key, or with one that it replaced; raises ``InvalidTag`` when none fits."""
    if not text.startswith(_MARK):
        return text
    sealed = base64.b64decode(text.removeprefix(_MARK))
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(secret)).decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
        except InvalidTag:
            continue
    raise InvalidTag


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"spotcheck second factors").derive(secret.encode())
