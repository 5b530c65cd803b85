"""The id of a day's package: when it was issued and for which tablet, signed, so that nobody goes out before it.

It is 64 hexadecimal digits, as a hash is, because the first act of a log names it where the others name the hash of
the act before. Nothing of it is kept: eight bytes of the moment in milliseconds, eight of chance, sixteen of a MAC.
"""

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

_SALT: Final = b"spotcheck.field-package"
_FORM: Final = re.compile(r"[0-9a-f]{64}")
_MOMENT: Final = 8
_HEAD: Final = 16
_MS: Final = 1000


def issue(device: str, now: datetime) -> str:
    """The id of a package that a tablet gets now."""
    head = int(now.timestamp() * _MS).to_bytes(_MOMENT, "big") + secrets.token_bytes(_HEAD - _MOMENT)
    return (head + _mac(settings.SECRET_KEY, head, device)).hex()


def issued_at(package: str, device: str) -> datetime | None:
    """When a package was issued to this tablet; None where it never was."""
    if _FORM.fullmatch(package) is None:
        return None
    whole = bytes.fromhex(package)
    head, mac = whole[:_HEAD], whole[_HEAD:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(mac, _mac(key, head, device)) for key in keys):
        return None
    return datetime.fromtimestamp(int.from_bytes(head[:_MOMENT], "big") / _MS, tz=UTC)


def _mac(key: str, head: bytes, device: str) -> bytes:
    derived = hashlib.sha256(_SALT + key.encode()).digest()
    return hmac.digest(derived, head + device.encode(), "sha256")[:_HEAD]
