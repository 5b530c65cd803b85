"""What a post entitles to besides the role in its office, and who may not hold what together.

What an officer, a sampler, an analyst does in a case follows from office and role alone (Articles 6, 10, 42). An
entitlement narrows it inside the office (who receives, tests, signs), or is one of the administration, which gives
no sight of any case. System, security and audit are three duties (三员, GB/T 22239-2019, 8.1.4): never two with one
person.
"""

from collections.abc import Collection
from typing import Final

from spotcheck.rules.words import Words

ENTITLEMENTS: Final[dict[str, Words]] = {
    "receive": Words("收样", "receives samples"),
    "test": Words("检验", "tests"),
    "review": Words("审核", "reviews"),
    "sign": Words("签发报告", "signs reports"),
    "qualify": Words("管理资质", "keeps qualifications"),
    "mail": Words("收发函件", "sends and receives letters"),
    "sample": Words("抽样", "samples"),
    "coordinates": Words("统筹案件", "coordinates the cases of the office"),
    "manages": Words("管理人员", "manages people"),
    "registers": Words("维护基础数据", "keeps master data"),
    "audits": Words("审计", "audits"),
    "operates": Words("运行维护", "operates the system"),
}
"""Every entitlement there is."""

DUTIES: Final[dict[str, str]] = {
    "manages": "system",
    "registers": "system",
    "operates": "security",
    "audits": "audit",
}
"""The entitlements of the administration, and to which of the three duties each belongs."""

DUTY_WORDS: Final[dict[str, Words]] = {
    "system": Words("系统管理", "system administration"),
    "security": Words("安全管理", "security administration"),
    "audit": Words("审计管理", "audit"),
}

FOUR_EYES: Final = frozenset({"manages", "audits", "operates", "sign"})
"""Entitlements that one person proposes and another one confirms."""

OF_BODIES: Final = frozenset({"receive", "test", "review", "sign", "qualify", "mail", "sample", "coordinates"})
"""Entitlements inside a commissioned body."""
OF_LABORATORIES: Final = OF_BODIES - {"sample", "coordinates"}
"""Those that narrow who of a laboratory does which act, once anybody there has one."""
OF_BUREAUS: Final = frozenset({"sample", "coordinates", "mail"})
"""Entitlements inside a bureau; a bureau may sample itself (Article 10)."""


def duties_of(entitlements: Collection[str]) -> set[str]:
    """Which of the three duties these entitlements belong to."""
    return {DUTIES[name] for name in entitlements if name in DUTIES}
