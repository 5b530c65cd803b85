"""Facts of the acts on a nonconforming result (Articles 42 to 57)."""

from typing import Final

from spotcheck.rules.facts_words.fact import CONCLUSION, NOTHING, SLIP_NUMBER, FactWords
from spotcheck.rules.grounds import HARDSHIP, choices
from spotcheck.rules.words import Words

REMEDIATION: Final = {
    ("rectification.record_order_receipt", "proof"): FactWords(
        Words("有注明日期的送达凭证", "There is a dated proof of receipt"),
    ),
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
    ("rectification.order_closure", "until"): FactWords(
        Words("整顿期最后一日", "Last day of the closure"),
        help=Words("按决定书填写", "As the decision says"),
    ),
    ("rectification.order_closure", "decision_number"): FactWords(
        Words("决定书文号", "Number of the decision"),
    ),
    ("rectification.transfer_jurisdiction", "to"): FactWords(
        Words("实际经营地", "Actual place of business"),
        help=Words("填写行政区划代码", "Code of the place"),
    ),
    ("rectification.correct_lapse", "proof"): FactWords(
        Words("有材料按期送达的证据", "There is proof that the filing arrived in time"),
    ),
    ("recheck.verify_on_site", "rectified"): FactWords(
        Words("已查明原因并完成整改", "Cause found and rectification done"),
    ),
    ("recheck.verify_on_site", "experts"): FactWords(
        Words("有专家参加现场检查", "Experts took part in the visit"),
    ),
    ("recheck.commission_test", "fee_charged"): FactWords(
        Words("向企业收取了费用", "A fee was asked from the enterprise"),
        help=Words("复查经费由结果处理部门列支", "The handling bureau bears the cost of the recheck"),
    ),
    ("recheck.commission_test", "technical_body"): FactWords(
        Words("复查检验机构", "Body commissioned with the test"),
    ),
    ("recheck.test_done", "conclusion"): FactWords(
        Words("复查检验结论", "Result of the recheck test"),
        choices=CONCLUSION,
    ),
    ("recheck.pass_without_test", "resume"): FactWords(
        Words("销售者还要卖同一产品", "The seller means to sell the same product again"),
        help=Words("仅对销售者填写", "For sellers only"),
    ),
    ("publication.correct", "reason"): FactWords(
        Words("更正原因", "Reason for the correction"),
        choices={
            "changed": Words("已公开的结论发生变化", "a published conclusion has changed"),
            "court": Words("法院或者复议机关另有决定", "a court or review body decided"),
        },
    ),
    ("denial.close", "peer_informed"): FactWords(
        Words("已通报外省省级部门", "The other province has been informed"),
    ),
    ("lead.create", "source"): FactWords(
        Words("线索来源", "Source of the lead"),
        help=Words("由谁、在何处发现", "Who noticed it, and where"),
    ),
    ("lead.create", "finding"): FactWords(
        Words("发现的情况", "What was found"),
    ),
    ("ban.record_breach", "evidence"): FactWords(
        Words("有恢复生产、销售的证据", "There is evidence of resumption"),
    ),
    ("ban.record_producer_proof", "proof"): FactWords(
        Words("生产者复查合格证明", "Proof of the producer's pass"),
        choices={
            "dossier": Words("本案卷中的复查结果通知书", "the recheck notice in this dossier"),
            "document": Words("生产者所在地出具的文书", "a document from the producer's place"),
            "none": Words("没有", "none"),
        },
    ),
    ("ban.record_producer_proof", "document"): FactWords(
        Words("文书编号", "Number of the document"),
        help=Words("生产者不在本案卷内时填写", "When the producer is not in this dossier"),
    ),
}
