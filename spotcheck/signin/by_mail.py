"""The pages behind the links of letters, and the one that asks for a letter; they exist only where mail is sent.

Looking at a link does nothing: a mail server may look as well. What it is for is done by the button.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from spotcheck.docket.sessions import session
from spotcheck.network import mail
from spotcheck.network.counting import address_of, is_beyond
from spotcheck.signin import hashing, letters, noting
from spotcheck.signin.forms import FirstPasswordForm, ForgottenForm
from spotcheck.signin.views import set_password

_MOST: Final = 300
"""A bureau is one address: so many times an hour it may ask."""


def _where_mail_is_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not mail.is_set():
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"  # the address is the secret
        return response

    return found


@_where_mail_is_sent
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same for every name."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        if not is_beyond(f"forgotten:{address_of(request)}", allowed=_MOST, seconds=letters.AN_HOUR):
            letters.ask_for_password(form.cleaned_data["login"])
        return render(request, "signin/forgotten.html", {"asked": True})
    return render(request, "signin/forgotten.html", {"form": form}, status=422 if form.is_bound else 200)


@_where_mail_is_sent
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@hashing.in_turn
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a link; second factor and locks stay as they are."""
    user = letters.owner_of(token)
    if user is None:
        return render(request, "signin/letter_over.html", status=410)
    form = FirstPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        with session():
            noting.write("sign_in.link_used", user, request)
            set_password(user, form.cleaned_data["password1"])
            noting.write("sign_in.password", user, request)
        return render(request, "signin/password_set.html", {"username": user.username})
    context = {"form": form, "person": user}
    return render(request, "signin/link.html", context, status=422 if form.is_bound else 200)


@_where_mail_is_sent
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, token: str) -> HttpResponse:
    """Lift a lock that wrong tries have laid."""
    lock = letters.lock_of(token)
    done = lock is not None and request.method == "POST" and letters.unlock(lock, address=address_of(request))
    if lock is None or done is None:
        return render(request, "signin/letter_over.html", status=410)
    return render(request, "signin/unlock.html", {"done": bool(done)})


@_where_mail_is_sent
@require_POST
@login_required
def ask_to_confirm(request: Any) -> HttpResponse:
    """Have a link sent to one's own address."""
    letters.ask_to_confirm(request.user)
    return redirect("/account/?sent")


@_where_mail_is_sent
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Any, token: str) -> HttpResponse:
    """Confirm one's own address: by who is signed in, so that no stranger who was written to by mistake does."""
    found = letters.address_in(token, request.user)
    if not found:
        return render(request, "signin/letter_over.html", status=410)
    if request.method == "POST":
        letters.confirm(request.user, found)
        return redirect("account")
    return render(request, "signin/address.html", {"address": found})
