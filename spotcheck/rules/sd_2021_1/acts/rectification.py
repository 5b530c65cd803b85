"""The acts of a rectification case (Articles 42 to 46, 50 to 52)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import (
    COURT_DOCUMENT,
    FAILED_RECHECKS,
    NOTHING,
    ORDERS,
    RECEIPT_PROOF,
    SLIP_NUMBER,
)
from spotcheck.rules.sd_2021_1.grounds import HARDSHIP, choices
from spotcheck.rules.words import Words

_ORDERED: Final = FactWords(Words("责令改正的项目", "Items named in the order"), recorded=True)

RECTIFICATION: Final = (
    ActRecord(
        "RC1",
        "rectification.receive_report",
        Words("登记收到检验报告", "Record receipt of the test report"),
        Words("结果处理部门已收到检验报告", "test report received"),
        Words(
            "由企业实际经营地的部门处理，有不合格项目成立的方可登记；下达责令改正的期限自该部门收到报告起算。",
            "The party is handled where it actually works, while a failed item stands; the period for the order runs "
            "from that bureau's own receipt.",
        ),
    ),
    ActRecord(
        "RC2",
        "rectification.issue_order",
        Words("下达责令改正通知书", "Issue the rectification order"),
        Words("已下达责令改正通知书", "rectification order issued"),
        Words(
            "结果处理部门按期下达通知书，告知权利义务；异议和复检不影响下达。",
            "The handling bureau issues the order in time and states rights and duties; an "
            "objection does not hold it up.",
        ),
        told=("enterprise",),
        opens_to="party",
        facts={
            "items": _ORDERED,
        },
        needs_recent=True,
        in_batches=True,
    ),
    ActRecord(
        "RC3",
        "rectification.record_order_receipt",
        Words("登记责令改正通知书送达", "Record receipt of the rectification order"),
        Words("责令改正通知书已送达", "rectification order received"),
        Words(
            "登记企业收到的日期和凭证，整改期限由此起算，同一产品不得恢复生产、销售。",
            "The proved date of receipt starts the rectification period; the same product may "
            "not be made or sold again meanwhile.",
        ),
        receipt_of=11,
        target="serve-order",
        facts={
            "proof": RECEIPT_PROOF,
            "slip_number": SLIP_NUMBER,
        },
        evidence=("slip",),
        obligatory=(Demand(("slip",), (43, 44), instead=("proof",)),),
    ),
    ActRecord(
        "RC4",
        "rectification.apply_recheck",
        Words("申请复查", "Apply for the recheck"),
        Words("已申请复查", "recheck applied for"),
        Words(
            "企业在整改期限内查明原因、分清责任、完成整改，并提出复查申请。",
            "Inside the period the party finds the cause, settles liability, completes its rectification and applies.",
        ),
        told=("handler",),
        facts={
            "measures_done": FactWords(
                Words("原因已查明、责任已查清、整改已完成", "Cause found, liability clear, measures done"),
            ),
        },
        evidence=("application",),
        obligatory=(Demand(("application",), (44,)),),
    ),
    ActRecord(
        "RC5",
        "rectification.claim_hardship",
        Words("提交无法整改证明", "Submit proof of inability"),
        Words("已提交无法整改证明", "proof of inability submitted"),
        Words(
            "确实无法完成整改的，在同一期限内提交证明材料。",
            "A party that truly cannot rectify proves it inside the same period.",
        ),
        told=("handler",),
        facts={
            "proof": FactWords(
                Words("证明材料", "Proof"),
                choices={**choices(HARDSHIP), "none": NOTHING},
            ),
        },
        evidence=("hardship",),
        obligatory=(Demand(("hardship",), (45,)),),
    ),
    ActRecord(
        "RC6",
        "rectification.lapse",
        Words("整改期限届满", "Lapse of the rectification period"),
        Words("整改期限已届满，未见申请", "rectification period lapsed without application"),
        Words(
            "期限内既无申请也无证明的，由结果处理部门自行组织复查。",
            "Neither application nor proof came; the handling bureau will recheck of its own motion.",
        ),
        told=("handler", "city"),
    ),
    ActRecord(
        "RC7",
        "rectification.late_submission",
        Words("登记逾期材料", "Record a late submission"),
        Words("已登记逾期材料", "late submission recorded"),
        Words(
            "逾期送来的申请或者证明予以登记，不产生新的期限。",
            "A late application or proof is recorded; it starts no new period.",
        ),
        told=("handler",),
        exceptional=True,
        evidence=("application", "hardship"),
    ),
    ActRecord(
        "RC8",
        "rectification.start_recheck",
        Words("组织复查", "Start the recheck"),
        Words("已组织复查", "recheck started"),
        Words(
            "收到申请或者证明后、整改期满后、公告后或者整顿期满后，分别在期限内组织复查；再次复查另有最早日期，"
            "企业书面要求提前的除外。",
            "A recheck follows an application or proof, the lapse of the period, the announcement, or the end of a "
            "closure; the second has an earliest day, unless the party asks in writing for an earlier one.",
        ),
        facts={
            "early_reason": FactWords(
                Words("企业要求提前再次复查的书面请求", "The party's written request for an earlier second recheck"),
                help=Words(
                    "只在早于最早日期的再次复查中填写，写明请求的日期和理由，例如：企业来函称整改已全部完成，请求提前复查",
                    "Only for a second recheck before its earliest day: date and reason of the request, for "
                    "example: by its letter the party has finished its rectification and asks for an early visit",
                ),
            ),
        },
    ),
    ActRecord(
        "RC9",
        "rectification.confirm_hardship",
        Words("暂缓整改", "Suspend the case"),
        Words("案件已暂缓，待恢复条件", "case suspended until conditions return"),
        Words(
            "无法整改经核实属实的，案件暂缓，禁止恢复生产销售的要求继续有效。",
            "The inability is confirmed: the case waits, and the ban stays in force.",
        ),
    ),
    ActRecord(
        "RC10",
        "rectification.resume_and_apply",
        Words("恢复条件后申请复查", "Apply once conditions have returned"),
        Words("已在恢复条件后申请复查", "recheck applied for after conditions returned"),
        Words(
            "条件恢复后，企业及时整改并申请复查。",
            "When conditions return, the party rectifies without delay and applies.",
        ),
        told=("handler",),
        facts={
            "conditions_restored": FactWords(
                Words("条件已恢复并完成整改", "Conditions have returned and the rectification is complete"),
            ),
        },
        evidence=("application",),
        obligatory=(Demand(("application",), (45,)),),
    ),
    ActRecord(
        "RC11",
        "rectification.pass",
        Words("复查合格结案", "Close the case: recheck passed"),
        Words("复查合格，案件结束", "recheck passed, case ended"),
        Words(
            "复查合格的，本案结束；禁令按生产者、销售者分别处理。",
            "A passed recheck ends the case; the ban is lifted by the rules for producers and sellers.",
        ),
    ),
    ActRecord(
        "RC12",
        "rectification.fail",
        Words("复查不合格", "Mark the recheck as failed"),
        Words("复查不合格", "recheck failed"),
        Words(
            "复查不合格的，按次数进入上报公告、责令停业或者吊销营业执照。",
            "A failed recheck leads, by its number, to announcement, closure or loss of the business licence.",
        ),
    ),
    ActRecord(
        "RC13",
        "rectification.report_up",
        Words("逐级上报", "Report up level by level"),
        Words("已开始逐级上报", "reporting up begun"),
        Words(
            "首次复查不合格的，由结果处理部门逐级报到省局。",
            "After the first failure the handling bureau reports level by level up to the province.",
        ),
        told=("city", "province"),
        target="report-up",
        in_batches=True,
    ),
    ActRecord(
        "RC14",
        "rectification.announce",
        Words("登记已向社会公告", "Mark the case as announced"),
        Words("已向社会公告", "announced to the public"),
        Words(
            "省局公告后，再次复查的期限由公告之日起算。",
            "With the province's announcement the period for the second recheck begins.",
        ),
    ),
    ActRecord(
        "RC15",
        "rectification.order_closure",
        Words("登记责令停业整顿", "Record the closure order"),
        Words("已责令停业，限期整顿", "closure ordered"),
        Words(
            "再次复查仍不合格的，由主管机关责令停业整顿，结果处理部门登记决定机关、文号和期限。",
            "After the second failure the competent authority orders closure; the handling bureau records authority, "
            "number of the decision and term.",
        ),
        facts={
            "until": FactWords(
                Words("整顿期最后一日", "Last day of the closure"),
                help=Words(
                    "按决定书填写，须在责令之日以后",
                    "As the decision says; it lies after the day of the order",
                ),
            ),
            "document": FactWords(
                Words("停业整顿决定书的文号", "Number of the decision on the closure"),
                help=Words(
                    "写明文书名称和文号，例如：责令停业整顿决定书及其文号",
                    "Give title and number, for example: decision ordering the closure, its number",
                ),
            ),
            "authority": FactWords(
                Words("作出决定的机关", "Authority that decided"),
                help=Words(
                    "写明主管机关的全称，例如：某市市场监督管理局",
                    "The full name of the competent authority, for example: the market regulation bureau of the city",
                ),
            ),
            "decision_number": FactWords(Words("决定书文号", "Number of the decision"), no_longer=True),
        },
        evidence=("decision",),
        obligatory=(Demand(("decision",), (51,), instead=("document",)),),
        needs_recent=True,
    ),
    ActRecord(
        "RC16",
        "rectification.revoke_licence",
        Words("登记吊销营业执照", "Record the revocation of the business licence"),
        Words("已吊销营业执照", "business licence revoked"),
        Words(
            "整顿期满后复查仍不合格的，由登记机关吊销营业执照，结果处理部门登记决定机关和文号。",
            "After a further failure the registration authority revokes the business licence; the handling bureau "
            "records authority and number of the decision.",
        ),
        facts={
            "document": FactWords(
                Words("吊销营业执照决定书的文号", "Number of the decision revoking the business licence"),
                help=Words(
                    "写明文书名称和文号，例如：行政处罚决定书及其文号",
                    "Give title and number, for example: decision on the administrative penalty, its number",
                ),
            ),
            "authority": FactWords(
                Words("作出决定的登记机关", "Registration authority that decided"),
                help=Words(
                    "写明登记机关的全称，例如：某市市场监督管理局",
                    "The full name of the registration authority, for example: the market regulation bureau of the "
                    "city",
                ),
            ),
        },
        evidence=("decision",),
        obligatory=(Demand(("decision",), (51,), instead=("document",)),),
        needs_recent=True,
    ),
    ActRecord(
        "RC18",
        "rectification.withdraw",
        Words("终止案件", "Withdraw the case"),
        Words("案件已终止", "case withdrawn"),
        Words(
            "结论被撤销、改为合格，不再有不合格项目成立，或者否认成立的，责令改正失去依据，案件和期限一并终止。",
            "When the conclusion falls, no failed item stands any more or a denial is upheld, the order has no basis "
            "left; the case and its periods end.",
        ),
        told=("handler", "enterprise", "city"),
    ),
    ActRecord(
        "RC19",
        "rectification.transfer_jurisdiction",
        Words("移交管辖", "Transfer jurisdiction"),
        Words("已移交管辖", "jurisdiction transferred"),
        Words(
            "查明企业实际经营地在别处的，案件在办结前可以移交当地部门，注册地部门予以配合；移往外省的由省局去函。",
            "Where the party is found to work elsewhere, that bureau takes the case at any stage and the registered "
            "place cooperates; to another province it goes with a letter of the provincial bureau.",
        ),
        told=("handler", "new_handler", "registered_place", "enterprise"),
        exceptional=True,
        facts={
            "to": FactWords(
                Words("实际经营地", "Actual place of business"),
                help=Words("填写行政区划代码", "Code of the place"),
            ),
            "address": FactWords(
                Words("实际经营地的地址", "Address there"),
                help=Words(
                    "写到门牌号；市局交本市县局办理而企业没有迁址的，填写原地址",
                    "Down to the house number; the old one where a city passes the case to its own county and "
                    "nobody has moved",
                ),
            ),
            "finding": FactWords(
                Words("对实际经营地的核实情况", "Finding on the place"),
                help=Words(
                    "写明怎样核实，例如：现场查看，注册地已无经营，租赁合同显示已迁至新址",
                    "State how it was verified, for example: nothing is at the registered place, and the lease "
                    "names the new one",
                ),
            ),
            "letter": FactWords(
                Words("省局致外省的函", "Letter of the province to the other province"),
                help=Words(
                    "只在移往外省时填写，写明函号或者内容，例如：移交案件和禁令的函及其文号",
                    "Only for a transfer to another province: number or contents, for example: letter handing over "
                    "case and ban, its number",
                ),
            ),
        },
        rests_on=(*ORDERS, "rectification.record_order_receipt"),
    ),
    ActRecord(
        "RC21",
        "rectification.correct_lapse",
        Words("更正整改期满记录", "Correct the lapse of the period"),
        Words("已更正整改期满记录", "lapse of the rectification period corrected"),
        Words(
            "有证据表明申请或者证明曾按期送达的，更正后按实际收到日期组织复查。",
            "On proof that the filing had arrived in time, the recheck follows from its true date of receipt.",
        ),
        told=("enterprise",),
        exceptional=True,
        facts={
            "proof": FactWords(
                Words("证明材料按期送达的凭证", "Proof that the filing arrived in time"),
                help=Words(
                    "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
                    "Name it with its date, for example: page of the register of incoming mail, courier's record "
                    "of delivery",
                ),
            ),
        },
        evidence=("slip", "letter"),
        obligatory=(Demand(("slip", "letter", "other"), (44, 46), instead=("proof",)),),
        needs_recent=True,
    ),
    ActRecord(
        "RC22",
        "rectification.take_over_running",
        Words("接续办理移交案件", "Take over the running case"),
        Words("已接续办理移交案件", "running case taken over"),
        Words(
            "责令改正通知书送达后移交，或者市局交本市县局办理的，案件状态不变，各期限按原起算日接续。",
            "After service, or from a city to its own county, the case stays as it is and its periods go on from "
            "their original dates.",
        ),
        told=("handler", "enterprise"),
    ),
    ActRecord(
        "RC20",
        "rectification.withdraw_application",
        Words("撤回复查申请", "Withdraw the application"),
        Words("企业已撤回复查申请", "application withdrawn"),
        Words(
            "企业自己的申请在整改期限届满前可以书面撤回，原期限恢复计算；文本对此没有规定，予以准许。",
            "Inside the period the party may withdraw its own application in writing and the old periods revive; "
            "the text is silent, it is allowed.",
        ),
        told=("handler",),
        exceptional=True,
        facts={
            "document": FactWords(
                Words("企业的书面撤回", "The party's paper"),
                help=Words(
                    "写明日期和签署人，例如：撤回复查申请书，法定代表人签字并盖章",
                    "Give date and signature, for example: letter of withdrawal, signed by its legal "
                    "representative and sealed",
                ),
            ),
        },
        evidence=("letter", "application"),
        obligatory=(Demand(("letter", "application"), (44,), instead=("document",)),),
    ),
    ActRecord(
        "RC23",
        "rectification.supplement_order",
        Words("补充下达责令改正通知书", "Issue a further rectification order"),
        Words("已补充下达责令改正通知书", "further rectification order issued"),
        Words(
            "完整检验报告另有不合格项目而企业尚未申请或者提交证明的，就这些项目补充责令改正，"
            "全案整改期限自其送达重新起算。",
            "When the full report adds failed items and the party has filed nothing yet, they are ordered too, and "
            "the period of the whole case begins anew with the receipt.",
        ),
        told=("enterprise",),
        target="order-further-items",
        facts={
            "items": _ORDERED,
        },
        needs_recent=True,
    ),
    ActRecord(
        "RC24",
        "rectification.conditions_restored",
        Words("认定整改条件已恢复", "Find the conditions restored"),
        Words("已认定整改条件恢复", "conditions found restored"),
        Words(
            "条件已恢复而企业不申请的，经书面催告逾期，或者查见其违反禁令恢复产销，结果处理部门据实认定并送达企业，"
            "组织复查。",
            "When conditions have returned and the party does not apply, called on in writing in vain or found at "
            "work in breach of the ban, the handling bureau finds so, serves the finding and rechecks.",
        ),
        told=("enterprise",),
        exceptional=True,
        facts={
            "finding": FactWords(
                Words("条件已恢复的查见情况", "Finding that conditions have returned"),
                help=Words(
                    "写明何时何地查见什么，例如：生产线正在运转，仓库存有新产品",
                    "State what was seen, when and where, for example: the line is running, new goods lie in the store",
                ),
            ),
            "evidence": FactWords(
                Words("条件已恢复的证据", "Evidence that conditions have returned"),
                help=Words(
                    "写明证据的名称或者编号，例如：现场照片、用电记录",
                    "Name it or give its number, for example: photographs of the place, electricity records",
                ),
            ),
            "basis": FactWords(
                Words("认定的由来", "What led to the finding"),
                choices={
                    "called_on": Words(
                        "书面催告并定明日期，期满仍不申请", "called on in writing with a date that has passed"
                    ),
                    "breach": Words("查见违反禁令恢复生产、销售", "found at work in breach of the ban"),
                },
            ),
        },
        evidence=("photo", "minutes"),
        obligatory=(Demand(("photo", "film", "minutes", "other"), (45,), instead=("evidence",)),),
        rests_on=("rectification.claim_hardship", "recheck.confirm_hardship", "ban.record_breach"),
    ),
    ActRecord(
        "RC25",
        "rectification.close_dissolved",
        Words("因主体注销终结案件", "Close the case of a dissolved party"),
        Words("主体已注销，案件终结", "case closed, party dissolved"),
        Words(
            "企业已注销或者经营者死亡，又无人承接经营的，凭证明终结案件；已公告的内容不变，文本对此没有规定。",
            "When the party is deregistered or dead and nobody has taken over its business, the case ends on proof; "
            "what was announced stays so; the text is silent on it.",
        ),
        told=("province", "city"),
        exceptional=True,
        facts={
            "proof": FactWords(
                Words("主体不再存在的证明", "Proof that the party is no more"),
                choices={
                    "deregistration": Words("注销登记", "deregistration"),
                    "death": Words("经营者死亡", "death of the owner"),
                },
            ),
            "successor": FactWords(
                Words("有人承接其经营", "Somebody has taken over its business"),
                help=Words("有人承接的，案件对其继续", "With a successor the case goes on"),
            ),
            "document": FactWords(
                Words("证明文书", "Document that proves it"),
                help=Words(
                    "写明文书名称和编号，例如：准予注销登记通知书及其编号",
                    "Give title and number, for example: notice of deregistration, its number",
                ),
            ),
        },
        evidence=("licence", "letter"),
        obligatory=(Demand(("licence", "letter", "screenshot", "other"), (45,), instead=("document",)),),
        rests_on=(*ORDERS, "announcement.announce", "rectification.order_closure"),
        stands_on=(("rectification", ""), ("ban", ""), ("announcement", "")),
    ),
    ActRecord(
        "RC26",
        "rectification.annul",
        Words("登记责令改正或者复查结论被撤销", "Record that the order or the failed recheck was annulled"),
        Words("责令改正或者复查结论已被撤销", "order or failed recheck annulled"),
        Words(
            "法院或者复议机关撤销责令改正的，案件终止；只撤销最近一次不合格复查结论的，重新复查，该次不计次数；"
            "文本对此没有规定。",
            "When a court or the reconsideration body annuls the order, the case ends; when only the last failed "
            "recheck, it is held again and does not count; the text is silent on it.",
        ),
        told=("enterprise", "city", "province"),
        exceptional=True,
        facts={
            "what": FactWords(
                Words("被撤销的是", "What was annulled"),
                choices={
                    "order": Words("责令改正通知书", "the rectification order"),
                    "recheck": Words("最近一次不合格的复查结论", "the last failed recheck"),
                },
            ),
            "document": COURT_DOCUMENT,
            "anew": FactWords(
                Words("决定要求重新责令改正", "The decision directs a new order"),
                help=Words("只在撤销责令改正通知书时填写", "Only where the order was annulled"),
            ),
        },
        evidence=("decision",),
        obligatory=(Demand(("decision",), (43, 50), instead=("document",)),),
        needs_recent=True,
        rests_on=(
            *ORDERS,
            *FAILED_RECHECKS,
            "announcement.announce",
            "rectification.order_closure",
            "rectification.revoke_licence",
        ),
        stands_on=(("rectification", ""), ("ban", ""), ("announcement", "")),
    ),
)
