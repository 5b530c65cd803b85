"""Passwords stretched with SM3 (GB/T 32905), for an installation that is assessed for cryptography; off by default.

``SPOTCHECK_PASSWORD_HASH=sm3`` turns it on: from then on a password is written so at the next right sign-in, and back
in the same way when it is taken out. Both can always be read.
"""

import hashlib
from functools import partial

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class SM3PasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with HMAC-SM3; a round costs some four of SHA-256 (OpenSSL has no instructions for it)."""

    algorithm = "pbkdf2_sm3"
    iterations = 240_000
    digest = staticmethod(partial(hashlib.new, "sm3"))
