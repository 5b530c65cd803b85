"""What a credential may be used for. A program never has more rights than its office; a scope only narrows them."""

from typing import Final

from spotcheck.rules.words import Words

SCOPES: Final[dict[str, Words]] = {
    "cases:read": Words("查看样品", "read cases"),
    "custody:write": Words("登记收样与保管", "record receipt and custody"),
    "qualification:read": Words("核实生产者资质（第二十八条）", "look at the producer's qualification (Article 28)"),
    "results:write": Words("登记检验结果、报告严重不合格", "record results, report dangers"),
    "reports:write": Words("报送检验报告", "send in reports"),
    "notices:write": Words("登记结果通知的寄送", "record the mailing of result notices"),
    "tasks:write": Words("报送质量分析", "send in analyses of a task"),
    "hooks:manage": Words("管理消息推送", "manage notifications"),
}
"""Every scope there is, with its words for people."""

SECONDS: Final = 900
"""So long a token lasts."""


def known(names: list[str]) -> bool:
    """Whether all of these are scopes, and there is at least one, none twice."""
    return bool(names) and set(names) <= SCOPES.keys() and len(set(names)) == len(names)
