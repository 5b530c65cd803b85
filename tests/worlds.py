"""Worlds: what is played once and then looked at by many tests, each in a savepoint of its own.

    @played
    def ordered(world: World) -> Dossier: ...

declares a fixture. Its function takes other played fixtures by their names, and is not called for every test: what it
does stays, in an open transaction below that of the test, as long as the tests of a module ask for it. Every test finds
the database as the function left it and gets a copy of what it returned; of two tests that ask for different worlds each
has its own and nothing of the other's.
"""

import copy
import inspect
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.db import transaction

Maker = Callable[..., Any]


@dataclass(slots=True)
class _World:
    """One world on top of those below it."""

    make: Maker
    shown: dict[str, Any]
    """What this world and those below it have to show, by the names of their fixtures."""
    undo: ExitStack


@dataclass(slots=True)
class Worlds:
    """The worlds that stand, the lowest first; each was made in a transaction within that of the one below."""

    standing: list[_World] = field(default_factory=list)

    def let_stand(self, wanted: dict[str, Maker]) -> dict[str, Any]:
        """Let exactly these worlds stand, in this order, and return a copy of what they have to show."""
        kept = 0
        for world, make in zip(self.standing, wanted.values(), strict=False):
            if world.make is not make:
                break
            kept += 1
        self.fall(kept)
        for name, make in list(wanted.items())[kept:]:
            self._make(name, make)
        return self._shown()

    def fall(self, kept: int = 0) -> None:
        """Take the worlds back, but for the lowest ones that are kept."""
        while len(self.standing) > kept:
            self.standing.pop().undo.close()

    def _shown(self) -> dict[str, Any]:
        return copy.deepcopy(self.standing[-1].shown) if self.standing else {}

    def _make(self, name: str, make: Maker) -> None:
        shown = self._shown()
        with ExitStack() as undo:
            undo.enter_context(transaction.atomic())
            undo.callback(transaction.set_rollback, True)
            shown[name] = make(**{below: shown[below] for below in _below(make)})
            self.standing.append(_World(make, shown, undo.pop_all()))


def played(make: Maker | None = None, *, beside: str = "") -> Any:
    """Declare a world (see above). ``beside``: a fixture that every test of it gets as well."""
    if make is None:
        return partial(played, beside=beside)

    def shown(**needed: Any) -> Any:
        return needed["standing"][make.__name__]

    needed = ["standing", "db", *_below(make), *([beside] if beside else [])]
    shown.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in needed]
    )
    shown.played = make
    return pytest.fixture(name=make.__name__)(shown)


def _below(make: Maker) -> list[str]:
    return list(inspect.signature(make).parameters)


def asked_for(item: pytest.Item) -> dict[str, Maker]:
    """The worlds that a test asks for, by the names of their fixtures, each after those it stands on."""
    known = item._fixtureinfo.name2fixturedefs if hasattr(item, "_fixtureinfo") else {}
    found: dict[str, Maker] = {}

    def add(name: str) -> None:
        make = getattr(known[name][-1].func, "played", None) if name in known else None
        if make is not None and name not in found:
            for below in _below(make):
                add(below)
            found[name] = make

    for name in getattr(item, "fixturenames", ()):
        add(name)
    return found


def side_by_side(items: list[pytest.Item]) -> None:
    """Put the tests of a module that ask for the same worlds side by side; otherwise their order stays."""
    places: dict[tuple[Any, ...], int] = {}

    def place(item: pytest.Item) -> tuple[int, ...]:
        chain = (item.path, *asked_for(item).values())
        return tuple(places.setdefault(chain[: end + 1], len(places)) for end in range(len(chain)))

    items.sort(key=place)
