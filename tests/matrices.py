"""Rights as matrices: every address of a door × everybody who could ask, read off the resolver.

A door names its readers and one row for each of its addresses; the cells are what each reader is answered. A row that asks
for another thing at the same address is called after it: ``act of the enterprise`` is at ``act``. An address without a row,
a row without an address, and a cell that is not said are complaints, which ``law/test_every_address.py`` asks of all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests import addresses


@dataclass(frozen=True)
class Matrix:
    """What is answered at the addresses of a door.

    ``elsewhere`` names the addresses of the door that have no row, because they take nothing or show nothing of this kind;
    ``besides`` those of no door that are asked here.
    """

    door: str
    readers: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]]
    elsewhere: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()

    @property
    def named(self) -> set[str]:
        """The addresses that have a row."""
        return {row.split(" ")[0] for row in self.rows}

    def has(self, name: str) -> bool:
        """Whether an address of the door is answered for."""
        return name in self.named or name in self.elsewhere

    def complaints(self) -> list[str]:
        """What is missing, what is too much, and what is not said of everybody."""
        there = {one.name for one in addresses.every() if one.door == self.door}
        here = self.named - self.besides
        found = [f"{self.door}:{name} has no row" for name in sorted(there - here - self.elsewhere)]
        found += [f"{self.door}:{name} is not there" for name in sorted((here | self.elsewhere) - there)]
        found += [f"{self.door}:{name} is said twice" for name in sorted(here & self.elsewhere)]
        short = [row for row, cells in self.rows.items() if len(cells) != len(self.readers)]
        return found + [f"{self.door}:{row} is not said of everybody" for row in short]

    def asked(self, at: Mapping[str, str], client_of: Callable[[str], Any]) -> dict[str, tuple[int, ...]]:
        """Look at every address as everybody; what each was answered, row by row."""
        clients = [client_of(name) for name in self.readers]
        return {row: tuple(_status(client.get(address)) for client in clients) for row, address in at.items()}


def _status(answer: Any) -> int:
    if answer.streaming:
        answer.getvalue()  # to its end, so that the file is closed
    return int(answer.status_code)
