"""What is due of a sample: the next duty of its laboratory with the day of its target, and papers that are still owed.

The text gives laboratories no number of days; a day is that of the office's service target (R12), and no deadline.
"""

from datetime import date
from typing import Any, Final

from spotcheck.casework.duties import duty_at
from spotcheck.casework.work_lines import target_of
from spotcheck.docket import calendars
from spotcheck.docket.wording import language
from spotcheck.inspection.states import InspectionState
from spotcheck.parties.actors import Actor
from spotcheck.rules.citations import of_text
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.words import Words

PARTIAL_FILE: Final = "partial-file"
_OWED: Final = Words("补交不合格项目的先行报告", "hand in the report on the danger")
_DANGER: Final = (30,)
_TEST: Final = "inspection"
_STOPPED: Final = (InspectionState.TERMINATED_ILLEGAL, InspectionState.STOPPED_UNIT_LOST)


def due_of(actor: Actor, state: str, since: date, *, owes_file: bool) -> list[dict[str, Any]]:
    """What is due of a sample whose test stands so, since this day; ``owes_file``: of a danger without its report."""
    found = []
    duty = duty_at(actor, _TEST, state)
    if duty.target is not None:
        day = target_of(duty, since, calendars.current())
        found.append(_line(duty.target.slug, duty.target.name, day, duty.target.articles))
    if owes_file and state not in _STOPPED:
        found.append(_line(PARTIAL_FILE, _OWED, None, _DANGER))
    return found


def _line(what: str, says: Words, on: date | None, articles: tuple[int, ...]) -> dict[str, Any]:
    return {
        "what": what,
        "says": says.in_(language()),
        "on": on.isoformat() if on is not None else None,
        "articles": [one.as_record() for one in of_text(FIRST, articles)],
    }
