"""The way out of a form to the provider of the single sign-on, for a proof, and back: what was typed waits."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from spotcheck.look import drafting
from spotcheck.look.form_names import SINGLE
from spotcheck.signin import limits, recent


def left(request: Any, back: str = "") -> HttpResponse | None:
    """Lead whoever proves himself at the provider to the last page before it; None where this form proves it, or has.

    What was sent is kept, and from there one comes ``back``: to this form, if nothing else is said.
    """
    asked = recent.asked(request)
    if asked is None or not asked.single or not (asked.is_only_single or SINGLE in request.POST):
        return None
    drafting.keep(request)
    request.is_left = True  # so that the draft does not end with this answer
    address = f"{reverse('sso_again')}?{urlencode({'next': back or request.get_full_path()})}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", None) else redirect(address)


def first(request: Any, back: str) -> HttpResponse | None:
    """Lead whoever takes along a file that holds persons to a proof of the last minutes, and from there ``back`` to the
    page with the file; None where he has just proved himself. Who takes along more than people do is refused."""
    if recent.is_recent(request):
        beyond = limits.takes_too_much(request.user)
        return limits.refused(request, seconds=limits.HOUR, files=True) if beyond else None
    messages.info(request, _("这份文件含有个人信息。请先确认是您本人，然后再下载一次。"))
    return redirect_to_login(back, reverse("account_reauthenticate"))
