"""开始使用: what a new installation still needs; it goes away when everything is done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from spotcheck.administration import first_run
from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.parties.models import Office
from spotcheck.registers.first import confirm_step
from spotcheck.registers.standing import entitles


@require_http_methods(["GET", "POST"])
@for_those("registers")
def first(request: Any) -> HttpResponse:
    """The steps; each leads to its page where this post may open it, and names the command or whom to ask otherwise.

    What only a person can say, that data are right or that there is no mail here, is confirmed with a button.
    """
    if request.method == "POST":
        confirm_step(request.POST.get("what", ""), by=request.doer)
        return redirect("administration:first_run")
    found = list(first_run.steps())
    if all(step.is_done for step in found):
        return redirect("administration:offices")
    told = [(step, _address(request, step)) for step in found]
    done = sum(step.is_done for step in found)
    of_province = request.desk_post.office.kind == Office.Kind.PROVINCE
    context = {"steps": told, "done": done, "of": len(found), "confirms": of_province}
    return draw(request, "first_run.html", context)


def _address(request: Any, step: first_run.Step) -> str:
    return reverse(step.page) if step.page and entitles(request.desk_post, step.entitlement) else ""
