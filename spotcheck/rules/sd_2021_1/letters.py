"""The letters which the articles presuppose but do not number. Titles are ours."""

from typing import Final

from spotcheck.rules.forms import Letter
from spotcheck.rules.words import Words

CIRCLES: Final = {
    "party": Words("当事企业", "the party concerned"),
    "cities": Words("有关市局", "the city bureau of every party of the sample in Shandong"),
    "answered": Words("以同一复检答复的其他申请人", "the other applicants whose objection the same retest answers"),
    "told_parties": Words("已经收到检验结果通知书的企业", "the parties that have been sent the result"),
    "new_handler": Words("接收案件的部门", "the bureau that takes the case over"),
    "registered_place": Words("注册地部门", "the bureau of the registered place"),
    "seller_bureau": Words("销售者所在地同级部门", "the bureau of the same level at the seller's place"),
    "other_province": Words("省外省级部门", "the authority of another province"),
    "governments": Words(
        "地方人民政府、市场监管总局和同级有关部门",
        "local governments, SAMR and the departments of the same level",
    ),
    "public": Words("社会公众", "the public"),
}
"""To whom papers go besides the actors of the regulation."""

TOLD_CIRCLES: Final = {
    "every_bureau": Words("各市县局", "every city and county bureau"),
    "every_city": Words("各市局", "every city bureau"),
    "joined": Words("有项目列入本次复检的其他申请人", "the other applicants with an item on Form 9"),
    "replaced_body": Words("原受委托机构", "the body whose commission has ended"),
}
"""Who is told of acts besides the actors of the regulation and those above."""

