"""Facts of the acts of testing and of telling the result (Articles 28 to 35)."""

from typing import Final

from spotcheck.rules.facts_words.fact import (
    CONCLUSION,
    COURT_DOCUMENT,
    ORGANISER_DOCUMENT,
    RECEIPT_PROOF,
    SLIP_NUMBER,
    SUSPICION_EVIDENCE,
    SUSPICION_FINDING,
    FactWords,
)
from spotcheck.rules.grounds import SUSPICION, choices
from spotcheck.rules.words import Words

INSPECTION: Final = {
    ("inspection.clear_qualification", "licence"): FactWords(
        Words("生产许可证或者强制认证", "Production licence or certificate"),
        choices={
            "valid": Words("有效", "valid"),
            "not_required": Words("该产品不需要", "not required"),
            "missing": Words("没有", "missing"),
        },
    ),
    ("inspection.terminate_illegal", "suspicion"): FactWords(
        Words("涉嫌违法情形", "Suspected violation"),
        choices=choices(SUSPICION),
    ),
    ("inspection.terminate_illegal", "producer"): FactWords(
        Words("涉嫌违法的生产者", "Producer meant"),
        help=Words(
            "不填即为每个生产者，各报一条线索",
            "Every producer unless one is named, with a lead for each",
        ),
    ),
    ("inspection.terminate_illegal", "finding"): SUSPICION_FINDING,
    ("inspection.terminate_illegal", "evidence"): SUSPICION_EVIDENCE,
    ("inspection.start_testing", "inspector"): FactWords(
        Words("检验人员", "Inspector"),
        help=Words(
            "领用检验样品的人员，不得是本任务的抽样人员",
            "The one to whom the test unit was issued, and not a sampler of this task",
        ),
    ),
    ("inspection.report_serious", "items"): FactWords(
        Words("不合格项目", "Failed items"),
        help=Words("逐项填写名称、类别和结果", "Give name, kind and result of each"),
    ),
    ("inspection.report_serious", "danger"): FactWords(
        Words("足以判定存在危险", "A danger to health, person or property is shown"),
    ),
    ("inspection.complete", "all_items"): FactWords(
        Words("全部项目已有结果", "Every item has a result"),
    ),
    ("inspection.issue_report", "conclusion"): FactWords(
        Words("检验结论", "Conclusion"),
        help=Words("须与各项结果一致", "It has to be that of the items"),
        choices=CONCLUSION,
    ),
    ("inspection.issue_report", "items"): FactWords(
        Words("检验项目", "Items"),
        help=Words("逐项填写名称、类别和结果", "Give name, kind and result of each"),
    ),
    ("inspection.issue_report", "analysis"): FactWords(
        Words("已附不合格项目分析报告", "The analysis of the failed items is attached"),
        help=Words("结论为不合格时必须附上", "Needed when the conclusion is nonconforming"),
    ),
    ("inspection.issue_report", "signed"): FactWords(
        Words(
            "报告完整、结论明确并已签字盖章",
            "The report is complete and explicit, with signatures and seal",
        ),
    ),
    ("inspection.issue_report", "report_number"): FactWords(
        Words("报告编号", "Number of the report"),
    ),
    ("result_notice.record_receipt", "proof"): RECEIPT_PROOF,
    ("result_notice.record_receipt", "slip_number"): SLIP_NUMBER,
    ("result_notice.correct_lapse", "proof"): FactWords(
        Words("证明异议按期送达的凭证", "Proof that the objection arrived in time"),
        help=Words(
            "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
            "Name it with its date, for example: page of the register of incoming mail, courier's record of delivery",
        ),
    ),
    ("conclusion.import_external", "document"): ORGANISER_DOCUMENT,
    ("conclusion.import_external", "items"): FactWords(
        Words("不合格项目", "Failed items"),
        help=Words("按移交的检验报告填写", "As the report that was handed over says"),
    ),
    ("conclusion.withdraw_external", "document"): ORGANISER_DOCUMENT,
    ("conclusion.annul", "document"): COURT_DOCUMENT,
}
