"""What the entrance writes into the book: who came in and went out, whose password or factor was changed."""

from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save  # noqa: TID251 -- allauth tells of it too late
from django.http import HttpRequest

from spotcheck.docket import book
from spotcheck.docket.sessions import session
from spotcheck.network.counting import address_of
from spotcheck.parties.models import User
from spotcheck.signin import locks


def listen() -> None:
    """Hear of everything."""
    locks.listen()
    user_logged_in.connect(_in, dispatch_uid="spotcheck.signin.in")
    user_logged_out.connect(_out, dispatch_uid="spotcheck.signin.out")
    for signal in (password_changed, password_set):
        signal.connect(_password, dispatch_uid=f"spotcheck.signin.password.{id(signal)}")
    post_save.connect(_factor_kept, sender=Authenticator, dispatch_uid="spotcheck.signin.factor.kept")
    post_delete.connect(_factor_gone, sender=Authenticator, dispatch_uid="spotcheck.signin.factor.gone")


def write(kind: str, user: User, request: HttpRequest | None, **said: Any) -> None:
    """One line about a person's own account, by that person."""
    with session():
        where = address_of(request) if request is not None else ""
        book.write(kind, by=None, user=user, subject=user, address=where, **said)


def _in(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    write("sign_in.in", user, request)


def _out(sender: object, request: HttpRequest, user: User | None, **_more: object) -> None:
    if user is not None:
        write("sign_in.out", user, request)


def _password(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    if user.must_change_password:
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        user.must_change_password = False
    write("sign_in.password", user, request)


def end_others(user: User, request: HttpRequest) -> None:
    """End every other session of a person whose password, factor or rights have changed."""
    for one in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        one.end()


def _factor_kept(sender: object, instance: Authenticator, created: bool, **_more: object) -> None:
    """In the transaction in which the factor is kept; allauth's own signal comes after it."""
    if created:
        _factor(instance, "added")


def _factor_gone(sender: object, instance: Authenticator, **_more: object) -> None:
    _factor(instance, "removed")


def _factor(authenticator: Authenticator, what: str) -> None:
    request = getattr(context, "request", None)
    write("sign_in.factor", authenticator.user, request, after={"kind": f"{authenticator.type} {what}"})
    if request is not None:
        end_others(authenticator.user, request)
