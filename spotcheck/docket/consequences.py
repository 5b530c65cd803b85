"""What follows an entry by itself.

A chapter says ``@follows("objection.revoke")``; handlers are called inside the transaction of the act, in
the order of the chapters, each with the batch of entries of that act. A handler never refuses: what can
forbid an act is a requirement.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby

from spotcheck.docket.models import Entry

Handler = Callable[[list[Entry]], None]

FOLLOWS: dict[str, list[Handler]] = defaultdict(list)
FOLLOWS_EVERY: list[Handler] = []


def follows(*acts: str) -> Callable[[Handler], Handler]:
    """Register a handler for the entries of these acts (``chart.method``)."""

    def register(handler: Handler) -> Handler:
        for name in acts:
            FOLLOWS[name].append(handler)
        return handler

    return register


def follows_every(handler: Handler) -> Handler:
    """Register a handler for the entries of every act: papers and messages are written this way."""
    FOLLOWS_EVERY.append(handler)
    return handler


def put_in_order(modules: Sequence[str]) -> None:
    """Let what follows an act happen in the order of these modules, whoever has loaded one of them before its turn.

    A module of a package that is not among them comes right before the consequences of its package, which loads it.
    """
    places = {name: float(place) for place, name in enumerate(modules)}

    def place(handler: Handler) -> float:
        name = handler.__module__
        within = next((module for module in modules if name == module or name.startswith(f"{module}.")), None)
        package = name.rpartition(".")[0]
        return places[within] if within is not None else places.get(f"{package}.consequences", len(places)) - 0.5

    for handlers in FOLLOWS.values():
        handlers.sort(key=place)


def follow(batch: Sequence[Entry]) -> None:
    """Do what follows a batch of entries; nothing follows none."""
    if not batch:
        return
    for handler in FOLLOWS_EVERY:
        handler(list(batch))
    for name, entries in groupby(batch, key=lambda entry: entry.act):
        same = list(entries)
        for handler in FOLLOWS.get(name, ()):
            handler(same)
