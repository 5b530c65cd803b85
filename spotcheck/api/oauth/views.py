"""Asking for a token, giving it back, and what this server can do. Bodies and errors are those of RFC 6749."""

import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from oauth2_provider.oauth2_backends import get_oauthlib_core

from spotcheck.api import limits, problems
from spotcheck.api.credentials import KEYS
from spotcheck.api.oauth import assertions, validator
from spotcheck.api.scopes import SCOPES
from spotcheck.network.counting import address_of

_FORM: Final = "application/x-www-form-urlencoded"
_BASIC: Final = "Basic "


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a token to a program that proves itself."""
    if (refused := _refused(request)) is not None:
        return refused
    _url, headers, body, status = get_oauthlib_core().create_token_response(_told(request))
    return _answer(headers, body, status)


@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take a token back (RFC 7009); one that is none is taken back as well."""
    if (refused := _refused(request)) is not None:
        return refused
    _url, headers, body, status = get_oauthlib_core().create_revocation_response(_told(request))
    return _answer(headers, body, status)


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What this server can do (RFC 8414)."""
    here = settings.SITE_URL
    ways = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
    said = {
        "issuer": here,
        "token_endpoint": assertions.audience(),
        "revocation_endpoint": f"{here}/api/v1/oauth/revoke",
        "scopes_supported": list(SCOPES),
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ways,
        "token_endpoint_auth_signing_alg_values_supported": sorted(KEYS.values()),
        "revocation_endpoint_auth_methods_supported": ways,
        "revocation_endpoint_auth_signing_alg_values_supported": sorted(KEYS.values()),
        "service_documentation": f"{here}/api/v1/docs",
    }
    return JsonResponse(said)


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The answer to what is not even looked at: another form, or too many tries."""
    if request.content_type != _FORM:
        return JsonResponse({"error": "invalid_request", "error_description": f"send {_FORM}"}, status=400)
    address, client = address_of(request), _client(request)
    if validator.is_locked_out(client, address):
        return problems.plain("too-often", seconds=validator.SECONDS)
    if (seconds := limits.tokens(client or address)) > 0:
        return problems.plain("too-often", seconds=seconds)
    return None


def _client(request: HttpRequest) -> str:
    """Whom a request says that it is from."""
    header = str(request.META.get("HTTP_AUTHORIZATION", ""))
    if header.startswith(_BASIC):
        return validator.client_of(header.removeprefix(_BASIC))
    if assertion := request.POST.get("client_assertion"):
        return assertions.claimed_by(assertion)
    return str(request.POST.get("client_id", ""))


def _told(request: HttpRequest) -> HttpRequest:
    """The request, which says from where it comes: only we know which of its headers to believe."""
    request.META["spotcheck.address"] = address_of(request)
    return request


def _answer(headers: dict[str, str], body: Any, status: int) -> HttpResponse:
    made = HttpResponse(body or json.dumps({}), status=status, content_type="application/json")
    for name, value in headers.items():
        made.headers[name] = value
    return made
