"""The log of a visit: acts one after the other, each with the hash of the one before.

A tablet writes it where nobody else is, and it is read here as it was written: an act carries its hash, and its
``prev`` the hash of the act before; that of the first is the id of the package with which the tablet went out. What
changes no state of a case (who came, what was read out, who signed) stands in the log only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from spotcheck.rules import canonical
from spotcheck.rules.words import Words

SCHEMA: Final = 1
"""The version of the form of an act that is written now; older ones are read for twelve months."""

NOTED: Final[dict[str, Words]] = {
    "arrive": Words("到达", "arrived"),
    "show": Words("出示文书和证件", "papers and identity shown"),
    "read_back": Words("宣读抽样单", "sheet read back"),
    "sign": Words("签字", "signed"),
    "void_number": Words("编号作废", "number spoilt"),
    "correct": Words("更正", "corrected"),
    "note": Words("备注", "note"),
    "clock": Words("时钟异常", "clock jumped"),
    "handover": Words("移交平板", "handed over to another tablet"),
}
"""Kinds of the log that are no acts of a case: kept, and nothing follows from them."""


def moment_of(text: str) -> datetime:
    """A moment of a log."""
    return datetime.fromisoformat(text)


class Broken(ValueError):
    """The acts do not follow upon each other; ``seq`` is the first that does not, ``words`` says why."""

    def __init__(self, seq: int, words: Words) -> None:
        self.seq, self.words = seq, words
        super().__init__(words.en)


def hash_of(act: Mapping[str, Any]) -> str:
    """The hash of an act: over everything it says but the hash itself. Raises ``NotCanonical``."""
    return canonical.hash_of({name: value for name, value in act.items() if name != "hash"})


def check(acts: Sequence[Mapping[str, Any]]) -> None:
    """Hold consecutive acts to their hashes and their order. Raises :class:`Broken`."""
    before: Mapping[str, Any] | None = None
    for act in acts:
        seq = act["seq"]
        if before is not None and seq != before["seq"] + 1:
            raise Broken(seq, Words("顺序号不连续", "the numbers do not follow upon each other"))
        if before is not None and act["prev"] != before["hash"]:
            raise Broken(seq, Words("与前一条的哈希不衔接", "it does not name the hash of the one before"))
        try:
            hashed = hash_of(act)
        except canonical.NotCanonical as error:
            raise Broken(seq, Words("内容不能规范化", f"it has no canonical text: {error}")) from error
        if hashed != act["hash"]:
            raise Broken(seq, Words("内容与哈希不符", "it is not what its hash says"))
        before = act
