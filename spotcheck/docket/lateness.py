"""Lateness: a duty that was done after its day stays late for good, whatever is done since.

Nothing is stored for it: the period keeps its last day and the day on which it ended, the entry that ended it the
reason for the delay.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F

from spotcheck.docket import law
from spotcheck.docket.models import Deadline, DeadlineQuerySet

if TYPE_CHECKING:
    from spotcheck.docket.flow import ActSpec, Flow


def days_late(deadline: Deadline) -> int:
    """So many days after its day a duty of a bureau was done, or ended undone; none while it runs, or for a right."""
    ended = deadline.status in {Deadline.Status.MET, Deadline.Status.ENDED}
    if not ended or deadline.ended_on is None or not law.period_of(deadline).duty:
        return 0
    return max((deadline.ended_on - deadline.due_on).days, 0)


def done_late() -> DeadlineQuerySet:
    """The duties that ended after their day: of which :func:`days_late` says how many days."""
    ended = Deadline.objects.filter(status__in=(Deadline.Status.MET, Deadline.Status.ENDED), ended_on__gt=F("due_on"))
    return ended.filter(law.rows(lambda period: period.duty))


def late_by(matter: "Flow", spec: "ActSpec", on: date) -> list[tuple[Deadline, int]]:
    """The duties of a bureau that this act of its own would meet late on this day, each with the days of the delay.

    They are what the act has to give a reason for. What a party hands in ends a duty too, but delays none; what is only
    given up is not met.
    """
    owner = matter.owner()
    periods = [law.period(owner.dossier, rule) for rule in spec.closes]
    own = [period.code for period in periods if period.duty and set(period.actors) & set(spec.actors)]
    if owner.pk is None or spec.abandons or not own:
        return []
    running = Deadline.objects.running().filter(dossier=owner.dossier_id, chart=owner.chart, matter_id=owner.pk)
    late = running.filter(rule__in=own, due_on__lt=on).order_by("due_on", "pk")
    return [(deadline, (on - deadline.due_on).days) for deadline in late]
