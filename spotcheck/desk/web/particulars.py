"""The page of particulars: what the papers of one act say beyond its facts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.casework import particulars_form
from spotcheck.casework.doing import attempt
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web import acting
from spotcheck.desk.web.dossier import opened
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of, told
from spotcheck.notices import particulars
from spotcheck.notices.particulars import BadParticulars
from spotcheck.rules.refused import Refused


@require_http_methods(["GET", "POST"])
@at_post
def particulars_of(request: Any, number: str, chart: str, key: int, method: str) -> HttpResponse:
    """State what is known for the papers of an act; what stays empty is left to be filled in by hand.

    Asked for a part of the page, by the form of the act, it only names the columns that are still empty.
    """
    dossier = opened(request, number)
    matter = acting.matter_of(request, dossier, chart, key)
    spec = acting.spec_of(matter, method)
    acting.let_in(matter, spec, request)
    if not particulars.keys_of(spec):
        raise Http404
    names = {"number": dossier.number, "chart": chart, "key": key, "method": method}
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    here = reverse("desk:particulars", kwargs=names) + query
    forms = particulars.forms_for(matter, spec, request.actor)
    shown = [
        (form, particulars_form.inputs(form, request.POST if request.method == "POST" else None)) for form in forms
    ]
    refused: BadParticulars | None = None
    if request.method == "POST":
        data = particulars_form.data_from(forms, request.POST)
        kept = attempt(lambda: particulars.state(matter, spec, data, by=request.actor))
        if not isinstance(kept, Refused):
            messages.success(request, _("已记下文书内容。") if kept else _("没有改动。"))
            return redirect(here)
        if not isinstance(kept, BadParticulars):
            raise kept
        refused = kept
    if request.htmx:
        gaps = [made.label for _form, inputs in shown for made in inputs if made.is_open]
        return page(request, "desk/parts/gaps.html", {"gaps": gaps})
    context = {
        "dossier": dossier,
        "spec": spec,
        "party": Sight(request.actor).party(matter.party),
        "papers": [(form, inputs, [made for made in inputs if made.is_open]) for form, inputs in shown],
        "here": here,
        "act": reverse("desk:act", kwargs=names) + query,
        "back": reverse("desk:dossier", kwargs={"number": dossier.number}) + "?tab=papers",
        **told(refused, [made for _form, inputs in shown for made in inputs]),
    }
    return page(request, "desk/particulars.html", context, status=status_of(refused) if refused is not None else 200)
