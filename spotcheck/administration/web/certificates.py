"""Certificates of a body: what it may test and until when; recorded and suspended by the province."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.forms import CertificateForm, SuspensionForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.parties.models import Office, Qualification
from spotcheck.registers import qualifications
from spotcheck.registers.standing import offices_of
from spotcheck.rules.refused import Refused


def _body(request: Any, code: str) -> Office:
    bodies = offices_of(request.doer, "registers").exclude(kind__in=Office.BUREAUS)
    return get_object_or_404(bodies, code=code)


@require_GET
@for_those("registers")
def listing(request: Any, code: str) -> HttpResponse:
    """What a body has, the latest first."""
    body = _body(request, code)
    rows = body.qualifications.prefetch_related("scope").order_by("-valid_until", "pk")
    return draw(request, "certificates.html", {"body": body, "certificates": rows, "today": clock.today()})


@require_http_methods(["GET", "POST"])
@for_those("registers")
def new(request: Any, code: str) -> HttpResponse:
    """Record a certificate."""
    body = _body(request, code)
    form = CertificateForm(request.POST or None)
    back = reverse("administration:certificates", args=[body.code])
    refused = None
    if form.is_valid():
        done = attempt(lambda: qualifications.record(body, by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记资质证书。"))
            return redirect(back)
        refused = may_see(done)
    return draw_form(
        request, form, title=_("登记资质证书"), button=_("登记"), back=back, refused=refused, about=body.name
    )


@require_http_methods(["GET", "POST"])
@for_those("registers")
def suspend(request: Any, key: int) -> HttpResponse:
    """Suspend a certificate."""
    held = get_object_or_404(Qualification.objects.select_related("office"), pk=key)
    back = reverse("administration:certificates", args=[_body(request, held.office.code).code])
    form = SuspensionForm(request.POST or None)
    refused = None
    if form.is_valid():
        done = attempt(lambda: qualifications.suspend(held, by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记暂停。"))
            return redirect(back)
        refused = may_see(done)
    return draw_form(
        request,
        form,
        title=_("登记资质暂停"),
        button=_("登记"),
        back=back,
        refused=refused,
        about=f"{held.office.name} · {held}",
    )
