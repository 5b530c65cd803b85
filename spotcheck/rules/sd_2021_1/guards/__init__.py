"""Why acts are refused: the guards of the charts, and the flags that mark without refusing.

planning.py, sampling.py, inspection.py, objections.py   the guards of chapters two to five
remediation.py, recheck.py, publicity.py, investigation.py   those of chapter six
docket.py  why a recorded date is not corrected; apart from those of the charts
flags.py   what is let through, but marked
"""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.sd_2021_1.guards.docket import OWN_GUARDS
from spotcheck.rules.sd_2021_1.guards.flags import FLAGS
from spotcheck.rules.sd_2021_1.guards.inspection import INSPECTION
from spotcheck.rules.sd_2021_1.guards.investigation import INVESTIGATION
from spotcheck.rules.sd_2021_1.guards.objections import OBJECTIONS
from spotcheck.rules.sd_2021_1.guards.planning import PLANNING
from spotcheck.rules.sd_2021_1.guards.publicity import PUBLICITY
from spotcheck.rules.sd_2021_1.guards.recheck import RECHECK
from spotcheck.rules.sd_2021_1.guards.remediation import REMEDIATION
from spotcheck.rules.sd_2021_1.guards.sampling import SAMPLING

__all__ = ["FLAGS", "GUARDS", "OWN_GUARDS"]

GUARDS: Final[dict[str, Guard]] = {
    guard.name: guard
    for guard in (
        *PLANNING,
        *SAMPLING,
        *INSPECTION,
        *OBJECTIONS,
        *REMEDIATION,
        *RECHECK,
        *PUBLICITY,
        *INVESTIGATION,
    )
}
"""Every guard by its name, in the order of the regulation."""
