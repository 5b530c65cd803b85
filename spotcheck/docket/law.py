"""The law of a dossier: the rule set it is pinned to, and the periods as that set has them (Article 60, reading R9).

Whoever counts, explains or judges a period asks here. A dossier keeps its set for good, so two dossiers side by side
may count the same period with other numbers. Plans, tasks and whatever has not been pinned yet go by the newest set of
their text.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from spotcheck.rules import computation
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import Period
from spotcheck.rules.regulations import FIRST, Regulation, named, newest, of_kind
from spotcheck.rules.rule_sets import RULE_SETS, RuleSet

if TYPE_CHECKING:
    from spotcheck.docket.models import Deadline, Dossier

LastDays = tuple[date, date, date | None, bool]
"""``due_on``, ``latest``, the statutory reading, and whether they are provisional."""


def text_of(dossier: "Dossier | None") -> Regulation:
    """The text under which a dossier is kept; the first one for none."""
    return of_kind(dossier.kind) if dossier is not None else named(FIRST)


def of(dossier: "Dossier | None" = None) -> RuleSet:
    """The rule set of a dossier; the newest one of its text for a dossier that is not pinned, and for none."""
    if dossier is not None and dossier.rule_set:
        return RULE_SETS[dossier.rule_set]
    return newest(text_of(dossier))


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
    """All kinds of period by a key (see :func:`kind_of`), as the newest set that has one describes it."""
    return {kind_of(law.id, code): period for law in RULE_SETS.values() for code, period in law.periods.items()}


def kind_of(rule_set: str, code: str) -> str:
    """The key of a kind of period over all texts: its code, behind the id of its text where that is a later one."""
    text = RULE_SETS[rule_set].regulation
    return code if text == FIRST else f"{text}/{code}"


def rows_of(kind: str) -> Q:
    """The rows of ``Deadline`` of one kind, as a condition."""
    text, _, code = kind.rpartition("/")
    own = [rules.id for rules in RULE_SETS.values() if rules.regulation == (text or FIRST)]
    return Q(rule_set__in=own, rule=code)
