"""A column of a sheet, or a line above its table."""

from dataclasses import dataclass

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a line above the table, by the words at its head.

    ``exact`` says that a number counts as it is written, so that a cell which has lost its zeros is a finding and the
    format of every cell is looked at. ``code`` says that it is no number at all: one that a spreadsheet has turned into
    a number is a finding.
    """

    name: str
    label: Words
    others: tuple[str, ...] = ()
    needed: bool = False
    exact: bool = False
    code: bool = False
    help: Words | None = None
