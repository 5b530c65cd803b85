"""The list of dossiers: on screen, and as a sheet to take along."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.casework import dossier_columns, dossier_filters, dossier_search, owning
from spotcheck.casework.privacy import Sight
from spotcheck.desk.list_forms import SearchForm
from spotcheck.desk.web import listing
from spotcheck.look.page import at_post, page


@require_GET
@at_post
def search(request: Any) -> HttpResponse:
    """Find dossiers; the address says everything, so it can be passed on."""
    actor, sight = request.actor, Sight(request.actor)
    is_part = request.htmx and not request.htmx.boosted
    form = _form(request) if is_part else _whole_form(request)
    wanted = form.wanted()
    found = dossier_search.search(actor, wanted)
    columns = dossier_columns.chosen(wanted.columns, sight) if wanted.columns else []
    context = {
        "wanted": wanted,
        "found": found,
        "form": form,
        "columns": columns,
        "rows": [(line, dossier_columns.cells(line, columns[1:])) for line in found.lines] if columns else [],
        **listing.kept_with(request, listing.DOSSIERS, form),
    }
    return page(request, "desk/parts/found.html" if is_part else "desk/search.html", context)


@require_GET
@at_post
def sheet(request: Any) -> HttpResponse:
    """What the list shows, all of its pages, as a sheet."""
    actor, sight, form = request.actor, Sight(request.actor), _whole_form(request)
    wanted = form.wanted()
    columns = dossier_columns.chosen(wanted.columns, sight)
    found = dossier_search.matching(actor, wanted)
    lines = dossier_search.taken_along(found, actor, wanted, listing.MOST_ROWS)
    return listing.taken(
        request,
        listing.DOSSIERS,
        _("案卷清单"),
        form,
        wanted.asked,
        count=dossier_search.counted(found, actor, wanted, listing.MOST_ROWS),
        heads=[str(column.head) for column in columns],
        rows=(dossier_columns.cells(line, columns) for line in lines),
    )


def _form(request: Any, **choices: Any) -> SearchForm:
    coordinates = owning.coordinates(request.desk_post)
    return SearchForm(request.GET, sight=Sight(request.actor), coordinates=coordinates, **choices)


def _whole_form(request: Any) -> SearchForm:
    """With everything that can be chosen."""
    actor, sight = request.actor, Sight(request.actor)
    bureaus, bodies = dossier_filters.offices(sight)
    return _form(
        request,
        products=dossier_search.product_kinds(actor),
        places=dossier_search.places(actor) if not sight.is_blind else [],
        people=owning.colleagues(request.desk_post) if owning.coordinates(request.desk_post) else [],
        bureaus=bureaus,
        bodies=bodies,
    )
