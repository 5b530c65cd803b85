"""Filters that put entitlements, kinds of records and what they say on a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from spotcheck.docket import wording
from spotcheck.parties.models import Post
from spotcheck.rules.book import KINDS, VALUES
from spotcheck.rules.entitlements import DUTY_WORDS, ENTITLEMENTS, duties_of

register = template.Library()


@register.filter
def entitled(names: Iterable[str]) -> str:
    """收样、检验."""
    return wording.listed(wording.headed(ENTITLEMENTS[name]) for name in names if name in ENTITLEMENTS)


@register.filter
def duties(names: Iterable[str]) -> str:
    """系统管理."""
    return wording.listed(wording.headed(DUTY_WORDS[name]) for name in sorted(duties_of(list(names))))


@register.filter
def kind(name: str) -> str:
    """授予岗位."""
    return wording.headed(KINDS.get(name))


@register.filter
def said(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a line of the book says, value by value."""
    shown = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return [
        (wording.headed(VALUES[name]) if name in VALUES else name, _of(name, value)) for name, value in shown.items()
    ]


def _of(name: str, value: Any) -> str:
    """A value, with the words of what the program names."""
    if name == "entitlements" and isinstance(value, list):
        return entitled(value)
    if name == "role" and value in Post.Role.values:
        return str(Post.Role(value).label)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, list):
        return wording.listed(_text(each) for each in value)
    if isinstance(value, Mapping):
        return wording.listed(f"{name} {_text(each)}" for name, each in value.items())
    return str(value)
