"""Building blocks for the facts of acts, and what an answer must be.

Each fact says itself when it is asked for and whether the act can do without it (:class:`Asking`); ``perform`` holds
every caller to it (:mod:`spotcheck.docket.answers`), and a screen draws its form by it. What is held against somebody
is a claim (:func:`claim`): a text that says it or names the document, never a tick (R52).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from rest_framework import serializers

from spotcheck.docket.flow import Facts
from spotcheck.rules import folding, names
from spotcheck.rules.days import day_of

__all__ = [
    "OUTSIDE",
    "Asking",
    "Facts",
    "Results",
    "claim",
    "documents",
    "is_written",
    "moment",
    "number",
    "one_of",
    "people",
    "record",
    "results",
    "some_of",
    "text",
    "texts",
    "when",
    "whole",
    "yes",
]

OUTSIDE: Final = "outside"
"""Of a place, as an answer: that it lies in another province."""

Answers = Mapping[str, str | bool | tuple[str | bool, ...]]
"""Other facts of the act by name, each with the answer or the answers meant; an empty text is no answer."""


@dataclass(frozen=True, slots=True)
class Asking:
    """When a fact is asked for, and whether the act can do without an answer.

    ``needed`` says that it cannot: always, or only with these other answers. ``decisive`` marks a yes or no with a
    consequence either way, so that silence is no answer. ``only_when`` are the other answers that raise the question,
    ``only_of`` says of which matters, on which day, it is asked at
    all: what the record answers is not asked (R52). ``instead`` names the fact that may stand in for this one,
    ``in_writing`` says that a bare yes or a stroke states nothing.
    """

    needed: bool | Answers = False
    decisive: bool = False
    only_when: Answers = field(default_factory=dict)
    only_of: Callable[[Any, date], bool] | None = None
    instead: str = ""
    in_writing: bool = False

    def __deepcopy__(self, memo: dict[int, Any]) -> "Asking":
        """Return itself: the framework copies the fields of a form each time one is made."""
        return self


class Asked:
    """A field that says when it is asked for; the framework hands ``asking`` on to every copy."""

    def __init__(self, *args: Any, asking: Asking | None = None, **kwargs: Any) -> None:
        self.asking = asking or Asking()
        super().__init__(*args, **kwargs)


class Tick(Asked, serializers.BooleanField):
    """Yes or no."""


class Choice(Asked, serializers.ChoiceField):
    """One of several values."""


class Choices(Asked, serializers.MultipleChoiceField):
    """Any of several values."""


class Text(Asked, serializers.CharField):
    """Something short in words."""


class Number(Text):
    """A number or code as it is written: in half width, and that of a document in six-cornered brackets."""

    def to_internal_value(self, data: Any) -> str:
        """Take what was typed into the usual form."""
        return folding.number(super().to_internal_value(data))


class Texts(Asked, serializers.ListField):
    """Several short texts."""


class Names(Texts):
    """The names of persons, each once, also where several stand in one line."""

    def to_internal_value(self, data: Any) -> list[str]:
        """Tell the names apart."""
        return names.split(super().to_internal_value(data))


class Day(Asked, serializers.DateField):
    """A day: year-month-day in plain digits."""

    def to_internal_value(self, value: Any) -> date:
        """Take no other text for a day, whatever a parser would make of it."""
        if isinstance(value, str) and day_of(value) is None:
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Moment(Asked, serializers.DateTimeField):
    """A day with its hour; without an offset, that of Shandong."""


class Whole(Asked, serializers.IntegerField):
    """A whole number of things."""


class Record(Asked, serializers.JSONField):
    """A small record with a shape of its own."""


def yes(**asking: Any) -> Tick:
    """Something was shown, done or found; ``decisive`` when yes and no each have a consequence."""
    return Tick(required=False, asking=Asking(**asking))


def one_of(*values: str, needed: bool | Answers = True, **asking: Any) -> Choice:
    """One of these values; a choice that is asked for is made."""
    return Choice(choices=values, required=False, asking=Asking(needed=needed, **asking))


def some_of(*values: str, **asking: Any) -> Choices:
    """Any of these values."""
    return Choices(choices=values, required=False, asking=Asking(**asking))


BARE: Final = frozenset({"true", "false", "yes", "no", "none", "是", "否", "有", "无", "没有", "属实", "略", "同上"})
"""Words that claim something and say nothing."""
LEAST: Final = 2
"""So many letters or digits has anything that says something, be it only the number of a paper."""


class Claim(Asked, serializers.CharField):
    """Something in writing: what was found, or by which number the document that says so is on file."""

    def to_internal_value(self, data: Any) -> str:
        """Write the numbers of documents with the brackets that they have."""
        return folding.document_number(super().to_internal_value(data))


def claim(length: int = 2000, **asking: Any) -> Claim:
    """A claim; where a requirement asks whether it is made (:func:`is_written`), nothing more need be said here."""
    return Claim(max_length=length, required=False, allow_blank=True, asking=Asking(in_writing=True, **asking))


def is_written(stated: Any) -> bool:
    """Whether a claim says something: a bare yes, a stroke or a blank is none."""
    said = stated.strip() if isinstance(stated, str) else ""
    return said.lower() not in BARE and sum(letter.isalnum() for letter in said) >= LEAST


def text(length: int = 200, **asking: Any) -> Text:
    """A short text."""
    return Text(max_length=length, required=False, allow_blank=True, asking=Asking(**asking))


def texts(length: int = 100, **asking: Any) -> Texts:
    """Several short texts, such as names."""
    return Texts(child=serializers.CharField(max_length=length), required=False, asking=Asking(**asking))


def people(length: int = 60, **asking: Any) -> Names:
    """The names of persons."""
    return Names(child=serializers.CharField(max_length=length), required=False, asking=Asking(**asking))


class Documents(Texts):
    """The numbers of documents, each once, also where several stand in one line."""

    def to_internal_value(self, data: Any) -> list[str]:
        """Tell the numbers apart, and write them as usual."""
        lines = super().to_internal_value(data)
        parts = [folding.number(part) for line in lines for part in _BETWEEN_DOCUMENTS.split(line)]
        return names.once(part for part in parts if part)


_BETWEEN_DOCUMENTS: Final = re.compile(r"[\n、；;]+|[，,](?=[^，,]*号)")


def documents(length: int = 100, **asking: Any) -> Documents:
    """The numbers of documents."""
    return Documents(child=serializers.CharField(max_length=length), required=False, asking=Asking(**asking))


def when(**asking: Any) -> Day:
    """A day."""
    return Day(required=False, asking=Asking(**asking))


def moment(**asking: Any) -> Moment:
    """A day with its hour."""
    return Moment(required=False, asking=Asking(**asking))


def whole(**asking: Any) -> Whole:
    """A whole number of things."""
    return Whole(min_value=0, required=False, asking=Asking(**asking))


def number(**asking: Any) -> Number:
    """The number of a document, a slip or a seal."""
    return Number(max_length=60, required=False, allow_blank=True, asking=Asking(**asking))


def record(**asking: Any) -> Record:
    """A small record with a shape of its own, checked where it is used."""
    return Record(required=False, asking=Asking(**asking))


class Result(serializers.Serializer[Any]):
    """One item and its result."""

    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=("performance", "safety", "label"), required=False)
    result = serializers.ChoiceField(choices=("pass", "fail"))
    limit = serializers.CharField(max_length=60, required=False, allow_blank=True)
    value = serializers.CharField(max_length=60, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=30, required=False, allow_blank=True)


class Results(Asked, serializers.ListField):
    """Item results: a list of ``{name, kind, result}``, with limit, value and unit where they are known."""

    child = Result()


def results(**asking: Any) -> Results:
    """The results of the items of a test."""
    return Results(required=False, asking=Asking(**asking))
