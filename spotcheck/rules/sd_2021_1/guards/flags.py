"""Flags: what is let through, but marked so that somebody looks at it."""

from typing import Final

from spotcheck.rules.guards import Flag
from spotcheck.rules.words import Words

_ALL: Final = (
    Flag(
        "CONTESTED_REST_DAY",
        (59,),
        Words("休息日届满有争议", "contested rest day"),
        Words(
            "材料在期限最后一日之后、较晚读法的最后一日之前收到；默认按期受理，由经办人附理由决定",
            "a filing came after the due day but not after the latest one; it is accepted by "
            "default, and an officer confirms or rejects it with reasons",
        ),
    ),
    Flag(
        "LATE_OBJECTION",
        (35, 38),
        Words("异议逾期", "late objection"),
        Words(
            "异议在异议期限的较晚读法届满之后收到，只作答复",
            "an objection came after the later end of the objection window; it is answered only",
        ),
    ),
    Flag(
        "LATE_SUBMISSION",
        (44, 46),
        Words("逾期申请", "late submission"),
        Words(
            "复查申请或者证明材料在整改期限届满之后收到，予以登记，不重新起算期限",
            "an application or proof came after the rectification period had lapsed; it is "
            "recorded and starts no new period",
        ),
    ),
    Flag(
        "LATE_SUGGESTION",
        (7,),
        Words("建议逾期", "late suggestion"),
        Words(
            "统筹建议在规定日期之后提出，仍予接收",
            "a suggestion to the annual plan came after the fixed date; it is accepted all the same",
        ),
    ),
    Flag(
        "FORM7_NOT_SERVED",
        (33, 43),
        Words("检验结果尚未送达", "result notice not yet served"),
        Words(
            "下达责令改正通知书时，该企业尚未收到检验结果通知书",
            "when the order was issued, the result notice had not reached this party yet",
        ),
    ),
    Flag(
        "SERVICE_LATE",
        (44, 46),
        Words("送达过晚", "late service"),
        Words(
            "责令改正通知书送达过晚，强制复查的期限先于整改期限届满；整改期限届满前不强制复查",
            "the order was received so late that the period of the forced recheck ends before "
            "the rectification period; there is no forced recheck before the latter is over",
        ),
    ),
    Flag(
        "SIX_MONTHS_KNOWN",
        (11, 19),
        Words("近期已抽查", "checked recently"),
        Words(
            "省局抽查记录表明，该企业可以同一产品近期已被抽查为由拒绝；抽取和出示通知书不因此受阻",
            "by the province's own record this target may refuse because the same product was checked recently; "
            "neither the draw nor the showing of the notice is refused",
        ),
    ),
    Flag(
        "OTHER_ITEMS_OPEN",
        (40,),
        Words("另有项目在争议中", "other items in dispute"),
        Words(
            "复检委托书没有列入另一项未决异议所争议的项目；备用样品只有一份，复检后该异议不再有样品可检",
            "the retest commission leaves out an item which another open objection disputes; there is one reserve "
            "unit, "
            "and after this retest none is left for it",
        ),
    ),
    Flag(
        "EARLY_SECOND_RECHECK",
        (51,),
        Words("提前再次复查", "early second recheck"),
        Words(
            "再次复查早于其最早日期，系应企业的书面要求",
            "the second recheck began before its earliest day, at the written request of the party",
        ),
    ),
    Flag(
        "REVOCATION_LOST_BASIS",
        (51,),
        Words("吊销失去依据", "revocation without a basis"),
        Words(
            "吊销营业执照后，结论、责令改正或者最后一次不合格复查失去效力，结果处理部门须请登记机关撤回吊销决定",
            "the conclusion, the order or the last failed recheck fell after the business licence was revoked; the "
            "handling bureau asks the registration authority to take its decision back",
        ),
    ),
    Flag(
        "CLOSURE_LOST_BASIS",
        (51,),
        Words("停业整顿失去依据", "closure without a basis"),
        Words(
            "责令停业整顿期间，结论、责令改正或者第二次不合格复查失去效力，结果处理部门须请主管机关终止停业整顿",
            "the conclusion, the order or the second failed recheck fell while a closure was ordered; the handling "
            "bureau asks the authority to end the closure",
        ),
    ),
    Flag(
        "EFFECTIVENESS_REVIEW",
        (55,),
        Words("须评估整改有效性", "effectiveness review due"),
        Words(
            "复查合格的生产者，其同类产品再次抽查不合格，须评估前一次整改是否有效",
            "a producer that had passed a recheck failed again with a product of the same kind; "
            "the earlier rectification is to be assessed",
        ),
    ),
)

FLAGS: Final = _ALL
"""Every flag of the text."""

OWN_FLAGS: Final = (
    Flag(
        "VERDICT_DIFFERS",
        (29, 31),
        Words("判定与计算不一致", "verdict differs"),
        Words(
            "检验机构对某一项目的判定与按限值计算的结果不一致；以检验机构的判定为准，已写明理由和批准人",
            "the laboratory's verdict on an item is not what its limit and value give; the laboratory's governs, with "
            "its reason and who approved it",
        ),
    ),
    Flag(
        "CMA_NOT_COVERED",
        (10, 31),
        Words("出具报告时资质不符", "not qualified when it reported"),
        Words(
            "检验机构出具报告这一天没有有效的资质，或者资质范围不包括该产品；报告照收，由省局查明",
            "on the day of its report the laboratory had no valid certificate, or none that covers the product; the "
            "report is taken, and the province looks into it",
        ),
    ),
    Flag(
        "TAKEN_OVER",
        (42, 53),
        Words("自原系统移入", "taken over from the old system"),
        Words(
            "案卷自原系统移入：只有有凭证的日期起算期限，其余日期只作记载，未经证实",
            "the file comes from the old system: only days that are proved start periods, others are kept as stated",
        ),
    ),
)
"""Our own, which mark what the text does not name."""
