"""Every period of the text, one record each, in the order of the articles.

A number of the text stands once, and it stands here; :mod:`spotcheck.rules.sd_2021_1.service_targets` holds the targets
for the duties which the text leaves without a number.
"""

from datetime import date
from functools import partial
from typing import Final

from spotcheck.rules.periods import Period as AnyPeriod
from spotcheck.rules.periods import Unit
from spotcheck.rules.sd_2021_1 import period_codes
from spotcheck.rules.words import Words

IN_FORCE_FROM: Final = date(2021, 5, 3)
IN_FORCE_UNTIL: Final = date(2026, 5, 2)
"""First and last day of validity (Article 60), both included."""

Period: Final = partial(AnyPeriod, in_force_from=IN_FORCE_FROM, in_force_until=IN_FORCE_UNTIL)

_OVERDUE: Final = Words("文本未规定后果；记为逾期履职", "no consequence in the text; the duty is overdue")
_FORCED_RECHECK: Final = Words(
    "不再等待申请，由结果处理部门自行组织复查（第四十六条）",
    "the handling bureau organises the recheck without waiting any longer (Article 46)",
)
_FORM_11_RECEIVED: Final = Words("收到《责令改正通知书》", "receipt of Form 11")

PLAN_SUGGESTIONS: Final = Period(
    code=period_codes.PLAN_SUGGESTIONS,
    slug="plan-suggestions",
    articles=(7,),
    name=Words("提出年度计划统筹建议", "suggestions to the annual plan"),
    actors=("city", "county"),
    unit=Unit.FIXED_DATE,
    every_year_on=(1, 15),
    running=False,
    starts_with=Words("每年的固定日期", "the fixed date of the year"),
    stops_with=Words("年度计划制定", "adoption of the plan"),
    on_lapse=Words("照常接收，标明逾期", "accepted all the same and marked late"),
    readings=("R2",),
)

KEEP_EVIDENCE: Final = Period(
    code=period_codes.KEEP_EVIDENCE,
    slug="keep-evidence",
    articles=(16,),
    name=Words("保存抽样证据", "keeping of the sampling evidence"),
    actors=("sampling_body",),
    unit=Unit.MONTHS,
    length=24,
    rolls=False,  # a minimum of keeping, not a time to act
    running=False,
    starts_with=Words("抽样", "sampling"),
    stops_with=Words("保存期满且案卷已办结", "end of the keeping, once the dossier is closed"),
    on_lapse=Words("次日起可以销毁", "may be destroyed from the next day"),
    form=4,
)

SIX_MONTH_EXEMPTION: Final = Period(
    code=period_codes.SIX_MONTH_EXEMPTION,
    slug="six-month-exemption",
    articles=(19,),
    name=Words("同一产品不重复抽查", "no second check of the same product"),
    actors=(),
    unit=Unit.MONTHS,
    length=6,
    rolls=False,  # it looks back; nobody has to act by its last day
    running=False,
    starts_with=Words("前一次监督抽查抽样", "sampling of the earlier check"),
    stops_with=Words("期满", "its end"),
    on_lapse=Words("次日起不得再以此为由拒绝抽样", "from the next day no ground for refusing the sampling"),
    form=4,
    readings=("R1", "R6"),
)

LODGE_OBJECTION: Final = Period(
    code=period_codes.LODGE_OBJECTION,
    slug="lodge-objection",
    articles=(35,),
    name=Words("提出书面异议", "written objection"),
    actors=("enterprise",),
    unit=Unit.CALENDAR_DAYS,
    length=15,
    lapses=True,
    starts_with=Words("收到《检验结果通知书》", "receipt of Form 7"),
    stops_with=Words("该当事人提出异议", "objection of this party"),
    on_lapse=Words(
        "逾期异议不予核查，维持原结论（第三十八条）",
        "a late objection is answered by maintaining the conclusion (Article 38)",
    ),
    form=7,
    readings=("R1", "R2"),
)

