"""A key as a device has one: signs as a browser does (ECDSA P-256, r and s beside each other)."""

import base64
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from spotcheck.tablet import proofs


def flat(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Key:
    """The key of a device; ``secret`` is a whole number, so that tests have the same one each time."""

    def __init__(self, secret: int) -> None:
        self.secret = secret
        self._key = ec.derive_private_key(secret, ec.SECP256R1())

    @property
    def public(self) -> dict[str, str]:
        numbers = self._key.public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-256",
            "x": flat(numbers.x.to_bytes(32, "big")),
            "y": flat(numbers.y.to_bytes(32, "big")),
        }

    @property
    def private(self) -> dict[str, str]:
        return self.public | {"d": flat(self.secret.to_bytes(32, "big"))}

    def proof(self, method: str, path: str, body: bytes, at: str) -> str:
        text = proofs.signed_text(method, path, body, at)
        r, s = decode_dss_signature(self._key.sign(text, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
        return f"v1 at={at} sig={flat(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def header(key: Key, method: str, path: str, body: bytes, at: str) -> dict[str, Any]:
    return {proofs.HEADER: key.proof(method, path, body, at)}
