"""What a body may be: fields that take exactly what they say, and objects that refuse a name which they do not know.

A number is a text of digits (``0.1`` times three is not ``0.3`` in a float), a day is ``YYYY-MM-DD``, a moment has its
offset; a text has no character that nobody can see.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from rest_framework import serializers

from spotcheck.docket.wording import say
from spotcheck.rules.characters import complaint
from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

MOST: Final = 300
"""Things in one list."""
NUMBER: Final = r"^-?(0|[1-9]\d{0,11})(\.\d{1,8})?$"
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:[0-5]\d)")
_UNKNOWN: Final = Words("没有这个名称", "there is no such name")
_NO_TEXT: Final = Words("须是文字", "this has to be a text")
_NO_DAY: Final = Words("须是日期，YYYY-MM-DD", "this has to be a day, YYYY-MM-DD")
_NOMOMENT: Final = Words("须是带时区的时刻，例如 2026-03-04T09:30:00+08:00", "this has to be a moment with its offset")
_NO_FLAG: Final = Words("须是 true 或者 false", "this has to be true or false")


def _no_number(shown: str) -> Words:
    return Words(
        f"“{shown}”不是数：写成字符串，半角数字，小数点用“.”",
        f"“{shown}” is no number: send a text of plain digits with a “.”",
    )


def _none_of(choices: str) -> Words:
    return Words(f"须是下列之一：{choices}", f"this has to be one of: {choices}")


class Text(serializers.CharField):
    """A text as it is meant, without blanks around it."""

    def to_internal_value(self, data: Any) -> str:
        """Refuse what is no text, and characters that no eye sees."""
        if not isinstance(data, str):
            raise serializers.ValidationError(say(_NO_TEXT), code="type")
        if (wrong := complaint(data)) is not None:
            raise serializers.ValidationError(say(wrong), code="character")
        return str(super().to_internal_value(data))


class Number(serializers.RegexField):
    """A decimal number as a text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(NUMBER, **options)

    def to_internal_value(self, data: Any) -> str:
        """Refuse everything else, and show it."""
        if not isinstance(data, str) or not re.fullmatch(NUMBER, data) or not data.isascii():
            raise serializers.ValidationError(say(_no_number(str(data)[:40])), code="number")
        return data


class Flag(serializers.BooleanField):
    """True or false, and no word for it."""

    def to_internal_value(self, data: Any) -> bool:
        """Refuse everything else."""
        if not isinstance(data, bool):
            raise serializers.ValidationError(say(_NO_FLAG), code="type")
        return data


class Choice(serializers.ChoiceField):
    """One of several words."""

    def to_internal_value(self, data: Any) -> str:
        """Refuse everything else, and say what there is."""
        if not isinstance(data, str) or data not in self.choices:
            raise serializers.ValidationError(say(_none_of(", ".join(self.choices))), code="choice")
        return data


class Day(serializers.DateField):
    """A day."""

    def to_internal_value(self, value: Any) -> Any:
        """Refuse everything else."""
        day = day_of(value) if isinstance(value, str) else None
        if day is None:
            raise serializers.ValidationError(say(_NO_DAY), code="day")
        return day


class Moment(serializers.DateTimeField):
    """A moment with its offset (RFC 3339)."""

    def to_internal_value(self, value: Any) -> Any:
        """Refuse everything else."""
        text = value if isinstance(value, str) and MOMENT.fullmatch(value) else ""
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise serializers.ValidationError(say(_NOMOMENT), code="moment") from None


def several(child: Any, *, least: int = 1, most: int = MOST, **options: Any) -> serializers.ListField:
    """A list of things."""
    return serializers.ListField(child=child, min_length=least, max_length=most, **options)


class Shape(serializers.Serializer):
    """An object; what it does not know is refused by its name. ``example`` is one as a program sends it."""

    example: ClassVar[Mapping[str, Any]] = {}

    def to_internal_value(self, data: Any) -> Any:
        """Refuse names that mean nothing here."""
        if isinstance(data, Mapping) and (unknown := sorted(data.keys() - self.fields.keys())):
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail(say(_UNKNOWN), code="unknown") for name in unknown}
            )
        return super().to_internal_value(data)


class ByWhom(Shape):
    """Who does something, on which day, and at which hour where that is known."""

    by = Text(max_length=30, help_text="Staff number of the person in the office.")
    on = Day(help_text="The legal date, in Shandong; never after today.")
    at = Moment(required=False, help_text="The moment; its day in Shandong is the legal date.")
    late_reason = Text(max_length=500, required=False, help_text="Why it comes after the day on which it was due.")


class Answered(serializers.Serializer):
    """An answer; a program ignores what it does not know of it."""


def answered(**fields: Any) -> Any:
    """The shape of a small object in an answer."""
    return type("Answered_" + "_".join(fields), (Answered,), fields)()
