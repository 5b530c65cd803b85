"""Facts of the acts of a rectification case (Articles 42 to 46, 51)."""

from typing import Final

from spotcheck.rules.facts_words.fact import COURT_DOCUMENT, NOTHING, RECEIPT_PROOF, SLIP_NUMBER, FactWords
from spotcheck.rules.grounds import HARDSHIP, choices
from spotcheck.rules.words import Words

_ORDERED: Final = FactWords(Words("责令改正的项目", "Items named in the order"))

REMEDIATION: Final = {
    ("rectification.issue_order", "items"): _ORDERED,
    ("rectification.supplement_order", "items"): _ORDERED,
    ("rectification.record_order_receipt", "proof"): RECEIPT_PROOF,
    ("rectification.record_order_receipt", "slip_number"): SLIP_NUMBER,
    ("rectification.apply_recheck", "measures_done"): FactWords(
        Words("原因已查明、责任已查清、整改已完成", "Cause found, liability clear, measures done"),
    ),
    ("rectification.claim_hardship", "proof"): FactWords(
        Words("证明材料", "Proof"),
        choices={**choices(HARDSHIP), "none": NOTHING},
    ),
    ("rectification.resume_and_apply", "conditions_restored"): FactWords(
        Words("条件已恢复并完成整改", "Conditions have returned and the rectification is complete"),
    ),
    ("rectification.start_recheck", "early_reason"): FactWords(
        Words("企业要求提前再次复查的书面请求", "The party's written request for an earlier second recheck"),
        help=Words(
            "只在早于最早日期的再次复查中填写，写明请求的日期和理由，例如：企业来函称整改已全部完成，请求提前复查",
            "Only for a second recheck before its earliest day: date and reason of the request, for example: by its "
            "letter the party has finished its rectification and asks for an early visit",
        ),
    ),
    ("rectification.order_closure", "until"): FactWords(
        Words("整顿期最后一日", "Last day of the closure"),
        help=Words(
            "按决定书填写，须在责令之日以后",
            "As the decision says; it lies after the day of the order",
        ),
    ),
    ("rectification.order_closure", "document"): FactWords(
        Words("停业整顿决定书的文号", "Number of the decision on the closure"),
        help=Words(
            "写明文书名称和文号，例如：责令停业整顿决定书及其文号",
            "Give title and number, for example: decision ordering the closure, its number",
        ),
    ),
    ("rectification.order_closure", "authority"): FactWords(
        Words("作出决定的机关", "Authority that decided"),
        help=Words(
            "写明主管机关的全称，例如：某市市场监督管理局",
            "The full name of the competent authority, for example: the market regulation bureau of the city",
        ),
    ),
    ("rectification.order_closure", "decision_number"): FactWords(
        Words("决定书文号", "Number of the decision"),
    ),
    ("rectification.revoke_licence", "document"): FactWords(
        Words("吊销营业执照决定书的文号", "Number of the decision revoking the business licence"),
        help=Words(
            "写明文书名称和文号，例如：行政处罚决定书及其文号",
            "Give title and number, for example: decision on the administrative penalty, its number",
        ),
    ),
    ("rectification.revoke_licence", "authority"): FactWords(
        Words("作出决定的登记机关", "Registration authority that decided"),
        help=Words(
            "写明登记机关的全称，例如：某市市场监督管理局",
            "The full name of the registration authority, for example: the market regulation bureau of the city",
        ),
    ),
    ("rectification.transfer_jurisdiction", "to"): FactWords(
        Words("实际经营地", "Actual place of business"),
        help=Words("填写行政区划代码", "Code of the place"),
    ),
    ("rectification.transfer_jurisdiction", "address"): FactWords(
        Words("实际经营地的地址", "Address there"),
        help=Words(
            "写到门牌号；市局交本市县局办理而企业没有迁址的，填写原地址",
            "Down to the house number; the old one where a city passes the case to its own county and nobody has moved",
        ),
    ),
    ("rectification.transfer_jurisdiction", "finding"): FactWords(
        Words("对实际经营地的核实情况", "Finding on the place"),
        help=Words(
            "写明怎样核实，例如：现场查看，注册地已无经营，租赁合同显示已迁至新址",
            "State how it was verified, for example: nothing is at the registered place, and the lease names the "
            "new one",
        ),
    ),
    ("rectification.transfer_jurisdiction", "letter"): FactWords(
        Words("省局致外省的函", "Letter of the province to the other province"),
        help=Words(
            "只在移往外省时填写，写明函号或者内容，例如：移交案件和禁令的函及其文号",
            "Only for a transfer to another province: number or contents, for example: letter handing over case and "
            "ban, its number",
        ),
    ),
    ("rectification.correct_lapse", "proof"): FactWords(
        Words("证明材料按期送达的凭证", "Proof that the filing arrived in time"),
        help=Words(
            "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
            "Name it with its date, for example: page of the register of incoming mail, courier's record of delivery",
        ),
    ),
    ("rectification.withdraw_application", "document"): FactWords(
        Words("企业的书面撤回", "The party's paper"),
        help=Words(
            "写明日期和签署人，例如：撤回复查申请书，法定代表人签字并盖章",
            "Give date and signature, for example: letter of withdrawal, signed by its legal representative and sealed",
        ),
    ),
    ("rectification.conditions_restored", "finding"): FactWords(
        Words("条件已恢复的查见情况", "Finding that conditions have returned"),
        help=Words(
            "写明何时何地查见什么，例如：生产线正在运转，仓库存有新产品",
            "State what was seen, when and where, for example: the line is running, new goods lie in the store",
        ),
    ),
    ("rectification.conditions_restored", "evidence"): FactWords(
        Words("条件已恢复的证据", "Evidence that conditions have returned"),
        help=Words(
            "写明证据的名称或者编号，例如：现场照片、用电记录",
            "Name it or give its number, for example: photographs of the place, electricity records",
        ),
    ),
    ("rectification.conditions_restored", "basis"): FactWords(
        Words("认定的由来", "What led to the finding"),
        choices={
            "called_on": Words("书面催告并定明日期，期满仍不申请", "called on in writing with a date that has passed"),
            "breach": Words("查见违反禁令恢复生产、销售", "found at work in breach of the ban"),
        },
    ),
    ("rectification.close_dissolved", "proof"): FactWords(
        Words("主体不再存在的证明", "Proof that the party is no more"),
        choices={
            "deregistration": Words("注销登记", "deregistration"),
            "death": Words("经营者死亡", "death of the owner"),
        },
    ),
    ("rectification.close_dissolved", "successor"): FactWords(
        Words("有人承接其经营", "Somebody has taken over its business"),
        help=Words("有人承接的，案件对其继续", "With a successor the case goes on"),
    ),
    ("rectification.close_dissolved", "document"): FactWords(
        Words("证明文书", "Document that proves it"),
        help=Words(
            "写明文书名称和编号，例如：准予注销登记通知书及其编号",
            "Give title and number, for example: notice of deregistration, its number",
        ),
    ),
    ("rectification.annul", "what"): FactWords(
        Words("被撤销的是", "What was annulled"),
        choices={
            "order": Words("责令改正通知书", "the rectification order"),
            "recheck": Words("最近一次不合格的复查结论", "the last failed recheck"),
        },
    ),
    ("rectification.annul", "document"): COURT_DOCUMENT,
    ("rectification.annul", "anew"): FactWords(
        Words("决定要求重新责令改正", "The decision directs a new order"),
        help=Words("只在撤销责令改正通知书时填写", "Only where the order was annulled"),
    ),
}
