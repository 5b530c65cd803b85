"""Guards of testing and of telling the result (Articles 10, 27 to 33), of proof, and of keeping the units."""

from typing import Final

from spotcheck.rules.guards import Guard
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
            "该检验人员参加过本任务的抽样，包括出示通知书和被增派",
            "this inspector took part in the sampling of the task, be it by showing the notice or as one added",
        ),
        Words(
            "由检验机构另派没有参加抽样的检验人员",
            "the laboratory assigns an inspector who did not sample",
        ),
    ),
    Guard(
        "test_unit_only",
        (18, 27, 39),
        Words(
            "备用样品留待复检，不能领用作初次检验",
            "the reserve unit waits for a retest and is not issued for the first test",
        ),
        Words(
            "由检验机构领用检验样品",
            "the laboratory issues the test unit",
        ),
    ),
    Guard(
        "unit_issued",
        (10, 27, 29),
        Words(
            "检验样品没有领用，或者领用人不是该检验人员",
            "the test unit is not issued, or issued to somebody else than this inspector",
        ),
        Words(
            "由检验机构先把检验样品领用给实际检验的人员",
            "the laboratory first issues the test unit to the inspector who does the test",
        ),
    ),
    Guard(
        "testing_begun",
        (28, 29),
        Words(
            "检验尚未开始，没有原始记录",
            "the testing has not begun, so there is no original record",
        ),
        Words(
            "由检验机构核实资质、领用样品并开始检验，检毕再登记",
            "the laboratory verifies the qualification, issues the unit and tests it, and records it then",
        ),
    ),
    Guard(
        "unit_tested",
        (29,),
        Words(
            "检验样品没有登记为已检",
            "the test unit is not on record as tested",
        ),
        Words(
            "由检验机构检验后登记样品已检并保存原始记录",
            "the laboratory tests the unit, records it as tested and keeps the original record",
        ),
    ),
    Guard(
        "test_unit_lost",
        (27,),
        Words(
            "检验样品没有失效或者灭失的登记，检验可以进行",
            "the test unit is not on record as spoiled or lost, so it can be tested",
        ),
        Words(
            "由检验机构继续检验；样品确已失效或者灭失的，先由保管一方凭证据登记",
            "the laboratory goes on; if the unit really is lost, its keeper first records that on evidence",
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
            "尚未核实生产者的生产许可证或者强制认证，也没有注明该产品不需要",
            "the producer's production licence or certificate is not verified, nor is it noted that none is required",
        ),
        Words(
            "由检验机构核实生产许可证或者认证；发现涉嫌无证的，终止检验并报告",
            "the laboratory verifies it; on suspicion that it is missing it terminates the test and reports",
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
        "conclusion_agrees",
        (31,),
        Words(
            "报告结论与各项检验结果不一致；已先行报告不合格项目的，不能再作合格结论",
            "the conclusion of the report is not that of its items; after an early report of failed items it cannot "
            "be conforming",
        ),
        Words(
            "由检验机构按各项结果写明结论",
            "the laboratory concludes as the items say",
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
            "检验机构只可以在结论为合格时代寄检验结果通知书并登记其送达，本件现在的结论不是合格，或者正在异议处理中",
            "the laboratory may mail the result notice, and prove its receipt, only while the conclusion is "
            "conforming, which this one is not, or is disputed",
        ),
        Words(
            "由省局送达本件通知书并登记送达",
            "the province serves this notice and records its receipt itself",
        ),
    ),
    Guard(
        "external_document",
        (4, 32),
        Words(
            "没有登记组织该次抽查的机关的文件",
            "the document of the authority that organised the check is not on file",
        ),
        Words(
            "由省局取得该机关的移交或者撤销文件，登记名称和文号",
            "the province obtains that authority's document and records its title and number",
        ),
    ),
    Guard(
        "court_document",
        (38, 43, 50, 57),
        Words(
            "没有登记法院判决或者复议机关决定的文书",
            "the decision of the court or of the reconsideration body is not on file",
        ),
        Words(
            "由登记一方取得判决书或者复议决定书，登记机关和文号",
            "whoever records it obtains the judgment or the reconsideration decision and states its authority and "
            "number",
        ),
    ),
    Guard(
        "proof_of_service",
        (33, 35, 39, 43, 44),
        Words(
            "没有写明证明何时收到的送达凭证",
            "the paper that proves receipt and its date is not stated",
        ),
        Words(
            "由送达一方写明注明日期的签收记录或者邮寄回执，或者附上文件",
            "whoever served the paper names the signed, dated receipt or the postal slip, or attaches the file",
        ),
    ),
    Guard(
        "no_disposal",
        (35, 39),
        Words(
            "样品仍须保存：结论未终局也未撤销，或者仍有通知、期限、异议、复检未了，或者复检期满不久仍可能更正；"
            "终止检验而没有结论的，其线索尚未办结",
            "the units must be kept: the conclusion is neither final nor revoked, or a notice, window, objection or "
            "retest is open, or a retest lapsed so lately that this may yet be corrected; after a test terminated "
            "without a conclusion, one of its leads is pending",
        ),
        Words(
            "待上述事项全部办结、保存期届满后，由检验机构处置",
            "the laboratory disposes of them once all of this has ended and the time of keeping is over",
        ),
    ),
)
