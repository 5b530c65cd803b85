"""Before a post ends, packages above are asked: what has to be done first is refused by whoever knows of it.

    @before_ending
    def owns_open_cases(post: Post, last_day: date) -> None: ...    # raises Refused

They are called inside the transaction, in the order of the packages, and change nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from spotcheck.parties.models import Post

Asked: TypeAlias = Callable[[Post, date], None]

ASKED: list[Asked] = []


def before_ending(asked: Asked) -> Asked:
    """Register a function that is asked before a post ends."""
    ASKED.append(asked)
    return asked


def ask(post: Post, last_day: date) -> None:
    """Ask everybody; the first who refuses is heard."""
    for asked in ASKED:
        asked(post, last_day)
