"""Requirement: a sentence of the text that can forbid an act, with the words to say so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spotcheck.rules.guards import Guard
from spotcheck.rules.regulations import REGULATIONS, Regulation
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Requirement:
    """One guard of a chart.

    ``holds`` looks at the matter and at what is proposed (``matter.proposal``). ``asks`` names the facts of
    the act it looks at: a requirement that asks nothing can be judged before anything has been filled in. ``stands``
    is the part of one that asks which can be judged then too: what is on record, whatever will be filled in.
    """

    name: str
    holds: Callable[[Any], bool]
    asks: tuple[str, ...] = ()
    tells: Callable[[Any], Words | None] | None = None
    stands: Callable[[Any], bool] | None = None

    def __post_init__(self) -> None:
        """Refuse a guard that no regulation's vocabulary knows."""
        if not any(self.name in text.guards for text in REGULATIONS.values()):
            raise KeyError(self.name)

    def __call__(self, matter: Any) -> bool:
        """Judge the matter; the shape django-fsm wants of a condition, which it asks once more in the transition."""
        return matter.proposal.is_checked or self.holds(matter)

    def guard_in(self, text: Regulation) -> Guard:
        """The words and articles of this requirement in one text."""
        return text.guards[self.name]

    def says(self, matter: Any) -> Words:
        """Why this matter is refused, once it has been."""
        words, more = self.guard_in(matter.text()).says, self.tells(matter) if self.tells is not None else None
        return words if more is None else Words(f"{words.zh}：{more.zh}", f"{words.en}: {more.en}")
