"""The acts of testing and of telling the result (Articles 27 to 33, 35)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

INSPECTION: Final = (
    ActWords(
        "IN0",
        "inspection.create",
        Words("生成检验任务", "Open the inspection"),
        Words("已生成检验任务", "inspection opened"),
        Words(
            "样品封存后，即为检验样品建立检验任务。",
            "An inspection is opened for the test unit as soon as it is sealed.",
        ),
    ),
    ActWords(
        "IN1",
        "inspection.receive_sample",
        Words("登记收样", "Record the sample as received"),
        Words("已收样", "sample received"),
        Words(
            "检验机构按制度接收样品，并及时录入接收信息。",
            "The laboratory takes the sample in by its own system and enters the receipt without delay.",
        ),
    ),
    ActWords(
        "IN2",
        "inspection.clear_qualification",
        Words("确认生产者资质", "Clear the producer's qualification"),
        Words("已确认生产者资质", "producer's qualification cleared"),
        Words(
            "实行许可或者强制认证的产品，检验前先核实生产者是否取得。",
            "For licensed or certified products the producer is verified before the test.",
        ),
    ),
    ActWords(
        "IN3",
        "inspection.terminate_illegal",
        Words("终止检验（涉嫌违法）", "Terminate the inspection (suspected violation)"),
        Words("已因涉嫌违法终止检验", "inspection terminated on a suspected violation"),
        Words(
            "不经检验就能看出生产者涉嫌违法的，停止检验，立即报省局和生产者所在地县局。",
            "Where the producer's violation is evident without a test, testing stops and is "
            "reported at once to the province and the county bureau of the producer.",
        ),
    ),
    ActWords(
        "IN4",
        "inspection.start_testing",
        Words("开始检验", "Start testing"),
        Words("已开始检验", "testing started"),
        Words(
            "由没有参加抽样的人员，按细则规定的项目、方法和判定规则检验。",
            "Somebody who did not sample tests the items, by the methods and decision rule of the implementing rules.",
        ),
    ),
    ActWords(
        "IN5",
        "inspection.report_serious",
        Words("提前报告严重质量问题", "Report a serious defect at once"),
        Words("已提前报告严重质量问题", "serious defect reported"),
        Words(
            "只凭已做的项目就能看出危险的，不等全部做完，立即就这些项目出具报告。",
            "Where some failed items already show a danger, they are reported at once without waiting for the rest.",
        ),
    ),
    ActWords(
        "IN6",
        "inspection.complete",
        Words("完成检验", "Complete the testing"),
        Words("已完成检验", "testing completed"),
        Words(
            "全部项目有了结果，原始记录如实填写并留存。",
            "Every item has its result, and the original record is truthful and kept.",
        ),
    ),
    ActWords(
        "IN7",
        "inspection.issue_report",
        Words("出具并报送检验报告", "Issue and send the test report"),
        Words("已出具并报送检验报告", "test report issued and sent"),
        Words(
            "报告要完整、准确、结论明确并签字盖章；不合格的附分析报告，同时报有关市局。",
            "The report is complete, exact, explicit, signed and sealed; a nonconforming one "
            "comes with an analysis and also goes to the city bureaus.",
        ),
    ),
    ActWords(
        "RN0",
        "result_notice.create",
        Words("生成结果告知事项", "Open the result notice"),
        Words("已生成结果告知事项", "result notice opened"),
        Words(
            "报告出具后，对每一方企业分别告知结果。",
            "After the report each party is to be told of the result on its own.",
        ),
    ),
    ActWords(
        "RN1",
        "result_notice.send",
        Words("寄送检验结果通知书", "Send the result notice"),
        Words("已寄送检验结果通知书", "result notice sent"),
        Words(
            "省局以检验结果通知书附报告书面告知；只有合格结果可以委托检验机构邮寄。",
            "The province tells each party in writing, with the report; only a conforming "
            "result may be mailed by the laboratory.",
        ),
    ),
    ActWords(
        "RN2",
        "result_notice.record_receipt",
        Words("登记通知书送达", "Record receipt of the result notice"),
        Words("检验结果通知书已送达", "result notice received"),
        Words(
            "登记企业收到通知书的日期和凭证，异议期限由此起算。",
            "The proved date of receipt is recorded; the objection window of this party runs from it.",
        ),
    ),
    ActWords(
        "RN3",
        "result_notice.service_failed",
        Words("登记送达不成功", "Record that service failed"),
        Words("通知书未能送达", "service failed"),
        Words(
            "退回或者查无此人的，异议期限不起算，须重新送达。",
            "A returned notice starts no window and has to be served again.",
        ),
    ),
    ActWords(
        "RN4",
        "result_notice.object",
        Words("转为已提异议", "Mark as objected"),
        Words("已在期限内提出异议", "objection filed in time"),
        Words(
            "企业在异议期限内提出异议，期限即告停止。",
            "An objection inside the window ends the window of this party.",
        ),
    ),
    ActWords(
        "RN5",
        "result_notice.lapse",
        Words("异议期限届满", "Close the objection window"),
        Words("异议期限已届满", "objection window lapsed"),
        Words(
            "自较晚的届满日次日起，该企业的异议期限终结；此后提出的，按逾期答复。",
            "From the day after the later end the window of this party is closed; what comes "
            "after is answered as late.",
        ),
    ),
    ActWords(
        "RN6",
        "result_notice.correct_lapse",
        Words("更正异议期满记录", "Correct the lapse of the window"),
        Words("已更正异议期满记录", "lapse of the objection window corrected"),
        Words(
            "有证据表明异议曾按期送达的，省局更正记录，异议继续办理。",
            "On proof that an objection had arrived in time, the province corrects the lapse "
            "and deals with the objection.",
        ),
    ),
)
