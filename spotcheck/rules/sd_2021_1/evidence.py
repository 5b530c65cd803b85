"""Which kinds of evidence belong to the acts of which chart, and which may be destroyed after their time."""

from typing import Final

from spotcheck.rules.regulations import Keeping

OF_CHARTS: Final[dict[str, tuple[str, ...]]] = {
    "sampling": ("photo", "film", "signed_sheet", "signature", "voucher", "licence"),
    "purchase": ("screenshot", "voucher", "photo", "film"),
    "sample": ("photo", "film", "signed_sheet", "slip"),
    "inspection": ("report", "partial_report", "analysis", "raw_record", "licence"),
    "result_notice": ("slip",),
    "conclusion": ("report", "decision", "letter"),
    "objection": ("application", "grounds", "verification", "decision", "licence", "contract"),
    "retest": ("application", "report", "slip", "contract"),
    "rectification": ("application", "hardship", "slip", "decision", "licence", "photo", "film"),
    "recheck": ("photo", "film", "report", "minutes", "signed_sheet"),
    "ban": ("application", "photo", "film", "decision"),
    "denial": ("grounds", "licence", "contract", "verification", "letter"),
    "announcement": ("decision", "screenshot"),
    "publication": ("analysis", "decision", "screenshot"),
    "lead": ("photo", "film", "report", "letter"),
    "plan": ("contract", "letter"),
    "task": ("contract", "letter", "analysis"),
}
"""Kinds that belong to the acts of a chart, the most frequent first."""

KEEPING: Final = Keeping("D16", charts=("sampling", "purchase", "sample"), kinds=("photo", "film", "screenshot"))
"""The pictures of the sampling (Articles 16, 24, 26; R61). Papers, reports and decisions stay with their file (53)."""
