"""The national Measures where they are stricter than the rules: warnings only.

Reading R14: these shadows never replace a period of the rules, refuse no act and change no state.
They are known from secondary copies and have to be verified by a lawyer before they are quoted on a
paper.
"""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.words import Words

TITLE: Final = Words(
    "《产品质量监督抽查管理暂行办法》（2019年国家市场监督管理总局令第18号）",
    "Interim Measures for Product Quality Spot Checks (SAMR Order 18 of 2019)",
)


@dataclass(frozen=True, kw_only=True)
class Shadow:
    """One provision of the Measures; the ``articles`` of its period are theirs too."""

    code: str
    article: int
    warning: Words
    period: Period | None = None


def _period(code: str, article: int, slug: str, length: int, *, rolls: bool, name: Words, start: Words) -> Period:
    return Period(
        code=code,
        slug=slug,
        articles=(article,),
        name=name,
        actors=(),
        unit=Unit.CALENDAR_DAYS,
        length=length,
        rolls=rolls,
        running=False,
        duty=False,
        starts_with=start,
        stops_with=Words("—", "—"),
        on_lapse=Words("仅提示，不改变任何状态", "a warning only; no state changes"),
        readings=("R14",),
        in_force_until=None,
    )


_ORDERED: Final = Words("责令之日", "the day of the order")

STOP_AT_ONCE: Final = Shadow(
    code="N45",
    article=45,
    warning=Words(
        "办法要求收到不合格结论后立即停止生产、销售，不待责令改正",
        "the Measures want production and sale stopped on the conclusion itself, before any order",
    ),
)
RECTIFY_FROM_ORDER: Final = Shadow(
    code="N46",
    article=46,
    warning=Words(
        "办法的整改期限自责令之日起算，早于收到通知书之日",
        "the Measures count the rectification from the order, not from its receipt",
    ),
    period=_period(
        "N46",
        46,
        "national-rectification",
        60,
        rolls=True,
        name=Words("整改（办法）", "rectification (Measures)"),
        start=_ORDERED,
    ),
)
RECHECK_IN_EVERY_CASE: Final = Shadow(
    code="N47",
    article=47,
    warning=Words(
        "办法对所有复查都规定自责令之日起的期限，提出申请也不延长",
        "the Measures bound every recheck from the day of the order, application or not",
    ),
    period=_period(
        "N47",
        47,
        "national-recheck",
        75,
        rolls=True,
        name=Words("组织复查（办法）", "recheck (Measures)"),
        start=_ORDERED,
    ),
)
SECOND_RECHECK_NOT_BEFORE: Final = Shadow(
    code="N48",
    article=48,
    warning=Words(
        "按办法，再次复查应当在该期间届满之后进行",
        "under the Measures the second recheck comes after the end of this time",
    ),
    period=_period(
        "N48",
        48,
        "national-second-recheck-not-before",
        60,
        rolls=False,
        name=Words("再次复查最早时间（办法）", "earliest second recheck (Measures)"),
        start=Words("省局公告", "announcement by the province"),
    ),
)

SHADOWS: Final[dict[str, Shadow]] = {
    shadow.code: shadow
    for shadow in (
        STOP_AT_ONCE,
        RECTIFY_FROM_ORDER,
        RECHECK_IN_EVERY_CASE,
        SECOND_RECHECK_NOT_BEFORE,
    )
}
