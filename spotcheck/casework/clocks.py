"""A clock: one period as every screen shows it.

Name and article, who must act, a bar from day 0 to the last day (``due_on`` solid, the stretch to ``latest``
hatched, provisional dotted), and how much is left. A bureau's own duty takes its colour from the earlier date,
a right of an enterprise from the later one (reading R2).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spotcheck.casework.privacy import Sight
from spotcheck.docket import law
from spotcheck.docket.lateness import days_late
from spotcheck.docket.models import Deadline
from spotcheck.docket.wording import listed, say
from spotcheck.rules.periods import Period
from spotcheck.rules.regulations import named

SOON_DAYS: Final = 3
"""A clock with so few days left is coloured as urgent; a matter of display, not of law."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A period with everything that a screen says of it."""

    deadline: Deadline
    period: Period
    who: str
    guiding: date
    left: int
    tone: str
    remaining: str
    solid: float
    hatched: float
    now: float
    late: int = 0
    late_reason: str = ""

    @property
    def is_running(self) -> bool:
        """Whether the period runs."""
        return self.deadline.status == Deadline.Status.RUNNING

    @property
    def is_contested(self) -> bool:
        """Whether the readings differ, so that there are two last days."""
        return self.deadline.due_on < self.deadline.latest


def guiding_day(deadline: Deadline) -> date:
    """The day that decides the colour: the earlier for a duty, the later for a right."""
    return deadline.due_on if law.period_of(deadline).duty else deadline.latest


def clock_of(deadline: Deadline, *, today: date, sight: Sight) -> Clock:
    """Return the clock of a period; its office and party must be at hand."""
    period = law.period_of(deadline)
    guiding = guiding_day(deadline)
    left = (guiding - today).days
    length = max((deadline.latest - deadline.started_on).days, 1)
    solid = (deadline.due_on - deadline.started_on).days / length * 100
    passed = (today - deadline.started_on).days / length * 100
    late = days_late(deadline)
    return Clock(
        deadline=deadline,
        period=period,
        who=_who(deadline, period, sight),
        guiding=guiding,
        left=left,
        tone=_tone(deadline, period, left),
        remaining=_remaining(deadline, period, left, late),
        solid=round(solid, 2),
        hatched=round(100 - solid, 2),
        now=round(min(max(passed, 0.0), 100.0), 2),
        late=late,
        late_reason=deadline.ended_by.late_reason if late and deadline.ended_by is not None else "",
    )


def _who(deadline: Deadline, period: Period, sight: Sight) -> str:
    """Who must act: the office, the party, or the word of the regulation."""
    if deadline.office is not None:
        return sight.office(deadline.office)
    if "enterprise" in period.actors and deadline.party is not None:
        return sight.party(deadline.party)
    handler = deadline.party.handler if deadline.party is not None else None
    if "handler" in period.actors and handler is not None:
        return sight.office(handler)
    capacities = named(law.counted_by(deadline).regulation).capacities
    return listed(say(capacities[word].label) for word in period.actors)


def _tone(deadline: Deadline, period: Period, left: int) -> str:
    """What the clock looks like: over, waiting, late, today, soon or later."""
    if deadline.status != Deadline.Status.RUNNING:
        return "over"
    if not period.duty and not period.lapses:  # an ordered time that has to pass
        return "waiting" if left >= 0 else "today"
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    return "soon" if left <= SOON_DAYS else "later"


def _remaining(deadline: Deadline, period: Period, left: int, late: int) -> str:
    """How much is left, in words; when it is over, what became of it."""
    if deadline.status != Deadline.Status.RUNNING:
        return _ended(deadline, late)
    if left == 0:
        return _("今天到期")
    if left > 0:
        return ngettext("剩 %(days)d 天", "剩 %(days)d 天", left) % {"days": left}
    if not period.duty:
        return _("已期满")
    return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", -left) % {"days": -left}


def _ended(deadline: Deadline, late: int) -> str:
    """What became of a period; a duty that was late is so for good."""
    if not late:
        return str(deadline.get_status_display())
    if deadline.status == Deadline.Status.MET:
        return ngettext("逾期 %(days)d 天履行", "逾期 %(days)d 天履行", late) % {"days": late}
    return ngettext("终止时已逾期 %(days)d 天", "终止时已逾期 %(days)d 天", late) % {"days": late}
