"""Sessions: they end when nobody is there, and after a day's work; and what has to be done before anything else.

An idle session of an officer ends after thirty minutes, of an administrator after fifteen, every one after eight hours
(``settings.SESSION_COOKIE_AGE``). Whoever has to set a password, or has to have a second factor and has none, is led
there and cannot leave but by signing out.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from structlog.contextvars import bind_contextvars

from spotcheck.docket import clock
from spotcheck.network.counting import address_of
from spotcheck.parties.models import Post, User
from spotcheck.signin import factors, hashing, limits

SEEN: Final = "seen"
"""Where the session keeps when its person was last there (seconds of the clock of this machine)."""
BEGAN: Final = "began"
"""Where it keeps when the person came in."""
OFFICER: Final = 30 * 60
ADMINISTRATOR: Final = 15 * 60
"""So many seconds a session may rest."""
_NOTED_EVERY: Final = 60
_LISTED_EVERY: Final = 5 * 60
ALWAYS_OPEN: Final = frozenset(
    {
        "account_logout", "set_language", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "sso_again", "openid_connect_login", "openid_connect_callback", "key_options",
        "session_rest", "session_stay", "sign_in_again", "sign_in_again_key",
    }
)  # fmt: skip
"""Addresses that whoever has something to do first may still ask for."""
FOR_A_PASSWORD: Final = frozenset({"account_change_password"})
FOR_A_FACTOR: Final = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    }
)  # fmt: skip


class Sessions:
    """The middleware: behind the one that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            bind_contextvars(account=request.user.pk)  # every line of this request says whose it was, by number
            if _is_over(request):
                request.session_is_over = True  # so the book says
                logout(request)
                return _told(self.get_response(request))
            if limits.asks_too_often(request.user):
                return limits.refused(request)
            request.rest = ADMINISTRATOR - _NOTED_EVERY
            if _name_of(request) != "session_rest":  # who only asks has done nothing
                note(request)
            first, request.is_led = to_do_first(request)
            if first is not None:
                return redirect(first)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """So many people check passwords that nobody's turn came."""
        if not isinstance(exception, hashing.Busy):
            return None
        response = render(request, "signin/busy.html", {"again": request.get_full_path()}, status=503)
        response.headers["Retry-After"] = "5"
        return response


def to_do_first(request: Any) -> tuple[str | None, bool]:
    """The address to which somebody is led before anything else (None: this one), and whether anybody is led at all."""
    user: User = request.user
    name = _name_of(request)
    if name is None or name in ALWAYS_OPEN:
        return None, False
    if user.must_change_password and user.has_usable_password():
        return None if name in FOR_A_PASSWORD else "account_change_password", True
    if factors.is_needed(user, address_of(request)) and not factors.has_one(user):
        return None if name in FOR_A_FACTOR else "mfa_index", True
    return None, False


def _told(response: HttpResponse) -> HttpResponse:
    """Have the entrance say that the session has ended, and why; where somebody wanted to go stays in the address."""
    for name in ("Location", "HX-Redirect"):
        if response.headers.get(name, "").startswith(f"{settings.LOGIN_URL}?"):
            response.headers[name] += "&ended=1"
    return response


def limit(user: User) -> int:
    """How many seconds a session of this person may rest."""
    posts = Post.objects.valid_on(clock.today()).filter(user=user, role=Post.Role.ADMINISTRATOR)
    return ADMINISTRATOR if posts.exists() else OFFICER


def _name_of(request: Any) -> str | None:
    """The name of the address asked for; None where there is no page."""
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None


def _is_over(request: Any) -> bool:
    seen = request.session.get(SEEN)
    now = time.time()
    if now - request.session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE:  # each save would let it begin anew
        return True
    idle = now - seen if seen is not None else 0
    return idle > ADMINISTRATOR and idle > limit(request.user)  # whose session it is, is asked of few


def left(request: Any) -> int:
    """How many seconds a session lasts if nobody does anything any more."""
    now = time.time()
    rests = limit(request.user) - (now - request.session.get(SEEN, now))
    lasts = settings.SESSION_COOKIE_AGE - (now - request.session.get(BEGAN, now))
    return max(0, int(min(rests, lasts)))


def note(request: Any) -> None:
    """Write down that somebody is there; not with every request, because each writes a row."""
    now = time.time()
    if now - request.session.get(SEEN, 0) < _NOTED_EVERY:
        return
    request.session.setdefault(BEGAN, now)
    request.session[SEEN] = now
    listed = UserSession.objects.filter(session_key=request.session.session_key)
    moment = clock.now()
    listed.filter(last_seen_at__lt=clock.later(moment, -_LISTED_EVERY)).update(last_seen_at=moment)
