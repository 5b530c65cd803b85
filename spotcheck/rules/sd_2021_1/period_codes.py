"""The codes of the periods by name, as acts open, close and count them and as they are kept; never renamed.

What a period is stands in :mod:`spotcheck.rules.sd_2021_1.periods`; for a dossier, ``docket.law`` is asked.
"""

from typing import Final

PLAN_SUGGESTIONS: Final = "D07"
KEEP_EVIDENCE: Final = "D16"
SIX_MONTH_EXEMPTION: Final = "D19"
LODGE_OBJECTION: Final = "D35"
RETEST_FORMALITIES: Final = "D39"
COMMISSION_RETEST: Final = "D40"
RECTIFICATION_ORDER: Final = "D43"
APPLY_FOR_RECHECK: Final = "D44"
PROVE_HARDSHIP: Final = "D45"
ORGANISE_RECHECK: Final = "D46A"
FORCED_RECHECK: Final = "D46B"
RECHECK_CONCLUSION: Final = "D50"
SECOND_RECHECK: Final = "D51"
CLOSURE_PERIOD: Final = "D51C"
RULES_VALIDITY: Final = "D60"
