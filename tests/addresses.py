"""Every address of the site, read off the resolver: whoever adds one is asked for it by the tests that go through all."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver

_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_SOMETHING = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


class Address(NamedTuple):
    """An address: the door it belongs to (empty: none of its own), its name, its pattern, and what answers."""

    door: str
    name: str
    route: str
    view: Any

    @property
    def key(self) -> str:
        """What it is called in a list."""
        return f"{self.door}:{self.name}" if self.door else self.name or f"/{self.route}"

    def filled(self, **known: str) -> str:
        """The address itself, its parts filled in: those that are known by name, the others with something."""
        return "/" + _PART.sub(lambda part: known.get(part["name"], _SOMETHING.get(part["kind"], "x")), self.route)

    @property
    def parts(self) -> set[str]:
        """The names of its parts."""
        return {part["name"] for part in _PART.finditer(self.route)}


def every() -> Iterator[Address]:
    """All of them, in the order of the resolver."""
    yield from _below(get_resolver().url_patterns, "", "")


def _below(patterns: Any, door: str, before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(door, pattern.name or "", route, pattern.callback)
        else:
            yield from _below(pattern.url_patterns, getattr(pattern, "app_name", None) or door, route)
