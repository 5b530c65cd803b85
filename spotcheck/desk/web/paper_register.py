"""The register of papers."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from spotcheck.casework import paper_search
from spotcheck.casework.paper_search import WantedPapers
from spotcheck.desk.web.page import at_post, page
from spotcheck.notices.models import Paper


@require_GET
@at_post
def register(request: Any) -> HttpResponse:
    """Find papers of all dossiers in sight; the address says everything, so it can be passed on."""
    wanted = WantedPapers.read(request.GET)
    context = {"wanted": wanted, "found": paper_search.search(request.actor, wanted)}
    if request.htmx and not request.htmx.boosted:
        return page(request, "desk/parts/found_papers.html", context)
    context |= {
        "keys": paper_search.keys(),
        "statuses": Paper.Status.choices,
        "services": list(paper_search.SERVICE.items()),
        "issuers": paper_search.issuers(request.actor),
    }
    return page(request, "desk/papers.html", context)
