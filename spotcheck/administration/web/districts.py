"""Regions: found by code or name, zones without a code, and which bureau handles what of a region."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.administration.forms import DivisionForm, ZoneForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework.doing import attempt
from spotcheck.parties import regions
from spotcheck.parties.models import Jurisdiction, Office, Region
from spotcheck.registers import districts
from spotcheck.registers.refusals import refuse_if
from spotcheck.registers.standing import offices_of
from spotcheck.rules.refused import Refused

MOST_SHOWN: Final = 50


@require_GET
@for_those("registers")
def listing(request: Any) -> HttpResponse:
    """Regions that were looked for, the zones of one's own, and how the work is divided."""
    wanted = request.GET.get("q", "")[:60]
    language = get_language() or "zh-hans"
    own = offices_of(request.doer, "registers")
    found = list(districts.search(wanted)[: MOST_SHOWN + 1])
    rows = [(one, _became(one.code, language), sorted(regions.newest(one.code) - {one.code})) for one in found]
    context = {
        "wanted": wanted,
        "rows": rows[:MOST_SHOWN],
        "more": len(rows) > MOST_SHOWN,
        "zones": Region.objects.here().filter(offices__in=own, level=Region.Level.ZONE).order_by("code"),
        "divisions": districts.divisions(request.doer),
        "makes_zones": _cities(request).exists(),
    }
    return draw(request, "regions.html", context)


def _became(code: str, language: str) -> str:
    then = regions.became(code)
    return then.in_(language) if then is not None else ""


def _cities(request: Any) -> Any:
    return offices_of(request.doer, "registers").filter(kind=Office.Kind.CITY).order_by("code")


@require_http_methods(["GET", "POST"])
@for_those("registers")
def zone(request: Any) -> HttpResponse:
    """Record a zone that has no code."""
    refuse_if(registers=not _cities(request).exists())
    form = ZoneForm(request.POST or None, cities=_cities(request))
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(lambda: districts.add_zone(said["office"], said["name"], by=request.doer))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记 %(name)s，代码 %(code)s。") % {"name": done.name, "code": done.code})
            return redirect("administration:regions")
        refused = may_see(done)
    back = reverse("administration:regions")
    return draw_form(request, form, title=_("登记功能区"), button=_("登记"), back=back, refused=refused)


@require_http_methods(["GET", "POST"])
@for_those("registers")
def division(request: Any) -> HttpResponse:
    """Let another bureau handle what becomes of a region's firms."""
    own = offices_of(request.doer, "registers").filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY))
    places = Region.objects.here().filter(offices__in=own).order_by("code")
    form = DivisionForm(request.POST or None, regions=places, offices=own.order_by("code"))
    refused = None
    if form.is_valid():
        done = attempt(lambda: districts.divide(by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记办理分工。"))
            return redirect("administration:regions")
        refused = may_see(done)
    back = reverse("administration:regions")
    return draw_form(request, form, title=_("登记办理分工"), button=_("登记"), back=back, refused=refused)


@require_POST
@for_those("registers")
def end_division(request: Any, key: int) -> HttpResponse:
    """End a division of work today."""
    held = get_object_or_404(districts.divisions(request.doer), pk=key)
    done = attempt(lambda: districts.end_division(Jurisdiction(pk=held.pk), by=request.doer))
    if isinstance(done, Refused):
        messages.error(request, may_see(done).text(get_language() or "zh-hans"))
    else:
        messages.success(request, _("已终止。"))
    return redirect("administration:regions")
