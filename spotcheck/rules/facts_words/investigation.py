"""Facts of the acts on leads and on denials in handed-over cases (Articles 28, 32, 52, 56)."""

from typing import Final

from spotcheck.rules.facts_words.fact import FactWords
from spotcheck.rules.words import Words

_DENIAL_FINDING: Final = FactWords(
    Words("调查核实的书面结论", "Written finding of the investigation"),
    help=Words(
        "写明查明的事实和依据，例如：核对出厂台账、包装和防伪标识，均与该企业产品不符",
        "State what was found and on what, for example: production ledger, packaging and security mark all differ "
        "from the producer's own",
    ),
)

INVESTIGATION: Final = {
    ("lead.create", "source"): FactWords(
        Words("线索来源", "Source of the lead"),
        help=Words("由谁、在何处发现", "Who noticed it, and where"),
    ),
    ("lead.create", "finding"): FactWords(
        Words("发现的情况", "What was found"),
        help=Words(
            "写明看到什么、在哪里看到，例如：货架上的产品没有厂名厂址",
            "State what was seen and where, for example: goods on the shelf bear no name or address of a factory",
        ),
    ),
    ("lead.file_case", "reason"): FactWords(
        Words("立案的理由", "Why a case is filed"),
        help=Words(
            "写明核查的结果，例如：查实产品冒用他人厂名，具备立案条件",
            "State what the verification found, for example: the name of another factory was misused",
        ),
    ),
    ("lead.decline", "reason"): FactWords(
        Words("不予立案的理由", "Why no case is filed"),
        help=Words(
            "写明核查的结果，例如：经查企业持有有效的生产许可证，登记系统更新延迟",
            "State what the verification found, for example: the production licence is valid, the register was not "
            "up to date",
        ),
    ),
    ("lead.conclude", "reason"): FactWords(
        Words("结案的理由和结果", "Why the case is concluded, and how"),
        help=Words(
            "写明处理结果，例如：已作出行政处罚决定并执行完毕",
            "State the outcome, for example: the penalty was decided and has been carried out",
        ),
    ),
    ("lead.refer_outside", "letter"): FactWords(
        Words("省局致外省的函", "Letter of the province to the other province"),
        help=Words(
            "写明函号或者内容，例如：移送涉嫌无证生产线索的函及其文号",
            "Number or contents, for example: letter referring a lead of production without a licence, its number",
        ),
    ),
    ("denial.find_not_produced", "finding"): _DENIAL_FINDING,
    ("denial.find_nonexistent", "finding"): FactWords(
        Words("调查核实的书面结论", "Written finding of the investigation"),
        help=Words(
            "写明查明的事实和依据，例如：登记系统查无此企业，标称地址为居民住宅",
            "State what was found and on what, for example: no such enterprise is registered, and the address is a "
            "dwelling",
        ),
    ),
    ("denial.find_produced", "finding"): FactWords(
        Words("调查核实的书面结论", "Written finding of the investigation"),
        help=Words(
            "写明查明的事实和依据，例如：出厂台账载有该批次，包装和防伪标识一致",
            "State what was found and on what, for example: its ledger holds the batch, and packaging and security "
            "mark agree",
        ),
    ),
    ("denial.close", "peer_informed"): FactWords(
        Words("已通报外省省级部门", "The other province has been informed"),
    ),
}