RETEST_FORMALITIES: Final = Period(
    code=period_codes.RETEST_FORMALITIES,
    slug="retest-formalities",
    articles=(39,),
    name=Words("办理复检手续", "formalities of the retest"),
    actors=("enterprise",),
    unit=Unit.CALENDAR_DAYS,
    length=7,
    lapses=True,
    starts_with=Words("收到决定复检的《异议处理通知书》", "receipt of Form 8 ordering a retest"),
    stops_with=Words("复检手续办结", "completion of the formalities"),
    on_lapse=Words("视为放弃复检，维持原结论", "the retest counts as waived; the conclusion stands"),
    form=8,
    readings=("R1", "R2", "R11"),
)

COMMISSION_RETEST: Final = Period(
    code=period_codes.COMMISSION_RETEST,
    slug="commission-retest",
    articles=(40,),
    name=Words("下达复检委托书", "commission of the retest"),
    actors=("province",),
    unit=Unit.CALENDAR_DAYS,
    length=10,
    duty=True,
    starts_with=Words("异议申请人办结复检手续", "completion of the formalities by the applicant"),
    stops_with=Words("下达《复检委托书》", "issue of Form 9"),
    on_lapse=_OVERDUE,
    form=9,
    readings=("R1", "R2", "R11"),
)

RECTIFICATION_ORDER: Final = Period(
    code=period_codes.RECTIFICATION_ORDER,
    slug="rectification-order",
    articles=(43,),
    name=Words("下达责令改正通知书", "order to rectify"),
    actors=("handler",),
    unit=Unit.WORKING_DAYS,
    length=5,
    rolls=False,  # a working day is never a holiday
    duty=True,
    starts_with=Words("结果处理部门收到检验报告", "receipt of the report by the handling bureau"),
    stops_with=Words("下达《责令改正通知书》", "issue of Form 11"),
    on_lapse=_OVERDUE,
    form=11,
    readings=("R1", "R5"),
)

APPLY_FOR_RECHECK: Final = Period(
    code=period_codes.APPLY_FOR_RECHECK,
    slug="apply-for-recheck",
    articles=(44,),
    name=Words("完成整改并申请复查", "rectification and application for a recheck"),
    actors=("enterprise",),
    unit=Unit.CALENDAR_DAYS,
    length=60,
    lapses=True,
    starts_with=_FORM_11_RECEIVED,
    stops_with=Words(
        "提出复查申请或者提交无法完成整改的证明",
        "application for a recheck, or proof of inability",
    ),
    on_lapse=_FORCED_RECHECK,
    form=11,
    readings=("R1", "R2", "R4"),
)

PROVE_HARDSHIP: Final = Period(
    code=period_codes.PROVE_HARDSHIP,
    slug="prove-hardship",
    articles=(45,),
    name=Words("提交无法完成整改的证明", "proof of inability to rectify"),
    actors=("enterprise",),
    unit=Unit.CALENDAR_DAYS,
    length=60,
    running=False,  # the period of Article 44 carries it
    starts_with=_FORM_11_RECEIVED,
    stops_with=Words("提交证明材料", "filing of the proof"),
    on_lapse=_FORCED_RECHECK,
    form=11,
    readings=("R1", "R2", "R4"),
)

ORGANISE_RECHECK: Final = Period(
    code=period_codes.ORGANISE_RECHECK,
    slug="organise-recheck",
    articles=(46,),
    name=Words("依申请组织复查", "recheck upon application"),
    actors=("handler",),
    unit=Unit.CALENDAR_DAYS,
    length=15,
    duty=True,
    starts_with=Words(
        "收到复查申请或者无法完成整改的证明",
        "receipt of the application or of the proof of inability",
    ),
    stops_with=Words("复查开始", "start of the recheck"),
    on_lapse=_OVERDUE,
    readings=("R1", "R2"),
)

