"""Lists, page by page: a cursor is where the page before ended, signed, and good for one list of one office."""

import json
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest

from spotcheck.api.problems import Problem, Wrong
from spotcheck.rules.words import Words

DEFAULT: Final = 50
MOST: Final = 200
"""Rows of a page."""
LONGEST: Final = 400 * 24 * 60 * 60
"""Seconds that a cursor is good for."""


def written(place: list[Any], *, of: str) -> str:
    """The cursor of a place in a list; ``of`` names list and office."""
    return signing.dumps(place, salt=f"cursor:{of}", compress=False)


def read(cursor: str, *, of: str) -> list[Any]:
    """The place that a cursor names; raises ``cursor-unknown`` and ``cursor-too-old``."""
    try:
        place = signing.loads(cursor, salt=f"cursor:{of}", max_age=LONGEST)
    except signing.SignatureExpired:
        raise Problem("cursor-too-old") from None
    except (signing.BadSignature, ValueError, json.JSONDecodeError):
        raise Problem("cursor-unknown") from None
    if not isinstance(place, list):
        raise Problem("cursor-unknown")
    return place


def limit(request: HttpRequest) -> int:
    """How many rows are asked for."""
    stated = request.GET.get("limit", str(DEFAULT))
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 4 and 1 <= int(stated) <= MOST):
        says = Words(f"limit 须在 1 至 {MOST} 之间", f"limit lies between 1 and {MOST}")
        raise Problem("invalid", wrong=[Wrong("/limit", "range", says)])
    return int(stated)
