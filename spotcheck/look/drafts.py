"""The draft of a form while it is filled in: asked for, kept, ended."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from spotcheck.casework import drafts
from spotcheck.docket import clock
from spotcheck.look.page import at_post


@require_http_methods(["GET", "POST"])
@at_post
def draft(request: Any) -> HttpResponse:
    """What was typed into the form at an address: asked for, kept, or ended (``what=end``)."""
    request.is_a_draft = True  # and no form of which a draft is kept
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
    is_kept = drafts.keep(post, address, _fields(sent.get("fields", "")), sent.getlist("upload"))
    return HttpResponse(status=204 if is_kept else 400)


def _fields(text: str) -> dict[str, list[str]]:
    """The fields as the browser's script sends them; nothing where it is no such thing."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: values for name, values in said.items() if isinstance(values, list)}
