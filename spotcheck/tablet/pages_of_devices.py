"""The page of tablets at the desk: those of one's office, a code for a new one, revoking one, letting it be rescued."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.look.forms import TOO_LONG
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import told
from spotcheck.rules.refused import Refused
from spotcheck.tablet import devices, rescue

MOST: Final = 300


class CodeForm(forms.Form):
    """A tablet that is to be enrolled."""

    office: Any = forms.ModelChoiceField(label=gettext_lazy("机构"), queryset=None)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60, error_messages=TOO_LONG)
    inventory = forms.CharField(label=gettext_lazy("资产编号"), max_length=60, error_messages=TOO_LONG)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["office"]
        choice.queryset = offices
        if offices.count() == 1:
            choice.initial = offices.first()


class ReasonForm(forms.Form):
    """Why a tablet is revoked, or its rescue file taken in."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200, error_messages=TOO_LONG)


@require_GET
@at_post
def listing(request: Any) -> HttpResponse:
    """The tablets that somebody looks after: last contact, what they have not sent, their version."""
    _offices(request)
    rows = devices.of_offices(request.desk_post)[:MOST]
    return page(request, "tablet/devices.html", {"rows": rows, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@at_post
def new(request: Any) -> HttpResponse:
    """Make a code for a tablet, and show it this once."""
    form = CodeForm(request.POST or None, offices=_offices(request))
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            lambda: devices.make_code(
                said["office"], by=request.desk_post, name=said["name"], inventory=said["inventory"]
            )
        )
        if not isinstance(made, Refused):
            return page(request, "tablet/code.html", {"code": made})
        refused = made
    title = _("登记平板")
    context = {"form": form, "title": title, "button": _("生成登记码")} | (dict(told(refused)) if refused else {})
    return page(request, "tablet/form.html", context, status=_status(form, refused))


@require_http_methods(["GET", "POST"])
@at_post
def revoke(request: Any, key: Any) -> HttpResponse:
    """Revoke a tablet: from its next request on nothing of it is taken."""
    _offices(request)
    device = get_object_or_404(devices.of_offices(request.desk_post).filter(revoked_at=None), pk=key)
    form = ReasonForm(request.POST or None)
    refused = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(lambda: devices.revoke(device.pk, by=request.desk_post, reason=reason))
        if not isinstance(done, Refused):
            messages.success(request, _("已注销，从下一次请求起不再接受。"))
            return redirect("devices:list")
        refused = done
    context = {"form": form, "title": _("注销平板"), "button": _("注销"), "about": str(device)}
    return page(
        request, "tablet/form.html", context | (dict(told(refused)) if refused else {}), status=_status(form, refused)
    )


@require_http_methods(["GET", "POST"])
@at_post
def rescue_file(request: Any, key: Any) -> HttpResponse:
    """Let the rescue file of a tablet be taken in, and show the code for it this once."""
    _offices(request)
    device = get_object_or_404(devices.of_offices(request.desk_post), pk=key)
    form = ReasonForm(request.POST or None)
    refused = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        made = attempt(lambda: rescue.consent(device, by=request.desk_post, reason=reason))
        if not isinstance(made, Refused):
            return page(request, "tablet/rescue.html", {"code": made, "device": device})
        refused = made
    context = {"form": form, "title": _("导入救援文件"), "button": _("同意并生成导入码"), "about": str(device)}
    return page(
        request, "tablet/form.html", context | (dict(told(refused)) if refused else {}), status=_status(form, refused)
    )


def _offices(request: Any) -> Any:
    """The offices whose tablets somebody looks after; who looks after none is not let in."""
    offices = devices.offices_for(request.desk_post).order_by("code")
    if not offices.exists():
        raise PermissionDenied
    return offices


def _status(form: forms.Form, refused: Refused | None) -> int:
    return refused.status if refused is not None else 422 if form.is_bound else 200
