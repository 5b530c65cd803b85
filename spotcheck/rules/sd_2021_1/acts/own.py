"""Our own acts under the rules of 2021: the rule of detail of a task, results item by item (Articles 9, 29, 31), and
what falls after a revocation has lost its basis (Article 51)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import DETAIL_RULE
from spotcheck.rules.words import Words

OWN: Final = (
    ActRecord(
        "RS1",
        "rules.choose",
        Words("选定实施细则", "Choose the rule of detail"),
        Words("已选定实施细则", "rule of detail chosen"),
        Words(
            "省局为任务选定一个已发布的实施细则版本；任务的样品开始检验后不再更换。",
            "The province chooses a published version of the rules of detail; it stays once a sample is being tested.",
        ),
        in_a_table=True,
        facts={
            "rule": FactWords(Words("实施细则的编号", "Number of the rule")),
            "detail_rule": DETAIL_RULE,
        },
    ),
    ActRecord(
        "RS2",
        "results.record",
        Words("登记检验结果", "Record results"),
        Words("已登记检验结果", "results recorded"),
        Words(
            "检验机构逐项登记检验结果，系统按限值计算并与检验机构的判定对照；更改的保留原结果和理由。",
            "The laboratory records the results item by item; they are compared with their limits. What is changed is "
            "kept with the reason.",
        ),
        in_a_table=True,
        facts={
            "limits": FactWords(Words("明示要求的限值", "Limits declared on the product")),
            "results": FactWords(Words("各项结果", "Results")),
            "verdicts": FactWords(Words("各项判定", "Verdicts"), recorded=True),
        },
        evidence=("photo", "raw_record"),
        entitled=("test",),
    ),
    ActRecord(
        "LR1",
        "revocation.lost_basis_again",
        Words("吊销再次失去依据", "Note that the revocation has lost more of its basis"),
        Words("吊销再次失去依据", "revocation has lost more of its basis"),
        Words(
            "永久禁令解除后，结论、责令改正、最后一次不合格复查或者生产者的认定又失去效力的，"
            "由结果处理部门一并告知登记机关。",
            "When, after the permanent ban was lifted, the conclusion, the order, the last failed recheck or the "
            "finding of who made the product falls too, the handling bureau lets the registration authority know.",
        ),
    ),
)
