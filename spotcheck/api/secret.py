"""Secrets of programs: random to 256 bits, shown once, kept as a hash.

A password is short and therefore hashed slowly; a random secret cannot be guessed however fast its hash is, and a slow
hash would let five requests a second stop the machine.
"""

import hashlib
import hmac
import secrets
from typing import Any, Final

PREFIX: Final = "sck_"
"""So that whoever finds one in a file or a log knows what it is."""
_BYTES: Final = 32


def new() -> str:
    """A new secret."""
    return f"{PREFIX}{secrets.token_urlsafe(_BYTES)}"


def client_id() -> str:
    """The name of a new credential."""
    return f"sc-{secrets.token_hex(12)}"


def token(_request: Any = None) -> str:
    """A new access token."""
    return f"sct_{secrets.token_urlsafe(_BYTES)}"


def digest(text: str) -> str:
    """The SHA-256 (hex) of a secret or a token: what is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_that(stated: str, kept: str) -> bool:
    """Whether a secret is the one whose hash is kept; a credential with a key of its own has none."""
    return bool(kept) and hmac.compare_digest(digest(stated), kept)
