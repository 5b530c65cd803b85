"""The search page."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.desk import finding
from spotcheck.desk.finding import Wanted
from spotcheck.desk.sight import Sight
from spotcheck.desk.web.page import at_post, page
from spotcheck.docket.models import Dossier
from spotcheck.docket.stage import STAGES


@require_GET
@at_post
def search(request: Any) -> HttpResponse:
    """Find dossiers; the address says everything, so it can be passed on."""
    actor = request.actor
    wanted = Wanted.read(request.GET)
    context = {"wanted": wanted, "found": finding.search(actor, wanted)}
    if request.htmx and not request.htmx.boosted:
        return page(request, "desk/parts/found.html", context)
    context |= {
        "stages": list(STAGES.values()),
        "kinds": Dossier.Kind.choices,
        "products": finding.product_kinds(actor),
        "places": finding.places(actor) if not Sight(actor).is_blind else [],
    }
    return page(request, "desk/search.html", context)
