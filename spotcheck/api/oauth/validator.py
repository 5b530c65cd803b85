"""Whether a program that asks for a token is the one of a credential, today, from where it calls."""

import base64
import binascii
from datetime import date
from typing import Any, Final

import structlog
from django.db.models.functions import Now
from oauth2_provider.models import get_access_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator

from spotcheck.api import secret
from spotcheck.api.models import Credential
from spotcheck.api.oauth import assertions
from spotcheck.docket import clock
from spotcheck.network import counting

logger = structlog.get_logger(__name__)

WRONG: Final = 10
SECONDS: Final = 600
"""So many wrong secrets of a program from one address within these seconds; then it waits."""


class Validator(OAuth2Validator):
    """The toolkit's validator, for credentials."""

    def client_authentication_required(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Always: no credential is public."""
        return True

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """By an assertion or by the secret; by both at once is by neither (RFC 6749, 2.3)."""
        kind, assertion = _param(request, "client_assertion_type"), _param(request, "client_assertion")
        address = str(request.headers.get("spotcheck.address", ""))
        named = assertions.claimed_by(assertion) if assertion else self._named(request)
        if kind or assertion:
            proved = (
                kind == assertions.KIND
                and not _param(request, "client_secret")
                and not self._extract_basic_auth(request)
                and self._proves(assertion, named, request)
            )
        else:
            proved = super().authenticate_client(request, *args, **kwargs)
        credential: Credential | None = request.client if proved else None
        if credential is not None and credential.may_call_from(address):
            _note(credential, clock.today())
            return True
        key = _key(named, address)
        if named and counting.is_beyond(key, allowed=WRONG, seconds=SECONDS):
            logger.error("too many wrong secrets of a program", client=named[:40])
        request.client = None
        return False

    def _proves(self, assertion: str, named: str, request: Any) -> bool:
        credential = self._load_application(named, request)
        return credential is not None and assertions.proves(assertion, credential)

    def _named(self, request: Any) -> str:
        """The client that a request names, in its header or its body."""
        basic = self._extract_basic_auth(request)
        return client_of(basic) if basic else _param(request, "client_id")

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        """Compare with what is kept of a random secret."""
        return secret.is_that(provided_secret, stored_secret)

    def revoke_token(self, token: str, token_type_hint: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """End a token of this program; of others, and of what is none, nothing happens and nothing is said."""
        rows = get_access_token_model().objects.filter(token_checksum=secret.digest(token), application=request.client)
        rows.update(expires=Now())

    def _load_application(self, client_id: str, request: Any) -> Any:
        """The credential of this name, if it is live today."""
        loaded = super()._load_application(client_id, request)
        if loaded is None or not loaded.is_live(clock.today()):
            request.client = None
            return None
        return loaded


def is_locked_out(client: str, address: str) -> bool:
    """Whether too many wrong secrets of a program came from an address."""
    return bool(client) and counting.counted(_key(client, address)) > WRONG


def client_of(basic: str) -> str:
    """The client that a header of HTTP Basic names."""
    try:
        return base64.b64decode(basic).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _key(client: str, address: str) -> str:
    return f"secrets:{secret.digest(client)[:32]}:{address}"


def _param(request: Any, name: str) -> str:
    """A parameter of the body of a request."""
    return str(getattr(request, name, "") or "")


def _note(credential: Credential, today: date) -> None:
    """Write down that it is used, once a day."""
    if credential.last_used_on != today:
        Credential.objects.filter(pk=credential.pk).update(last_used_on=today)
