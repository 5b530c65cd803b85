"""What follows what: the handlers of every act in the order in which they are called, and of every lapse."""

from collections.abc import Callable, Iterator
from typing import Any

from spotcheck.docket.consequences import FOLLOWS, FOLLOWS_EVERY
from spotcheck.docket.deadlines import LAPSES
from spotcheck.handbook.markdown import code, table
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1


def following() -> list[str]:
    """Return the section."""
    order = [name for name in (*ACTS, *OWN_ACTS) if FOLLOWS.get(name)]
    rows = [(code(name), _chain(FOLLOWS[name])) for name in order]
    lapses = [
        (code, period.name.zh, _one(LAPSES[FIRST, code]))
        for code, period in SD_2021_1.periods.items()
        if (FIRST, code) in LAPSES
    ]
    return [
        "## What follows what",
        "",
        "After every act, in this order:",
        "",
        *(f"1. {_one(handler)}" for handler in FOLLOWS_EVERY),
        "",
        *table(("after", "follows, in this order"), rows),
        "",
        "When a period against an enterprise is over (a duty of a bureau changes no state; it is reported as overdue):",
        "",
        *table(("period", "", "follows"), lapses),
    ]


def _chain(handlers: list[Callable[..., Any]]) -> str:
    return "<br>".join(_numbered(handlers))


def _numbered(handlers: list[Callable[..., Any]]) -> Iterator[str]:
    for place, handler in enumerate(handlers, start=1):
        yield f"{place}. {_one(handler)}" if len(handlers) > 1 else _one(handler)


def _one(handler: Callable[..., Any]) -> str:
    """Name a handler, and say what it does in its own words."""
    place = f"{handler.__module__.removeprefix('spotcheck.')}.{handler.__name__}"
    first = (handler.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
    return f"{code(place)}: {' '.join(first.split())}"
