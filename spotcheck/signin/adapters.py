"""How allauth is told our rules: nobody makes an account, a locked one looks like a wrong password, secrets sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from spotcheck.network.counting import address_of
from spotcheck.parties.models import User
from spotcheck.signin import factors, hashing, recent


class Accounts(DefaultAccountAdapter):
    """Accounts as the registers keep them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("账号或者密码不对，请再试一次。"),
        "too_many_login_attempts": _("短时间内多次登录未成功，请过几分钟再试。"),
        "incorrect_password": _("密码不对，请再试一次。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account here: administrators do (registers)."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Prove a person; a locked account answers as a wrong password does."""
        with hashing.turn():
            user: User | None = super().authenticate(request, **credentials)
        may = user is not None and user.is_active and user.left_on is None and not user.sso_only
        return user if may else None

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Whoever has just come in has proved himself recently too."""
        return not recent.has_proved_lately(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What somebody can prove himself by on a page of its own; the provider of the single sign-on too."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and recent.comes_by_single(user):
            methods.append({"id": "single", "description": _("通过统一身份认证确认"), "url": reverse("sso_again")})
        return methods

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted by the name alone: whoever asks chooses under which name of the site he does."""
        return str(credentials.get("username", "")).lower()

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A locked account that comes with a passkey is led back to the entrance."""
        return redirect("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the proxy saw."""
        return address_of(request)

    def add_message(self, *_args: Any, **_more: Any) -> None:
        """Say nothing besides: our pages say themselves what has happened."""

    def send_mail(self, *_args: Any, **_more: Any) -> None:
        """Nothing leaves inside a request, and allauth's letters are not ours."""


class Factors(DefaultMFAAdapter):
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不对，请再试一次。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return factors.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a kept secret."""
        return factors.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Under which name an authenticator shows the account."""
        return str(settings.SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
