"""What the entrance writes into the book: who came in and went out, whose password or factor was changed."""

from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save  # noqa: TID251 -- allauth tells of it too late
from django.http import HttpRequest
from django.utils.translation import gettext as _

from spotcheck.docket import book, clock
from spotcheck.docket.models import Record
from spotcheck.docket.sessions import session
from spotcheck.network.counting import address_of
from spotcheck.parties.models import User
from spotcheck.registers.changed_rights import when_rights_change
from spotcheck.signin import locks, passwords, recent


def listen() -> None:
    """Hear of everything."""
    locks.listen()
    recent.listen()
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
    told = last_time(user)
    write("sign_in.in", user, request)
    if passwords.is_over(user) and not user.must_change_password:
        User.objects.filter(pk=user.pk).update(must_change_password=True)
        user.must_change_password = True
    if told and not getattr(request, "within_a_page", False):
        messages.info(request, told, fail_silently=True)


def _out(sender: object, request: HttpRequest, user: User | None, **_more: object) -> None:
    """Somebody has left, or has been away for so long that his session has ended."""
    if user is not None:
        has_ended = getattr(request, "session_is_over", False)
        write("sign_in.session_ended" if has_ended else "sign_in.out", user, request)


def last_time(user: User) -> str:
    """When and from where somebody came in under this name before, and how often it was tried since; empty if never."""
    lines = Record.objects.filter(subject_type="user", subject_id=str(user.pk))
    last = lines.filter(kind="sign_in.in").order_by("-pk").first()
    if last is None:
        return ""
    when = clock.local(last.at).strftime("%Y-%m-%d %H:%M")
    told = _("上次登录：%(when)s，来自 %(where)s。") % {"when": when, "where": last.address or _("未知地址")}
    wrong = lines.filter(kind="sign_in.failed", pk__gt=last.pk).count()
    return told + (_("此后有 %(count)d 次登录未成功。") % {"count": wrong} if wrong else "")


def _password(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    if user.must_change_password:
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        user.must_change_password = False
    write("sign_in.password", user, request)


def end_others(user: User, request: HttpRequest | None) -> None:
    """End every other session of a person whose password, factor or rights have changed, and say so in the book."""
    rows = UserSession.objects.filter(user=user)
    doer, where = None, ""
    if request is not None and request.user.is_authenticated:
        rows = rows.exclude(session_key=request.session.session_key)
        doer, where = request.user, address_of(request)
    others = list(rows)
    for one in others:
        one.end()
    write_ended(user, len(others), by=doer, where=where)


def write_ended(user: User, number: int, *, by: Any, where: str) -> None:
    """One line about so many sessions that somebody has ended."""
    if number:
        with session():
            said = {"sessions": number}
            book.write("sign_in.session_ended", by=None, user=by, subject=user, after=said, address=where)


@when_rights_change
def _rights_changed(user: User) -> None:
    end_others(user, getattr(context, "request", None))


def _factor_kept(sender: object, instance: Authenticator, created: bool, **_more: object) -> None:
    """In the transaction in which the factor is kept; allauth's own signal comes after it."""
    if created:
        _factor(instance, "added")


def _factor_gone(sender: object, instance: Authenticator, **_more: object) -> None:
    _factor(instance, "removed")


def _factor(authenticator: Authenticator, what: str) -> None:
    """One line by whoever did it; what others end besides, they write down themselves (resetting)."""
    request = getattr(context, "request", None)
    if request is not None and request.user.is_authenticated and request.user != authenticator.user:
        return
    write("sign_in.factor", authenticator.user, request, after={"kind": f"{authenticator.type} {what}"})
    if request is not None:
        end_others(authenticator.user, request)
