"""Building blocks for the facts of acts.

A fact that is not stated counts as not shown, and what an act needs is said by its requirements, by article. Only
questions whose answer decides the case either way (:func:`answer`, :func:`finding`) cannot be passed over. What is
held against somebody is a claim (:func:`claim`): a text that says it or names the document, never a tick (R52).
"""

from typing import Any, Final

from rest_framework import serializers

from spotcheck.docket.flow import Facts

__all__ = [
    "Facts",
    "Results",
    "answer",
    "claim",
    "finding",
    "is_written",
    "number",
    "one_of",
    "record",
    "some_of",
    "text",
    "texts",
    "when",
    "whole",
    "yes",
]


def yes() -> serializers.BooleanField:
    """Something was shown, done or found."""
    return serializers.BooleanField(required=False)


def answer() -> serializers.BooleanField:
    """Yes or no, each with a consequence: silence would be the worse one for somebody, so it is not taken."""
    return serializers.BooleanField()


def finding(*values: str) -> serializers.ChoiceField:
    """One of these values, each with a consequence."""
    return serializers.ChoiceField(choices=values)


def one_of(*values: str) -> serializers.ChoiceField:
    """One of these values."""
    return serializers.ChoiceField(choices=values, required=False)


def some_of(*values: str) -> serializers.MultipleChoiceField:
    """Any of these values."""
    return serializers.MultipleChoiceField(choices=values, required=False)


BARE: Final = frozenset({"true", "false", "yes", "no", "none", "是", "否", "有", "无", "没有", "属实", "略", "同上"})
"""Words that claim something and say nothing."""
LEAST: Final = 2
"""So many letters or digits has anything that says something, be it only the number of a paper."""


class Claim(serializers.CharField):
    """Something in writing: what was found, or by which number the document that says so is on file."""


def claim(length: int = 2000) -> Claim:
    """A claim; whether it is made at all is for a requirement to ask (:func:`is_written`)."""
    return Claim(max_length=length, required=False, allow_blank=True)


def is_written(stated: Any) -> bool:
    """Whether a claim says something: a bare yes, a stroke or a blank is none."""
    said = stated.strip() if isinstance(stated, str) else ""
    return said.lower() not in BARE and sum(letter.isalnum() for letter in said) >= LEAST


def text(length: int = 200) -> serializers.CharField:
    """A short text."""
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


def texts(length: int = 100) -> serializers.ListField:
    """Several short texts, such as names."""
    return serializers.ListField(child=serializers.CharField(max_length=length), required=False)


def when() -> serializers.DateField:
    """A day."""
    return serializers.DateField(required=False)


def whole() -> serializers.IntegerField:
    """A whole number of things."""
    return serializers.IntegerField(min_value=0, required=False)


def number() -> serializers.CharField:
    """The number of a document, a slip or a seal."""
    return text(60)


def record() -> serializers.JSONField:
    """A small record with a shape of its own, checked where it is used."""
    return serializers.JSONField(required=False)


class Result(serializers.Serializer[Any]):
    """One item and its result."""

    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=("performance", "safety", "label"), required=False)
    result = serializers.ChoiceField(choices=("pass", "fail"))
    limit = serializers.CharField(max_length=60, required=False, allow_blank=True)
    value = serializers.CharField(max_length=60, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=30, required=False, allow_blank=True)


class Results(serializers.ListField):
    """Item results: a list of ``{name, kind, result}``, with limit, value and unit where they are known."""

    child = Result()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
