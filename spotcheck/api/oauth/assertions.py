"""A program proves itself by signing an assertion with its own key (RFC 7523): nothing secret is ever sent.

Taken is only what is signed by the key of the credential in the one way of such a key, is meant for our address of
tokens, ends within five minutes, and was not used before.
"""

import json
from typing import Any, Final

from django.conf import settings
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from spotcheck.api import secret
from spotcheck.api.credentials import algorithm_of
from spotcheck.api.models import Credential, UsedAssertion
from spotcheck.docket import bulk, clock

KIND: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOKEN_PATH: Final = "/api/v1/oauth/token"  # noqa: S105 -- an address
LONGEST: Final = 5 * 60
"""Seconds that an assertion may still be good for."""
AHEAD: Final = 120
"""So far the clock of a program may be ahead of ours."""
_LONGEST_NAME: Final = 200


def audience() -> str:
    """For whom an assertion has to be made out."""
    return f"{settings.SITE_URL}{TOKEN_PATH}"


def claimed_by(assertion: str) -> str:
    """Whose assertion it says it is, not yet believed; an empty text where it says nothing."""
    try:
        signed = JWS()
        signed.deserialize(assertion)
        claims = json.loads(signed.objects["payload"])
    except (JWException, ValueError, KeyError, TypeError, RecursionError):
        return ""
    name = claims.get("iss") if isinstance(claims, dict) else None
    return name if isinstance(name, str) and len(name) <= _LONGEST_NAME else ""


def proves(assertion: str, credential: Credential) -> bool:
    """Whether an assertion proves that this is the program of a credential; it is used up by being taken."""
    claims = _signed_claims(assertion, credential)
    if claims is None or not claims.get("iss") == claims.get("sub") == credential.client_id:
        return False
    if claims.get("aud") not in (audience(), [audience()]) or not _is_of_now(claims):
        return False
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_NAME:
        return False
    ends = clock.later(clock.now(), LONGEST)
    used = UsedAssertion(credential=credential, jti_sha256=secret.digest(jti), expires_at=ends)
    return bulk.insert_new(used)


def _is_of_now(claims: dict[str, Any]) -> bool:
    """Whether it was made already, and ends soon."""
    now = clock.now().timestamp()
    moments = [claims.get("exp"), claims.get("nbf", now), claims.get("iat", now)]
    if any(isinstance(moment, bool) or not isinstance(moment, int | float) for moment in moments):
        return False
    ends, *begins = moments
    return now < ends <= now + LONGEST and max(begins) <= now + AHEAD


def _signed_claims(assertion: str, credential: Credential) -> dict[str, Any] | None:
    """What an assertion says, if the key of the credential has signed it in the one way it signs."""
    key = dict(credential.public_jwk or {})
    algorithm = algorithm_of(key) if key else None
    if algorithm is None:
        return None
    try:
        signed = JWS()
        signed.allowed_algs = [algorithm]
        signed.deserialize(assertion, JWK(**key))
        claims = json.loads(signed.payload)
    except (JWException, ValueError, TypeError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None
