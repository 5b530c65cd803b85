"""What is due today: periods by their day, duties without a number, and what others have to do.

Every question is one query with a limit, however long the lists are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Case, Count, DateField, F, Prefetch, Q, QuerySet, Value, When

from spotcheck.desk.acts import unit_of
from spotcheck.desk.clocks import Clock, clock_of
from spotcheck.desk.duties import Duty, duty_at, next_acts, reports_to_receive, waiting_for, words_of
from spotcheck.desk.readiness import chosen_acts
from spotcheck.desk.sight import Sight
from spotcheck.docket import calendars
from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Deadline, Dossier, Party, Track
from spotcheck.parties.actors import Actor
from spotcheck.rules.calendar import CalendarNotPublished
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.computation import target_day
from spotcheck.rules.periods import PERIODS, Period
from spotcheck.rules.words import Words

MOST: Final = 100
"""So many lines of each list are shown; the rest is found with the search."""
SOON_WORKING_DAYS: Final = 3
GROUPS: Final = ("late", "today", "soon", "later")
_PASSING: Final = [code for code, period in PERIODS.items() if period.running and not period.duty and not period.lapses]
"""Periods that only have to pass; once one is over the bureau's next step is due (Article 51)."""


@dataclass(frozen=True, slots=True)
class Due:
    """One line with a clock."""

    dossier: Dossier
    clock: Clock
    party: str
    acts: tuple[ActSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line without a number of days."""

    dossier: Dossier
    party: str
    matter: Words
    state: Words | None
    duty: Duty
    since: date
    target: date | None
    unit: str = ""


@dataclass(slots=True)
class Worklist:
    """The start page of one actor."""

    due: dict[str, list[Due]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    kinds: list[tuple[Period, int]] = field(default_factory=list)
    duties: list[Waiting] = field(default_factory=list)
    others: list[Due] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is to be shown."""
        return not (any(self.due.values()) or self.duties or self.others)


def worklist_of(actor: Actor, *, today: date, rule: str = "") -> Worklist:
    """Return what this actor has to do today, and what it waits for; ``rule`` narrows it to one kind of period."""
    sight = Sight(actor)
    mine = _mine(actor, today)
    soon = _soon_until(today)
    found = Worklist()
    counted = mine.aggregate(
        late=Count("pk", filter=Q(guiding__lt=today)),
        today=Count("pk", filter=Q(guiding=today)),
        soon=Count("pk", filter=Q(guiding__gt=today, guiding__lte=soon)),
        later=Count("pk", filter=Q(guiding__gt=soon)),
    )
    found.counts = counted
    per_rule = dict(mine.values_list("rule").annotate(number=Count("pk")).order_by())
    found.kinds = [(period, per_rule[code]) for code, period in PERIODS.items() if code in per_rule]
    shown = mine.filter(rule=rule) if rule else mine
    found.due = {group: [] for group in GROUPS}
    for line in _lines(shown.order_by("guiding", "pk"), today, sight):
        found.due[_group(_guiding(line.clock, today), today, soon)].append(line)
    found.others = list(_lines(_of_others(actor, today), today, sight))
    found.duties = _duties(actor, sight, today)
    return found


def _mine(actor: Actor, today: date) -> QuerySet[Any]:
    """Running periods that this actor has to keep: its own duties by the earlier day, its own rights by the later."""
    running = Deadline.objects.running()
    if actor.enterprise is not None:
        rights = [code for code, period in PERIODS.items() if period.lapses]
        return running.filter(
            dossier__in=Dossier.objects.visible_to(actor), party__enterprise=actor.enterprise, rule__in=rights
        ).annotate(guiding=F("latest"))
    if not {"handler", "province"} & set(words_of(actor)):
        return running.none().annotate(guiding=F("due_on"))
    passed = When(rule__in=_PASSING, then=Value(today))
    return running.filter(_own(actor, today)).annotate(
        guiding=Case(passed, default=F("due_on"), output_field=DateField())
    )


def _own(actor: Actor, today: date) -> Q:
    """The duties of the office, and what has passed and calls for its next step."""
    return Q(office=actor.office) | Q(rule__in=_PASSING, party__handler=actor.office, latest__lt=today)


def _of_others(actor: Actor, today: date) -> QuerySet[Deadline]:
    """Running periods in sight that somebody else has to keep, or that only have to pass; the most urgent first."""
    visible = Deadline.objects.running().filter(dossier__in=Dossier.objects.visible_to(actor))
    if actor.enterprise is not None:
        visible = visible.filter(Q(party__isnull=True) | Q(party__enterprise=actor.enterprise)).filter(
            ~Q(rule__in=[code for code, period in PERIODS.items() if period.lapses])
        )
    elif actor.office is not None and actor.office.is_bureau:
        visible = visible.filter(Q(office__isnull=True) | ~Q(office=actor.office)).exclude(_own(actor, today))
    else:  # a commissioned body has its own part and waits for no bureau's period
        visible = visible.none()
    return visible.annotate(guiding=F("due_on")).order_by("due_on", "pk")


def _lines(periods: QuerySet[Deadline], today: date, sight: Sight) -> Iterable[Due]:
    rows = periods.select_related("dossier", "office", "party__enterprise", "party__handler")[:MOST]
    for deadline in rows:
        yield Due(
            dossier=deadline.dossier,
            clock=clock_of(deadline, today=today, sight=sight),
            party=sight.party(deadline.party),
            acts=next_acts(sight.actor, deadline.rule),
        )


def _soon_until(today: date) -> date:
    """The last of the next working days that count as soon."""
    try:
        return calendars.current().working_day_after(today, SOON_WORKING_DAYS)
    except CalendarNotPublished:  # the calendar ends: better a rough list than none
        return date.fromordinal(today.toordinal() + SOON_WORKING_DAYS)


def _guiding(clock: Clock, today: date) -> date:
    """The day that decides the group; what has only to pass, and has passed, is for today."""
    return today if clock.deadline.rule in _PASSING else clock.guiding


def _group(day: date, today: date, soon: date) -> str:
    if day < today:
        return "late"
    if day == today:
        return "today"
    return "soon" if day <= soon else "later"


def _duties(actor: Actor, sight: Sight, today: date) -> list[Waiting]:
    """Matters that wait for this actor, the oldest first; reports to take over before everything else."""
    tracks = list(
        Track.objects.filter(waiting_for(actor), dossier__in=Dossier.objects.visible_to(actor))
        .select_related("dossier", "party__enterprise")
        .prefetch_related(Prefetch("dossier__parties", Party.objects.select_related("enterprise")))
        .order_by("since", "pk")[:MOST]
    )
    chosen = chosen_acts(tracks)
    found = _reports(actor, sight)
    for track in tracks:
        duty = duty_at(actor, track.chart, track.state).choosing(chosen.get(track.pk))
        chart = CHARTS[track.chart]
        found.append(
            Waiting(
                dossier=track.dossier,
                party=_about(track, sight),
                matter=chart.label,
                state=chart.states[track.state],
                duty=duty,
                since=track.since,
                target=_target(duty, track.since),
                unit=unit_of(track),
            )
        )
    return found


def _about(track: Track, sight: Sight) -> str:
    """The party of a line, or all parties of the sample when it belongs to none."""
    if track.party is not None:
        return sight.party(track.party)
    return " · ".join(party.enterprise.name for party in sight.parties(track.dossier))


def _reports(actor: Actor, sight: Sight) -> list[Waiting]:
    """Nonconforming reports that the handling bureau has not yet taken over."""
    if "handler" not in words_of(actor) or actor.office is None:
        return []
    concluded = Track.objects.filter(chart="conclusion").only("since", "dossier_id", "chart")
    parties = (
        Party.objects.filter(reports_to_receive(actor.office))
        .select_related("dossier", "enterprise")
        .prefetch_related(Prefetch("dossier__tracks", concluded, to_attr="concluded"))
        .order_by("pk")[:MOST]
    )
    receive = MATTERS["rectification"].spec_of("receive_report")
    return [
        Waiting(
            dossier=party.dossier,
            party=sight.party(party),
            matter=CHARTS["rectification"].label,
            state=None,
            duty=Duty((receive,), None),
            since=party.dossier.concluded[0].since,  # type: ignore[attr-defined]  # prefetched
            target=None,
        )
        for party in parties
    ]


def _target(duty: Duty, since: date) -> date | None:
    """The day of the office's own target; a service, never a deadline."""
    if duty.target is None:
        return None
    try:
        return target_day(duty.target, since, calendars.current())
    except CalendarNotPublished:
        return None
