"""Guard and Flag: a sentence of a text that can forbid an act, and a mark on what is let through."""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Guard:
    """One reason for which an act is refused.

    What it looks at is decided in the chapters; here stands only what is said
    to the one refused.
    Both are parts of a longer sentence and carry no full stop.
    """

    name: str
    articles: tuple[int, ...]
    says: Words
    cure: Words


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on the entry of an act."""

    name: str
    articles: tuple[int, ...]
    label: Words
    meaning: Words


FLAGS: Final[dict[str, Flag]] = {}
"""Every flag of every regulation by its name (filled by ``rules.regulations``)."""
