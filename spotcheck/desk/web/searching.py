"""The search page."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.casework import dossier_search
from spotcheck.casework.privacy import Sight
from spotcheck.desk.forms import SearchForm
from spotcheck.look.page import at_post, page


@require_GET
@at_post
def search(request: Any) -> HttpResponse:
    """Find dossiers; the address says everything, so it can be passed on."""
    actor = request.actor
    wanted = SearchForm(request.GET).wanted()
    context = {"wanted": wanted, "found": dossier_search.search(actor, wanted)}
    if request.htmx and not request.htmx.boosted:
        return page(request, "desk/parts/found.html", context)
    places = dossier_search.places(actor) if not Sight(actor).is_blind else []
    context["form"] = SearchForm(request.GET, products=dossier_search.product_kinds(actor), places=places)
    context["places"] = places
    return page(request, "desk/search.html", context)
