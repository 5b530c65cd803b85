"""Citation: an article of a named text, as it leaves the program."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spotcheck.rules.articles import cite
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An article, or one item of it, of one text."""

    regulation: str
    article: int
    item: int | None = None

    @property
    def words(self) -> Words:
        """How it is cited among others of the same text: 第三十五条."""
        return cite(self.article, self.item)

    def as_record(self) -> dict[str, Any]:
        """As others read it: ``regulation``, ``article``, ``item`` (None for the whole article)."""
        return {"regulation": self.regulation, "article": self.article, "item": self.item}


def of_text(regulation: str, articles: Iterable[int]) -> tuple[Citation, ...]:
    """Articles of one text, each once, in order."""
    return tuple(Citation(regulation, number) for number in sorted(set(articles)))
