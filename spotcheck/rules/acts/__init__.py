"""How every act and consequence of the charts is called, chapter by chapter.

Names are ``chart.transition``, as in the charts; they are a public interface and are never renamed.
The codes ending in X belong to the two acts that change no state of their own chart.
"""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.acts.conclusion import CONCLUSION
from spotcheck.rules.acts.docket import DOCKET
from spotcheck.rules.acts.inspection import INSPECTION
from spotcheck.rules.acts.investigation import INVESTIGATION
from spotcheck.rules.acts.objections import OBJECTIONS
from spotcheck.rules.acts.planning import PLANNING
from spotcheck.rules.acts.publicity import PUBLICITY
from spotcheck.rules.acts.recheck import RECHECK
from spotcheck.rules.acts.rectification import RECTIFICATION
from spotcheck.rules.acts.samples import SAMPLES
from spotcheck.rules.acts.sampling import SAMPLING

__all__ = ["ACTS", "OWN_ACTS", "ActWords", "words_of"]

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

ACTS: Final[dict[str, ActWords]] = {act.name: act for act in _ALL}
"""Every act by its name, in the order of the regulation."""

OWN_ACTS: Final[dict[str, ActWords]] = {act.name: act for act in DOCKET}
"""The docket's own acts, which belong to no chart."""


def words_of(name: str) -> ActWords:
    """Return how an act is called, of a chart or of the docket itself."""
    return ACTS[name] if name in ACTS else OWN_ACTS[name]
