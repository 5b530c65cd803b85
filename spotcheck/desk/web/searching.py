"""The search page."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.casework import dossier_search
from spotcheck.casework.dossier_search import Wanted
from spotcheck.casework.privacy import Sight
from spotcheck.casework.stage import STAGES
from spotcheck.desk.web.page import at_post, page
from spotcheck.docket.models import Dossier


@require_GET
@at_post
def search(request: Any) -> HttpResponse:
    """Find dossiers; the address says everything, so it can be passed on."""
    actor = request.actor
    wanted = Wanted.read(request.GET)
    context = {"wanted": wanted, "found": dossier_search.search(actor, wanted)}
    if request.htmx and not request.htmx.boosted:
        return page(request, "desk/parts/found.html", context)
    context |= {
        "stages": list(STAGES.values()),
        "kinds": Dossier.Kind.choices,
        "products": dossier_search.product_kinds(actor),
        "places": dossier_search.places(actor) if not Sight(actor).is_blind else [],
    }
    return page(request, "desk/search.html", context)
