"""导入 at the desk: rules of detail, letters, old cases, by the machine of every door (``look/importing.py``)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import mail_sheets
from spotcheck.look import importing
from spotcheck.look.page import at_post, page
from spotcheck.network.counting import address_of
from spotcheck.planning.models import DetailRule
from spotcheck.registers.doer import Doer


@require_http_methods(["GET", "POST"])
@at_post
def begin(request: Any, kind: str) -> HttpResponse:
    """Choose a sheet."""
    return importing.begin(request, kind, _by(request), DOOR)


@require_GET
@at_post
def template(request: Any, kind: str) -> HttpResponse:
    """An empty sheet of a kind."""
    return importing.template(kind, _by(request))


@require_http_methods(["GET", "POST"])
@at_post
def look(request: Any, key: str) -> HttpResponse:
    """What a sheet comes to."""
    return importing.look(request, key, _by(request), DOOR)


@require_GET
@at_post
def answered(request: Any, key: str) -> HttpResponse:
    """The sheet with what becomes of its lines."""
    return importing.answered(key, _by(request))


def _draw(request: Any, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return page(request, f"desk/{template}", context, status=status)


def _onward(kind: str, subject: Any) -> HttpResponse:
    """Where somebody looks at what was taken."""
    if isinstance(subject, DetailRule):
        return redirect("desk:detail_rule", key=subject.pk)
    return redirect("desk:papers" if kind == mail_sheets.KIND else "desk:old_cases")


DOOR = importing.Door("desk", _draw, _onward)


def _by(request: Any) -> Doer:
    return Doer(post=request.desk_post, address=address_of(request))
