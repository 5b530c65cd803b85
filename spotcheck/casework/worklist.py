"""What is due today: periods by their day, duties without a number, and what others have to do.

Every open matter of an office stands on exactly one of its lists: late, due, duty, or waiting for somebody. A period
comes before a duty, as far as an act of the office can end it or its day is over; a duty comes before what is waited
for. Every question is one query with a limit, however long the lists are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from spotcheck.casework.clocks import Clock, clock_of
from spotcheck.casework.duties import act_of, decides, duty_at, words_of
from spotcheck.casework.outstanding import reports, services
from spotcheck.casework.period_acts import CASE, acts_of_periods, held_up, with_state
from spotcheck.casework.possible_acts import unit_of
from spotcheck.casework.privacy import Sight
from spotcheck.casework.readiness import UNFIT, has_further, unit
from spotcheck.casework.steps import Step, elsewhere
from spotcheck.casework.turns import is_duty, is_waiting
from spotcheck.casework.waiting import whom
from spotcheck.casework.work_lines import Due, ToDo, Waiting, target_of
from spotcheck.docket import calendars, law
from spotcheck.docket.calls import chosen_acts
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Deadline, Dossier, Involvement, Party, Track
from spotcheck.docket.wording import dated
from spotcheck.objections.states import RetestState
from spotcheck.parties.actors import Actor
from spotcheck.remediation.requirements import earliest_second_recheck
from spotcheck.remediation.states import RectificationState
from spotcheck.rules.calendar import Calendar, CalendarNotPublished
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.periods import Period
from spotcheck.rules.regulations import of_chart
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, FORCED_RECHECK, SECOND_RECHECK

MOST: Final = 100
"""So many lines of each list are shown; the rest is found with the search."""
SOON_WORKING_DAYS: Final = 3
GROUPS: Final = ("late", "today", "soon", "later")
_FURTHER: Final = ("rectification", RectificationState.RECTIFYING)
"""Where a further order is a duty of its own, beside the time that the party has (reading R31)."""


@dataclass(slots=True)
class Worklist:
    """The start page of one actor."""

    due: dict[str, list[Due]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    kinds: list[tuple[str, Period, int]] = field(default_factory=list)
    duties: list[ToDo] = field(default_factory=list)
    others: list[Due] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is to be shown."""
        return not (any(self.due.values()) or self.duties or self.others or self.waiting)

    @property
    def waited_for(self) -> int:
        """How many lines wait for somebody else."""
        return len(self.others) + len(self.waiting)

    def lines(self) -> "list[Due | ToDo]":
        """The lines that the actor can bring on, the most urgent first."""
        return [*chain.from_iterable(self.due.get(group, ()) for group in GROUPS), *self.duties]

    def steps(self) -> Iterable[Step]:
        """The acts of these lines whose form is known, in their order."""
        return (step for line in self.lines() for step in line.steps if step.key is not None)

    @property
    def batches(self) -> list[tuple[ActSpec, int]]:
        """The acts that several lines wait for and that may be done for all of them at once, with how many."""
        found = Counter(step.spec.name for step in self.steps() if step.spec.words.in_batches)
        return [(act_of(name), number) for name, number in found.items() if number > 1]


def worklist_of(actor: Actor, *, today: date, rule: str = "") -> Worklist:
    """Return what this actor has to do today, and what it waits for; ``rule`` narrows it to one kind of period."""
    sight = Sight(actor)
    mine = periods_of(actor, today)
    calendar = calendars.current()
    soon = soon_until(today, calendar)
    found = Worklist()
    counted = mine.aggregate(
        late=Count("pk", filter=Q(guiding__lt=today)),
        today=Count("pk", filter=Q(guiding=today)),
        soon=Count("pk", filter=Q(guiding__gt=today, guiding__lte=soon)),
        later=Count("pk", filter=Q(guiding__gt=soon)),
    )
    found.counts = counted
    per_kind: Counter[str] = Counter()
    for rule_set, code, number in mine.values_list("rule_set", "rule").annotate(number=Count("pk")).order_by():
        per_kind[law.kind_of(rule_set, code)] += number
    found.kinds = [(kind, period, per_kind[kind]) for kind, period in law.kinds().items() if kind in per_kind]
    shown = mine.filter(law.rows_of(rule)) if rule else mine
    found.due = {group: [] for group in GROUPS}
    for line in _lines(shown.order_by("guiding", "pk"), today, sight):
        found.due[_group(_guiding(line.clock, today), today, soon)].append(line)
    found.others = list(_lines(_of_others(actor, today), today, sight, others=True))
    found.duties = _duties(actor, sight, today, calendar)
    found.waiting = _waiting(actor, sight, today)
    return found


