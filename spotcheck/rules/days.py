"""Days as texts: year-month-day in plain digits, at every door, and nothing else that a parser might make of a text."""

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day_of(text: str) -> date | None:
    """The day that a text is; None when it is none: no week dates, no other digits, no 30 February."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
