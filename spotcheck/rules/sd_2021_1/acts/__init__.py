"""Every act and consequence of the charts, one record each, chapter by chapter.

Names are ``chart.transition``, as in the charts; they are a public interface and are never renamed.
The codes ending in X belong to the two acts that change no state of their own chart.
"""

from typing import Final

from spotcheck.rules.sd_2021_1.acts.conclusion import CONCLUSION
from spotcheck.rules.sd_2021_1.acts.custody import CUSTODY
from spotcheck.rules.sd_2021_1.acts.inspection import INSPECTION
from spotcheck.rules.sd_2021_1.acts.investigation import INVESTIGATION
from spotcheck.rules.sd_2021_1.acts.objections import OBJECTIONS
from spotcheck.rules.sd_2021_1.acts.own import OWN as RULES_AND_RESULTS
from spotcheck.rules.sd_2021_1.acts.planning import PLANNING
from spotcheck.rules.sd_2021_1.acts.publicity import PUBLICITY
from spotcheck.rules.sd_2021_1.acts.recheck import RECHECK
from spotcheck.rules.sd_2021_1.acts.rectification import RECTIFICATION
from spotcheck.rules.sd_2021_1.acts.reports import REPORTS
from spotcheck.rules.sd_2021_1.acts.samples import SAMPLES
from spotcheck.rules.sd_2021_1.acts.sampling import SAMPLING
from spotcheck.rules.sd_2021_1.acts.verification import VERIFICATION

ACTS: Final = (
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
"""Every act, in the order of the regulation."""

OWN: Final = (*CUSTODY, *RULES_AND_RESULTS, *REPORTS, *VERIFICATION)
"""Our own acts, which ride on a chart without being of it."""
