"""Every act and consequence of the charts, one record each, chapter by chapter.

Names are ``chart.transition``, as in the charts; they are a public interface and are never renamed.
The codes ending in X belong to the two acts that change no state of their own chart.
"""

from typing import Final

from spotcheck.rules.acts.act import ActRecord
from spotcheck.rules.acts.conclusion import CONCLUSION
from spotcheck.rules.acts.docket import DOCKET
from spotcheck.rules.acts.fact import ITEM_KINDS, ITEM_RESULTS, OF_EVERY_ACT, FactWords
from spotcheck.rules.acts.inspection import INSPECTION
from spotcheck.rules.acts.investigation import INVESTIGATION
from spotcheck.rules.acts.objections import OBJECTIONS
from spotcheck.rules.acts.planning import PLANNING
from spotcheck.rules.acts.publicity import PUBLICITY
from spotcheck.rules.acts.recheck import RECHECK
from spotcheck.rules.acts.rectification import RECTIFICATION
from spotcheck.rules.acts.samples import SAMPLES
from spotcheck.rules.acts.sampling import SAMPLING

__all__ = [
    "ACTS",
    "FACTS",
    "ITEM_KINDS",
    "ITEM_RESULTS",
    "OF_EVERY_ACT",
    "OWN_ACTS",
    "OWN_FACTS",
    "RECEIPTS",
    "ActRecord",
    "FactWords",
    "words_of",
]

_ALL: Final = (
    *PLANNING,
    *SAMPLING,
    *SAMPLES,
    *INSPECTION,
    *CONCLUSION,
    *OBJECTIONS,
    *RECTIFICATION,
    *RECHECK,
    *PUBLICITY,
    *INVESTIGATION,
)

ACTS: Final[dict[str, ActRecord]] = {act.name: act for act in _ALL}
"""Every act by its name, in the order of the regulation."""

OWN_ACTS: Final[dict[str, ActRecord]] = {act.name: act for act in DOCKET}
"""The docket's own acts, which belong to no chart."""

FACTS: Final[dict[tuple[str, str], FactWords]] = {
    (act.name, fact): words for act in _ALL for fact, words in act.facts.items()
}
"""The words of every fact by its act and name, in the order of the regulation."""

OWN_FACTS: Final[dict[tuple[str, str], FactWords]] = {
    (act.name, fact): words for act in DOCKET for fact, words in act.facts.items()
}
"""Those of the docket's own acts."""

RECEIPTS: Final[dict[int, str]] = {act.receipt_of: act.name for act in _ALL if act.receipt_of is not None}
"""The acts that record the receipt of a form, by its number."""


def words_of(name: str) -> ActRecord:
    """Return the record of an act, of a chart or of the docket itself."""
    return ACTS[name] if name in ACTS else OWN_ACTS[name]
