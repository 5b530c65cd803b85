"""Words: one term of the regulation in the two languages of the system."""

from collections.abc import Iterable
from typing import NamedTuple


class Words(NamedTuple):
    """A term or sentence in Chinese and in English.

    Chinese is the language of the text and therefore the plain form.
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def in_(self, language: str) -> str:
        """Return the words in this language: Chinese for ``zh`` tags, English for all others."""
        return self.zh if language.lower().startswith("zh") else self.en


def in_one(found: Iterable[Words]) -> Words | None:
    """Return several sentences as one; None for none."""
    several = list(found)
    return Words("；".join(one.zh for one in several), "; ".join(one.en for one in several)) if several else None


def names_in_one(names: Iterable[str]) -> Words | None:
    """Return names that are the same in both languages as one sentence's part; None for none."""
    several = list(names)
    return Words("、".join(several), ", ".join(several)) if several else None
