"""What may come with an act as a file: kinds of evidence, which files they may be, and which kinds belong to an act.

The text asks for writing in many places (Articles 13, 14, 19 to 21, 23, 36 to 41, 44 to 50) and for a file of each case
with everything that was handed in (Article 53); what is kept, and for how long, is Article 16. A file says nothing by
itself: an act is recorded with its date and facts, and the file stands beside them for good.
"""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.acts import words_of
from spotcheck.rules.regulations import of_act
from spotcheck.rules.words import Words

PAPERS: Final = ("pdf", "jpeg", "png", "heic", "webp")
PICTURES: Final = ("jpeg", "png", "heic", "webp")
MB: Final = 1000 * 1000


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of evidence: what it is called, which files it may be, and how large one may be (bytes)."""

    words: Words
    media_types: tuple[str, ...] = PAPERS
    largest: int = 50 * MB


KINDS: Final[dict[str, EvidenceKind]] = {
    "photo": EvidenceKind(Words("照片", "photograph"), PICTURES),
    "film": EvidenceKind(Words("录像", "film"), ("mp4",), 2 * 1024**3),
    "application": EvidenceKind(Words("申请书", "application")),
    "hardship": EvidenceKind(Words("不能整改、不能按期的证明", "proof of hardship or inability")),
    "grounds": EvidenceKind(Words("异议理由和证明材料", "grounds of an objection")),
    "licence": EvidenceKind(Words("执照、许可证", "licence")),
    "contract": EvidenceKind(Words("合同、委托书", "contract or commission")),
    "voucher": EvidenceKind(Words("付款、购样凭证", "voucher of a payment or purchase")),
    "report": EvidenceKind(Words("检验报告", "test report"), ("pdf",), 200 * MB),
    "partial_report": EvidenceKind(Words("先行报告", "report on a danger"), ("pdf",), 200 * MB),
    "analysis": EvidenceKind(Words("质量分析报告", "analysis report"), ("pdf", "xlsx"), 200 * MB),
    "verification": EvidenceKind(Words("核实材料", "verification")),
    "decision": EvidenceKind(Words("裁判、复议或者行政决定", "decision of a court or an authority")),
    "minutes": EvidenceKind(Words("笔录、会议纪要", "minutes")),
    "letter": EvidenceKind(Words("函件", "letter")),
    "signed_sheet": EvidenceKind(Words("签字盖章的文书", "signed sheet")),
    "signature": EvidenceKind(Words("签名", "signature"), ("png", "jpeg")),
    "slip": EvidenceKind(Words("送达凭证", "proof of service"), ("pdf", "jpeg", "png", "heic")),
    "raw_record": EvidenceKind(Words("原始记录", "original record"), (*PAPERS, "xlsx"), 200 * MB),
    "screenshot": EvidenceKind(Words("截图", "screen shot"), ("png", "jpeg", "webp", "pdf")),
    "old_paper": EvidenceKind(Words("旧案文书", "paper of a case taken over")),
    "other": EvidenceKind(Words("其他材料", "other material"), (*PAPERS, "xlsx")),
}
"""Every kind there is."""

SLIP: Final = "slip"
"""The proof of a service: every act that records a receipt may carry it."""

EVERYWHERE: Final = ("other", "letter", "photo", "screenshot", "minutes")
"""Kinds that any act may carry."""


def allowed(act: str) -> tuple[str, ...]:
    """The kinds that an act may carry: its own, then those of its chart, then those of every act."""
    record, of_chart = words_of(act), of_act(act).evidence.get(act.partition(".")[0], ())
    proof = (SLIP,) if record.receipt_of is not None else ()
    return tuple(dict.fromkeys((*record.evidence, *proof, *of_chart, *EVERYWHERE)))
