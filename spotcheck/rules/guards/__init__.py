"""Why acts are refused: the guards of the charts, and the flags that mark without refusing.

guard.py   the record
planning.py, sampling.py, inspection.py, objections.py   the guards of chapters two to five
remediation.py, recheck.py, publicity.py, investigation.py   those of chapter six
docket.py  why a recorded date is not corrected; apart from those of the charts
flags.py   what is let through, but marked
"""

from typing import Final

from spotcheck.rules.guards.docket import OWN_GUARDS
from spotcheck.rules.guards.flags import FLAGS, Flag
from spotcheck.rules.guards.guard import Guard
from spotcheck.rules.guards.inspection import INSPECTION
from spotcheck.rules.guards.investigation import INVESTIGATION
from spotcheck.rules.guards.objections import OBJECTIONS
from spotcheck.rules.guards.planning import PLANNING
from spotcheck.rules.guards.publicity import PUBLICITY
from spotcheck.rules.guards.recheck import RECHECK
from spotcheck.rules.guards.remediation import REMEDIATION
from spotcheck.rules.guards.sampling import SAMPLING

__all__ = ["FLAGS", "GUARDS", "OWN_GUARDS", "Flag", "Guard"]

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
