"""The law of a dossier: the rule set it is pinned to, and the periods as that set has them (Article 60, reading R9).

Whoever counts, explains or judges a period asks here. A dossier keeps its set for good, so two dossiers side by side
may count the same period with other numbers. Plans, tasks and whatever has not been pinned yet go by the newest set.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from spotcheck.rules import computation
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import Period
from spotcheck.rules.rule_sets import CURRENT, RULE_SETS, RuleSet

if TYPE_CHECKING:
    from spotcheck.docket.models import Deadline, Dossier

LastDays = tuple[date, date, date | None, bool]
"""``due_on``, ``latest``, the statutory reading, and whether they are provisional."""


def of(dossier: "Dossier | None" = None) -> RuleSet:
    """The rule set of a dossier; the newest one for a dossier that is not pinned, and for none."""
    return RULE_SETS[(dossier.rule_set if dossier is not None else "") or CURRENT]


def period(dossier: "Dossier | None", code: str) -> Period:
    """A period as the law of this dossier has it."""
    return of(dossier).periods[code]


def counted_by(row: "Deadline") -> RuleSet:
    """The rule set by which a running or ended period was counted."""
    return RULE_SETS[row.rule_set]


def period_of(row: "Deadline") -> Period:
    """What the text says of a period that runs or ran."""
    return RULE_SETS[row.rule_set].periods[row.rule]


def last_days(rule_set: str, code: str, start: date, calendar: Calendar) -> LastDays:
    """Count a period that starts on this day by this rule set; see :func:`spotcheck.rules.computation.last_days`."""
    law = RULE_SETS[rule_set]
    return computation.last_days(law.periods[code], start, calendar, rule_set=law)


def rows(holds: Callable[[Period], bool]) -> Q:
    """The rows of ``Deadline`` whose period is such, each by its own rule set, as a condition."""
    found = Q(pk__in=())
    for law in RULE_SETS.values():
        codes = [code for code, period in law.periods.items() if holds(period)]
        found |= Q(rule_set=law.id, rule__in=codes)
    return found


def kinds() -> dict[str, Period]:
    """All kinds of period by their codes, as the newest set that has one describes it: for lists over all sets."""
    return {code: period for law in RULE_SETS.values() for code, period in law.periods.items()}
