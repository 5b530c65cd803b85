"""The files that came with acts: opened, taken away, and their small pictures."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_GET

from spotcheck.casework import evidence
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.noting import note
from spotcheck.desk.web.uploads import answer
from spotcheck.docket.models import Evidence
from spotcheck.files import storage
from spotcheck.files.checks.content import JPEG, PDF, PNG, SUFFIXES, WEBP
from spotcheck.look.page import at_post

SHOWN: Final = frozenset({PDF, JPEG, PNG, WEBP})
"""Types that a browser shows by itself; the others are taken away."""


@require_GET
@at_post
def file(request: Any, number: str, key: int) -> HttpResponse:
    """A file exactly as it was handed in; ``?download`` takes it away."""
    found = _evidence(request, number, key)
    note(request, "read.evidence", found.dossier, found)
    stored = found.stored
    suffix = SUFFIXES[stored.media_type]
    name = found.name if found.name.lower().endswith((suffix, ".jpeg")) else f"{found.name}{suffix}"
    how = "inline" if stored.media_type in SHOWN and "download" not in request.GET else "attachment"
    content = storage.opened(stored.file, stored.sha256)
    return answer(content, stored.media_type, f"{how}; filename*=UTF-8''{escape_uri_path(name)}")


@require_GET
@at_post
def thumbnail(request: Any, number: str, key: int) -> HttpResponse:
    """The small picture of a file, which shows what the file shows."""
    found = _evidence(request, number, key)
    stored = found.stored
    if not stored.thumb_file:
        raise Http404
    note(request, "read.evidence", found.dossier, found)
    return HttpResponse(storage.read(stored.thumb_file, stored.thumb_sha256), content_type="image/jpeg")


def _evidence(request: Any, number: str, key: int) -> Evidence:
    """A file of a dossier that this actor may open."""
    dossier = in_sight(request.actor, number)
    found = get_object_or_404(evidence.visible(dossier, Sight(request.actor)), pk=key)
    if found.stored.is_gone:
        raise Http404
    return found
