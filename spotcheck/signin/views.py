"""The pages of the entrance that are ours: signing in, the one-time link, one's account, the choice of a post."""

from collections.abc import Iterable
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LoginView, password_change
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import password_changed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.casework.posts import POST_KEY, posts_of
from spotcheck.docket.models import Record
from spotcheck.docket.sessions import session
from spotcheck.network import mail
from spotcheck.network.counting import address_of
from spotcheck.parties.models import User
from spotcheck.registers import links
from spotcheck.registers.refusals import NotDone
from spotcheck.registers.standing import administrators_for
from spotcheck.rules.book import KINDS
from spotcheck.signin import factors, hashing, letters, limits, noting, recent, single
from spotcheck.signin.forms import FirstPasswordForm
from spotcheck.signin.places import wanted_place

BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
_LATEST: Final = 10
_OF_ONESELF: Final = (
    "sign_in.in",
    "sign_in.failed",
    "sign_in.code_failed",
    "sign_in.out",
    "sign_in.locked",
    "sign_in.password",
    "sign_in.factor",
    "sign_in.mailed",
    "sign_in.unlocked",
    "sign_in.address",
    "sign_in.linked",
    "sign_in.session_ended",
)


class SignInView(LoginView):
    """The entrance: name and password, and the accounts of the demonstration while it is loaded."""

    template_name = "signin/sign_in.html"
    http_method_names = ("get", "head", "post")  # a PUT would be tried as a POST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where one wanted to go, and what can be entered by a click."""
        more = {"next": wanted_place(self.request), "demo": list(offered()), "ended": "ended" in self.request.GET}
        more["sso"] = settings.SSO
        more["has_mail"] = mail.is_set()
        more["has_keys"] = factors.can_have_keys(self.request)
        return super().get_context_data(**kwargs) | more

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The one page, with the one for links, whose form may lead to the provider."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = single.policy()
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page again, said to programs too."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_success_url(self) -> str:
        """Where somebody wanted to go, if it is on this site."""
        return wanted_place(self.request)


sign_in = SignInView.as_view()


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people; only while the demonstration is loaded."""
    username = request.POST.get("username", "")
    if username not in {account.username for account in offered()}:
        raise Http404
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect(wanted_place(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, also from between the password and the second factor; the window forgets what was typed (drafts stay)."""
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@login_required
@never_cache
def choose_post(request: Any) -> HttpResponse:
    """Choose the post in which one works now; what one sees and may do follows from it alone."""
    posts = posts_of(request.user)
    if request.method == "POST":
        chosen = [post for post in posts if str(post.pk) == request.POST.get("post")]
        if chosen:
            request.session[POST_KEY] = chosen[0].pk
            return redirect(wanted_place(request))
    message = "" if posts else _("您的账号目前没有有效的岗位，请联系管理员：")
    asked = [] if posts else administrators_for(request.user)
    context = {"posts": posts, "message": message, "asked": asked, "current": request.session.get(POST_KEY)}
    return render(request, "signin/post.html", context)


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@hashing.in_turn
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a password by a one-time link; it is used up with the password and not by looking."""
    try:
        user = links.look(secret)
        if user.sso_only:
            return _to_be_linked(request, secret, user)
        form = FirstPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            with session():
                links.use(secret, address=address_of(request))
                set_password(user, form.cleaned_data["password1"])
                noting.write("sign_in.password", user, request)
            return render(request, "signin/password_set.html", {"username": user.username})
    except NotDone as refused:
        return render(request, "signin/link_over.html", {"refused": refused}, status=410)
    status = 422 if request.method == "POST" else 200
    response = render(request, "signin/link.html", {"form": form, "person": user}, status=status)
    response.headers["Referrer-Policy"] = "strict-origin"  # the address is the secret
    return response


def _to_be_linked(request: HttpRequest, secret: str, user: User) -> HttpResponse:
    """The link of somebody who has no password: it is used up when he comes back from the provider."""
    request.session[single.LINK] = secret
    response = render(request, "signin/sso_begin.html", {"person": user, "sso": settings.SSO})
    response.headers["Content-Security-Policy"] = single.policy()
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


@never_cache
@login_required
@hashing.in_turn
def change_password(request: Any) -> HttpResponse:
    """Change the password; who has none, because he comes through the single sign-on, has no such page."""
    if not request.user.has_usable_password():
        raise Http404
    response: HttpResponse = password_change(request)
    return response


@never_cache
@login_required
@reauthentication_required(app="spotcheck", allow_get=True)
def devices(request: Any) -> HttpResponse:
    """See one's sessions; whoever ends the others has proved himself lately, or does first."""
    own = UserSession.objects.filter(user=request.user)
    before = own.count()
    response: HttpResponse = list_usersessions(request)
    if request.method == "POST":
        ended = before - own.count()
        noting.write_ended(request.user, ended, by=request.user, where=address_of(request))
    return response


@login_required
@never_cache
@require_GET
def key_options(request: Any) -> JsonResponse:
    """What a browser needs so that one's own passkey signs, for the proof inside a form."""
    return JsonResponse(recent.key_options(request.user))


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer whoever has tried too often in a short time."""
    return limits.refused(request)


def set_password(user: User, password: str) -> None:
    """Set a password, in the transaction of whatever allows it: all sessions end with the old one."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    password_changed(password, user)


@login_required
@never_cache
@require_GET
def account(request: Any) -> HttpResponse:
    """One's own account: factors, password, sessions, and the last times somebody came in under one's name."""
    lines = Record.objects.filter(subject_type="user", subject_id=str(request.user.pk), kind__in=_OF_ONESELF)
    context = {
        "lines": [(line, KINDS[line.kind]) for line in lines.order_by("-pk")[:_LATEST]],
        "has_factor": factors.has_one(request.user),
        "needs_factor": factors.is_needed(request.user, address_of(request)),
        "posts": posts_of(request.user),
        "has_mail": mail.is_set(),
        "is_confirmed": bool(letters.confirmed_address(request.user)),
        "was_sent": "sent" in request.GET,
    }
    return render(request, "signin/account.html", context)


def offered() -> Iterable[Any]:
    """The accounts that can be entered by a click: those of a demonstration, where the installation names one."""
    return import_string(settings.SIGN_IN_OFFERS)() if settings.SIGN_IN_OFFERS else []
