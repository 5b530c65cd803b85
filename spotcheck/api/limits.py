"""How often a program may ask: counted for its office, by the minute. Nobody is refused because nobody counts."""

import time
from typing import Final

from spotcheck.api.problems import Problem
from spotcheck.network.counting import is_beyond
from spotcheck.parties.models import Office

READS: Final = 600
WRITES: Final = 120
TOKENS: Final = 30
UNKNOWN: Final = 60
_MINUTE: Final = 60
_TEN_MINUTES: Final = 600


def let_pass(office: Office, *, writes: bool) -> None:
    """Count a request of an office; raises ``too-often`` where it is one too many this minute."""
    kind, allowed = ("writes", WRITES) if writes else ("reads", READS)
    if (seconds := _wait(f"api-{kind}:{office.pk}", allowed, _MINUTE)) > 0:
        raise Problem("too-often", headers={"Retry-After": str(seconds)})


def unknown(office: Office) -> None:
    """Count a code that an office asked for and that is none of its own; raises ``too-often`` where it is guessing."""
    if (seconds := _wait(f"api-unknown:{office.pk}", UNKNOWN, _TEN_MINUTES)) > 0:
        raise Problem("too-often", headers={"Retry-After": str(seconds)})


def tokens(client: str) -> int:
    """Count a token that is asked for; seconds to wait, 0 where it may be given."""
    return _wait(f"api-tokens:{client[:60]}", TOKENS, _MINUTE)


def _wait(key: str, allowed: int, seconds: int) -> int:
    """Count one more in this span of time; how long until the next, where it is one too many."""
    passed = int(time.time())
    return (
        (seconds - passed % seconds) if is_beyond(f"{key}:{passed // seconds}", allowed=allowed, seconds=seconds) else 0
    )
