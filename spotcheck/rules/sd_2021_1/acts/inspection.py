"""The acts of testing and of telling the result (Articles 27 to 33, 35)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import (
    CONCLUSION,
    DETAIL_RULE,
    RECEIPT_PROOF,
    SLIP_NUMBER,
    SUSPICION_EVIDENCE,
    SUSPICION_FINDING,
)
from spotcheck.rules.sd_2021_1.grounds import SUSPICION, choices
from spotcheck.rules.words import Words

INSPECTION: Final = (
    ActRecord(
        "IN0",
        "inspection.create",
        Words("生成检验任务", "Open the inspection"),
        Words("已生成检验任务", "inspection opened"),
        Words(
            "样品封存后，即为检验样品建立检验任务。",
            "An inspection is opened for the test unit as soon as it is sealed.",
        ),
    ),
    ActRecord(
        "IN1",
        "inspection.receive_sample",
        Words("登记收样", "Record the sample as received"),
        Words("已收样", "sample received"),
        Words(
            "检验机构按制度接收样品，并及时录入接收信息。",
            "The laboratory takes the sample in by its own system and enters the receipt without delay.",
        ),
        entitled=("receive",),
    ),
    ActRecord(
        "IN2",
        "inspection.clear_qualification",
        Words("确认生产者资质", "Clear the producer's qualification"),
        Words("已确认生产者资质", "producer's qualification cleared"),
        Words(
            "实行生产许可证管理或者强制认证的产品，检验前先核实生产者是否取得。",
            "For products under a production licence or compulsory certification the producer is verified before "
            "the test.",
        ),
        facts={
            "licence": FactWords(
                Words("生产许可证或者强制认证", "Production licence or certificate"),
                choices={
                    "valid": Words("有效", "valid"),
                    "not_required": Words("该产品不需要", "not required"),
                    "missing": Words("没有", "missing"),
                },
            ),
        },
        evidence=("licence", "screenshot"),
        entitled=("receive", "test"),
    ),
    ActRecord(
        "IN3",
        "inspection.terminate_illegal",
        Words("终止检验（涉嫌违法）", "Terminate the inspection (suspected violation)"),
        Words("已因涉嫌违法终止检验", "inspection terminated on a suspected violation"),
        Words(
            "不经检验就能看出生产者涉嫌违法的，写明涉嫌情形、查见事实和证据，停止检验，"
            "立即报省局和生产者所在地县局；没有指明生产者的，每个生产者各报一条线索。",
            "Where a producer's violation is evident without a test, testing stops on a named suspicion with its "
            "finding and evidence and is reported at once to the province and the county bureau of that producer, "
            "of every producer unless one is named.",
        ),
        told=("province", "county"),
        exceptional=True,
        facts={
            "suspicion": FactWords(
                Words("涉嫌违法情形", "Suspected violation"),
                choices=choices(SUSPICION),
            ),
            "producer": FactWords(
                Words("涉嫌违法的生产者", "Producer meant"),
                help=Words(
                    "不填即为每个生产者，各报一条线索",
                    "Every producer unless one is named, with a lead for each",
                ),
            ),
            "finding": SUSPICION_FINDING,
            "evidence": SUSPICION_EVIDENCE,
        },
        evidence=("photo", "licence", "screenshot"),
        obligatory=(Demand(("photo", "licence", "screenshot", "other"), (28,), instead=("evidence",)),),
        entitled=("test", "review", "sign"),
    ),
    ActRecord(
        "IN4",
        "inspection.start_testing",
        Words("开始检验", "Start testing"),
        Words("已开始检验", "testing started"),
        Words(
            "由领用检验样品、没有参加抽样的人员，按细则规定的项目、方法和判定规则检验。",
            "The one to whom the test unit was issued, and who did not sample, tests the items by the methods and "
            "decision rule of the implementing rules.",
        ),
        facts={
            "inspector": FactWords(
                Words("检验人员", "Inspector"),
                help=Words(
                    "领用检验样品的人员，不得是本任务的抽样人员",
                    "The one to whom the test unit was issued, and not a sampler of this task",
                ),
            ),
            "detail_rule": DETAIL_RULE,
        },
        entitled=("test",),
    ),
    ActRecord(
        "IN5",
        "inspection.report_serious",
        Words("提前报告严重质量问题", "Report a serious defect at once"),
        Words("已提前报告严重质量问题", "serious defect reported"),
        Words(
            "只凭已做的项目就能看出危险的，不等全部做完，立即就这些项目出具报告。",
            "Where some failed items already show a danger, they are reported at once without waiting for the rest.",
        ),
        told=("province", "city"),
        alarms=True,
        exceptional=True,
        facts={
            "items": FactWords(
                Words("不合格项目", "Failed items"),
                help=Words("逐项填写名称、类别和结果", "Give name, kind and result of each"),
            ),
            "danger": FactWords(
                Words("足以判定存在危险", "A danger to health, person or property is shown"),
            ),
        },
        evidence=("partial_report",),
        entitled=("test", "review", "sign"),
    ),
    ActRecord(
        "IN6",
        "inspection.complete",
        Words("完成检验", "Complete the testing"),
        Words("已完成检验", "testing completed"),
        Words(
            "检验样品已检，全部项目有了结果，原始记录如实填写并留存。",
            "The test unit is tested, every item has its result, and the original record is truthful and kept.",
        ),
        facts={
            "all_items": FactWords(
                Words("全部项目已有结果", "Every item has a result"),
            ),
        },
        evidence=("raw_record",),
        entitled=("test", "review"),
    ),
    ActRecord(
        "IN7",
        "inspection.issue_report",
        Words("出具并报送检验报告", "Issue and send the test report"),
        Words("已出具并报送检验报告", "test report issued and sent"),
        Words(
            "报告要完整、准确、签字盖章，结论明确并与各项结果一致；不合格的附分析报告，同时报有关市局。",
            "The report is complete, exact, signed and sealed, its conclusion explicit and that of its items; a "
            "nonconforming one comes with an analysis and also goes to the city bureaus.",
        ),
        told=("province", "city"),
        target="submit-report",
        facts={
            "conclusion": FactWords(
                Words("检验结论", "Conclusion"),
                help=Words("须与各项结果一致", "It has to be that of the items"),
                choices=CONCLUSION,
            ),
            "items": FactWords(
                Words("检验项目", "Items"),
                help=Words("逐项填写名称、类别和结果", "Give name, kind and result of each"),
            ),
            "analysis": FactWords(
                Words("已附不合格项目分析报告", "The analysis of the failed items is attached"),
                help=Words("结论为不合格时必须附上", "Needed when the conclusion is nonconforming"),
            ),
            "signed": FactWords(
                Words(
                    "报告完整、结论明确并已签字盖章",
                    "The report is complete and explicit, with signatures and seal",
                ),
            ),
            "report_number": FactWords(
                Words("报告编号", "Number of the report"),
            ),
        },
        evidence=("report", "analysis", "raw_record"),
        obligatory=(
            Demand(("report",), (31,)),
            Demand(("analysis",), (31,), only_when={"conclusion": "nonconforming"}),
        ),
        entitled=("sign",),
    ),
    ActRecord(
        "IN8",
        "inspection.stop_unit_lost",
        Words("终止检验（检验样品灭失）", "Stop the inspection (test unit lost)"),
        Words("已因检验样品灭失终止检验", "inspection stopped, test unit lost"),
        Words(
            "检验样品在出具报告前失效或者灭失的，不再出具报告，并告知各方不会有检验结果；备用样品不能代替检验样品。",
            "When the test unit is spoiled or lost before the report there is no report, and the parties are told "
            "that no result will come; the reserve unit does not take its place.",
        ),
        told=("province", "lab", "enterprise"),
        exceptional=True,
        opens_to="all",
        rests_on=("sample.compromise",),
        stands_on=(("sample", "T"),),
    ),
    ActRecord(
        "RN0",
        "result_notice.create",
        Words("生成结果告知事项", "Open the result notice"),
        Words("已生成结果告知事项", "result notice opened"),
        Words(
            "报告出具后，对每一方企业分别告知结果。",
            "After the report each party is to be told of the result on its own.",
        ),
    ),
    ActRecord(
        "RN1",
        "result_notice.send",
        Words("寄送检验结果通知书", "Send the result notice"),
        Words("已寄送检验结果通知书", "result notice sent"),
        Words(
            "省局以检验结果通知书附报告书面告知；只有合格结果可以委托检验机构邮寄，已撤销的结论不再告知。",
            "The province tells each party in writing, with the report; only a conforming result may be mailed by "
            "the laboratory, and a revoked one is not told any more.",
        ),
        opens_to="party",
        target="serve-result",
        entitled=("mail",),
        in_batches=True,
    ),
    ActRecord(
        "RN2",
        "result_notice.record_receipt",
        Words("登记通知书送达", "Record receipt of the result notice"),
        Words("检验结果通知书已送达", "result notice received"),
        Words(
            "登记企业收到通知书的日期和凭证，异议期限由此起算；检验机构只登记可以由其邮寄的合格结果。",
            "The proved date of receipt starts the objection window of this party; the laboratory records it only "
            "for what it may mail.",
        ),
        told=("handler",),
        receipt_of=7,
        target="serve-result",
        facts={
            "proof": RECEIPT_PROOF,
            "slip_number": SLIP_NUMBER,
        },
        evidence=("slip",),
        obligatory=(Demand(("slip",), (33, 35), instead=("proof",)),),
        entitled=("mail",),
    ),
    ActRecord(
        "RN3",
        "result_notice.service_failed",
        Words("登记送达不成功", "Record that service failed"),
        Words("通知书未能送达", "service failed"),
        Words(
            "退回或者查无此人的，异议期限不起算，须重新送达。",
            "A returned notice starts no window and has to be served again.",
        ),
        exceptional=True,
        evidence=("slip",),
    ),
    ActRecord(
        "RN4",
        "result_notice.object",
        Words("转为已提异议", "Mark as objected"),
        Words("已在期限内提出异议", "objection filed in time"),
        Words(
            "企业在异议期限内提出异议，期限即告停止。",
            "An objection inside the window ends the window of this party.",
        ),
    ),
    ActRecord(
        "RN5",
        "result_notice.lapse",
        Words("异议期限届满", "Close the objection window"),
        Words("异议期限已届满", "objection window lapsed"),
        Words(
            "自较晚的届满日次日起，该企业的异议期限终结；此后提出的，按逾期答复。",
            "From the day after the later end the window of this party is closed; what comes "
            "after is answered as late.",
        ),
        told=("province", "handler"),
    ),
    ActRecord(
        "RN6",
        "result_notice.correct_lapse",
        Words("更正异议期满记录", "Correct the lapse of the window"),
        Words("已更正异议期满记录", "lapse of the objection window corrected"),
        Words(
            "有证据表明异议曾按期送达的，省局更正记录，异议继续办理。",
            "On proof that an objection had arrived in time, the province corrects the lapse "
            "and deals with the objection.",
        ),
        told=("handler", "enterprise"),
        exceptional=True,
        facts={
            "proof": FactWords(
                Words("证明异议按期送达的凭证", "Proof that the objection arrived in time"),
                help=Words(
                    "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
                    "Name it with its date, for example: page of the register of incoming mail, courier's record "
                    "of delivery",
                ),
            ),
        },
        evidence=("slip", "letter"),
        obligatory=(Demand(("slip", "letter", "other"), (35,), instead=("proof",)),),
        needs_recent=True,
    ),
    ActRecord(
        "RN7",
        "result_notice.end",
        Words("终止告知", "End the notice"),
        Words("已终止告知", "notice ended"),
        Words(
            "检验结论撤销后没有可以告知的结果，尚未了结的通知连同异议期限一并终止。",
            "After a revocation there is no result to tell: a notice still open ends, and its window with it.",
        ),
        told=("told_parties",),
    ),
)
