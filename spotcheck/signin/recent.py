"""Proving oneself again: what cannot be undone is done by somebody who was there within the last five minutes.

Everybody proves himself by what he has: the password, a code of the authenticator, a passkey, or, where the provider of
a single sign-on knows him, by going there and back. With each proof the session gets another token. The one place that
knows how allauth keeps these proofs; whoever asks for one asks here.
"""

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows import reauthentication
from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as keys
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from spotcheck.look.form_names import CODE, KEY, PASSWORD
from spotcheck.signin import factors
from spotcheck.signin.forms import CodeAgainForm


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks somebody for who has to prove himself: what of it he has, and whether a try was wrong."""

    password: bool
    code: bool
    key: bool
    single: bool
    is_wrong: bool

    @property
    def is_only_single(self) -> bool:
        """Whether there is no other way than by the provider of the single sign-on."""
        return self.single and not (self.password or self.code or self.key)

    @property
    def is_possible(self) -> bool:
        """Whether there is anything at all by which the person could prove himself."""
        return self.password or self.code or self.key or self.single


def is_recent(request: Any) -> bool:
    """Whether this person has proved himself within the last minutes; in the demonstration everybody has."""
    return bool(settings.DEMO or has_proved_lately(request))


def has_proved_lately(request: Any) -> bool:
    """Whether the last proof of this session, at the entrance or since, is of the last minutes."""
    if not request.user.is_authenticated:
        return False
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def asked(request: Any) -> Asked | None:
    """What the form of this page asks for; None where the proof of before still counts."""
    if is_recent(request):
        return None
    user = request.user
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Asked(
        password=user.has_usable_password(),
        code=Authenticator.Type.TOTP in kinds,
        key=Authenticator.Type.WEBAUTHN in kinds and factors.can_have_keys(request),
        single=comes_by_single(user),
        is_wrong=any(request.POST.get(name) for name in (PASSWORD, CODE, KEY)),
    )


def comes_by_single(user: Any) -> bool:
    """Whether the provider of the single sign-on knows this person."""
    return settings.SSO is not None and SocialAccount.objects.filter(user=user, provider=settings.SSO.name).exists()


def is_proved(request: Any) -> bool:
    """Whether somebody has proved himself lately, or does with what was sent along; wrong tries count as anywhere."""
    if is_recent(request):
        return True
    sent = request.POST
    if sent.get(KEY):
        return _by_form(ReauthenticateWebAuthnForm(user=request.user, data={"credential": sent[KEY]}))
    if sent.get(CODE):
        return _by_form(CodeAgainForm(user=request.user, data={"code": sent[CODE]}))
    return prove(request, sent.get(PASSWORD, ""))


def prove(request: Any, password: str) -> bool:
    """Take the password once more; say whether it was right. A wrong one counts as at the entrance."""
    try:
        proved = bool(password) and get_adapter(request).reauthenticate(request.user, password)
    except ValidationError:
        return False
    if proved:
        reauthentication.reauthenticate_by_password(request)
    return proved


def key_options(user: Any) -> dict[str, Any]:
    """What a browser is told so that a passkey of this person signs; the session keeps what it has to answer."""
    return keys.begin_authentication(user)


def listen() -> None:
    """Give the session another token with each proof in between."""
    authentication_step_completed.connect(_proved, dispatch_uid="spotcheck.signin.recent")


def renew(request: HttpRequest) -> None:
    """Let the session go on under another token, and the list of sessions with it."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _by_form(form: Any) -> bool:
    if not form.is_valid():
        return False
    form.save()
    return True


def _proved(sender: object, request: HttpRequest, reauthenticated: bool = False, **_more: object) -> None:
    if reauthenticated:
        renew(request)
