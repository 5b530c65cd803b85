"""Guards of testing and of telling the result (Articles 10, 27 to 33), and proof of service."""

from typing import Final

from spotcheck.rules.guards.guard import Guard
from spotcheck.rules.words import Words

INSPECTION: Final = (
    Guard(
        "seal_intact",
        (27,),
        Words("收样时封条不完整", "the seal is not intact on receipt"),
        Words(
            "由检验机构登记样品失效，报省局处理",
            "the laboratory records the unit as compromised and tells the province",
        ),
    ),
    Guard(
        "not_the_sampler",
        (10,),
        Words(
            "该检验人员参加过本任务的抽样",
            "this inspector took part in the sampling of the task",
        ),
        Words(
            "由检验机构另派没有参加抽样的检验人员",
            "the laboratory assigns an inspector who did not sample",
        ),
    ),
    Guard(
        "sample_received",
        (27,),
        Words("检验机构尚未签收检验样品", "the laboratory has not received the test unit yet"),
        Words(
            "由检验机构先登记检验样品的接收",
            "the laboratory first records the receipt of the test unit",
        ),
    ),
    Guard(
        "qualification_verified",
        (28,),
        Words(
            "尚未核实生产者的许可或者认证，也没有注明该产品不需要",
            "the producer's licence or certificate is not verified, nor is it noted that none is required",
        ),
        Words(
            "由检验机构核实许可或者认证；发现涉嫌无证的，终止检验并报告",
            "the laboratory verifies it; on suspicion of a missing licence it terminates the test and reports",
        ),
    ),
    Guard(
        "danger_shown",
        (30,),
        Words(
            "现有不合格项目不足以判定危及人体健康或者人身、财产安全",
            "from the failed items alone no danger to health, person or property follows",
        ),
        Words(
            "由检验机构继续检验；查明存在危险的，再提前报告",
            "the laboratory goes on testing and reports early only once a danger is shown",
        ),
    ),
    Guard(
        "all_items",
        (29,),
        Words("还有检验项目没有结果", "an item has no result yet"),
        Words(
            "由检验机构做完实施细则规定的全部项目",
            "the laboratory completes every item of the implementing rules",
        ),
    ),
    Guard(
        "analysis_report",
        (31,),
        Words(
            "结论为不合格，但没有附不合格项目分析报告",
            "the conclusion is nonconforming, but the analysis of the failed items is not attached",
        ),
        Words(
            "由检验机构出具并附上不合格项目分析报告",
            "the laboratory draws up the analysis and attaches it",
        ),
    ),
    Guard(
        "report_signed",
        (31,),
        Words(
            "检验报告内容不全、结论不明确，或者没有签字盖章",
            "the report is incomplete, not explicit, or not signed and sealed",
        ),
        Words(
            "由检验机构补全报告，并按规定签字、盖章",
            "the laboratory completes, signs and seals the report",
        ),
    ),
    Guard(
        "lab_mails_only_conforming",
        (33,),
        Words(
            "检验机构只可以代寄合格的检验结果通知书，本件结论不是合格",
            "the laboratory may mail the result notice only when the conclusion is conforming, which this one is not",
        ),
        Words("由省局送达本件通知书", "the province serves this notice itself"),
    ),
    Guard(
        "proof_of_service",
        (33, 35, 39, 43, 44),
        Words("没有证明何时收到的送达凭证", "there is no proof of receipt with its date"),
        Words(
            "由送达一方上传注明日期的签收记录或者邮寄回执",
            "whoever served the paper attaches a signed, dated receipt or the postal slip",
        ),
    ),
)
