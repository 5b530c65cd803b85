"""Reports: what an office is told although no act of anybody says it."""

from typing import Final

from spotcheck.rules.words import Words

REPORTS: Final = {
    "calendar_missing": Words(
        "下一年度的放假通知尚未导入，涉及该年度的期限均为暂定",
        "next year's holidays are not imported yet; periods that touch it are provisional",
    ),
}
"""Words by the kind of the message."""
