"""Reading a body the short way: what is right is taken without the machinery that tells what is wrong.

A shape is turned into plain functions once. They take exactly what its fields take (``api/shapes.py``), in the same
types, and give up at the first doubt; then the shape itself reads the body and names every place that is wrong. So
there is one say about what is refused, and nobody waits for it who sent what is right.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.core.validators import ProhibitNullCharactersValidator
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from spotcheck.api.shapes import MOMENT, NUMBER, Choice, Day, Flag, Moment, Number, Shape, Text
from spotcheck.rules.characters import complaint
from spotcheck.rules.days import day_of

Reader = Callable[[Any], Any]
_NUMBER: Final = re.compile(NUMBER, re.ASCII)
_OF_STRICT_JSON: Final = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
"""What the reading of the JSON has refused before."""


class Unsure(Exception):
    """Something is wrong, or not known here: let the shape itself say."""


def read(said: Mapping[str, Any], shape: type[Shape]) -> dict[str, Any] | None:
    """What a body says, in its types; None where the shape itself has to look at it."""
    reader = _of_shape(shape)
    if reader is None:
        return None
    try:
        found: dict[str, Any] = reader(said)
    except Unsure:
        return None
    return found


@cache
def _of_shape(shape: type[Shape]) -> Reader | None:
    made = shape()
    try:
        return _object(made)
    except Unsure:
        return None


def _object(shape: Any) -> Reader:
    """The reader of an object. Raises :class:`Unsure` where one of its fields is of a sort not known here."""
    own = type(shape)
    is_plain = own.to_internal_value is Shape.to_internal_value and own.validate is serializers.Serializer.validate
    if not is_plain or any(hasattr(shape, f"validate_{name}") for name in shape.fields):
        raise Unsure
    readers = {name: (_reader(name, field), field.required) for name, field in shape.fields.items()}
    known = frozenset(readers)

    def read_object(said: Any) -> dict[str, Any]:
        if not isinstance(said, dict) or not said.keys() <= known:
            raise Unsure
        found = {}
        for name, (reader, required) in readers.items():
            if name in said:
                found[name] = reader(said[name])
            elif required:
                raise Unsure
        return found

    return read_object


def _reader(name: str, field: Any) -> Reader:
    """The reader of a field, by its sort."""
    is_usual = field.default is empty and field.source in (name, "") and not (field.read_only or field.allow_null)
    made = _SORTS.get(type(field)) if is_usual else None
    if made is not None:
        return made(field)
    if is_usual and isinstance(field, Shape):
        return _object(field)
    raise Unsure


def _text(field: Any) -> Reader:
    _only_known(field, field.max_length, field.min_length)
    longest, shortest = field.max_length or 2**31, field.min_length or 0
    if field.allow_blank or not field.trim_whitespace:
        raise Unsure

    def read_text(said: Any) -> str:
        if not isinstance(said, str) or complaint(said) is not None:
            raise Unsure
        text = said.strip()
        if not text or not shortest <= len(text) <= longest:
            raise Unsure
        return text

    return read_text


def _only_known(field: Any, *lengths: Any) -> None:
    """Refuse to stand for a field that asks more than its lengths."""
    more = [one for one in field.validators if not isinstance(one, _OF_STRICT_JSON)]
    if len(more) > sum(length is not None for length in lengths):
        raise Unsure


def _number(_field: Any) -> Reader:
    def read_number(said: Any) -> str:
        if not isinstance(said, str) or _NUMBER.fullmatch(said) is None:
            raise Unsure
        return said

    return read_number


def _flag(_field: Any) -> Reader:
    def read_flag(said: Any) -> bool:
        if not isinstance(said, bool):
            raise Unsure
        return said

    return read_flag


def _choice(field: Any) -> Reader:
    choices = frozenset(field.choices)

    def read_choice(said: Any) -> str:
        if not isinstance(said, str) or said not in choices:
            raise Unsure
        return said

    return read_choice


def _day(_field: Any) -> Reader:
    def read_day(said: Any) -> Any:
        day = day_of(said) if isinstance(said, str) else None
        if day is None:
            raise Unsure
        return day

    return read_day


def _moment(_field: Any) -> Reader:
    def read_moment(said: Any) -> datetime:
        if not isinstance(said, str) or MOMENT.fullmatch(said) is None:
            raise Unsure
        try:
            return datetime.fromisoformat(said)
        except ValueError:
            raise Unsure from None

    return read_moment


def _list(field: Any) -> Reader:
    _only_known(field, field.max_length, field.min_length)
    if not field.allow_empty:
        raise Unsure
    one = _reader("", field.child)
    longest, shortest = field.max_length or 2**31, field.min_length or 0

    def read_list(said: Any) -> list[Any]:
        if not isinstance(said, list) or not shortest <= len(said) <= longest:
            raise Unsure
        return [one(each) for each in said]

    return read_list


_SORTS: Final[dict[type, Callable[[Any], Reader]]] = {
    Text: _text,
    Number: _number,
    Flag: _flag,
    Choice: _choice,
    Day: _day,
    Moment: _moment,
    serializers.ListField: _list,
}
