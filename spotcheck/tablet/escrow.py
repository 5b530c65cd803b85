"""The bureau's escrow key: a forgotten PIN or a lost token loses no record (``web/LOG.md``, section 11).

A tablet wraps the key of each person's store for it. The private half is made here once, written into a file under a
passphrase and kept by nobody but whoever operates the machine; it opens rescue files for the intake, and nothing to
read.
"""

import base64
import hashlib
from typing import Any, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.tablet.models import EscrowKey

BITS: Final = 3072
_EXPONENT: Final = 65537
_PADDING: Final = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class NotThisKey(ValueError):
    """A file holds no private key, the passphrase is another one, or something was wrapped for another key."""


def in_force() -> dict[str, Any] | None:
    """The public half of the key in force, as a tablet is told it: a JWK with its ``kid``; None before there is one."""
    newest = EscrowKey.objects.order_by("-pk").first()
    return {**newest.public_jwk, "kid": newest.kid} if newest is not None else None


def make(passphrase: str, *, account: str) -> tuple[EscrowKey, str]:
    """Make a key that is in force from now on; return it, and the private half as PEM under the passphrase."""
    private = rsa.generate_private_key(_EXPONENT, BITS)
    jwk = _jwk(private.public_key())
    with session():
        made = EscrowKey.objects.create(kid=_kid(jwk), public_jwk=jwk, made_at=sessions.now(), made_by=account)
        book.write(
            "device.escrow",
            by=None,
            user=None,
            subject=("device", made.kid[:16]),
            after={"code": made.kid[:16]},
            address=account,
        )
    how = serialization.BestAvailableEncryption(passphrase.encode())
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)
    return made, pem.decode("ascii")


def read(pem: bytes, passphrase: str) -> rsa.RSAPrivateKey:
    """The private half. Raises :class:`NotThisKey`."""
    try:
        found = serialization.load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError):
        raise NotThisKey from None
    if not isinstance(found, rsa.RSAPrivateKey):
        raise NotThisKey
    return found


def unwrap(private: rsa.RSAPrivateKey, wrapped: bytes) -> bytes:
    """The key of somebody's store. Raises :class:`NotThisKey` where it was wrapped for another one."""
    try:
        return private.decrypt(wrapped, _PADDING)
    except ValueError:
        raise NotThisKey from None


def _jwk(public: rsa.RSAPublicKey) -> dict[str, Any]:
    numbers = public.public_numbers()
    return {"kty": "RSA", "alg": "RSA-OAEP-256", "n": _digits(numbers.n), "e": _digits(numbers.e)}


def _digits(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(-(-number.bit_length() // 8), "big")).rstrip(b"=").decode()


def _kid(jwk: dict[str, Any]) -> str:
    return hashlib.sha256(f'{{"e":"{jwk["e"]}","kty":"RSA","n":"{jwk["n"]}"}}'.encode()).hexdigest()
