"""Preview: the papers that an act would issue, before it is done."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spotcheck.casework import papers
from spotcheck.casework.doing import attempt
from spotcheck.casework.fields import Field
from spotcheck.casework.reading import whole
from spotcheck.desk.web import acting
from spotcheck.desk.web.dossier import opened
from spotcheck.desk.web.papers import pdf
from spotcheck.docket import clock
from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.problems import BadFacts
from spotcheck.look.form_names import NOT_SENT_ON
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import listed, status_of, told
from spotcheck.notices.preview import Previewed, issues, preview
from spotcheck.parties.actors import Actor
from spotcheck.rules.refused import Refused


@require_POST
@at_post
def show(request: Any, number: str, chart: str, key: int, method: str) -> HttpResponse:
    """List the papers that the form as it is filled in would issue; with ``paper`` the file of one of them."""
    dossier = opened(request, number)
    matter = acting.matter_of(request, dossier, chart, key)
    spec = acting.spec_of(matter, method)
    acting.let_in(matter, spec, request)
    if not issues(spec):
        raise Http404
    shown, on, facts = acting.read(request, spec, matter)
    answer = attempt(lambda: _previewed(request.actor, matter, spec, shown, on, facts))
    refused, found = (answer, []) if isinstance(answer, Refused) else (None, answer)
    if "paper" in request.POST:
        return _file(request, found)
    problem = told(refused, shown)
    problem["errors"] = listed(shown) + problem["errors"]
    names = {"number": dossier.number, "chart": chart, "key": key, "method": method}
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "previewed": [(one.title, papers.gap_words(one.paper.gaps)) for one in found],
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_SENT_ON | {"paper"}
            for value in values
        ],
        "address": reverse("desk:preview", kwargs=names) + query,
        "particulars": reverse("desk:particulars", kwargs=names) + query,
        "back": reverse("desk:act", kwargs=names) + query,
        "spec": spec,
        "dossier": dossier,
        **problem,
    }
    template = "desk/parts/preview.html" if request.htmx else "desk/preview.html"
    return page(request, template, context, status=status_of(refused) if refused is not None else 200)


def _previewed(
    actor: Actor, matter: Flow, spec: ActSpec, shown: list[Field], on: date | None, facts: dict[str, Any]
) -> list[Previewed]:
    """The papers of the act as the form is filled in."""
    if on is None:
        raise BadFacts(spec.name, {"on": [_("请填写日期（年-月-日），不能晚于今天。")]})
    if acting.has_errors(shown):
        raise BadFacts(spec.name, {})
    return preview(getattr(matter, spec.method), by=actor, on=on, facts=facts)


def _file(request: Any, found: list[Previewed]) -> HttpResponse:
    wanted = whole(request.POST["paper"])
    if wanted is None or wanted >= len(found):
        return HttpResponseBadRequest()
    one = found[wanted]
    name = _("预览") + f"-{one.paper.title}-{clock.today()}"
    return pdf(one.pdf, name, download=False)
