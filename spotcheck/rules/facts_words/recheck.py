"""Facts of the acts of a recheck and on the ban (Articles 47 to 50)."""

from typing import Final

from spotcheck.rules.facts_words.fact import CONCLUSION, PRODUCER_PROOF, FactWords
from spotcheck.rules.words import Words

_FEE: Final = FactWords(
    Words("向企业收取了费用", "A fee was asked from the enterprise"),
    help=Words("复查经费由结果处理部门列支", "The handling bureau bears the cost of the recheck"),
)

RECHECK: Final = {
    ("recheck.verify_on_site", "rectified"): FactWords(
        Words("已查明原因并完成整改", "Cause found and rectification done"),
    ),
    ("recheck.verify_on_site", "experts"): FactWords(
        Words("有专家参加现场检查", "Experts took part in the visit"),
    ),
    ("recheck.verify_on_site", "finding"): FactWords(
        Words("现场核查的情况", "What the visit found"),
        help=Words(
            "没有整改的必须写明，例如：不合格批次仍在出售，原因未查，工艺没有调整",
            "Needed where nothing was rectified, for example: the failed batch is still on sale, no cause was sought",
        ),
    ),
    ("recheck.commission_test", "fee_charged"): _FEE,
    ("recheck.commission_test", "technical_body"): FactWords(
        Words("复查检验机构", "Body commissioned with the test"),
    ),
    ("recheck.recommission", "reason"): FactWords(
        Words("另行委托的原因", "Why another body is commissioned"),
        help=Words(
            "写明原机构为什么不能检验，例如：来函说明该项目资质已到期",
            "State why the first one cannot test, for example: by its letter its qualification for the item has ended",
        ),
    ),
    ("recheck.recommission", "fee_charged"): _FEE,
    ("recheck.recommission", "technical_body"): FactWords(
        Words("另行委托的复查检验机构", "Body commissioned instead"),
    ),
    ("recheck.test_done", "conclusion"): FactWords(
        Words("复查检验结论", "Result of the recheck test"),
        choices=CONCLUSION,
    ),
    ("recheck.test_done", "report_number"): FactWords(
        Words("复查检验报告编号", "Number of the report on the recheck test"),
        help=Words("按报告封面填写", "As it stands on the cover of the report"),
    ),
    ("recheck.fail_no_sample", "finding"): FactWords(
        Words("企业不提供样品的情况", "Finding that no sample is provided"),
        help=Words(
            "写明要求的内容和日期以及企业没有提供的事实，例如：书面要求提供检验所需数量的样品，期满未提供",
            "State the demand, its date and that none was provided, for example: the quantity for the test was "
            "demanded in writing, and nothing came by the day set",
        ),
    ),
    ("recheck.pass_without_test", "resume"): FactWords(
        Words("销售者还要卖同一产品", "The seller means to sell the same product again"),
        help=Words("仅对销售者填写", "For sellers only"),
    ),
    ("recheck.pass_without_test", "proof"): FactWords(
        Words("生产者复查合格证明", "Proof of the producers' pass"),
        help=Words(
            "仅对还要卖同一产品的销售者填写",
            "Only for a seller that means to sell the same product again",
        ),
        choices=PRODUCER_PROOF,
    ),
    ("recheck.pass_without_test", "document"): FactWords(
        Words("文书编号", "Number of the document"),
        help=Words("生产者在省外时填写", "Where the producer is outside Shandong"),
    ),
    ("ban.record_breach", "evidence"): FactWords(
        Words("恢复生产、销售的证据", "Evidence of the resumption"),
        help=Words(
            "写明何时何地查见以及证据的名称，例如：门店购物小票、在售产品照片",
            "Say when and where, and name the evidence, for example: till receipt, photographs of the goods on sale",
        ),
    ),
    ("ban.record_producer_proof", "proof"): FactWords(
        Words("生产者复查合格证明", "Proof of the producers' pass"),
        choices={
            **PRODUCER_PROOF,
            "document": Words("生产者所在地出具的文书", "a document from the producer's place"),
        },
    ),
    ("ban.record_producer_proof", "document"): FactWords(
        Words("文书编号", "Number of the document"),
        help=Words("生产者在省外时填写", "Where the producer is outside Shandong"),
    ),
}
