"""Single sign-on (OpenID Connect): the provider of an installation says who somebody is, and we say what he may.

A link that is there signs in. Without one the staff number and the full name have to be those of one person here, who
then proves himself once, by his password or by an administrator's link; nobody is made, and an address of mail is never
looked at. What is kept of what the provider says: subject, issuer, staff number. The second factor is asked as always.

Each way there carries a nonce that has to come back in the provider's signed answer, besides state and PKCE. Whoever
has to prove himself once more (``recent.py``) goes there too, and the answer has to say that he signed in just now.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from spotcheck.docket import clock
from spotcheck.docket.sessions import session
from spotcheck.network.counting import address_of
from spotcheck.parties.models import PROVINCE_CODE, Post, StaffNumber, User
from spotcheck.registers import links, naming
from spotcheck.registers.refusals import NotDone
from spotcheck.rules.folding import same
from spotcheck.signin import noting, recent
from spotcheck.signin.forms import ProofForm
from spotcheck.signin.places import wanted_place

PENDING: Final = "single_sign_on"
"""Where the session keeps who was said to come, until he has proved it."""
LINK: Final = "single_sign_on_link"
"""Where it keeps the administrator's link that he came with."""
AGAIN: Final = "again"
"""What somebody goes there for who is signed in and proves himself once more; else he goes to sign in."""
SKEW: Final = 60
"""So many seconds the provider's clock may differ from ours."""


class Provider(OpenIDConnectOAuth2Adapter):
    """The provider, of whose answer only what is needed goes on."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Take subject, issuer and staff number over, and set the name beside them for this request only."""
        assert settings.SSO is not None, "begin and back look first"
        login = super().complete_login(request, app, token, **kwargs)
        signed = login.account.extra_data.get("id_token", {})
        said = {**signed, **login.account.extra_data.get("userinfo", {})}
        login.signed = signed
        number = str(said.get(settings.SSO.number_claim, ""))
        issuer = self.openid_config["issuer"]
        login.account.extra_data = {"sub": login.account.uid, "iss": issuer, "staff_number": number}
        login.email_addresses = []
        login.full_name = str(said.get("name", ""))
        return login


class Links(DefaultSocialAccountAdapter):
    """What becomes of somebody whom the provider names."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is made."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let a linked person in, lead one who may be linked to his proof, and tell everybody else whom to ask."""
        _let_answer(request, sociallogin)
        if sociallogin.state.get("process") == AGAIN:
            raise ImmediateHttpResponse(_proved_again(request, sociallogin))
        if sociallogin.is_existing:
            if not _may_come(sociallogin.user):
                raise ImmediateHttpResponse(_unknown(request))
            return
        said = sociallogin.account.extra_data
        user = _meant(said["staff_number"], sociallogin.full_name)
        if user is None or SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists():
            raise ImmediateHttpResponse(_unknown(request))
        pending = _Pending(sociallogin.account.provider, said, user.pk, sociallogin.get_redirect_url(request) or "/")
        raise ImmediateHttpResponse(_proved_by_link(request, pending, user) or _asked_for_proof(request, pending))

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        """A page of ours, whatever went wrong at the provider."""
        raise ImmediateHttpResponse(_failed(request))


@dataclass(frozen=True, slots=True)
class _Pending:
    """Who was said to come."""

    provider: str
    said: dict[str, str]
    user: int
    to: str


@never_cache
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider."""
    return _through(_Leaving, request, provider_id)


@never_cache
@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it."""
    return _through(OAuth2CallbackView, request, provider_id)


@never_cache
@login_required
@require_GET
def again(request: HttpRequest) -> HttpResponse:
    """The last page before the provider, for who proves himself once more: its form may lead there."""
    if not recent.comes_by_single(request.user):
        raise Http404
    context = {"sso": settings.SSO, "next": wanted_place(request)}
    response = render(request, "signin/sso_again.html", context)
    response.headers["Content-Security-Policy"] = policy()
    return response


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Prove by the password that one is who the provider says, once: then the link stands."""
    if settings.SSO is None or PENDING not in request.session:
        raise Http404
    pending = _Pending(**request.session[PENDING])
    user = User.objects.get(pk=pending.user)
    form = ProofForm(request.POST or None)
    if form.is_valid():
        try:
            given = form.cleaned_data["password"]
            proved = get_account_adapter(request).authenticate(request, username=user.username, password=given)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if proved == user:
                record_authentication(request, user, method="password", username=user.username)
                return _linked(request, pending, user)
            form.add_error("password", ProofForm.WRONG)
    context = {"form": form, "has_password": user.has_usable_password()}
    return render(request, "signin/sso_prove.html", context, status=422 if form.is_bound else 200)


def policy() -> str:
    """The site's policy with the provider as a place that a form may lead to: for the pages of the entrance only."""
    if settings.SSO is None:
        return str(settings.CONTENT_SECURITY_POLICY)
    parts = urlsplit(settings.SSO.address)
    return str(settings.CONTENT_SECURITY_POLICY).replace(
        "form-action 'self'", f"form-action 'self' {parts.scheme}://{parts.netloc}"
    )


