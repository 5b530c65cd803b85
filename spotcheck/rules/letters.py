"""The letters which the articles presuppose but do not number. Titles are ours."""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One unnumbered paper.

    ``recipients`` are actor words, ``party``, ``public``, or an office outside the case:
    ``other_province``, ``new_handler``, ``registered_place``, ``seller_bureau``.
    """

    name: str
    title: Words
    purpose: Words
    articles: tuple[int, ...]
    issuer: str
    recipients: tuple[str, ...]
    issued_by: tuple[str, ...]


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
        issued_by=("rectification.withdraw",),
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
        recipients=("party", "city", "handler"),
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
        name="jurisdiction_transfer",
        title=Words("结果处理案件移送函", "Transfer of a Rectification Case"),
        purpose=Words(
            "把案件连同期限情况移交实际经营地部门，请注册地部门配合",
            "hands the case with its periods to the bureau of the actual place and asks the "
            "registered place to cooperate",
        ),
        articles=(42,),
        issuer="handler",
        recipients=("new_handler", "registered_place", "party"),
        issued_by=("rectification.transfer_jurisdiction",),
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
        issued_by=("inspection.issue_report", "denial.escalate"),
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
            "企业说明原因、责任、库存处理和整改措施，申请复查",
            "the enterprise states cause, liability, stock and measures, and applies for the recheck",
        ),
        articles=(44, 45),
        issuer="enterprise",
        recipients=("handler",),
        issued_by=("rectification.apply_recheck", "rectification.resume_and_apply"),
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
)

LETTERS: Final[dict[str, Letter]] = {letter.name: letter for letter in _ALL}
"""Every letter by its name."""