# Periods


def _only_passes(period: Period) -> bool:
    """A period that only has to pass; once it is over the bureau's next step is due (Article 51)."""
    return period.running and not period.duty and not period.lapses


def _is_right(period: Period) -> bool:
    """A period that a party has, and that lapses against it."""
    return period.lapses


def periods_of(actor: Actor, today: date) -> QuerySet[Any]:
    """Running periods that this actor has to keep: its own duties by the earlier day, its own rights by the later.

    ``guiding`` is the day that decides.
    """
    running = with_state(Deadline.objects.running())
    if actor.enterprise is not None:
        return running.filter(
            law.rows(_is_right), dossier__in=Dossier.objects.visible_to(actor), party__enterprise=actor.enterprise
        ).annotate(guiding=F("latest"))
    if not decides(actor):
        return running.none().annotate(guiding=F("due_on"))
    passed = When(law.rows(_only_passes), then=Value(today))
    return running.filter(_own(actor, today)).annotate(
        guiding=Case(passed, default=F("due_on"), output_field=DateField())
    )


def _own(actor: Actor, today: date) -> Q:
    """The duties of the office, once it can do them or their day is over, and what has passed and calls for a step."""
    can_be_kept = ~held_up(words_of(actor)) | Q(due_on__lt=today)
    has_passed = law.rows(_only_passes) & Q(party__handler=actor.office, latest__lt=today)
    return Q(office=actor.office) & can_be_kept | has_passed


def _of_others(actor: Actor, today: date) -> QuerySet[Any]:
    """Running periods in sight that somebody else has to keep, or that only have to pass; the most urgent first."""
    visible = with_state(Deadline.objects.running().filter(dossier__in=Dossier.objects.visible_to(actor)))
    if actor.enterprise is not None:
        visible = visible.filter(Q(party__isnull=True) | Q(party__enterprise=actor.enterprise))
        visible = visible.exclude(law.rows(_is_right))
    elif decides(actor):
        visible = visible.filter(Q(office__isnull=True) | ~Q(office=actor.office)).exclude(_own(actor, today))
        visible = visible.exclude(_stands_elsewhere(actor, today))
    else:  # a commissioned body has its own part and waits for no bureau's period
        visible = visible.none()
    rights = Deadline.objects.running().filter(
        rule=APPLY_FOR_RECHECK, matter_id=OuterRef("matter_id"), chart=OuterRef("chart")
    )
    visible = visible.exclude(Q(rule=FORCED_RECHECK) & Q(Exists(rights)))  # there is no forced recheck before (R4)
    return visible.annotate(guiding=F("due_on")).order_by("due_on", "pk")


def _stands_elsewhere(actor: Actor, today: date) -> Q:
    """Periods of others in a matter in which the office itself has something to do, or is late."""
    same = {"dossier": OuterRef("dossier"), "chart": OuterRef("chart"), "label": OuterRef("label")}
    late = Deadline.objects.running().filter(office=actor.office, due_on__lt=today, **same)
    handled = Q(chart="rectification", party__handler=actor.office)
    own = Q(Exists(late)) | (handled & Q(state=RectificationState.RECTIFYING) & has_further())
    if "province" in words_of(actor):
        own |= Q(chart="retest") & unit("R", *UNFIT)
    return own


def _lines(periods: QuerySet[Any], today: date, sight: Sight, *, others: bool = False) -> Iterable[Due]:
    rows = list(periods.select_related("dossier__sample_file", "office", "party__enterprise", "party__handler")[:MOST])
    acts = {} if others else acts_of_periods(rows, sight.actor, today)
    matters = elsewhere(rows, acts)
    for deadline in rows:
        yield Due(
            dossier=deadline.dossier,
            clock=clock_of(deadline, today=today, sight=sight),
            party=sight.party(deadline.party),
            acts=acts.get(deadline.pk, ()),
            waits="" if others or acts[deadline.pk] else _waits(deadline, sight),
            others=matters.get(deadline.pk, {}),
        )


def _waits(deadline: Deadline, sight: Sight) -> str:
    """For what a period waits whose matter cannot be brought on yet: for a day, or for the party (Articles 46, 51)."""
    if (deadline.chart, deadline.rule) == (CASE, SECOND_RECHECK):
        return _("最早 %(day)s 起可以再次复查") % {
            "day": dated(earliest_second_recheck(deadline.dossier, deadline.started_on))
        }
    return _("等待%(whom)s") % {"whom": sight.party(deadline.party)} if deadline.party is not None else ""


