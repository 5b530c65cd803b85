"""The first page: what waits for somebody."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.docket import clock
from spotcheck.parties.models import Absence
from spotcheck.registers import people, proposals, rights
from spotcheck.registers.standing import entitles, offices_of
from spotcheck.rules.entitlements import DUTIES

_SHOWN: Final = 20


@require_GET
@for_those(*DUTIES)
def start(request: Any) -> HttpResponse:
    """What waits; whoever only audits begins with the book."""
    if entitles(request.desk_post, "registers") and not entitles(request.desk_post, "manages"):
        return redirect("administration:first_run")
    if not entitles(request.desk_post, "manages"):
        names = {"audits": "administration:book", "operates": "operating"}
        return redirect(next(to for name, to in names.items() if entitles(request.desk_post, name)))
    day = clock.today()
    offices = offices_of(request.doer)
    context = {
        "waiting": proposals.open_for(request.doer).count(),
        "to_review": len(rights.to_review(offices, day)),
        "unused": rights.unused(day).filter(posts__office__in=offices).distinct().count(),
        "locked": people.locked_by_tries(request.doer)[:_SHOWN],
        "away": Absence.objects.filter(post__office__in=offices, first_day__lte=day, last_day__gte=day).count(),
    }
    return draw(request, "start.html", context)
