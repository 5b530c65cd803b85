"""Rule sets: which text governs, from when to when, with which settings (Article 60, reading R9).

A dossier pins its rule set at its first outside act and keeps it, also after the set has expired. A
successor is a second record here; a document that continues this set is recorded in the docket and
names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from spotcheck.rules.periods import Period
from spotcheck.rules.words import Words


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the text leaves open and an administration may decide; dated by the rule set.

    The defaults are the readings of this project.
    """

    due_on_reading: Literal["holiday_block", "rest_day"] = "holiday_block"
    """The reading of Article 59 that gives ``due_on``; the later date always protects (R2)."""
    lookback_organisers: tuple[str, ...] = ("province", "samr")
    """Whose earlier check of the same product bars another one (Article 19, R6)."""
    lookback_exempt_checks: tuple[str, ...] = ("tracking", "emergency")
    """Checks which the earlier one does not bar (Article 19, R6)."""
    samplers_per_target: int = 2
    """So many of the drawn order are assigned to a target at first (Articles 12, 13, R38)."""
    reserve_kept_after_lapse: int = 15
    """So many days the reserve unit is kept after a retest has lapsed, because the lapse may be corrected (R34)."""
    second_recheck_from_day: int = 61
    """Before this day after the announcement the second recheck needs the party's own request (Article 51, R41)."""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """One text in force for a time; both ends of the validity are included and do not roll."""

    id: str
    regulation: str
    """The regulation whose charts, acts and articles it has; its successors have other numbers."""
    title: Words
    document: str
    issued_on: date
    valid_from: date
    valid_until: date
    repeals: str
    pinned_by: tuple[str, ...]
    periods: Mapping[str, Period]
    settings: Settings

    def governs(self, on: date) -> bool:
        """Whether a dossier pinned on this day falls under this set."""
        return self.valid_from <= on <= self.valid_until

    def named(self, name: str) -> Period:
        """Return the period with this code or slug, in any case; ``KeyError`` when there is none."""
        for period in self.periods.values():
            if name.lower() in (period.code.lower(), period.slug):
                return period
        raise KeyError(name)


RULE_SETS: Final[dict[str, RuleSet]] = {}
"""Every rule set of every text by its id, successors after those they succeed (filled by ``rules.regulations``)."""
