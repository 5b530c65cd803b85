"""One-time links: one person, a day, one use. What is kept is the hash; the secret is seen once, by whoever issues it.

The link goes from hand to hand, or by the terminal, and never into a log. It opens the page on which a password is set,
or, for somebody who comes through the single sign-on only, proves once who he is; neither locks nor second factors are
touched by it.
"""

import secrets
from hashlib import sha256
from typing import Final

from django.conf import settings

from spotcheck.docket import book, clock, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import User
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import OneTimeLink
from spotcheck.registers.refusals import NotDone, refuse_if

SECONDS: Final = 24 * 60 * 60
PAGE: Final = "/account/link/"
"""Where the page of the sign-in stands on which a link is used."""


def issue(user: User, *, by: Doer) -> str:
    """Issue a link to a person, and return its secret; a link that is still open ends with it."""
    with session():
        held = User.objects.select_for_update().get(pk=user.pk)
        standing.let_manage(by, held)
        refuse_if(sso_only=held.sso_only and settings.SSO is None, has_left=held.left_on is not None)
        secret, link = make(held)
        book.write(
            "people.link",
            by=by.post,
            user=by.user,
            subject=held,
            after={"expires": link.expires_at},
            address=by.place,
        )
    return secret


def make(user: User) -> tuple[str, OneTimeLink]:
    """Make the link itself, for a caller that writes the line of the book."""
    now = sessions.now()
    OneTimeLink.objects.filter(user=user, ended_at=None).update(ended_at=now)
    secret = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        user=user, secret_sha256=_hash(secret), issued_at=now, expires_at=clock.later(now, SECONDS)
    )
    return secret, link


def look(secret: str) -> User:
    """Whose link this is, if it can still be used; raises :class:`NotDone`."""
    return _open(secret).user


def use(secret: str, *, address: str = "") -> User:
    """Use a link up, in the transaction in which the password is set; raises :class:`NotDone`."""
    with session():
        link = _open(secret, held=True)
        link.ended_at = sessions.now()
        link.save(update_fields=["ended_at"])
        book.write("sign_in.link_used", by=None, user=link.user, subject=link.user, address=address)
    return link.user


def _open(secret: str, *, held: bool = False) -> OneTimeLink:
    rows = OneTimeLink.objects.select_related("user")
    rows = rows.select_for_update(of=("self",)) if held else rows
    link = rows.filter(secret_sha256=_hash(secret), ended_at=None, expires_at__gt=sessions.now()).first()
    if link is None or (link.user.sso_only and settings.SSO is None) or link.user.left_on is not None:
        raise NotDone("link")
    return link


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def address_of(secret: str) -> str:
    """The address of the page on which the password is set."""
    return f"{settings.SITE_URL}{PAGE}{secret}/"
