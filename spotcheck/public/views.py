"""The page behind the code on a paper, and the check of a file."""

from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spotcheck.network.counting import address_of, is_beyond
from spotcheck.notices.models import Paper
from spotcheck.notices.production import grouped
from spotcheck.rules import folding

ALLOWED: Final = 300
UNKNOWN: Final = 30
"""So many codes a minute may one address ask for (a bureau is one), and so many of them that are none."""
SECONDS: Final = 60
LARGEST: Final = 30 * 1024 * 1024
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""What people read for what was printed."""


@require_http_methods(["GET", "HEAD"])
@never_cache
def entrance(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a paper."""
    code = normal(request.GET.get("code", ""))
    return paper(request, code) if code else render(request, "public/verify.html")


@require_safe
@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is known of a paper: number, issuer, date, hash, whether it holds. Nothing else."""
    if _is_too_often(request):
        return _too_often(request)
    found = _found(code)
    if found is None and _is_guessing(request):
        return _too_often(request)
    return _page(request, found, code)


@csrf_exempt  # nothing is changed; and so the upload is not read before we know that we want it
@require_POST
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Compare an uploaded file with the stored one, byte for byte."""
    if _is_too_often(request):
        return _too_often(request)
    found = _found(code)
    if found is None:
        return _too_often(request) if _is_guessing(request) else _page(request, found, code)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _page(request, found, code, verdict="large")
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, found, code)
    digest = sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    if not found.sha256:
        return _page(request, found, code, verdict="not_yet")
    return _page(request, found, code, verdict="same" if digest.hexdigest() == found.sha256 else "other")


def normal(code: str) -> str:
    """A code as it was typed, as it is stored."""
    return folding.code(code).translate(MISREAD)


def _is_too_often(request: HttpRequest) -> bool:
    return is_beyond(f"public:{address_of(request)}", allowed=ALLOWED, seconds=SECONDS)


def _is_guessing(request: HttpRequest) -> bool:
    return is_beyond(f"unknown:{address_of(request)}", allowed=UNKNOWN, seconds=SECONDS)


def _found(code: str) -> Paper | None:
    return Paper.objects.select_related("issuer").filter(code=normal(code)).first()


def _page(request: HttpRequest, found: Paper | None, code: str, verdict: str = "") -> HttpResponse:
    context = {"paper": found, "code": grouped(normal(code)[:40]), "verdict": verdict, "asked": True}
    return render(request, "public/verify.html", context, status=200 if found else 404)


def _too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "public/verify.html", {"too_often": True}, status=429)
    response["Retry-After"] = str(SECONDS)
    return response
