"""Proving oneself again: what cannot be undone is done by somebody who was there within the last five minutes.

The one place that knows how allauth keeps these proofs; whoever asks for one asks here.
"""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows import reauthentication
from django.conf import settings
from django.core.exceptions import ValidationError


def is_recent(request: Any) -> bool:
    """Whether this person has proved himself within the last minutes; in the demonstration everybody has."""
    return bool(settings.DEMO or has_proved_lately(request))


def has_proved_lately(request: Any) -> bool:
    """Whether the last proof of this session, at the entrance or since, is of the last minutes."""
    if not request.user.is_authenticated:
        return False
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def prove(request: Any, password: str) -> bool:
    """Take the password once more; say whether it was right. A wrong one counts as at the entrance."""
    try:
        proved = bool(password) and get_adapter(request).reauthenticate(request.user, password)
    except ValidationError:
        return False
    if proved:
        reauthentication.reauthenticate_by_password(request)
    return proved
