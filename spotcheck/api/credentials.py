"""Credentials: issued to an office, rotated by it, revoked. The first one comes from the province.

A secret is shown once. At most three are live at a time, so that one can take the place of another without a pause;
none lasts longer than 400 days. What a body issues itself never reaches farther than one that it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_network
from typing import Any, Final

from django.db.models import QuerySet
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from spotcheck.api import secret
from spotcheck.api.models import Credential
from spotcheck.api.scopes import known
from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Office
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import refuse_if

MOST_LIVE: Final = 3
LONGEST: Final = 400
"""Days that a credential may last."""
KEYS: Final[Mapping[tuple[str, str], str]] = {
    ("EC", "P-256"): "ES256",
    ("OKP", "Ed25519"): "EdDSA",
    ("RSA", ""): "PS256",
}
"""The kinds of key by which a program may prove itself, and how it signs with them (RFC 7518, 8037)."""
_SHORTEST_RSA: Final = 2048


@dataclass(frozen=True, slots=True)
class Issued:
    """A credential that was just issued, and its secret, which nobody will see again (none where it has a key)."""

    credential: Credential
    secret: str


def of_office(office: Office) -> "QuerySet[Credential]":
    """The credentials of an office, the newest first."""
    return Credential.objects.filter(office=office).select_related("office", "issued_by").order_by("-pk")


def live(office: Office, day: date) -> "QuerySet[Credential]":
    """Those of an office that may be used on a day."""
    return of_office(office).filter(revoked_at__isnull=True, expires_on__gte=day)


def issue(
    office: Office,
    *,
    by: Doer,
    label: str,
    scopes: list[str],
    expires_on: date,
    networks: list[str] | None = None,
    public_jwk: dict[str, Any] | None = None,
) -> Issued:
    """Issue a credential: by whoever manages the people of the office, or those of the province.

    ``networks`` are networks (CIDR) from which it may be used, ``public_jwk`` the public key of a program that proves
    itself by signing (RFC 7517); with it there is no secret. Raises :class:`~spotcheck.registers.refusals.NotDone`.
    """
    with session():
        held = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
        today = sessions.today()
        present = list(live(held, today))
        refuse_if(
            manages=not standing.oversees(by, held),
            missing=not label.strip(),
            not_a_laboratory=held.kind != Office.Kind.LABORATORY,
        )
        last = today.fromordinal(today.toordinal() + LONGEST)
        refuse_if(
            scopes=not known(scopes),
            networks=not _are_networks(networks or []),
            key=public_jwk is not None and algorithm_of(public_jwk) is None,
            expiry=not today <= expires_on <= last,
            three_live=len(present) >= MOST_LIVE,
        )
        refuse_if(
            wider=_is_own(by, held) and not any(_covers(one, scopes, networks or []) for one in present),
        )
        shown = "" if public_jwk is not None else secret.new()
        credential = Credential.objects.create(
            office=held,
            name=label.strip(),
            label=label.strip(),
            client_id=secret.client_id(),
            client_secret=secret.digest(shown) if shown else "",
            hash_client_secret=False,
            client_type=Credential.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Credential.GRANT_CLIENT_CREDENTIALS,
            scopes=scopes,
            networks=networks or [],
            expires_on=expires_on,
            public_jwk=public_jwk,
            issued_by=by.user,
        )
        said = {"office": held.code, "client_id": credential.client_id, "label": credential.label, "scopes": scopes}
        _write("credential.issue", credential, by, after=said | {"networks": networks or [], "until": expires_on})
    return Issued(credential, shown)


def revoke(credential: Credential, *, by: Doer, reason: str) -> Credential:
    """Revoke a credential: from the next request on no token of it is taken any more."""
    with session():
        held = Credential.objects.select_for_update(of=("self",)).select_related("office").get(pk=credential.pk)
        refuse_if(
            manages=not standing.oversees(by, held.office),
            missing=not reason.strip(),
            has_ended=held.revoked_at is not None,
        )
        held.revoked_at = sessions.now()
        held.save(update_fields=["revoked_at"])
        _write("credential.revoke", held, by, after={"client_id": held.client_id, "label": held.label}, reason=reason)
    return held


def algorithm_of(public_jwk: Mapping[str, Any]) -> str | None:
    """How a program signs with the private part of this key; None for a key that is not taken, or is not public."""
    try:
        key = JWK(**public_jwk)
        if key.has_private or key.is_symmetric:
            return None
        kind = str(public_jwk.get("kty", ""))
        if kind == "RSA" and key.get_op_key("verify").key_size < _SHORTEST_RSA:
            return None
    except (JWException, TypeError, ValueError):
        return None
    return KEYS.get((kind, str(public_jwk.get("crv", ""))))


def _is_own(by: Doer, office: Office) -> bool:
    """Whether an office does it for itself."""
    return by.post is not None and by.post.office_id == office.pk


def _covers(one: Credential, scopes: list[str], networks: list[str]) -> bool:
    """Whether a credential reaches as far as these scopes from these networks."""
    if not set(scopes) <= set(one.scopes):
        return False
    return not one.networks or (bool(networks) and set(networks) <= set(one.networks))


def _are_networks(networks: list[str]) -> bool:
    try:
        return all(ip_network(network) for network in networks)
    except ValueError:
        return False


def _write(kind: str, credential: Credential, by: Doer, *, after: Mapping[str, Any], reason: str = "") -> None:
    book.write(kind, by=by.post, user=by.user, subject=credential, after=after, reason=reason, address=by.place)
