"""The national Measures where they are stricter than the rules: warnings only.

Reading R14: these shadows stand on the forms of acts, never on a paper; they replace no period of the rules, refuse no
act and change no state. The interval before a second recheck has become a rule of its own (R41). They are known from
secondary copies and have to be verified by a lawyer before anybody rests on them.
"""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.articles import cite
from spotcheck.rules.words import Words

TITLE: Final = Words(
    "《产品质量监督抽查管理暂行办法》（2019年国家市场监督管理总局令第18号）",
    "Interim Measures for Product Quality Spot Checks (SAMR Order 18 of 2019)",
)


@dataclass(frozen=True, kw_only=True)
class Shadow:
    """One provision of the Measures, and the acts on whose forms it is pointed out."""

    code: str
    article: int
    warning: Words
    acts: tuple[str, ...]

    @property
    def says(self) -> Words:
        """The warning with its source, as one sentence."""
        where, measures = cite(self.article), TITLE
        return Words(
            f"仅作提示，不改变本规范的计算：{self.warning.zh}（{measures.zh}{where.zh}）",
            f"For information, no count changes by it: {self.warning.en} ({measures.en}, {where.en})",
        )


SHADOWS: Final[dict[str, Shadow]] = {
    shadow.code: shadow
    for shadow in (
        Shadow(
            code="N45",
            article=45,
            warning=Words(
                "办法要求收到不合格结论后立即停止生产、销售，不待责令改正",
                "the Measures want production and sale stopped on the conclusion itself, before any order",
            ),
            acts=("rectification.issue_order",),
        ),
        Shadow(
            code="N46",
            article=46,
            warning=Words(
                "办法的整改期限自责令之日起算，早于收到通知书之日",
                "the Measures count the rectification from the order, not from its receipt",
            ),
            acts=("rectification.issue_order", "rectification.record_order_receipt"),
        ),
        Shadow(
            code="N47",
            article=47,
            warning=Words(
                "办法对所有复查都规定自责令之日起的期限，提出申请也不延长",
                "the Measures bound every recheck from the day of the order, application or not",
            ),
            acts=("rectification.start_recheck",),
        ),
    )
}
"""By code, in the order of the Measures."""
