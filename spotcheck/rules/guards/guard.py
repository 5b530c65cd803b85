"""Guard: a sentence of the text that can forbid an act, with what would make the act possible."""

from dataclasses import dataclass

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
