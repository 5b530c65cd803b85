"""Drafts: kept while a form is filled in, kept when it did not get through, ended when it did."""

import json
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.db import Error
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from spotcheck.casework import drafts
from spotcheck.docket import clock
from spotcheck.look import page

SENT: Final = "sent_form"
"""The cookie that tells the browser's own copy that the form got through."""
REMEMBERED: Final = 300
"""Seconds for which it does."""
_NO_TEXT: Final = frozenset({"csrfmiddlewaretoken", "seen", "what", "drop", "upload"})
_REFUSED: Final = 400


@require_http_methods(["GET", "POST"])
@page.at_post
def draft(request: Any) -> HttpResponse:
    """What was typed into the form at an address: asked for, kept, or ended (``what=end``)."""
    sent = request.POST if request.method == "POST" else request.GET
    address, post = sent.get("address", ""), request.desk_post
    if request.method == "GET":
        found = drafts.of(post, address)
        if found is None:
            return HttpResponse(status=204)
        day = clock.today_of(found.changed_at).isoformat()
        return JsonResponse({"fields": found.fields, "uploads": found.upload_ids, "day": day})
    if sent.get("what") == "end":
        drafts.end(post, address)
        return HttpResponse(status=204)
    is_kept = drafts.keep(post, address, _fields(sent.get("fields", "")), _uploads(sent))
    return HttpResponse(status=204 if is_kept else 400)


def after(request: Any, response: HttpResponse) -> None:
    """What becomes of the draft of a form that was sent: it ends when it got through, and is kept when it did not."""
    if not _is_form(request):
        return
    if response.status_code >= _REFUSED:
        keep(request)
    elif "HX-Redirect" in response.headers or "Location" in response.headers:
        address = request.get_full_path()
        drafts.end(request.desk_post, address)
        response.set_cookie(
            SENT, quote(address, safe=""), max_age=REMEMBERED, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def keep(request: Any) -> None:
    """Keep what was sent; whatever went wrong, this must not make it worse."""
    if not _is_form(request):
        return
    said = {name: values for name, values in request.POST.lists() if name not in _NO_TEXT | page.NOT_SENT_ON}
    what = request.POST.get("what", "")
    with suppress(Error):
        address = request.get_full_path() + (f"#{what}" if what else "")
        drafts.keep(request.desk_post, address, said, _uploads(request.POST))


def _is_form(request: Any) -> bool:
    is_drawn = request.method == "POST" and page.DRAWN_FOR in request.POST
    return is_drawn and request.resolver_match.func is not draft


def _uploads(sent: Any) -> list[str]:
    return list(sent.getlist("upload"))


def _fields(text: str) -> dict[str, list[str]]:
    """The fields as the browser's script sends them; nothing where it is no such thing."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: values for name, values in said.items() if isinstance(values, list)}