def soon_until(today: date, calendar: Calendar) -> date:
    """The last of the next working days that count as soon."""
    try:
        return calendar.working_day_after(today, SOON_WORKING_DAYS)
    except CalendarNotPublished:  # the calendar ends: better a rough list than none
        return date.fromordinal(today.toordinal() + SOON_WORKING_DAYS)


def _guiding(clock: Clock, today: date) -> date:
    """The day that decides the group; what has only to pass, and has passed, is for today."""
    return today if _only_passes(law.period_of(clock.deadline)) else clock.guiding


def _group(day: date, today: date, soon: date) -> str:
    if day < today:
        return "late"
    if day == today:
        return "today"
    return "soon" if day <= soon else "later"


# The register


def _in_sight(actor: Actor) -> QuerySet[Track]:
    """The lines of the register that the actor may see, with what a list says of them."""
    parties = Party.objects.select_related("enterprise", "handler")
    return (
        Track.objects.filter(dossier__in=Dossier.objects.visible_to(actor))
        .select_related("dossier__sample_file", "party__enterprise", "party__handler")
        .prefetch_related(Prefetch("dossier__parties", parties))
        .order_by("since", "pk")
    )


def _running(**more: Any) -> Q:
    """A period of the same matter runs."""
    same = {"dossier": OuterRef("dossier"), "chart": OuterRef("chart"), "label": OuterRef("label")}
    return Q(Exists(Deadline.objects.running().filter(**same, **more)))


def _duties(actor: Actor, sight: Sight, today: date, calendar: Calendar) -> list[ToDo]:
    """What waits for this actor, the oldest first; before it reports to take over, and papers to serve."""
    lines = _in_sight(actor).filter(is_duty(actor, today))
    if decides(actor):  # on the list of its own period, which is over or can be met
        lines = lines.exclude(_running(office=actor.office, due_on__lt=today))
        lines = lines.exclude(Q(chart="retest", state=RetestState.FORMALITIES_DONE))
    tracks = list(lines[:MOST])
    chosen = chosen_acts(tracks)
    since = _since_when(tracks)
    found = [*reports(actor, sight, most=MOST), *services(actor, sight, calendar, most=MOST)]
    for track in tracks:
        chart = CHARTS[track.chart]
        duty = duty_at(actor, track.chart, track.state).choosing(chosen.get(track.pk))
        duty = duty.of(actor, of_chart(track.chart).id)
        found.append(
            ToDo(
                dossier=track.dossier,
                party=_about(track, sight),
                matter=chart.label,
                state=chart.states[track.state],
                duty=duty,
                since=since[track.pk],
                target=target_of(duty, since[track.pk], calendar),
                unit=unit_of(track),
                track=track,
            )
        )
    return found


def _since_when(tracks: Sequence[Track]) -> dict[int, date]:
    """Since when each line waits: a further order since the report that asks for it (reading R31)."""
    further = [track for track in tracks if (track.chart, track.state) == _FURTHER]
    reported: dict[int, date] = {}
    if further:
        inspections = Track.objects.filter(dossier__in={t.dossier_id for t in further}, chart="inspection")
        reported = dict(inspections.values_list("dossier", "since"))
    later = {track.pk: max(track.since, reported.get(track.dossier_id, track.since)) for track in further}
    return {track.pk: later.get(track.pk, track.since) for track in tracks}


def _waiting(actor: Actor, sight: Sight, today: date) -> list[Waiting]:
    """Open matters of the actor that others have to bring on and that no clock of its lists stands for."""
    lines = _in_sight(actor).filter(is_waiting(actor, today))
    if decides(actor) or actor.enterprise is not None:
        lines = lines.exclude(_running())
    parts = Prefetch("dossier__involvements", Involvement.objects.select_related("office"))
    unfit = Track.objects.filter(dossier=OuterRef("dossier"), chart="sample", label="R", state__in=UNFIT)
    tracks = lines.annotate(is_lost=Q(chart="retest") & Q(Exists(unfit))).prefetch_related(parts)[:MOST]
    return [
        Waiting(
            dossier=track.dossier,
            party=_about(track, sight),
            matter=CHARTS[track.chart].label,
            state=CHARTS[track.chart].states[track.state],
            since=track.since,
            whom=whom(track, sight, is_lost=track.is_lost),
            track=track,
            unit=unit_of(track),
        )
        for track in tracks
    ]


def _about(track: Track, sight: Sight) -> str:
    """The party of a line, or all parties of the sample when it belongs to none."""
    if track.party is not None:
        return sight.party(track.party)
    return " · ".join(party.enterprise.name for party in sight.parties(track.dossier))
