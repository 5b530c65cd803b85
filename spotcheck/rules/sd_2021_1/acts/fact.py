"""Words of facts that several acts share, and the acts on which several others rest."""

from typing import Final

from spotcheck.rules.acts import FactWords
from spotcheck.rules.words import Words

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

RECEIPT_PROOF: Final = FactWords(
    Words("送达凭证", "Proof of receipt"),
    help=Words(
        "写明凭证及其日期，例如：邮政回执，由门卫签收，附照片",
        "Name it with its date, for example: postal slip, signed for at the gate, photograph attached",
    ),
)
"""What proves that a paper was received, and when."""

COURT_DOCUMENT: Final = FactWords(
    Words("法院或者复议机关的文书", "Decision of the court or of the reconsideration body"),
    help=Words(
        "写明机关、文书名称和文号，例如：某市中级人民法院行政判决书及其案号",
        "Give authority, title and number, for example: administrative judgment of the intermediate court, case number",
    ),
)
"""On which decision an annulment is recorded."""

ORGANISER_DOCUMENT: Final = FactWords(
    Words("组织机关的文件", "Document of the organiser"),
    help=Words(
        "写明机关、文件名称和文号，例如：某省市场监管局移交函及其文号",
        "Give authority, title and number, for example: letter of the bureau of another province, its number",
    ),
)
"""On which document a handed-over conclusion comes or goes."""

SEALED_SEPARATELY: Final = FactWords(
    Words("检验样品、备用样品已分别封样", "Test and reserve sample are sealed separately"),
)
"""Asked where units are sealed, on site and after a purchase (Articles 18, 26)."""

SUSPICION_FINDING: Final = FactWords(
    Words("查见的事实", "What was found"),
    help=Words(
        "写明看到什么、在哪里看到，例如：外包装标注的生产许可证编号查无此证",
        "State what was seen and where, for example: the production licence number on the packaging does not exist",
    ),
)
SUSPICION_EVIDENCE: Final = FactWords(
    Words("证据", "Evidence"),
    help=Words(
        "写明证据的名称或者编号，例如：包装照片、许可证查询结果打印件",
        "Name it or give its number, for example: photographs of the packaging, printout of the register",
    ),
)
"""On what the samplers or the laboratory stop (Articles 14, 28)."""

STOPPED: Final = FactWords(
    Words("检验终止的样品如何公开", "How a sample whose testing was stopped is shown"),
    help=Words(
        "没有这样的样品时不必填写；不得公开为合格",
        "Left out where there is none; it may not be shown as conforming",
    ),
    choices={
        "items": Words("公开复检项目，并说明检验已终止", "the retested items, and that the testing was stopped"),
        "conforming": Words("公开为合格", "as conforming"),
    },
)
"""What is published of a sample whose testing was stopped (Articles 31, 57)."""

PRODUCER_PROOF: Final = {
    "dossier": Words("本案卷中的复查结果通知书", "the recheck notice in this dossier"),
    "other_province": Words("省外生产者所在地部门的文书", "the paper of the bureau of a producer outside Shandong"),
    "none": Words("没有", "none"),
}
"""How the pass of the producers is shown (Article 48)."""

SLIP_NUMBER: Final = FactWords(
    Words("凭证编号", "Number of the slip"),
    help=Words("邮寄回执或者签收单的编号", "Of the postal slip or the signed receipt"),
)
"""By which piece of paper a receipt is proved."""

DETAIL_RULE: Final = FactWords(Words("实施细则", "Rule of detail"), recorded=True)
"""The version by which a case is tested (Articles 9, 29)."""

SHEET_NUMBER: Final = FactWords(Words("抽样单编号", "Number of the sampling sheet"))
"""The printed number on Form 4."""

SAMPLE_BATCH: Final = FactWords(Words("生产日期或者批号", "Batch or date of production"))
"""As the label says it: on Form 4, or in the report of whoever has handed a result over."""

DECIDED_UPON: Final = ("objection.file", "objection.denial_findings", "objection.proceed_without_experts")
"""What every decision on an objection rests on (Articles 35 to 38)."""

ORDERS: Final = ("rectification.issue_order", "rectification.supplement_order")
"""The orders to rectify (Article 43)."""

FAILED_RECHECKS: Final = ("recheck.fail_without_test", "recheck.fail_with_test", "recheck.fail_no_sample")
"""How a recheck fails (Articles 47 to 50)."""
