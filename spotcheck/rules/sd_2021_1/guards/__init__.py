"""Why acts are refused: the guards of the charts, and the flags that mark without refusing.

planning.py, sampling.py, inspection.py, objections.py   the guards of chapters two to five
remediation.py, recheck.py, publicity.py, investigation.py   those of chapter six
docket.py  why a recorded date is not corrected; apart from those of the charts
results.py, custody.py, verification.py, bodies.py  what a full record asks of items, units, written conclusions, bodies
flags.py   what is let through, but marked
"""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.sd_2021_1.guards.bodies import BODIES
from spotcheck.rules.sd_2021_1.guards.custody import CUSTODY
from spotcheck.rules.sd_2021_1.guards.docket import OF_DATES
from spotcheck.rules.sd_2021_1.guards.flags import FLAGS, OWN_FLAGS
from spotcheck.rules.sd_2021_1.guards.inspection import INSPECTION
from spotcheck.rules.sd_2021_1.guards.investigation import INVESTIGATION
from spotcheck.rules.sd_2021_1.guards.objections import OBJECTIONS
from spotcheck.rules.sd_2021_1.guards.planning import PLANNING
from spotcheck.rules.sd_2021_1.guards.publicity import PUBLICITY
from spotcheck.rules.sd_2021_1.guards.recheck import RECHECK
from spotcheck.rules.sd_2021_1.guards.remediation import REMEDIATION
from spotcheck.rules.sd_2021_1.guards.results import RESULTS
from spotcheck.rules.sd_2021_1.guards.sampling import SAMPLING
from spotcheck.rules.sd_2021_1.guards.verification import VERIFICATION

__all__ = ["FLAGS", "GUARDS", "OWN_FLAGS", "OWN_GUARDS"]

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

OWN_GUARDS: Final[dict[str, Guard]] = {
    guard.name: guard for guard in (*OF_DATES, *RESULTS, *CUSTODY, *VERIFICATION, *BODIES)
}
"""Our own by name, apart from those of the charts."""