class _Leaving(OAuth2LoginView):
    """On the way there, with a nonce; whoever proves himself once more has to sign in anew."""

    def dispatch(self, request: HttpRequest, *_args: Any, **_more: Any) -> HttpResponse:
        """Lead there; only two things can be gone for, and nobody says more in the address."""
        is_again = request.GET.get("process") == AGAIN
        nonce = secrets.token_urlsafe(24)
        anew = {"prompt": "login", "max_age": "0"} if is_again else {}
        response: HttpResponse = self.get_provider().redirect(
            request,
            process=AGAIN if is_again else "login",
            next_url=wanted_place(request),
            data={"nonce": nonce, "begun": time.time()},
            auth_params={"nonce": nonce, **anew},
        )
        return response


def _let_answer(request: HttpRequest, sociallogin: Any) -> None:
    """Refuse an answer that was not made for this way there, or that speaks of two different people."""
    signed, asked = sociallogin.signed, sociallogin.state.get("data") or {}
    is_ours = secrets.compare_digest(str(signed.get("nonce", "")), str(asked.get("nonce", "-")))
    if not is_ours or str(signed.get("sub")) != sociallogin.account.uid:
        raise ImmediateHttpResponse(_failed(request))


def _proved_again(request: Any, sociallogin: Any) -> HttpResponse:
    """Take it as a proof when it is the same person, and when he signed in at the provider just now."""
    begun = sociallogin.state["data"]["begun"]
    is_same = sociallogin.is_existing and request.user.is_authenticated and sociallogin.user == request.user
    try:
        is_anew = float(sociallogin.signed.get("auth_time", 0)) >= begun - SKEW
    except (TypeError, ValueError):
        is_anew = False
    if not (is_same and is_anew):
        context = {"to": sociallogin.get_redirect_url(request) or "/"}
        return render(request, "signin/sso_not_proved.html", context, status=403)
    account = sociallogin.account
    record_authentication(
        request, request.user, "socialaccount", provider=account.provider, uid=account.uid, reauthenticated=True
    )
    return redirect(sociallogin.get_redirect_url(request) or "/")


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "signin/sso_failed.html", status=502)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if settings.SSO is None or provider_id != settings.SSO.name:
        raise Http404
    try:
        response: HttpResponse = view.adapter_view(Provider(request, provider_id))(request)
    except (RequestException, KeyError, ValueError):  # it is away, or does not speak as it should
        return _failed(request)
    return response


def _meant(number: str, full_name: str) -> User | None:
    """The one person with this staff number and this name; nobody where there are none or several."""
    rows = naming.alike(StaffNumber.objects.select_related("user"), "number", number) if number.strip() else ()
    people = {row.user for row in rows if _may_come(row.user) and same(row.user.full_name, full_name)}
    return people.pop() if len(people) == 1 and full_name.strip() else None


def _may_come(user: User) -> bool:
    return user.is_active and user.left_on is None


def _proved_by_link(request: HttpRequest, pending: _Pending, user: User) -> HttpResponse | None:
    """Link somebody who came with an administrator's link; None where he did not."""
    secret = request.session.pop(LINK, "")
    try:
        if not secret or links.look(secret) != user:
            return None
        with session():
            links.use(secret, address=address_of(request))
            return _linked(request, pending, user)
    except NotDone:
        return None


def _asked_for_proof(request: HttpRequest, pending: _Pending) -> HttpResponse:
    request.session[PENDING] = {name: getattr(pending, name) for name in ("provider", "said", "user", "to")}
    return redirect("sso_prove")


def _linked(request: HttpRequest, pending: _Pending, user: User) -> HttpResponse:
    request.session.pop(PENDING, None)
    with session():
        said = pending.said
        SocialAccount.objects.create(user=user, provider=pending.provider, uid=said["sub"], extra_data=said)
        noting.write("sign_in.linked", user, request, after={"number": said["staff_number"]})
    response: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=pending.to)
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say that no account is linked, and whom to ask."""
    posts = Post.objects.valid_on(clock.today()).filter(office__code=PROVINCE_CODE, role=Post.Role.ADMINISTRATOR)
    whom = posts.filter(entitlements__contains=["manages"], user__is_active=True).select_related("user", "office")
    return render(request, "signin/sso_unknown.html", {"whom": whom.order_by("pk").first()}, status=403)
