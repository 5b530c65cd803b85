"""Offices: the list, short names, a new body; in which of them everybody needs a second factor."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.forms import BodyForm, ShortNameForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.registers import offices
from spotcheck.registers.refusals import refuse_if
from spotcheck.registers.standing import offices_of, people_in, registers
from spotcheck.rules.refused import Refused


@require_GET
@for_those("registers")
def listing(request: Any) -> HttpResponse:
    """The offices of one's own and below, with how many people are in them."""
    found = people_in(offices_of(request.doer, "registers"), clock.today())
    creates = registers(request.doer, Office.objects.get(code=PROVINCE_CODE))
    return draw(request, "offices.html", {"offices": found.select_related("parent").order_by("code"), "may": creates})


@require_http_methods(["GET", "POST"])
@for_those("registers")
def new(request: Any) -> HttpResponse:
    """Create a body; only the province does."""
    refuse_if(registers=not registers(request.doer, Office.objects.get(code=PROVINCE_CODE)))
    form = BodyForm(request.POST or None)
    refused = None
    if form.is_valid():
        done = attempt(lambda: offices.create_body(by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记机构 %(name)s。") % {"name": done.name})
            return redirect("administration:offices")
        refused = may_see(done)
    back = reverse("administration:offices")
    return draw_form(request, form, title=_("登记受委托机构"), button=_("登记"), back=back, refused=refused)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def factors(request: Any) -> HttpResponse:
    """Choose in which offices everybody needs a second factor."""
    found = offices_of(request.doer)
    if request.method == "POST":
        office = get_object_or_404(found, code=request.POST.get("office", ""))
        needed = request.POST.get("what") == "need"
        offices.require_factor(office, needed, by=request.doer)
        named = {"name": office.name}
        if needed:
            messages.success(request, _("%(name)s：全体人员须有第二重验证。") % named)
        else:
            messages.success(request, _("%(name)s：按岗位要求第二重验证。") % named)
        return redirect("administration:factors")
    return draw(request, "factors.html", {"offices": found.order_by("code"), "always": Office.Kind.PROVINCE})


@require_http_methods(["GET", "POST"])
@for_those("registers")
def short_name(request: Any, code: str) -> HttpResponse:
    """Change what an office is called in short."""
    office = get_object_or_404(offices_of(request.doer, "registers"), code=code)
    form = ShortNameForm(request.POST or None, initial={"short_name": office.short_name})
    refused = None
    if form.is_valid():
        done = attempt(lambda: offices.rename_short(office, form.cleaned_data["short_name"], by=request.doer))
        if not isinstance(done, Refused):
            messages.success(request, _("已更改。"))
            return redirect("administration:offices")
        refused = may_see(done)
    back = reverse("administration:offices")
    return draw_form(
        request, form, title=_("更改简称"), button=_("保存"), back=back, refused=refused, about=office.name
    )
