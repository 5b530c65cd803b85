"""Kinds of import: what each says of itself. A package above registers its own (``@imports``)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.reading import Cell, Table
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell (an address such as ``C7``, or nothing for the whole), or only to be looked at."""

    cell: str
    column: str
    value: str
    words: Words
    stops: bool = True

    def as_json(self) -> dict[str, Any]:
        """``{cell, column, value, zh, en, stops}``."""
        said = {"cell": self.cell, "column": self.column, "value": self.value, "stops": self.stops}
        return said | self.words._asdict()


NEW, CHANGED, SAME, WRONG, ASIDE = "new", "changed", "same", "error", "aside"
"""What becomes of a line; one that is none of the office's is left aside."""


@dataclass(slots=True)
class Checked:
    """What a table comes to: what is to be taken (of the kind's own shape), each line with its state, all findings.

    Of a kind that is taken in parts, ``what`` holds the lines in which nothing is wrong.
    """

    what: Any = None
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    """Number of the line in the sheet, state, and what it is in words."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing stands in the way."""
        return self.what is not None and not any(finding.stops for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are new, changed, the same, wrong."""
        states = [state for _, state, _ in self.lines]
        return {name: states.count(name) for name in (NEW, CHANGED, SAME, WRONG)}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: how many rows were written, and the row that somebody looks at next."""

    rows: int
    subject: Any = None
    before: Any = None
    """What the kind's ``undo`` needs, as JSON; nothing where there is no way back."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of import.

    ``about`` are lines above the table (``名称 | …``), ``columns`` those of the table. ``may`` says who imports it,
    ``check`` what a table comes to (it writes nothing), ``take`` does it within the transaction that is open.
    """

    name: str
    words: Words
    may: Callable[[Doer], bool]
    columns: Sequence[Column]
    about: Sequence[Column] = ()
    check: Callable[[Table, Doer], Checked]
    take: Callable[[Any, Any, Doer], Taken]
    """What was checked, the import (with the kept file, None for a text file), who does it."""
    confirms: Callable[[Doer], bool] | None = None
    """Who takes what another person has brought in, where that wants four eyes; else whoever imports it takes it."""
    undo: Callable[[Any, Doer], int] | None = None
    """Put back what ``Taken.before`` says; what rests on a row is left to the database to refuse."""
    short: int = 2_000
    """Lines of a sheet that a page looks at and takes by itself; what has more, a worker."""
    in_parts: bool = False
    """Whether the good lines may be taken without the others: no line rests on another."""
    examples: Sequence[Mapping[str, str]] = ()
    about_example: Mapping[str, str] = field(default_factory=dict)


KINDS: Final[dict[str, Kind]] = {}
"""Every kind by its name, as the packages above have registered them."""


def imports(name: str) -> Callable[[Callable[[], Kind]], Callable[[], Kind]]:
    """Register the kind that a function makes, under the name by which pages and the command know it."""

    def register(make: Callable[[], Kind]) -> Callable[[], Kind]:
        kind = make()
        assert kind.name == name, f"{kind.name} is registered as {name}"
        KINDS[name] = kind
        return make

    return register


def wrong(cell: Cell, column: Column, words: Words) -> Finding:
    """A finding in a cell."""
    return Finding(cell.address, str(column.label), cell.text, words)