_ALL: Final = (
    Letter(
        name="order_withdrawal",
        title=Words("撤回责令改正通知书告知书", "Withdrawal of the Rectification Order"),
        purpose=Words(
            "告知企业责令改正通知书失去依据、不再执行，案件和期限终止",
            "tells the party that the order has lost its basis, and that case and periods have ended",
        ),
        articles=(37, 38, 41, 43, 52),
        issuer="handler",
        recipients=("party", "city"),
        issued_by=("rectification.withdraw", "rectification.annul"),
    ),
    Letter(
        name="retest_waiver",
        title=Words("视为放弃复检告知书", "Notice That the Retest Is Deemed Waived"),
        purpose=Words(
            "告知申请人复检视为放弃、原结论维持及其原因",
            "tells the applicant that the retest is waived, that the conclusion stands, and why",
        ),
        articles=(39,),
        issuer="province",
        recipients=("party", "cities", "handler"),
        issued_by=("retest.waive",),
    ),
    Letter(
        name="denial_transfer",
        title=Words("否认生产核查移送函", "Transfer of a Denial of Production"),
        purpose=Words(
            "把否认生产的材料移送两地市局，请其核查并书面答复",
            "hands the material of a denial to both city bureaus and asks for written findings",
        ),
        articles=(37,),
        issuer="province",
        recipients=("city",),
        issued_by=("objection.transfer_denial",),
    ),
    Letter(
        name="denial_request",
        title=Words("否认生产核查协助函", "Request to Investigate a Denial of Production"),
        purpose=Words(
            "标称生产者或者被抽样者在省外的，函请该省转其所在地市级部门核查并书面答复",
            "asks the authority of another province for the findings of the city there, when the nominal producer or "
            "who was sampled works in that province",
        ),
        articles=(37,),
        issuer="province",
        recipients=("other_province",),
        issued_by=("objection.transfer_denial",),
    ),
    Letter(
        name="conclusion_change",
        title=Words("检验结论变更告知书", "Notice That a Conclusion Has Changed"),
        purpose=Words(
            "告知收到过检验结果的企业和市局：结论已经撤销或者改变",
            "tells the parties and cities that were told a result that it has fallen or changed",
        ),
        articles=(38, 41),
        issuer="province",
        recipients=("told_parties", "cities"),
        issued_by=(
            "conclusion.revoke",
            "conclusion.retest_conforming",
            "conclusion.retest_nonconforming",
            "conclusion.maintain",
            "conclusion.annul",
            "conclusion.withdraw_external",
        ),
    ),
    Letter(
        name="no_result",
        title=Words("检验终止告知书", "Notice That No Result Will Come"),
        purpose=Words(
            "告知企业检验样品灭失、损坏，不再出具检验报告",
            "tells the parties that the test sample is lost and that no report will come",
        ),
        articles=(27,),
        issuer="province",
        recipients=("party",),
        issued_by=("inspection.stop_unit_lost",),
    ),
    Letter(
        name="jurisdiction_transfer",
        title=Words("结果处理案件移送函", "Transfer of a Rectification Case"),
        purpose=Words(
            "把案件连同期限情况移交接收部门，注册地不同的请其配合",
            "hands the case with its periods to the bureau that takes it over and asks the "
            "registered place, where it is another, to cooperate",
        ),
        articles=(42, 43),
        issuer="handler",
        recipients=("new_handler", "registered_place", "party"),
        issued_by=("rectification.transfer_jurisdiction",),
    ),
    Letter(
        name="restoration_notice",
        title=Words("恢复整改条件告知书", "Notice That the Conditions Are Restored"),
        purpose=Words(
            "把恢复整改条件的认定送达企业，告知即将组织复查",
            "serves the finding that the conditions are restored, and says that the recheck comes",
        ),
        articles=(45,),
        issuer="handler",
        recipients=("party",),
        issued_by=("rectification.conditions_restored",),
    ),
    Letter(
        name="other_province",
        title=Words("监督抽查不合格情况通报函", "Notice of a Nonconforming Result to Another Province"),
        purpose=Words(
            "向省外企业所在地的省级部门通报不合格结果或者否认生产的核查情况",
            "informs the authority of another province of a nonconforming result or of findings on a denial",
        ),
        articles=(32, 52),
        issuer="province",
        recipients=("other_province",),
        issued_by=(
            "inspection.issue_report",
            "inspection.terminate_illegal",
            "inspection.stop_unit_lost",
            "conclusion.retest_nonconforming",
            "denial.close",
        ),
    ),
    Letter(
        name="result_withdrawn",
        title=Words("监督抽查通报情况变更函", "Notice to Another Province That a Result Has Fallen"),
        purpose=Words(
            "向已经通报或者移送过的省级部门说明结论已经撤销或者改变",
            "tells the authority of another province that what it was told or given no longer stands",
        ),
        articles=(32, 38, 41),
        issuer="province",
        recipients=("other_province",),
        issued_by=(
            "conclusion.revoke",
            "conclusion.retest_conforming",
            "conclusion.maintain",
            "conclusion.annul",
            "conclusion.withdraw_external",
        ),
    ),
    Letter(
        name="case_handover",
        title=Words("结果处理案件移送函（省外）", "Handing a Rectification Case to Another Province"),
        purpose=Words(
            "企业迁往省外的，把案件和不得恢复生产、销售的限制一并函告该省",
            "hands the case of a party that has moved, with its ban, to the authority of that province",
        ),
        articles=(32, 42, 50),
        issuer="province",
        recipients=("other_province", "party"),
        issued_by=("rectification.transfer_jurisdiction",),
    ),
    Letter(
        name="lead_referral",
        title=Words("违法线索通报函", "Referral of a Lead to Another Province"),
        purpose=Words(
            "把涉及省外企业的违法线索通报该省",
            "refers a lead about a party outside Shandong to the authority of that province",
        ),
        articles=(28, 32),
        issuer="province",
        recipients=("other_province",),
        issued_by=("lead.refer_outside",),
    ),
    Letter(
        name="peer_notice",
        title=Words("否认生产核查情况通报函", "Notice of Findings on a Denial to the Peer Bureau"),
        purpose=Words(
            "向销售者所在地同级部门通报核查结论并附证据",
            "passes findings and evidence to the bureau of the same level at the seller's place",
        ),
        articles=(52,),
        issuer="producer_bureau",
        recipients=("seller_bureau",),
        issued_by=("denial.notify_peer",),
    ),
    Letter(
        name="refusal_record",
        title=Words("企业拒绝抽样记录", "Record of a Refusal Claimed by the Enterprise"),
        purpose=Words(
            "记录企业主张的拒绝理由和所附证据，报省局裁定",
            "records ground and evidence of a refusal for the province to decide",
        ),
        articles=(19,),
        issuer="sampler",
        recipients=("province", "party"),
        issued_by=("sampling.claim_refusal",),
    ),
    Letter(
        name="custody_undertaking",
        title=Words("备用样品保管承诺书", "Custody Undertaking for the Reserve Sample"),
        purpose=Words(
            "企业承诺妥善保管封存的备用样品，不隐匿、转移、变卖、损毁",
            "the enterprise undertakes to keep the sealed reserve unit and not to hide, move, sell or damage it",
        ),
        articles=(18, 39),
        issuer="enterprise",
        recipients=("sampling_body",),
        issued_by=("sample.leave_with_enterprise",),
    ),
    Letter(
        name="application_for_recheck",
        title=Words("产品质量监督抽查复查申请书", "Application for a Recheck"),
        purpose=Words(
            "企业说明原因、责任和整改措施，申请复查",
            "the enterprise states cause, liability and measures, and applies for the recheck",
        ),
        articles=(44, 45),
        issuer="enterprise",
        recipients=("handler",),
        issued_by=("rectification.apply_recheck", "rectification.resume_and_apply"),
        filed_with="handler",
    ),
    Letter(
        name="announcement",
        title=Words("产品质量监督抽查复查不合格公告", "Announcement of Failed Rechecks"),
        purpose=Words(
            "公告复查仍不合格的企业、产品和项目",
            "names enterprise, product and items which failed the recheck",
        ),
        articles=(51,),
        issuer="province",
        recipients=("public",),
        issued_by=("announcement.announce",),
    ),
    Letter(
        name="correction_notice",
        title=Words("更正公告", "Notice of Correction"),
        purpose=Words(
            "说明已公告或者公开的内容因何更正、更正为何",
            "says what of an announcement or publication is corrected, and why",
        ),
        articles=(51, 57),
        issuer="province",
        recipients=("public",),
        issued_by=("announcement.correct", "publication.correct"),
    ),
    Letter(
        name="publication_report",
        title=Words("监督抽查情况通报", "Report on the Spot Check"),
        purpose=Words(
            "公开结果时向地方人民政府、市场监管总局和同级有关部门通报抽查情况",
            "with the publication, informs local governments, SAMR and departments of how the check went",
        ),
        articles=(57,),
        issuer="province",
        recipients=("governments",),
        issued_by=("publication.publish",),
    ),
)

LETTERS: Final[dict[str, Letter]] = {letter.name: letter for letter in _ALL}
"""Every letter."""
