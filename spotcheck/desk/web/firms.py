"""The page of a firm, and the list of those under a ban; for bureaus, which follow up what was found with them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.casework import dossier_search, firms, papers
from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.paging import Turn
from spotcheck.casework.privacy import Sight
from spotcheck.look.page import at_post, page
from spotcheck.rules import folding

MOST_TYPED = 200
"""So many characters of a search box are looked at."""


@require_GET
@at_post
def firm(request: Any, code: str) -> HttpResponse:
    """What the dossiers in sight tell of a firm: its checks, papers, bans and leads, its names and addresses."""
    sight = _sight(request)
    found = firms.in_sight(request.actor, folding.number(code).upper())
    if found is None:
        raise Http404
    wanted = Wanted(firm=found.credit_code, turn=Turn.read(request.GET))
    rows = papers.with_recipients(firms.papers_to(request.actor, found))[: firms.MOST_PAPERS]
    context = {
        "firm": found,
        "former": found.former_names.order_by("-until"),
        "standing": firms.standing(request.actor, found),
        "papers": papers.lines(list(rows), sight),
        "found": dossier_search.search(request.actor, wanted),
    }
    return page(request, "desk/firm.html", context)


@require_GET
@at_post
def banned(request: Any) -> HttpResponse:
    """The firms under a ban."""
    _sight(request)
    words = request.GET.get("q", "")[:MOST_TYPED]
    found = firms.banned(request.actor, words, Turn.read(request.GET))
    return page(request, "desk/banned_firms.html", {"found": found, "words": words})


def _sight(request: Any) -> Sight:
    sight = Sight(request.actor)
    if not sight.asks_of_others:
        raise PermissionDenied
    return sight
