"""Grounds: the listed cases of Articles 14, 19, 20, 21, 38 and 45 as numbered records.

``number`` is the place in the text (a slash counts cases which the sentence lists without numbering
them); ``code`` is the value under which the ground is stated as a fact of an act.
"""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Ground:
    """One case which the text lists."""

    number: str
    code: str
    articles: tuple[int, ...]
    label: Words


SUSPICION: Final = (
    Ground("14/1", "no_licence", (14, 28), Words("无证无照", "no licence or registration")),
    Ground(
        "14/2",
        "forged_name",
        (14, 28),
        Words("伪造或者冒用厂名厂址", "forged or misused factory name or address"),
    ),
    Ground(
        "14/3",
        "other",
        (14, 28),
        Words("其他不经检验就能判定的违法情形", "another violation evident without a test"),
    ),
)
"""What may be seen without a test and ends the sampling or the inspection (Articles 14, 28)."""

REFUSAL: Final = (
    Ground(
        "19(1)",
        "19(1)",
        (19,),
        Words(
            "文书、证件不全，或者与通知书不一致",
            "papers or identity documents missing, or at odds with the notice",
        ),
    ),
    Ground("19(2)", "19(2)", (19,), Words("取样方式不合法", "sample obtained in an unlawful way")),
    Ground("19(3)", "19(3)", (19,), Words("向企业收费", "a fee demanded from the enterprise")),
    Ground(
        "19(4)",
        "19(4)",
        (19,),
        Words(
            "同一产品在回溯期内已由上级或者同一部门抽查",
            "same product checked by a superior or the same bureau within the look-back period",
        ),
    ),
    Ground("19(5)", "19(5)", (19,), Words("法律法规规章不许抽样", "sampling forbidden by law")),
)
"""On what an enterprise may refuse to be sampled (Article 19)."""

INABILITY: Final = (
    Ground("20/1", "closed", (20,), Words("停业", "out of business")),
    Ground("20/2", "converted", (20,), Words("转产", "converted to other products")),
    Ground("20/3", "unfit", (20,), Words("不符合抽样条件", "conditions of sampling not met")),
)
"""Why a sample cannot be taken (Article 20)."""

OBSTRUCTION: Final = (
    Ground(
        "21/1",
        "absurd_price",
        (21,),
        Words("索要明显不合理的样品价格", "an absurd price asked for the sample"),
    ),
    Ground("21/2", "gate_locked", (21,), Words("闭门不纳", "the gate kept locked")),
    Ground(
        "21/3",
        "other",
        (21,),
        Words("其他阻碍、不配合的行为", "obstruction, refusal or non-cooperation of another kind"),
    ),
)
"""How a check is obstructed (Article 21)."""

MAINTAIN: Final = (
    Ground(
        "38(1)/2",
        "unfounded",
        (38,),
        Words("异议理由不成立", "the grounds of the objection fail"),
    ),
    Ground(
        "38(1)/3",
        "not_reproducible",
        (38,),
        Words("检验项目没有重现性", "the item is not reproducible"),
    ),
    Ground(
        "38(1)/4",
        "standard_forbids",
        (38,),
        Words("标准规定不得复检", "the standard forbids a retest"),
    ),
    Ground("38(1)/5", "expired", (38,), Words("样品自然失效", "the sample has expired by itself")),
)
"""Why a conclusion is maintained (Article 38, first item). A late objection has its own act."""

LATE: Final = (Ground("38(1)/1", "late", (38,), Words("异议逾期", "objection filed too late")),)
"""The one reason to maintain without verification: the objection came too late (Article 38)."""

REVOKE: Final = (
    Ground(
        "38(2)/1",
        "sampling_process",
        (38,),
        Words("抽样过程存在问题", "the sampling process was defective"),
    ),
    Ground(
        "38(2)/2",
        "authenticity",
        (38,),
        Words("样品真实性存在问题", "the sample was not authentic"),
    ),
)
"""Why a conclusion is revoked (Article 38, second item)."""

DECISION: Final = (
    Ground("38(1)", "maintain", (38,), Words("维持原检验结论", "maintain the conclusion")),
    Ground("38(2)", "revoke", (38,), Words("撤销原检验结论", "revoke the conclusion")),
    Ground("38(3)", "retest", (38,), Words("组织复检", "hold a retest")),
)
"""The three ways of deciding an objection (Article 38)."""

HARDSHIP: Final = (
    Ground("45/1", "closure", (45,), Words("停业", "out of business")),
    Ground("45/2", "conversion", (45,), Words("转产", "converted to other products")),
    Ground("45/3", "relocation", (45,), Words("迁址", "relocation")),
    Ground("45/4", "disaster", (45,), Words("自然灾害", "natural disaster")),
    Ground("45/5", "bankruptcy", (45,), Words("破产倒闭", "bankruptcy")),
)
"""Why a rectification cannot be completed (Article 45)."""

GROUNDS: Final[dict[str, Ground]] = {
    ground.number: ground
    for ground in (
        *SUSPICION,
        *REFUSAL,
        *INABILITY,
        *OBSTRUCTION,
        *MAINTAIN,
        *LATE,
        *REVOKE,
        *DECISION,
        *HARDSHIP,
    )
}
"""Every ground by its number."""


def choices(grounds: tuple[Ground, ...]) -> dict[str, Words]:
    """Return the grounds as the choices of a fact: code and words."""
    return {ground.code: ground.label for ground in grounds}
