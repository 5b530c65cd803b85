"""Deadlines: opening, closing and explaining the running periods of a dossier.

Both last days are stored with every period (reading R2). Nothing lapses against an enterprise before
``latest`` is over; a bureau's own duty is planned by ``due_on``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from spotcheck.docket import bulk, calendars, law
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.docket.sessions import offices, today
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.rules import computation
from spotcheck.rules.calendar import Calendar
from spotcheck.rules.periods import Period, Unit
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.rule_sets import RULE_SETS, RuleSet

if TYPE_CHECKING:
    from spotcheck.docket.flow import Flow, Proposal

Lapse = Callable[[list[Deadline]], None]

LAPSES: dict[tuple[str, str], Lapse] = {}
"""What an article says of a period that has run out, by text and rule; a period of a bureau has no entry here."""


def lapses(rule: str, *, text: str = FIRST) -> Callable[[Lapse], Lapse]:
    """Register what happens to a batch of periods of this rule of a text when their last day is over."""

    def register(handler: Lapse) -> Lapse:
        LAPSES[text, rule] = handler
        return handler

    return register


def lapse_of(row: Deadline) -> Lapse | None:
    """What happens when the last day of this period is over; None for a period of a bureau."""
    return LAPSES.get((law.counted_by(row).regulation, row.rule))


def lapsing() -> Q:
    """The rows of periods that lapse by an article, as a condition."""
    found = Q(pk__in=())
    for text, rule in LAPSES:
        found |= Q(rule_set__in=[rules.id for rules in RULE_SETS.values() if rules.regulation == text], rule=rule)
    return found


def day_after(day: date) -> date:
    """The next day."""
    return date.fromordinal(day.toordinal() + 1)


def open_periods(written: Sequence[Entry], rule: str) -> list[Deadline]:
    """Open a period of each entry's matter, owned as the matter says and counted from the day it names."""
    if not written:
        return []
    calendar = calendars.current()
    opened = [_period(entry, rule, calendar) for entry in written]
    bulk.insert(opened)
    return opened


def open_from(entry: Entry, days: Mapping[str, date]) -> list[Deadline]:
    """Open periods of an entry's matter from the days that a record outside the program proves, rule by rule."""
    calendar = calendars.current()
    opened = [_period(entry, rule, calendar, day) for rule, day in days.items()]
    bulk.insert(opened)
    return opened


def _period(entry: Entry, rule: str, calendar: Calendar, start: date | None = None) -> Deadline:
    matter: Flow = entry.matter
    owner = matter.owner()
    rules = law.of(matter.dossier)
    return Deadline(
        dossier=matter.dossier,
        rule=rule,
        chart=owner.chart,
        label=owner.label,
        matter_id=owner.pk,
        party=owner.party,
        office=_duty_holder(owner, rules.periods[rule]),
        rule_set=rules.id,
        started_by=entry,
        **dates(rules, rule, start or matter.starts_on(rule), calendar, matter.ends_as_ordered(rule)),
    )


def dates(rules: RuleSet, rule: str, start: date, calendar: Calendar, ordered: date | None = None) -> dict[str, object]:
    """Return the dates of a period as its row keeps them, counted by this rule set and this calendar.

    The sweep looks at a period on the day after its last one; at one that is recorded only after its end, on the
    day after the recording. So nothing that is recorded today falls due today: a mistake can be mended, and a sweep
    that has finished a day need not look at that day again. Raises ``ValueError`` when the last day is to be ordered
    (Article 51) and no decision has: the first day is none.
    """
    if ordered is None and rules.periods[rule].unit is Unit.AS_ORDERED:
        raise ValueError(f"the last day of {rule} is ordered, and no decision gives one")
    if ordered is not None:
        due, late, statutory, provisional = ordered, ordered, None, False
    else:
        due, late, statutory, provisional = law.last_days(rules.id, rule, start, calendar)
    last = late if rules.periods[rule].lapses else due
    return {
        "started_on": start,
        "due_on": due,
        "latest": late,
        "statutory_only": statutory,
        "provisional": provisional,
        "calendar": calendar.edition,
        "wake_on": day_after(max(last, today())),
    }


def due_on(dossier: Dossier | None, rule: str, start: date) -> date:
    """Return the configured last day of a period of a dossier that would start on this day."""
    return law.last_days(law.of(dossier).id, rule, start, calendars.current())[0]


def latest(dossier: Dossier | None, rule: str, start: date) -> date:
    """Return the later last day of a period of a dossier that would start on this day."""
    return law.last_days(law.of(dossier).id, rule, start, calendars.current())[1]


def _duty_holder(owner: "Flow", period: Period) -> Office | None:
    """The bureau whose duty the period is; None when it is a right of an enterprise."""
    if not period.duty:
        return None
    capacities = owner.text().capacities
    if any(capacities[word].bureau == "organiser" for word in period.actors):
        return offices([PROVINCE_CODE])[0]
    return owner.party.handler if owner.party else None


def close_periods(written: Sequence[Entry], rules: tuple[str, ...], *, abandoned: bool = False) -> None:
    """Close the running periods of these rules that the matters' owners have: met, lapsed, or given up."""
    by_owner = {(owner.chart, owner.pk): entry for entry in written if (owner := entry.matter.owner())}
    charts, keys = {chart for chart, _ in by_owner}, [key for _, key in by_owner]
    running = Deadline.objects.running().filter(rule__in=rules, chart__in=charts, matter_id__in=keys)
    running = running.filter(dossier__in={entry.dossier_id for entry in written})  # what the index begins with
    otherwise = Deadline.Status.ENDED if abandoned else Deadline.Status.MET
    closed = []
    for row in running.only("rule_set", "rule", "latest", "chart", "matter_id"):
        entry = by_owner[row.chart, row.matter_id]
        lapsed = law.period_of(row).lapses and row.latest < entry.effective_on
        closed.append(
            {
                "id": row.pk,
                "status": Deadline.Status.LAPSED if lapsed else otherwise,
                "ended_on": entry.effective_on,
                "ended_by_id": entry.pk,
                "wake_on": None,
            }
        )
    bulk.change(Deadline, closed)


def newest(dossier: Dossier, rule: str, chart: str, label: str) -> Deadline | None:
    """Return the newest period of a rule that a matter had, running or not."""
    return (
        Deadline.objects.filter(dossier=dossier, rule=rule, chart=chart, label=label)
        .exclude(status=Deadline.Status.CORRECTED)
        .order_by("-id")
        .first()
    )


def of(matter: "Flow", rule: str) -> Deadline | None:
    """Return the newest period of a rule that the matter owns, or that the one it has taken over owned."""
    owner: Flow | None = matter.owner()
    while owner is not None:
        found = newest(owner.dossier, rule, owner.chart, owner.label)
        if found is not None:
            return found
        owner = owner.before()
    return None


def in_time(deadline: Deadline | None, on: date) -> bool:
    """Say whether something done on this day is in time under the later reading; without a period it is."""
    return deadline is None or computation.in_time(deadline.latest, on)


def note_contested(proposal: "Proposal", deadline: Deadline | None) -> None:
    """Mark a filing that came between the two last days (reading R2)."""
    if deadline is not None and computation.contested(deadline.due_on, deadline.latest, proposal.on):
        proposal.flag("CONTESTED_REST_DAY")
