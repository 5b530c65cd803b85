"""The register of papers: on screen, and as a sheet to take along."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.casework import paper_columns, paper_search
from spotcheck.casework.privacy import Sight
from spotcheck.desk.list_forms import PapersForm
from spotcheck.desk.web import listing
from spotcheck.look.page import at_post, page


@require_GET
@at_post
def register(request: Any) -> HttpResponse:
    """Find papers of all dossiers in sight; the address says everything, so it can be passed on."""
    is_part = request.htmx and not request.htmx.boosted
    form = PapersForm(request.GET) if is_part else _whole_form(request)
    wanted = form.wanted()
    context = {
        "wanted": wanted,
        "found": paper_search.search(request.actor, wanted),
        "form": form,
        "serves": Sight(request.actor).is_bureau and not request.actor.administers,
        **listing.kept_with(request, listing.PAPERS, form),
    }
    return page(request, "desk/parts/found_papers.html" if is_part else "desk/papers.html", context)


@require_GET
@at_post
def sheet(request: Any) -> HttpResponse:
    """What the register shows, all of its pages, as a sheet."""
    form = _whole_form(request)
    wanted = form.wanted()
    found = paper_search.matching(request.actor, wanted)
    lines = paper_search.taken_along(request.actor, wanted, listing.MOST_ROWS)
    return listing.taken(
        request,
        listing.PAPERS,
        _("文书清单"),
        form,
        wanted.asked,
        count=found.order_by()[: listing.MOST_ROWS + 1].count(),
        heads=[str(head) for head in paper_columns.HEADS],
        rows=map(paper_columns.cells, lines),
    )


def _whole_form(request: Any) -> PapersForm:
    """With everything that can be chosen."""
    return PapersForm(request.GET, issuers=paper_search.issuers(request.actor))
