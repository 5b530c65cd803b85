"""ServiceTarget: a target for a duty without a number.

Reading R12: a target is a setting of the office. It puts the duty on the worklist and is never
called a statutory deadline, on no screen and on no paper.
"""

from dataclasses import dataclass

from spotcheck.rules.periods import Unit
from spotcheck.rules.words import Words


@dataclass(frozen=True, kw_only=True)
class ServiceTarget:
    """A target; ``word`` is what the text says instead of a number, or None."""

    slug: str
    articles: tuple[int, ...]
    name: Words
    word: Words | None
    length: int
    unit: Unit
