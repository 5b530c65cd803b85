"""The description of the addresses, for programs and for people. Public: it says nothing of any case."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from spotcheck.api import problems, schema

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page is drawn by a script that sets styles on what it draws; it loads its script from here and nowhere else."""


@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """All addresses (OpenAPI 3.1): as YAML where that is asked for, as JSON otherwise."""
    if request.GET.get("format") == "yaml":
        return HttpResponse(schema.text(), content_type="application/yaml; charset=utf-8")
    return JsonResponse(schema.document())


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    made = render(request, "api/docs.html")
    made.headers["Content-Security-Policy"] = POLICY
    return made


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What is asked for below ``/api/`` and is not there."""
    return problems.plain("not-found")
