"""Facts of the acts of objection and retest (Articles 35 to 41)."""

from typing import Final

from spotcheck.rules.facts_words.fact import CONCLUDING, RECEIPT_PROOF, RETEST_LAB, SLIP_NUMBER, FactWords
from spotcheck.rules.grounds import MAINTAIN, REVOKE, choices
from spotcheck.rules.words import Words

WHY_ONE_CITY: Final = FactWords(
    Words("采信其中一地核查结论的理由", "Why the province follows the one city"),
    help=Words(
        "只在两地结论不一时填写，例如：标称生产者一方的出货记录和模具比对均否定由其生产",
        "Only where the two cities differ, for example: shipping records and moulds both speak against its having "
        "made the product",
    ),
)
"""A denial is decided as the cities found; where they differ, with reasons (Article 37)."""

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
        Words("产品是否由标称生产者生产", "Whether the nominal producer made the product"),
        help=Words("按两地市局的书面核查结论填写", "As the written findings of the two cities say"),
        choices={
            "yes": Words("是", "yes"),
            "no": Words("不是", "no"),
            "differ": Words("两地结论不一", "the two cities do not agree"),
        },
    ),
    ("objection.denial_findings", "documents"): FactWords(
        Words("核查结论的文号", "Numbers of the written findings"),
        help=Words(
            "两地市局各一份，每行一个",
            "One of each city, one a line",
        ),
    ),
    ("objection.maintain", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.maintain", "reason"): FactWords(
        Words("维持理由", "Reason for maintaining"),
        help=Words(
            "备用样品完好的，不能以自然失效为由",
            "While the reserve unit is intact, expiry is no reason",
        ),
        choices=choices(MAINTAIN),
    ),
    ("objection.maintain", "verdicts"): FactWords(
        Words("书面核查结论的意见", "What the written conclusions say"),
        choices={
            "support": Words("支持维持", "they support maintaining"),
            "contradict": Words("与维持相反", "they say the contrary"),
        },
    ),
    ("objection.maintain", "follows"): WHY_ONE_CITY,
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
    ("objection.uphold_denial", "reason"): WHY_ONE_CITY,
    ("objection.withdraw", "document"): FactWords(
        Words("企业的书面撤回", "The party's paper"),
        help=Words(
            "写明日期和签署人，例如：撤回异议申请书，法定代表人签字并盖章",
            "Give date and signature, for example: letter of withdrawal, signed by its legal representative and sealed",
        ),
    ),
    ("objection.proceed_without_experts", "reason"): FactWords(
        Words("不待专家意见的理由", "Why the experts are not waited for"),
        help=Words(
            "写明理由，例如：经书面催告，专家仍未答复，现有材料已足以核查",
            "State it, for example: reminded in writing the experts have not answered, and what is on file suffices",
        ),
    ),
    ("objection.decide_anew", "decision"): FactWords(
        Words("重新作出的决定", "Decision"),
        choices={
            "maintain": Words("维持原检验结论", "maintain the conclusion"),
            "revoke": Words("撤销原检验结论", "revoke the conclusion"),
        },
    ),
    ("objection.decide_anew", "cause"): FactWords(
        Words("不能复检的原因", "Why the retest cannot be held"),
        choices={
            "unit": Words(
                "备用样品失效、灭失、已用或者已处置",
                "the reserve unit expired, is lost, gone or used",
            ),
            "no_body": Words("没有机构能够检验", "no body can test it"),
        },
    ),
    ("objection.decide_anew", "finding"): FactWords(
        Words("不能复检的查明情况", "Finding that the retest cannot be held"),
        help=Words(
            "写明查明的事实和依据，例如：样品丢失的登记；没有机构能够检验的，逐一写明各受询机构的答复",
            "State the facts and on what they rest, for example: the record of the loss; where no body can test, the "
            "answer of each body asked",
        ),
    ),
    ("objection.decide_anew", "written_conclusions"): FactWords(
        Words("已出具书面核查结论的机构", "Bodies that have given a written conclusion"),
        choices=CONCLUDING,
    ),
    ("objection.record_decision_receipt", "proof"): RECEIPT_PROOF,
    ("objection.record_decision_receipt", "slip_number"): SLIP_NUMBER,
    ("retest.waive", "ground"): FactWords(
        Words("放弃情形", "Ground of the waiver"),
        help=Words(
            "期限届满由系统处理；破坏样品的，须先登记样品因申请人失效",
            "A lapse is dealt with by the system; tampering is first recorded as the cause of the loss of the unit",
        ),
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
        help=Words(
            "不填即为本异议所争议的项目；另一项未决异议所争议的项目可以列入",
            "The disputed items unless named; those of another open objection may be added",
        ),
    ),
    ("retest.recommission", "reason"): FactWords(
        Words("另行委托的原因", "Why another body is commissioned"),
        help=Words(
            "写明原机构为什么不能检验，例如：设备故障，来函说明不能按委托时间完成",
            "State why the first one cannot test, for example: by its letter its equipment has failed",
        ),
    ),
    ("retest.recommission", "time"): FactWords(
        Words("已写明复检时间", "The time of the retest is named"),
    ),
    ("retest.recommission", "lab"): FactWords(
        Words("复检机构", "Retest laboratory"),
        choices=RETEST_LAB,
    ),
    ("retest.recommission", "retest_lab"): FactWords(
        Words("另行指定的复检机构", "Laboratory named instead"),
        help=Words("不得是初检机构", "Not the first laboratory"),
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
        help=Words(
            "复检委托书上的每个项目都要填写名称和结果",
            "Give name and result of every item of the commission",
        ),
    ),
    ("retest.reinstate", "proof"): FactWords(
        Words("证明手续按期办结的凭证", "Proof that the formalities were done in time"),
        help=Words(
            "写明凭证及其日期，例如：收件登记簿的页码、快递签收记录",
            "Name it with its date, for example: page of the register of incoming mail, courier's record of delivery",
        ),
    ),
}
