"""开始使用: what a new installation still needs; it goes away when everything is done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from spotcheck.administration import first_run
from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.registers.standing import entitles


@require_GET
@for_those("registers")
def first(request: Any) -> HttpResponse:
    """The steps; each leads to its page where this post may open it, and names the command or whom to ask otherwise."""
    found = list(first_run.steps())
    if all(step.is_done for step in found):
        return redirect("administration:offices")
    told = [(step, _address(request, step)) for step in found]
    done = sum(step.is_done for step in found)
    return draw(request, "first_run.html", {"steps": told, "done": done, "of": len(found)})


def _address(request: Any, step: first_run.Step) -> str:
    return reverse(step.page) if step.page and entitles(request.desk_post, step.entitlement) else ""
