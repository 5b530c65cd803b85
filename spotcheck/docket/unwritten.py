"""Unwritten: what a session has said and not yet written, gathered so that one statement writes all of it.

An act writes an entry, a line of the register and messages, and so does everything that follows from it. None of them
has to stand in the database before somebody reads it there, or the session ends. So they wait here: entries with
their keys, which others name before; of a line of the register only the newest; messages in their order; and the
heads of the chains.

Nobody has to remember that something waits. Every statement of the session passes :meth:`Unwritten.before`; one that
speaks of one of these tables is preceded by what waits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model

from spotcheck.docket import bulk
from spotcheck.docket.bulk import Line
from spotcheck.docket.models import Dossier, Entry, Message, Track

READ_FROM: Final = (Entry._meta.db_table, Track._meta.db_table, Message._meta.db_table)
"""The tables whose rows wait, by the names that a statement has for them."""
REGISTER_KEY: Final = ("dossier_id", "chart", "label")
SPARE_KEYS: Final = 8
"""So many keys are taken beyond those that are needed at once: what follows from an act seldom takes more."""
_OF_MESSAGE: Final[Line] = {
    str(column.column): None for column in Message._meta.concrete_fields if column.null and not column.primary_key
}

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass(slots=True)
class Unwritten:
    """What waits to be written, in the order in which it was said."""

    entries: list[Entry] = field(default_factory=list)
    register: dict[tuple[Any, ...], Line] = field(default_factory=dict)
    messages: list[Line] = field(default_factory=list)
    extended: dict[int, Dossier] = field(default_factory=dict)
    """The dossiers whose chains have grown: their new heads are written once, at the end."""
    spare: list[int] = field(default_factory=list)
    """Keys of entries that have been taken and not yet given, the next one last."""
    asked: frozenset[str] | None = None
    """The charts of the register of which alone is being read; None for all of them."""
    foreseen: dict[Any, list[Any]] = field(default_factory=dict)
    """What was read ahead (``sessions.foresee``), as long as nothing has been said since."""
    states: dict[tuple[Any, ...], Line] = field(default_factory=dict)
    """The newest line of the register of each matter that has been said in the session, written or not."""
    told: list[Line] = field(default_factory=list)
    """The messages that have been said in the session, written or not."""
    rows: dict[type[Model], list[Line]] = field(default_factory=dict)
    """Lines of other tables which nobody has to know by their keys, in the order in which they came."""

    def enter(self, entries: Iterable[Entry]) -> None:
        """Give entries their keys and let them wait; their dossiers' chains have grown."""
        new = list(entries)
        self.foreseen.clear()
        if len(self.spare) < len(new):
            self.spare = bulk.keys(Entry, len(new) + SPARE_KEYS)[::-1]
        for entry in new:
            entry.pk = self.spare.pop()
            entry._state.adding, entry._state.db = False, "default"  # noqa: SLF001 -- as save() leaves it
            self.extended[entry.dossier_id] = entry.dossier
        self.entries += new

    def register_lines(self, lines: Iterable[Line]) -> None:
        """Let lines of the register wait, each in the place of an earlier one of the same matter."""
        said = {tuple(line[name] for name in REGISTER_KEY): line for line in lines}
        self.register |= said
        self.states |= said
        self.foreseen.clear()

    def tell(self, messages: Iterable[Line]) -> None:
        """Let messages wait."""
        said = [{**_OF_MESSAGE, **message} for message in messages]
        self.messages += said
        self.told += said

    def add(self, table: type[Model], lines: Iterable[Line]) -> None:
        """Let new lines of any table wait, all of the same columns, that nobody names by their keys."""
        if new := list(lines):
            self.rows.setdefault(table, []).extend(new)
        self.foreseen.clear()

    def locked(self) -> None:
        """A further dossier is locked: keys from before may be lower than those of whoever held it until now."""
        self.spare.clear()
        self.foreseen.clear()

    def forget(self) -> None:
        """What waits will never have been said: it belongs to what is taken back."""
        self.entries, self.register, self.messages, self.rows = [], {}, [], {}
        for memory in (self.extended, self.foreseen, self.states, self.told):
            memory.clear()

    def flush(self, *, heads: bool = False) -> None:
        """Write what waits; ``heads``: the new ends of the chains too."""
        steps = []
        if self.entries:
            steps.append(bulk.inserting(self.entries))
        if self.register:
            steps.append(bulk.putting(Track, list(self.register.values()), by=REGISTER_KEY))
        if self.messages:
            steps.append(bulk.adding(Message, self.messages))
        steps += [bulk.inserting_new(table, lines) for table, lines in self.rows.items()]
        if heads and self.extended:
            steps.append(bulk.updating(list(self.extended.values()), ["entry_count", "head_hash"]))
            self.extended = {}
        if steps:
            self.entries, self.register, self.messages, self.rows = [], {}, [], {}
            bulk.write(steps)

    def before(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Carry out a statement of the session, after what it could read (a wrapper of Django's connection)."""
        if (self.entries or self.register or self.messages or self.rows) and self._is_read_by(str(sql)):
            self.flush()
        return execute(sql, params, many, context)

    def _is_read_by(self, sql: str) -> bool:
        """Whether a statement may read, or write itself, what waits."""
        if any(table._meta.db_table in sql for table in self.rows):
            return True
        entries, register, messages = (table in sql for table in READ_FROM)
        if register and not entries and not messages and self.asked is not None:
            return any(line["chart"] in self.asked for line in self.register.values())
        return entries or register or messages
