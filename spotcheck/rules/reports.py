"""Reports: what an office is told although no act of anybody says it."""

from typing import Final

from spotcheck.rules.words import Words

REPORTS: Final = {
    "calendar_missing": Words(
        "下一年度的放假通知尚未导入，涉及该年度的期限均为暂定",
        "next year's holidays are not imported yet; periods that touch it are provisional",
    ),
    "verdict_differs": Words(
        "检验机构对检验项目的判定与按限值计算的结果不一致，已写明理由并经批准",
        "the laboratory's verdict on an item is not what limit and value give; it has stated why, and it is approved",
    ),
}
"""Words by the kind of the message."""
