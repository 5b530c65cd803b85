"""What the environment says of an installation, read so that a slip of the pen is said at the start, by its name.

Every function raises ``ImproperlyConfigured``, which commands tell as one line; without the variable they answer
nothing, nought, or the default.
"""

import ipaddress
import os
from typing import Final

from django.core.exceptions import ImproperlyConfigured

_DIGITS: Final = 4


def flag(name: str, *, default: bool = False) -> bool:
    """Whether something is on: ``1`` or ``0``."""
    said = os.environ.get(name, "").strip()
    if said not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name}={said}: 1 turns it on, 0 turns it off")
    return said == "1" if said else default


def number(name: str, *, default: int = 0) -> int:
    """A whole number, not below nought."""
    said = os.environ.get(name, "").strip()
    if said and not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise ImproperlyConfigured(f"{name}={said}: a whole number is wanted, such as 1")
    return int(said) if said else default


def several(name: str) -> list[str]:
    """What stands between commas, without the blanks around it."""
    return [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]


def networks(name: str) -> list[str]:
    """Networks between commas, each as ``10.2.0.0/16`` or one address."""
    found = several(name)
    for one in found:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError:
            raise ImproperlyConfigured(f"{name}: {one} is no network; write it as 10.2.0.0/16") from None
    return found


def one_of(name: str, known: tuple[str, ...]) -> str:
    """One of these words; the first where nothing is said."""
    said = os.environ.get(name, "").strip() or known[0]
    if said not in known:
        raise ImproperlyConfigured(f"{name}={said}: one of {', '.join(known)}")
    return said
