"""Around every answer: headers that keep a page to itself."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse

from spotcheck.api import problems
from spotcheck.look.errors import in_maintenance
from spotcheck.network import patience
from spotcheck.wiring.operating import maintenance

_Answer = Callable[[HttpRequest], HttpResponse]

# The tablet photographs and notes where it is; nothing of this site needs more.
_PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


_ASKED_BY_MACHINES: Final = {"/livez", "/healthz", "/readyz", "/metrics"}
_READING: Final = {"GET", "HEAD", "OPTIONS"}
_ALWAYS_OPEN: Final = ("/login/", "/logout/", "/post/", "/i18n/", "/account/", "/drafts/", "/p/")
"""Where somebody comes in to read, goes out, and keeps what he has typed; and where a paper is compared."""
_MEGABYTE: Final = 1024 * 1024
_WITH_FILES: Final = {"/p/": sys.maxsize, "/dossiers/": 60 * _MEGABYTE, "/uploads/": 9 * _MEGABYTE,
                      "/api/v1/uploads": 9 * _MEGABYTE, "/api/v1/files": 9 * _MEGABYTE}  # fmt: skip
"""Where files are sent, and how many bytes with everything around them; the check of a paper says it itself."""
_WITHOUT_FILES: Final = _MEGABYTE
_TOO_LARGE: Final = "内容太大，没有接收。 / Too large: nothing was taken."


class Patience:
    """Give a request its patience: so long it waits for servers that say nothing, all together, and no longer."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with patience.of_a_request():
            return self.get_response(request)


class Maintenance:
    """Every page says what maintenance is announced; while it lasts nothing is recorded, and reading goes on."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path in _ASKED_BY_MACHINES:
            return self.get_response(request)
        now = datetime.now(UTC)
        with suppress(Error):  # whoever comes next finds out that the database is away
            request.maintenance = present = maintenance.present(now)
            if present and present.refuses(now) and request.method not in _READING and not _is_open(request.path):
                return in_maintenance(request, int((present.ends - now).total_seconds()) + 1)
        return self.get_response(request)


def _is_open(path: str) -> bool:
    return path.startswith(_ALWAYS_OPEN)


class SecurityHeaders:
    """Say what a page of ours may load and do. A view that needs another policy sets its own."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")  # what may be kept (assets) says so itself
        return response


class NoLargeBodies:
    """Refuse what no form of a page can be, by what it says of itself and before a byte of it is read."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > _most_at(request.path):
            if problems.is_for_programs(request):
                return problems.plain("too-large")
            return HttpResponse(_TOO_LARGE, content_type="text/plain; charset=utf-8", status=413)
        return self.get_response(request)


def _most_at(path: str) -> int:
    return next((most for place, most in _WITH_FILES.items() if path.startswith(place)), _WITHOUT_FILES)


class NoPlainPrograms:
    """Refuse a program that calls without TLS: being led on would hide that it has shown its token to everybody."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.HTTPS and problems.is_for_programs(request) and not request.is_secure():
            return problems.plain("not-secure")
        return self.get_response(request)


class NoZeroBytes:
    """An address with a zero byte names nothing: no table can hold one."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)
