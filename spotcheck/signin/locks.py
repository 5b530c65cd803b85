"""Wrong tries, of passwords and of codes alike: each stands in the book; ten in a day lock the account, whoever counts
elsewhere.

Five in five minutes are refused by the counters already (``settings.ACCOUNT_RATE_LIMITS``), which may be away; the book
is not.
"""

from typing import Final

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from spotcheck.docket import book, clock
from spotcheck.docket.models import Record
from spotcheck.docket.sessions import session
from spotcheck.network.counting import address_of
from spotcheck.parties.models import User
from spotcheck.signin import letters

MOST: Final = 10
DAY: Final = 24 * 60 * 60
_AFRESH: Final = ("sign_in.in", "people.unlock", "people.confirm", "sign_in.link_used", "sign_in.unlocked")
"""What a count begins after."""
_LONGEST: Final = 60
PASSWORD, CODE = "sign_in.failed", "sign_in.code_failed"
"""What was wrong, as the book calls it."""


def note_failure(request: HttpRequest | None, name: str, kind: str = PASSWORD) -> None:
    """Write a wrong try down, and lock the account with the tenth of a day."""
    where = address_of(request) if request is not None else ""
    with session():
        user = User.objects.select_for_update().filter(username__iexact=name).first()
        subject = user if user is not None else ("name", name[:_LONGEST])
        book.write(kind, by=None, user=None, subject=subject, address=where)
        if user is not None and user.is_active and failures(user) >= MOST:
            user.is_active = False
            user.save(update_fields=["is_active"])
            said = {"active": False}
            lock = book.write("sign_in.locked", by=None, user=None, subject=user, after=said, address=where)
            assert lock is not None, "only readings are passed over"
            letters.tell_of_lock(lock)


def failures(user: User) -> int:
    """The wrong tries of the last day since the account was last proved or opened."""
    lines = Record.objects.filter(subject_type="user", subject_id=str(user.pk), at__gt=clock.later(clock.now(), -DAY))
    fresh = lines.filter(kind__in=_AFRESH).order_by("-pk").values_list("pk", flat=True).first() or 0
    return lines.filter(kind__in=(PASSWORD, CODE), pk__gt=fresh).count()


def listen() -> None:
    """Hear of every wrong try, at whichever door."""
    user_login_failed.connect(_failed, dispatch_uid="spotcheck.signin.locks")
    authentication_failed.connect(_code_failed, dispatch_uid="spotcheck.signin.locks.code")


def _failed(sender: object, credentials: dict[str, str], request: HttpRequest | None = None, **_more: object) -> None:
    note_failure(request, str(credentials.get("username", "")))


def _code_failed(sender: object, request: HttpRequest | None, user: User, **_more: object) -> None:
    note_failure(request, user.username, CODE)
