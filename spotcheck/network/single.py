"""Where the single sign-on of an installation stands, as its settings say it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ADDRESS: Final = re.compile(r"([a-z][a-z0-9-]{0,30})=(https://[^\s?#]+|http://(?:127\.0\.0\.1|localhost)[^\s?#]*)")


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """A provider: its name here, its address, what we are called there, and where it says the staff number."""

    name: str
    address: str
    client: str
    secret: str
    number_claim: str


def provider_of(given: str, *, client: str, secret_file: str, number_claim: str) -> SingleSignOn | None:
    """Read ``name=https://address``; None where there is none, ``ValueError`` with a sentence where it is not one."""
    if not given:
        return None
    found = _ADDRESS.fullmatch(given)
    if found is None:
        raise ValueError("SPOTCHECK_SSO: not name=https://address")
    try:
        secret = Path(secret_file).read_text(encoding="utf-8").strip() if secret_file else ""
    except OSError as error:
        raise ValueError(f"SPOTCHECK_SSO_SECRET_FILE: {error.strerror}") from error
    if not client or not secret:
        raise ValueError("SPOTCHECK_SSO needs SPOTCHECK_SSO_CLIENT and SPOTCHECK_SSO_SECRET_FILE")
    return SingleSignOn(found[1], found[2].rstrip("/"), client, secret, number_claim)
