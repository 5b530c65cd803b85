"""导入 of master data and people, each kind for whoever keeps it, by the machine of every door."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.look import importing
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.models import Import

MOST_SHOWN = 50


@require_GET
@for_those("registers", "manages")
def listing(request: Any) -> HttpResponse:
    """What this post can import, and what its office has imported."""
    kinds = [kind for kind in KINDS.values() if kind.may(request.doer)]
    past = Import.objects.filter(by__office=request.desk_post.office, kind__in=[kind.name for kind in kinds])
    names = {kind.name: kind.words for kind in kinds}
    rows = [
        (names[row.kind], row)
        for row in past.select_related("by__user").defer("read", "looked").order_by("-begun_at")[:MOST_SHOWN]
    ]
    return draw(request, "imports.html", {"kinds": kinds, "rows": rows})


@require_http_methods(["GET", "POST"])
@for_those("registers", "manages")
def begin(request: Any, kind: str) -> HttpResponse:
    """Choose a sheet."""
    return importing.begin(request, kind, request.doer, DOOR)


@require_GET
@for_those("registers", "manages")
def template(request: Any, kind: str) -> HttpResponse:
    """An empty sheet of a kind."""
    return importing.template(kind, request.doer)


@require_http_methods(["GET", "POST"])
@for_those("registers", "manages")
def look(request: Any, key: str) -> HttpResponse:
    """What a sheet comes to."""
    return importing.look(request, key, request.doer, DOOR)


@require_GET
@for_those("registers", "manages")
def answered(request: Any, key: str) -> HttpResponse:
    """The sheet with what becomes of its lines."""
    return importing.answered(key, request.doer)


def _onward(_kind: str, _subject: Any) -> HttpResponse:
    return redirect("administration:imports")


DOOR = importing.Door("administration", draw, _onward)
