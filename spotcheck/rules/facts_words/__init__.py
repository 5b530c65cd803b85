"""The facts that come with acts, as a screen asks for them, chapter by chapter."""

from typing import Final

from spotcheck.rules.facts_words.docket import DOCKET
from spotcheck.rules.facts_words.fact import ITEM_KINDS, ITEM_RESULTS, OF_EVERY_ACT, FactWords
from spotcheck.rules.facts_words.inspection import INSPECTION
from spotcheck.rules.facts_words.objections import OBJECTIONS
from spotcheck.rules.facts_words.planning import PLANNING
from spotcheck.rules.facts_words.remediation import REMEDIATION
from spotcheck.rules.facts_words.sampling import SAMPLING

__all__ = ["FACTS", "ITEM_KINDS", "ITEM_RESULTS", "OF_EVERY_ACT", "OWN_FACTS", "FactWords"]

FACTS: Final[dict[tuple[str, str], FactWords]] = {
    **PLANNING,
    **SAMPLING,
    **INSPECTION,
    **OBJECTIONS,
    **REMEDIATION,
}
"""Every fact by its act and name, in the order of the regulation."""

OWN_FACTS: Final[dict[tuple[str, str], FactWords]] = DOCKET
"""Those of the docket's own acts."""
