"""Signing in and out, and choosing a post."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from spotcheck.desk.web.page import POST_KEY, posts_of
from spotcheck.parties.models import User

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The entrance: name and password, and the accounts of the demonstration while it is loaded."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    failed = request.method == "POST"
    context = {
        "failed": failed,
        "username": request.POST.get("username", ""),
        "next": _next(request),
        "demo": list(offered()),
    }
    return render(request, "desk/login.html", context, status=422 if failed else 200)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people; only while the demonstration is loaded."""
    username = request.POST.get("username", "")
    if username not in {account.username for account in offered()}:
        raise Http404
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    return redirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("desk:login")


@login_required
@never_cache
def choose_post(request: Any) -> HttpResponse:
    """Choose the post in which one works now; what one sees and may do follows from it alone."""
    posts = posts_of(request.user)
    if request.method == "POST":
        chosen = [post for post in posts if str(post.pk) == request.POST.get("post")]
        if chosen:
            request.session[POST_KEY] = chosen[0].pk
            return redirect(_next(request))
    message = "" if posts else _("您的账号目前没有有效的岗位，请联系本单位管理员。")
    context = {"posts": posts, "message": message, "current": request.session.get(POST_KEY)}
    return render(request, "desk/post.html", context)


def offered() -> Iterable[Any]:
    """The accounts that can be entered by a click: those of a demonstration, where the installation names one."""
    return import_string(settings.SIGN_IN_OFFERS)() if settings.SIGN_IN_OFFERS else []


def _next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if it is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("desk:today")
