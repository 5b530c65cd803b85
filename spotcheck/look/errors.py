"""What is shown when something is not there, not allowed, broken, or silent. None of these pages asks the database."""

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils import translation

from spotcheck.api import problems
from spotcheck.files.storage import Away
from spotcheck.look.form_names import DRAWN_FOR, NOT_SENT_ON
from spotcheck.look.page import WORTH_SHOWING

SILENT: Final = (OperationalError, InterfaceError, Away)
"""What is raised when a server does not answer, or not in time."""
AGAIN_AFTER: Final = 15
"""Seconds after which it makes sense to ask again."""
SEEN: Final = "seen"
"""The input by which an act that is sent once more is recognised."""
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this is not for your post."""
    return render(request, "look/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing here, or nothing that you may see."""
    if problems.is_for_programs(request):
        return problems.plain("not-found")
    return render(request, "look/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, nothing was changed; 503 where a server did not answer."""
    if isinstance(sys.exc_info()[1], SILENT):
        return silent(request)
    if problems.is_for_programs(request):
        return problems.plain("broken")
    return render(request, "look/errors/500.html", status=500)


def in_maintenance(request: HttpRequest, seconds: int) -> HttpResponse:
    """503: nothing is recorded while the system is maintained; what was sent comes back to be sent afterwards."""
    return _later(request, seconds, is_maintenance=True)


def silent(request: HttpRequest) -> HttpResponse:
    """503: nothing is said to be done, and what was sent comes back, ready to be sent once more.

    A statement that was cut off is not done; of a COMMIT whose answer never came it is not known, and sending the same
    again finds out (``casework/doing.py``).
    """
    return _later(request, AGAIN_AFTER, is_maintenance=False)


def _later(request: HttpRequest, seconds: int, *, is_maintenance: bool) -> HttpResponse:
    if problems.is_for_programs(request):
        with translation.override(translation.get_language_from_request(request)):
            return problems.plain("maintenance" if is_maintenance else "silent", seconds=seconds)
    sent = _sent(request)
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "is_sent": request.method == "POST",
        "is_part": is_part,
        "is_maintenance": is_maintenance,
        "is_recognised": any(name == SEEN for name, _value in sent),
        "sent": sent,
        "written": [value for _name, value in sent if len(value.strip()) >= WORTH_SHOWING],
        "has_files": bool(sent and request.FILES),
    }
    with translation.override(translation.get_language_from_request(request)):
        answer = render(request, "look/parts/silent.html" if is_part else "look/errors/503.html", context, status=503)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from somewhere else. Whoever filled it in gets back to it, with what was typed."""
    back = request.get_full_path() if request.method == "POST" else ""
    return render(request, "look/errors/csrf.html", {"back": back}, status=403)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form of ours carried, but for passwords; nothing of a sign-in."""
    if request.method != "POST" or request.content_type not in _FORMS:
        return []
    try:
        lists = dict(request.POST.lists())
    except (UnreadablePostError, ValueError):
        return []
    if DRAWN_FOR not in lists:
        return []
    told = [name for name in lists if name not in NOT_SENT_ON - {DRAWN_FOR} and "password" not in name]
    return [(name, str(value)) for name in told for value in lists[name]]
