"""The register of papers."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.casework import paper_search
from spotcheck.casework.privacy import Sight
from spotcheck.desk.forms import PapersForm
from spotcheck.look.page import at_post, page


@require_GET
@at_post
def register(request: Any) -> HttpResponse:
    """Find papers of all dossiers in sight; the address says everything, so it can be passed on."""
    wanted = PapersForm(request.GET).wanted()
    context = {"wanted": wanted, "found": paper_search.search(request.actor, wanted)}
    if request.htmx and not request.htmx.boosted:
        return page(request, "desk/parts/found_papers.html", context)
    issuers = paper_search.issuers(request.actor)
    serves = Sight(request.actor).is_bureau and not request.actor.administers
    context |= {"form": PapersForm(request.GET, issuers=issuers), "issuers": issuers, "serves": serves}
    return page(request, "desk/papers.html", context)
