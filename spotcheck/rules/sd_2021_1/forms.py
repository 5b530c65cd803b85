"""The thirteen forms: titles, issuers, recipients, and the acts that issue them.

The annexes were not printed with the rules, so the number of copies is our proposal.
"""

from typing import Final

from spotcheck.rules.forms import Form
from spotcheck.rules.words import Words

_ALL: Final = (
    Form(
        number=1,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查通知书",
            "Notice of Product Quality Spot Check, Shandong Provincial Administration for Market Regulation",
        ),
        short=Words("监督抽查通知书", "spot-check notice"),
        aliases=("监督抽查通知书",),
        articles=(12, 13, 19, 26),
        issuer="province",
        recipients=("party",),
        copies=Words(
            "一式三份：省局、被抽样单位、抽样机构各一份",
            "three: the province, the sampled entity, the sampling body",
        ),
        issued_by=("sampling.present_notice", "sampling.add_sampler", "purchase.seal_and_notify"),
        starts=(),
        heading="province",
    ),
    Form(
        number=2,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查委托书",
            "Mandate for a Product Quality Spot Check, Shandong Provincial Administration for Market Regulation",
        ),
        short=Words("委托书", "mandate"),
        aliases=("授权委托书",),
        articles=(10, 13, 26),
        issuer="province",
        recipients=("sampling_body",),
        copies=Words(
            "一式两份：省局、受委托机构各一份；向企业出示或者寄送复印件",
            "two: the province and the body; a photocopy is shown or mailed to the entity",
        ),
        issued_by=("task.engage_agencies",),
        starts=(),
        heading="province",
    ),
    Form(
        number=3,
        title=Words(
            "山东省产品质量监督抽查发现涉嫌违法线索报告单",
            "Report of a Suspected Violation Found in a Product Quality Spot Check, Shandong",
        ),
        short=Words("违法线索报告单", "report of a suspected violation"),
        aliases=("山东省产品质量监督抽查发现违法线索报告单",),
        articles=(14, 28),
        issuer="sampler",
        recipients=("province", "county"),
        copies=Words(
            "一式三份：省局、县局、填报机构各一份",
            "three: the province, the county bureau, the reporting body",
        ),
        issued_by=("sampling.terminate_illegal", "inspection.terminate_illegal"),
        starts=(),
        heading="province",
    ),
    Form(
        number=4,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查抽样单",
            "Sampling Sheet of a Product Quality Spot Check, Shandong Provincial Administration for Market Regulation",
        ),
        short=Words("抽样单", "sampling sheet"),
        aliases=("抽样单",),
        articles=(16, 17, 18, 26),
        issuer="sampler",
        recipients=("party", "lab", "province"),
        copies=Words(
            "一式四份：省局、被抽样单位、检验机构、抽样机构各一份",
            "four: the province, the sampled entity, the laboratory, the sampling body",
        ),
        issued_by=("sampling.complete_sampling", "purchase.seal_and_notify"),
        starts=("D16", "D19"),
        heading="province",
    ),
    Form(
        number=5,
        title=Words(
            "山东省产品质量监督抽查未抽样情况说明表",
            "Statement That No Sample Was Taken in a Product Quality Spot Check, Shandong",
        ),
        short=Words("未抽样情况说明表", "statement of no sampling"),
        aliases=(),
        articles=(20,),
        issuer="sampler",
        recipients=("province",),
        copies=Words(
            "一式两份：省局、抽样机构各一份",
            "two: the province and the sampling body",
        ),
        issued_by=("sampling.record_not_sampled",),
        starts=(),
        heading="province",
    ),
    Form(
        number=6,
        title=Words(
            "山东省产品质量监督抽查拒检记录表",
            "Record of Obstruction in a Product Quality Spot Check, Shandong",
        ),
        short=Words("拒检记录表", "record of obstruction"),
        aliases=(),
        articles=(21,),
        issuer="sampler",
        recipients=("province", "county"),
        copies=Words(
            "一式三份：省局、县局、抽样机构各一份",
            "three: the province, the county bureau, the sampling body",
        ),
        issued_by=("sampling.record_obstruction",),
        starts=(),
        heading="province",
    ),
    Form(
        number=7,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查检验结果通知书",
            "Notice of Test Result of a Product Quality Spot Check, Shandong Provincial "
            "Administration for Market Regulation",
        ),
        short=Words("检验结果通知书", "result notice"),
        aliases=("山东省市场监督管理局产品质量监督检查检验结果通知书", "检验结果通知书"),
        articles=(33, 35),
        issuer="province",
        recipients=("party",),
        copies=Words(
            "每一方企业一式两份：存档、送达各一份",
            "two for each party: one on file, one served",
        ),
        issued_by=("result_notice.send",),
        starts=("D35",),
        heading="province",
    ),
    Form(
        number=8,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查异议处理通知书",
            "Decision on an Objection in a Product Quality Spot Check, Shandong Provincial "
            "Administration for Market Regulation",
        ),
        short=Words("异议处理通知书", "objection decision"),
        aliases=("山东省产品质量监督抽查异议处理通知书",),
        articles=(37, 38, 39),
        issuer="province",
        recipients=("party", "cities"),
        copies=Words(
            "申请人、存档各一份，抄送每个有关市局",
            "one for the applicant, one on file, a copy to each city bureau concerned",
        ),
        issued_by=(
            "objection.maintain_late",
            "objection.maintain",
            "objection.revoke",
            "objection.order_retest",
            "objection.uphold_denial",
            "objection.decide_anew",
        ),
        starts=("D39",),
        heading="province",
    ),
    Form(
        number=9,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查复检委托书",
            "Commission of a Retest in a Product Quality Spot Check, Shandong Provincial "
            "Administration for Market Regulation",
        ),
        short=Words("复检委托书", "retest commission"),
        aliases=("山东省市场监督管理局产品质量监督抽查异议复检委托书",),
        articles=(40,),
        issuer="province",
        recipients=("retest_lab",),
        copies=Words("一式两份：省局、复检机构各一份", "two: the province and the retest laboratory"),
        issued_by=("retest.commission", "retest.recommission"),
        starts=(),
        heading="province",
    ),
    Form(
        number=10,
        title=Words(
            "山东省市场监督管理局产品质量监督抽查复检结果通知书",
            "Notice of Retest Result of a Product Quality Spot Check, Shandong Provincial "
            "Administration for Market Regulation",
        ),
        short=Words("复检结果通知书", "retest result notice"),
        aliases=(),
        articles=(41,),
        issuer="province",
        recipients=("party", "answered", "cities"),
        copies=Words(
            "每个申请人、存档各一份，送每个有关市局",
            "one for each applicant, one on file, one for each city bureau concerned",
        ),
        issued_by=("retest.close_conforming", "retest.close_nonconforming"),
        starts=(),
        heading="province",
    ),
    Form(
        number=11,
        title=Words(
            "产品质量监督抽查责令改正通知书",
            "Rectification Order after a Product Quality Spot Check",
        ),
        short=Words("责令改正通知书", "rectification order"),
        aliases=("责令改正通知书",),
        articles=(43, 44, 46),
        issuer="handler",
        recipients=("party",),
        copies=Words("一式两份：存档、送达各一份", "two: one on file, one served"),
        issued_by=("rectification.issue_order", "rectification.supplement_order"),
        starts=("D44", "D45", "D46B"),
        heading="handler",
    ),
    Form(
        number=12,
        title=Words(
            "产品质量监督抽查复查检验委托书",
            "Commission of a Recheck Test after a Product Quality Spot Check",
        ),
        short=Words("复查检验委托书", "recheck test commission"),
        aliases=("产品质量监督抽查复查委托书",),
        articles=(47, 53),
        issuer="handler",
        recipients=("technical_body",),
        copies=Words("一式两份：案卷、技术机构各一份", "two: the case file and the technical body"),
        issued_by=("recheck.commission_test", "recheck.recommission"),
        starts=(),
        heading="handler",
    ),
    Form(
        number=13,
        title=Words(
            "产品质量监督抽查复查结果通知书",
            "Notice of Recheck Result after a Product Quality Spot Check",
        ),
        short=Words("复查结果通知书", "recheck notice"),
        aliases=("复查结果通知书",),
        articles=(50, 53),
        issuer="handler",
        recipients=("party",),
        copies=Words("一式两份：案卷、送达各一份", "two: the case file and the party"),
        issued_by=(
            "recheck.pass_without_test",
            "recheck.pass_with_test",
            "recheck.fail_without_test",
            "recheck.fail_with_test",
            "recheck.fail_no_sample",
            "recheck.confirm_hardship",
        ),
        starts=(),
        heading="handler",
    ),
)

FORMS: Final[dict[int, Form]] = {form.number: form for form in _ALL}
"""Every form, in the order of their numbers."""
