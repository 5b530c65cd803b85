"""Signing in again inside a page whose session has come to its end: what was typed there stays, and its form goes on.

The script of the page (``look/js/idle.js``) asks how long the session still rests, says so two minutes before the end,
and then shows these steps in its dialog: password, second factor. Locks, counters, book and factors are those of the
entrance, because the forms are. Without the script the entrance itself is shown, as ever.
"""

from typing import Any, Final

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as keys
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.casework.posts import POST_KEY, posts_of
from spotcheck.casework.reading import whole
from spotcheck.signin import factors, sessions
from spotcheck.signin.forms import CodeForm, SignInForm

_WRONG: Final = 422


@never_cache
@require_GET
def rest(request: Any) -> JsonResponse:
    """Whose session this is, and how many seconds it still rests if nobody does anything; asking is no doing."""
    return rest_of(request)


@never_cache
@require_POST
def stay(request: Any) -> JsonResponse:
    """Say that somebody is there: the session rests anew (the middleware has noted it)."""
    return rest_of(request)


@never_cache
@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(["GET", "POST"])
@rate_limit(action="login")
def again(request: Any) -> HttpResponse:
    """One step of signing in: the part with what is asked next (422: it was wrong), or JSON when one is in."""
    if request.method == "GET":
        if "afresh" in request.GET:
            clear_login(request)
        return _step(request)
    stage = _stage(request)
    return _factor(request, stage) if stage is not None else _password(request)


@never_cache
@require_GET
def options(request: Any) -> JsonResponse:
    """What a browser needs so that a passkey of whoever has given the password signs."""
    stage = _stage(request)
    return JsonResponse(keys.begin_authentication(stage.login.user) if stage is not None else {}, status=200)


def rest_of(request: Any) -> JsonResponse:
    """Whose session this is, how many seconds it still rests, and the token that forms need from now on."""
    if not request.user.is_authenticated:
        return JsonResponse({"who": "", "seconds": 0})
    said = {"who": request.user.username, "seconds": sessions.left(request), "token": get_token(request)}
    return JsonResponse(said)


def _stage(request: HttpRequest) -> Any:
    """Where somebody stands who has given the password and not yet the second factor; None elsewhere."""
    return LoginStageController.enter(request, AuthenticateStage.key)


def _password(request: Any) -> HttpResponse:
    form = SignInForm(request.POST, request=request)
    if not form.is_valid():
        return _step(request, form, status=_WRONG)
    request.within_a_page = True
    try:
        form.login(request, redirect_url="/")
    except ImmediateHttpResponse:
        return _step(request, status=_WRONG)
    return _in(request) if request.user.is_authenticated else _step(request)


def _factor(request: Any, stage: Any) -> HttpResponse:
    user = stage.login.user
    made = AuthenticateWebAuthnForm if request.POST.get("credential") else CodeForm
    form = made(user=user, data=request.POST)
    if not form.is_valid():
        return _step(request, form, status=_WRONG)
    form.save()
    request.within_a_page = True
    stage.exit()
    return _in(request)


def _in(request: Any) -> HttpResponse:
    """Back in, and in the post of the page, if it is one of the person's."""
    sessions.note(request)
    wanted = whole(request.POST.get("post", ""))
    if any(post.pk == wanted for post in posts_of(request.user)):
        request.session[POST_KEY] = wanted
    return rest_of(request)


def _step(request: Any, form: Any = None, *, status: int = 200) -> HttpResponse:
    stage = _stage(request)
    context = {
        "login": request.POST.get("login") or request.GET.get("login", ""),
        "post": request.POST.get("post") or request.GET.get("post", ""),
        "factor": stage is not None,
        "wrong": [error for errors in form.errors.values() for error in errors] if form is not None else [],
    }
    if stage is not None:
        kinds = set(Authenticator.objects.filter(user=stage.login.user).values_list("type", flat=True))
        context["code"] = Authenticator.Type.TOTP in kinds or Authenticator.Type.RECOVERY_CODES in kinds
        context["key"] = Authenticator.Type.WEBAUTHN in kinds and factors.can_have_keys(request)
    return render(request, "signin/parts/step.html", context, status=status)