FORCED_RECHECK: Final = Period(
    code=period_codes.FORCED_RECHECK,
    slug="forced-recheck",
    articles=(46,),
    name=Words("未提交申请时组织复查", "recheck when nothing was filed"),
    actors=("handler",),
    unit=Unit.CALENDAR_DAYS,
    length=75,
    duty=True,
    starts_with=Words("《责令改正通知书》的日期（责令之日）", "date of Form 11, the day of the order"),
    stops_with=Words("提出申请、提交证明或者复查开始", "application, proof, or start of the recheck"),
    on_lapse=_OVERDUE,
    form=11,
    readings=("R1", "R2", "R4"),
)

RECHECK_CONCLUSION: Final = Period(
    code=period_codes.RECHECK_CONCLUSION,
    slug="recheck-conclusion",
    articles=(50,),
    name=Words("作出复查结论", "conclusion of the recheck"),
    actors=("handler",),
    unit=Unit.CALENDAR_DAYS,
    length=5,
    duty=True,
    starts_with=Words("完成复查检验或者现场检查", "completion of the recheck test or of the on-site check"),
    stops_with=Words("出具《复查结果通知书》或者委托复查检验", "issue of Form 13, or commission of a test"),
    on_lapse=Words(
        "文本未规定后果；记为逾期履职，禁令继续",
        "no consequence in the text; the duty is overdue, the ban goes on",
    ),
    form=13,
    readings=("R1", "R2"),
)

SECOND_RECHECK: Final = Period(
    code=period_codes.SECOND_RECHECK,
    slug="second-recheck",
    articles=(51,),
    name=Words("公告后再次组织复查", "second recheck after the announcement"),
    actors=("handler",),
    unit=Unit.CALENDAR_DAYS,
    length=90,
    duty=True,
    starts_with=Words("省局公告", "announcement by the province"),
    stops_with=Words("再次复查开始", "start of the second recheck"),
    on_lapse=_OVERDUE,
    readings=("R1", "R2", "R14"),
)

CLOSURE_PERIOD: Final = Period(
    code=period_codes.CLOSURE_PERIOD,
    slug="closure-period",
    articles=(51,),
    name=Words("责令停业、限期整顿的期限", "period of closure"),
    actors=("handler",),
    unit=Unit.AS_ORDERED,
    rolls=False,  # an earliest date for the third recheck, not a time to act
    starts_with=Words("责令停业决定", "closure order"),
    stops_with=Words("第三次复查开始", "start of the third recheck"),
    on_lapse=Words("期满后方可组织第三次复查", "the third recheck may start once it is over"),
)

RULES_VALIDITY: Final = Period(
    code=period_codes.RULES_VALIDITY,
    slug="rules-validity",
    articles=(60,),
    name=Words("规范有效期", "validity of the rules"),
    actors=(),
    unit=Unit.FIXED_DATE,
    once_on=IN_FORCE_UNTIL,
    rolls=False,  # an expiry is not a time to act
    running=False,
    starts_with=Words("施行", "entry into force"),
    stops_with=Words("有效期届满", "expiry"),
    on_lapse=Words("次日起新案卷不得再适用", "from the next day no new dossier falls under them"),
    readings=("R9",),
)

PERIODS: Final[dict[str, AnyPeriod]] = {
    period.code: period
    for period in (
        PLAN_SUGGESTIONS,
        KEEP_EVIDENCE,
        SIX_MONTH_EXEMPTION,
        LODGE_OBJECTION,
        RETEST_FORMALITIES,
        COMMISSION_RETEST,
        RECTIFICATION_ORDER,
        APPLY_FOR_RECHECK,
        PROVE_HARDSHIP,
        ORGANISE_RECHECK,
        FORCED_RECHECK,
        RECHECK_CONCLUSION,
        SECOND_RECHECK,
        CLOSURE_PERIOD,
        RULES_VALIDITY,
    )
}
