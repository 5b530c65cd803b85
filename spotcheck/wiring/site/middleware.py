"""Around every answer: headers that keep a page to itself."""

import sys
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from spotcheck.network import patience

_Answer = Callable[[HttpRequest], HttpResponse]

# The tablet photographs and notes where it is; nothing of this site needs more.
_PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


_MEGABYTE: Final = 1024 * 1024
_WITH_FILES: Final = {"/p/": sys.maxsize, "/dossiers/": 60 * _MEGABYTE, "/uploads/": 9 * _MEGABYTE}
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
            return HttpResponse(_TOO_LARGE, content_type="text/plain; charset=utf-8", status=413)
        return self.get_response(request)


def _most_at(path: str) -> int:
    return next((most for place, most in _WITH_FILES.items() if path.startswith(place)), _WITHOUT_FILES)


class NoZeroBytes:
    """An address with a zero byte names nothing: no table can hold one."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)
