"""A line of a sheet while it is looked at: what it says by its columns, and what is wrong with that."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Model

from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import Finding
from spotcheck.registers.imports.reading import Table
from spotcheck.rules import characters
from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

EMPTY: Final = Words("不能为空", "it cannot be empty")
NO_DAY: Final = Words("日期写成 2026-03-05", "as 2026-03-05")


@dataclass(slots=True)
class Line:
    """One line: its number in the sheet, its texts by their columns (an absent column is empty), the findings."""

    number: int
    given: dict[str, str]
    table: Table
    columns: Mapping[str, Column]
    found: list[Finding] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "")

    @property
    def is_good(self) -> bool:
        """Whether nothing stops it."""
        return not any(one.stops for one in self.found)

    def complain(self, name: str, words: Words, *, stops: bool = True) -> None:
        """Say what is wrong with a cell, or what is to be looked at."""
        cell = self.table.cell(self.number, name, self[name])
        self.found.append(Finding(cell.address, str(self.columns[name].label), cell.text, words, stops=stops))

    def look_at_texts(self, longest: Mapping[str, int]) -> None:
        """What holds for every column: what is needed is there, nothing is too long or has characters nobody sees."""
        for name, column in self.columns.items():
            text = self[name]
            most = longest.get(name, 200)
            if not text:
                if column.needed:
                    self.complain(name, EMPTY)
            elif len(text) > most:
                self.complain(name, Words(f"超过 {most} 个字", f"longer than {most} characters"))
            elif (words := characters.complaint(text, tidy=True)) is not None:
                self.complain(name, words)

    def look_at_choice(self, name: str, choices: Collection[str]) -> None:
        """Of some words one, if there is any; the column's help names them."""
        if self[name] and self[name] not in choices:
            self.complain(name, self.columns[name].help or EMPTY)

    def look_at_day(self, name: str) -> None:
        """A day, if there is any."""
        if self[name] and day_of(self[name]) is None:
            self.complain(name, NO_DAY)

    def stand_once(self, name: str, seen: dict[object, int], key: object) -> None:
        """Complain of a column when a line before has said the same."""
        before = seen.setdefault(key, self.number)
        if before != self.number:
            self.complain(name, Words(f"与第 {before} 行重复", f"the same as line {before}"))


def lines_of(table: Table, columns: Sequence[Column]) -> Iterator[Line]:
    """The lines of a table."""
    names, known = list(table.places), {column.name: column for column in columns}
    for number, texts in table.lines:
        yield Line(number, dict(zip(names, texts, strict=True)), table, known)


def said(line: Line, before: Mapping[str, str], stated: Mapping[str, str]) -> list[str]:
    """What of a line is other than before, column by column, as ``名称：甲 → 乙``."""
    return [
        f"{line.columns[name].label}：{before.get(name) or '—'} → {value}"
        for name, value in stated.items()
        if before.get(name, "") != value
    ]


def longest(model: type[Model], names: Iterable[str]) -> dict[str, int]:
    """How many characters these columns of a table hold, as far as they have a bound."""
    lengths = {name: getattr(model._meta.get_field(name), "max_length", None) for name in names}
    return {name: length for name, length in lengths.items() if length}
