"""``Device-Proof``: a request is signed by the key of the device it comes from, which nobody can take out of it.

The form is that of ``web/LOG.md``, section 5.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

HEADER: Final = "Device-Proof"
WORD: Final = "spotcheck-device-proof-1"
APART_SECONDS: Final = 300
"""So far the tablet's estimate of our time may be from it."""
_SIDE: Final = 32
_FORM: Final = re.compile(r"v1 at=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) sig=([A-Za-z0-9_-]{86})")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a header says: when it was signed by the tablet's estimate, and the signature (r, then s)."""

    at: str
    signature: bytes

    @property
    def moment(self) -> datetime:
        """When it was signed."""
        return datetime.fromisoformat(self.at)


def read(header: str) -> Proof | None:
    """What a header says; None where it is none."""
    found = _FORM.fullmatch(header)
    if found is None:
        return None
    try:
        datetime.fromisoformat(found[1])
        return Proof(found[1], base64.urlsafe_b64decode(found[2] + "=="))
    except (ValueError, binascii.Error):
        return None


def signed_text(method: str, path: str, body: bytes, at: str) -> bytes:
    """What is signed."""
    return "\n".join((WORD, method, path, hashlib.sha256(body).hexdigest(), at)).encode()


def is_public_key(jwk: Any) -> bool:
    """Whether this is the public half of a key of a device, and nothing besides."""
    return isinstance(jwk, dict) and jwk.keys() == {"kty", "crv", "x", "y"} and _key_of(jwk) is not None


def proves(jwk: Mapping[str, Any], proof: Proof, text: bytes) -> bool:
    """Whether the key has signed the text."""
    key = _key_of(jwk)
    if key is None:
        return False
    r, s = (int.from_bytes(proof.signature[start : start + _SIDE], "big") for start in (0, _SIDE))
    try:
        key.verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _key_of(jwk: Mapping[str, Any]) -> ec.EllipticCurvePublicKey | None:
    if (jwk.get("kty"), jwk.get("crv")) != ("EC", "P-256"):
        return None
    try:
        x, y = (_number(jwk[name]) for name in ("x", "y"))
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except (KeyError, ValueError):
        return None


def _number(text: Any) -> int:
    if not isinstance(text, str) or re.fullmatch(r"[A-Za-z0-9_-]{43}", text) is None:
        raise ValueError("no co-ordinate")
    return int.from_bytes(base64.urlsafe_b64decode(text + "="), "big")
