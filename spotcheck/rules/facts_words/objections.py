"""Facts of the acts of objection and retest (Articles 35 to 41)."""

from typing import Final

from spotcheck.rules.facts_words.fact import CONCLUDING, RETEST_LAB, SLIP_NUMBER, FactWords
from spotcheck.rules.grounds import MAINTAIN, REVOKE, choices
from spotcheck.rules.words import Words

OBJECTIONS: Final = {
    ("objection.file", "grounds"): FactWords(
        Words("异议类型", "Kind of objection"),
        choices={
            "test_result": Words("对检验结果", "test result"),
            "sampling": Words("对抽样过程", "sampling process"),
            "authenticity": Words("对样品真实性", "authenticity of the sample"),
            "denial": Words("否认产品为其生产", "denial of having made the product"),
        },
    ),
    ("objection.file", "items"): FactWords(
        Words("有异议的项目", "Disputed items"),
        help=Words("不填即为全部不合格项目", "All failed items unless named"),
    ),
    ("objection.file", "evidence"): FactWords(
        Words("已附证明材料", "Evidence is attached"),
    ),
    ("objection.denial_findings", "from"): FactWords(
        Words("已提交核查结论的市局", "City bureaus that have reported"),
        help=Words("两地都到齐才能登记", "Both are needed"),
        choices={
            "nominal_producer_city": Words("标称生产者所在地市局", "city of the nominal producer"),
            "seller_city": Words("被抽样销售者所在地市局", "city of the seller"),
        },
    ),
    ("objection.denial_findings", "produced"): FactWords(
        Words("查明产品为其生产", "It did make the product"),
    ),
    ("objection.maintain", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.maintain", "reason"): FactWords(
        Words("维持理由", "Reason for maintaining"),
        choices=choices(MAINTAIN),
    ),
    ("objection.revoke", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.revoke", "reason"): FactWords(
        Words("撤销理由", "Reason for revoking"),
        choices=choices(REVOKE),
    ),
    ("objection.order_retest", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.order_retest", "reproducible"): FactWords(
        Words("有异议的项目具有重现性", "The disputed item is reproducible"),
    ),
    ("objection.order_retest", "lab"): FactWords(
        Words("复检机构", "Retest laboratory"),
        choices=RETEST_LAB,
    ),
    ("objection.order_retest", "retest_lab"): FactWords(
        Words("指定的复检机构", "Laboratory named for the retest"),
        help=Words("不得是初检机构", "Not the first laboratory"),
    ),
    ("objection.uphold_denial", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.record_decision_receipt", "proof"): FactWords(
        Words("有注明日期的送达凭证", "There is a dated proof of receipt"),
    ),
    ("objection.record_decision_receipt", "slip_number"): SLIP_NUMBER,
    ("retest.waive", "ground"): FactWords(
        Words("放弃情形", "Ground of the waiver"),
        help=Words("期限届满由系统处理", "A lapse is dealt with by the system"),
        choices={
            "tampering": Words("隐匿、转移、变卖或者损毁样品", "sample hidden, moved, sold or damaged"),
            "lapse": Words("逾期未办手续", "formalities not done in time"),
        },
    ),
    ("retest.commission", "time"): FactWords(
        Words("已写明复检时间", "The time of the retest is named"),
    ),
    ("retest.commission", "items"): FactWords(
        Words("复检项目", "Items to be retested"),
        help=Words("不填即为有异议的项目", "The disputed items unless named"),
    ),
    ("retest.hand_over_sample", "filmed"): FactWords(
        Words("确认和交接已全程录像", "Confirmation and hand-over were filmed throughout"),
    ),
    ("retest.start", "lab"): FactWords(
        Words("复检机构", "Retest laboratory"),
        choices=RETEST_LAB,
    ),
    ("retest.report", "items"): FactWords(
        Words("复检项目及结果", "Items and results"),
        help=Words("逐项填写名称和结果", "Give name and result of each"),
    ),
    ("retest.reinstate", "proof"): FactWords(
        Words("有手续按期办结的证据", "There is proof that the formalities were done in time"),
    ),
}
