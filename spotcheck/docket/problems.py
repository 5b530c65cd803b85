"""Refusals: what was tried, why not, which article, and what would make it possible."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spotcheck.rules.acts import words_of
from spotcheck.rules.articles import cite
from spotcheck.rules.citations import Citation, of_text
from spotcheck.rules.refused import Refused
from spotcheck.rules.regulations import of_act
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act is refused: the guard (or ``state``, or ``answered``), its articles, the words, and the cure.

    ``facts`` names the facts that it looks at, so that a door can say it beside its inputs.
    """

    guard: str
    articles: tuple[int, ...]
    says: Words
    cure: Words | None = None
    facts: tuple[str, ...] = ()


class ActNotPermitted(Refused):
    """An act that the regulation forbids now. Nothing has been changed.

    ``articles`` are those on which the refusal rests, of ``regulation`` (that of the act's chart; stated for the
    docket's own acts); ``reasons`` say it in words.
    """

    kind = "act-not-permitted"
    reasons: tuple[Reason, ...]

    def __init__(self, act: str, reasons: Iterable[Reason], *, regulation: str = "") -> None:
        self.act = act
        self._regulation = regulation
        self.reasons = tuple(reasons)
        super().__init__(self.text("zh-hans"))
        self.errors = {}

    @property
    def regulation(self) -> str:
        """The text whose articles are meant."""
        return self._regulation or of_act(self.act).id

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The articles in the way, each once, in order, with their text: what leaves the program."""
        return of_text(self.regulation, self.articles)

    @property
    def articles(self) -> tuple[int, ...]:
        """The articles in the way, each once, in order."""
        return tuple(sorted({number for reason in self.reasons for number in reason.articles}))

    def text(self, language: str) -> str:
        """Say the whole refusal in one sentence."""
        label = words_of(self.act).label.in_(language)
        chinese = language.startswith("zh")
        parts = []
        for reason in self.reasons:
            cited = ("、" if chinese else ", ").join(cite(n).in_(language) for n in reason.articles)
            parts.append(
                f"{reason.says.in_(language)}（{cited}）" if chinese else f"{reason.says.in_(language)} ({cited})"
            )
        return f"不能{label}：{'；'.join(parts)}" if chinese else f"Not possible: {label}: {'; '.join(parts)}"

    def as_problem(self, language: str) -> dict[str, Any]:
        """Return the refusal as problem details (RFC 9457)."""
        return super().as_problem(language) | {
            "title": words_of(self.act).label.in_(language),
            "articles": [citation.as_record() for citation in self.citations],
            "reasons": [
                {
                    "guard": reason.guard,
                    "articles": [one.as_record() for one in of_text(self.regulation, reason.articles)],
                    "says": reason.says.in_(language),
                    "cure": reason.cure.in_(language) if reason.cure else None,
                    "facts": list(reason.facts),
                }
                for reason in self.reasons
            ],
        }


class BadFacts(Refused):
    """What was sent with an act is not of the right form: unknown names, wrong types, impossible dates."""

    status = 400
    kind = "bad-facts"

    def __init__(self, act: str, errors: dict[str, Any]) -> None:
        self.act = act
        super().__init__(errors)

    def __str__(self) -> str:
        return f"{self.act}: {self.errors}"
