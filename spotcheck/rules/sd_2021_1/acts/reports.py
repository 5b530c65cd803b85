"""Our own acts on the files of a report: the one on a danger comes later, a slip of the pen is set right (29 to 31)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import CONCLUSION
from spotcheck.rules.words import Words

REPORTS: Final = (
    ActRecord(
        "RP1",
        "report.file_partial",
        Words("补交先行报告", "Hand in the report on the danger"),
        Words("先行报告已补交", "report on the danger handed in"),
        Words(
            "严重质量问题已经先行报告、当时没有附不合格项目检验报告的，出具后立即补交。",
            "A danger was reported before its report on the failed items was there; it is handed in at once.",
        ),
        told=("province", "city"),
        by_form=True,
        entitled=("test", "review", "sign"),
        evidence=("partial_report",),
    ),
    ActRecord(
        "RP2",
        "report.replace_file",
        Words("更正报告文件", "Replace the file of the report"),
        Words("报告文件已更正", "file of the report replaced"),
        Words(
            "检验报告有笔误的，由授权签字人提交更正后的文件并写明理由；结论和各项结果不变，原文件保留。",
            "A slip of the pen in the report is set right by a new file, with its reason, by a signatory; conclusion "
            "and results stay, and the earlier file is kept.",
        ),
        told=("province", "city"),
        by_form=True,
        exceptional=True,
        entitled=("sign",),
        facts={
            "reason": FactWords(
                Words("更正的理由", "Why it is replaced"),
                help=Words(
                    "写明原文件错在哪里，例如：第三页委托单位名称误写，其余不变",
                    "State what was wrong, for example: a name on page three was misspelt, nothing else changes",
                ),
            ),
            "conclusion": FactWords(Words("更正后的检验结论", "Conclusion of the new file"), choices=CONCLUSION),
            "items": FactWords(
                Words("更正后的检验项目", "Items of the new file"),
                help=Words("不填即为没有改动", "Left empty, nothing has changed"),
            ),
        },
        evidence=("report", "letter"),
    ),
)
