"""How much one person asks for: so that a program with somebody's session does not take the site from all others.

Counted in Redis for all processes together (``network/counting.py``); where nobody counts, nobody is refused. People do
not come near these numbers. In the demonstration, where many look by one account, nothing is counted.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from spotcheck.network import counting
from spotcheck.parties.models import User

PAGES: Final = 1200
"""So many requests of one person are answered in a minute."""
FILES: Final = 60
"""So many files that hold persons one person takes along in an hour."""
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE


def asks_too_often(user: User) -> bool:
    """Count one more request of a person; whether it is beyond."""
    return not settings.DEMO and counting.is_beyond(f"pages:{user.pk}", allowed=PAGES, seconds=MINUTE)


def takes_too_much(user: User) -> bool:
    """Count one more file that a person takes along; whether it is beyond."""
    return not settings.DEMO and counting.is_beyond(f"taken:{user.pk}", allowed=FILES, seconds=HOUR)


def refused(request: HttpRequest, *, seconds: int = MINUTE, files: bool = False) -> HttpResponse:
    """The page that says so, and when to come again (429)."""
    response = render(request, "429.html", {"files": files}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
