"""Credentials of programs: the list, issuing one and showing its secret once, revoking one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.forms import CredentialForm, ReasonForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.api import credentials
from spotcheck.api.models import Credential
from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.parties.models import Office
from spotcheck.registers.standing import overseen
from spotcheck.rules.refused import Refused


@require_GET
@for_those("manages")
def listing(request: Any) -> HttpResponse:
    """The credentials of one's laboratory, or for the province of all of them."""
    today = clock.today()
    found = Credential.objects.filter(office__in=_laboratories(request)).select_related("office", "issued_by")
    rows = [(credential, credential.is_live(today)) for credential in found.order_by("office__code", "-pk")[:300]]
    return draw(request, "programs.html", {"rows": rows, "may": _laboratories(request).exists()})


@require_http_methods(["GET", "POST"])
@for_those("manages")
def new(request: Any) -> HttpResponse:
    """Issue a credential, and show its secret this once."""
    form = CredentialForm(request.POST or None, offices=_laboratories(request).order_by("code"))
    refused = None
    if form.is_valid():
        done = attempt(lambda: credentials.issue(by=request.doer, **form.wanted()))
        if not isinstance(done, Refused):
            return draw(request, "credential.html", {"credential": done.credential, "secret": done.secret})
        refused = may_see(done)
    back = reverse("administration:programs")
    return draw_form(request, form, title=_("签发程序凭据"), button=_("签发"), back=back, refused=refused)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def revoke(request: Any, key: int) -> HttpResponse:
    """Revoke a credential."""
    rows = Credential.objects.filter(office__in=_laboratories(request)).select_related("office")
    credential = get_object_or_404(rows, pk=key)
    form = ReasonForm(request.POST or None)
    refused = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(lambda: credentials.revoke(credential, by=request.doer, reason=reason))
        if not isinstance(done, Refused):
            messages.success(request, _("已撤销，从下一次请求起不再接受。"))
            return redirect("administration:programs")
        refused = may_see(done)
    back = reverse("administration:programs")
    about = f"{credential.office} · {credential.label} · {credential.client_id}"
    title = _("撤销程序凭据")
    return draw_form(request, form, title=title, button=_("撤销"), back=back, refused=refused, about=about)


def _laboratories(request: Any) -> Any:
    return overseen(request.doer).filter(kind=Office.Kind.LABORATORY)
