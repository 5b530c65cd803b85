"""Chance: where the seeds of draws come from (Article 12).

A seed is made by the machine at the moment of the act and kept with it; no door, request or fact can state one. Only
the demonstration, rehearsals and tests, which have to come out the same each time, fix it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Fixed:
    """A chance settled beforehand: one seed, and whether what is drawn from keeps the order it is listed in."""

    seed: str
    as_listed: bool = False


_fixed: ContextVar[Fixed | None] = ContextVar("docket_chance", default=None)


def seed() -> str:
    """Return a new seed: 32 hexadecimal digits, or the fixed one."""
    settled = _fixed.get()
    return settled.seed if settled is not None else secrets.token_hex(BYTES)


def keeps_order() -> bool:
    """Whether nothing is shuffled: a rehearsal states the order in which samplers were drawn."""
    settled = _fixed.get()
    return settled is not None and settled.as_listed


@contextmanager
def settled(seed: str, *, as_listed: bool = False) -> Iterator[None]:
    """Within the block every seed is this one."""
    token = _fixed.set(Fixed(seed, as_listed))
    try:
        yield
    finally:
        _fixed.reset(token)
