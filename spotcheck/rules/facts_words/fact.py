"""FactWords: how a fact of an act is asked for on a screen, and the answers it may have."""

from dataclasses import dataclass, field
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class FactWords:
    """The words of one fact; without ``choices`` it is a yes or no, a number, a date or a name."""

    label: Words
    help: Words | None = None
    choices: dict[str, Words] = field(default_factory=dict)


NOTHING: Final = Words("无", "none")

CONCLUSION: Final = {
    "conforming": Words("合格", "conforming"),
    "nonconforming": Words("不合格", "nonconforming"),
}
"""What a test finds."""

CONCLUDING: Final = {
    "sampling_body": Words("抽样机构", "sampling body"),
    "lab": Words("检验机构", "laboratory"),
}
"""Who gives a written conclusion on an objection (Article 36)."""

RETEST_LAB: Final = {
    "retest_lab": Words("另选的复检机构", "another laboratory"),
    "first_lab": Words("初检机构", "the first laboratory"),
}
"""Which laboratory does the retest (Article 38)."""

ITEM_KINDS: Final = {
    "performance": Words("性能", "performance"),
    "safety": Words("安全", "safety"),
    "label": Words("标签、标志或者说明书", "label, mark or instructions"),
}
"""What an item of a test is about (Articles 34, 47)."""

ITEM_RESULTS: Final = {
    "pass": Words("合格", "pass"),
    "fail": Words("不合格", "fail"),
}
"""What a test finds of one item."""

SLIP_NUMBER: Final = FactWords(
    Words("凭证编号", "Number of the slip"),
    help=Words("邮寄回执或者签收单的编号", "Of the postal slip or the signed receipt"),
)
"""By which piece of paper a receipt is proved."""

SHEET_NUMBER: Final = FactWords(Words("抽样单编号", "Number of the sampling sheet"))
"""The printed number on Form 4."""

OF_EVERY_ACT: Final = {"remark": FactWords(Words("备注", "Remark"))}
"""What may come with any act."""
