"""What the rooms of a text are made of: stages, lanes, and what must not be seen; how each text fills them.

A text of which ``casework.texts`` says nothing is shown plainly: a lane a chart, the states of its charts for a stage,
and of its facts nothing to a party or to who tests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from spotcheck.rules.words import Words


class Line(Protocol):
    """A line of the register."""

    chart: str
    label: str
    state: str


Register = dict[str, list[Any]]
"""The lines of a dossier, by their charts."""
Lane = tuple[Any, tuple[str, ...]]
"""A lane of the drawing: its name, and the charts in it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage that a list can be filtered by: some chart is in one of these states."""

    name: str
    words: Words
    states: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How the files of one text are told.

    ``tell`` says in words where a file stands; ``first``, ``of_a_party`` and ``last`` are the lanes of the file, of
    each party and at the end; ``of_people`` and ``of_parties`` are facts that name who did the work, and facts that may
    tell who a party is (None: any fact may).
    """

    tell: Callable[[Register], list[Words]]
    stages: Mapping[str, Stage] = field(default_factory=dict)
    first: tuple[Lane, ...] = ()
    of_a_party: tuple[Lane, ...] = ()
    last: tuple[Lane, ...] = ()
    of_people: frozenset[str] | None = None
    of_parties: frozenset[str] | None = None
    of_tests: frozenset[str] = frozenset()
    """Facts that say what a test has found so far: for who organises the check, and who has recorded them."""
