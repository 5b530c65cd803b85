"""Our own act on a disputed conclusion: what its writers conclude, in writing and with reasons (Article 36)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.words import Words

VERIFICATION: Final = (
    ActRecord(
        "VF1",
        "verification.file",
        Words("提交核实结论", "File the written conclusion"),
        Words("已提交核实结论", "written conclusion filed"),
        Words(
            "检验机构和抽样机构各自核实异议，写明结论和理由，附书面材料；省局据此作出决定，再次提交的以最近一次为准。",
            "The laboratory and the sampling body each look into the objection and put their conclusion and its "
            "reasons in writing; the province decides on them, and the newest filing of each counts.",
        ),
        told=("province",),
        by_form=True,
        entitled=("review", "sign"),
        facts={
            "writer": FactWords(
                Words("以哪一方的名义", "In which capacity"),
                choices={
                    "sampling_body": Words("抽样机构", "sampling body"),
                    "lab": Words("检验机构", "laboratory"),
                },
            ),
            "position": FactWords(
                Words("核实结论", "Conclusion"),
                choices={
                    "upholds": Words("原结论成立", "the conclusion stands"),
                    "doubts": Words("原结论存疑", "the conclusion is in doubt"),
                    "cannot_tell": Words("无法判断", "cannot be told"),
                },
            ),
            "reasons": FactWords(
                Words("理由", "Reasons"),
                help=Words(
                    "不少于二十个字，例如：复核原始记录和仪器校准记录，测量不确定度远小于超差",
                    "At least twenty characters, for example: the original record and the calibration were looked "
                    "through again, the uncertainty is far below what the value is off",
                ),
            ),
            "document": FactWords(
                Words("书面材料", "Written paper"),
                help=Words("写明名称和编号", "Name it and give its number"),
            ),
        },
        evidence=("verification", "letter", "raw_record", "report"),
        obligatory=(Demand(("verification",), (36,), instead=("document",)),),
    ),
)
