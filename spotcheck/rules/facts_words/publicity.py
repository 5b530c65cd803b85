"""Facts of the acts of announcement and publication (Articles 51, 57)."""

from typing import Final

from spotcheck.rules.facts_words.fact import COURT_DOCUMENT, STOPPED, FactWords
from spotcheck.rules.words import Words

PUBLICITY: Final = {
    ("announcement.correct", "basis"): FactWords(
        Words("更正的依据", "Basis of the correction"),
        choices={
            "changed": Words(
                "案件终止、复查合格或者结论失去效力",
                "the case was withdrawn or has passed, or the conclusion fell",
            ),
            "court": Words("法院的判决", "decision of a court"),
            "review": Words("复议机关的决定", "decision of the reconsideration body"),
            "clerical": Words("笔误", "clerical mistake"),
        },
    ),
    ("announcement.correct", "document"): FactWords(
        Words("更正所依据的文书", "Document on which the correction rests"),
        help=Words(
            "依判决、决定或者因笔误更正时填写，写明名称和文号，例如：行政复议决定书及其文号；笔误的，写明核对记录",
            "For a decision or a clerical mistake: title and number, for example: reconsideration decision, its "
            "number; for a mistake, the note of the comparison",
        ),
    ),
    ("announcement.correct", "text"): FactWords(
        Words("更正后的文字", "Corrected text"),
        help=Words(
            "依判决、决定或者因笔误更正时填写，写明原文和更正后的文字，例如：产品型号“甲型”更正为“乙型”",
            "For a decision or a clerical mistake: what stood there and what is right, for example: model, for type A "
            "read type B",
        ),
    ),
    ("publication.publish", "stopped"): STOPPED,
    ("publication.correct", "reason"): FactWords(
        Words("更正原因", "Reason for the correction"),
        choices={
            "changed": Words("已公开的结论发生变化", "a published conclusion has changed"),
            "court": Words("法院或者复议机关另有决定", "a court or the reconsideration body decided"),
        },
    ),
    ("publication.correct", "document"): COURT_DOCUMENT,
    ("publication.correct", "text"): FactWords(
        Words("更正后的文字", "Corrected text"),
        help=Words(
            "法院或者复议机关另有决定时填写，写明原公开的内容和更正后的内容，例如：某批次“不合格”更正为“检验结论已经撤销”",
            "After a decision of others: what was published and what is right, for example: of one batch, for "
            "nonconforming read conclusion revoked",
        ),
    ),
    ("publication.correct", "stopped"): STOPPED,
}
