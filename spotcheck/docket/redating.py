"""Counting again after a notice of the State Council (reading R3): the running periods whose dates move, only those.

Periods that start on the same day under the same rule end on the same day, so that the count is made once for each
such pair, and rows are touched only where it comes out differently. Both versions are kept. Safe to repeat: what was
cut off in the middle is finished by the next run.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import structlog
from django.db.models import Count

from spotcheck.docket import calendars, deadlines, entries, law, versions
from spotcheck.docket.models import CalendarNotice, Deadline, DeadlineQuerySet, Entry
from spotcheck.docket.sessions import adopt, current, locking, session, today
from spotcheck.docket.versions import Change
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.calendar import Calendar, Notice, with_notice
from spotcheck.rules.periods import Period, Unit

logger = structlog.get_logger(__name__)

ACT = OWN_ACTS["docket.redate"].name
BATCH = 200
_Pair = tuple[str, str, date, date, date]
"""Rule set, rule, first day, and the two last days as they stand."""
PAIR = ("rule_set", "rule", "started_on", "due_on", "latest")


@dataclass(frozen=True, slots=True)
class Moved:
    """A period whose dates have moved: its dossier and public name, before and after."""

    dossier: str
    name: str
    due_on: tuple[date, date]
    latest: tuple[date, date]


def redate(notice: CalendarNotice) -> list[Moved]:
    """Count the running periods again that a confirmed notice may concern, and return those that moved."""
    found = list(_concerned(notice.year).values_list(*PAIR).distinct())
    calendar = calendars.current()
    moving = {pair for pair in found if _moves(pair, calendar)}
    moved: list[Moved] = []
    for numbers in _in_batches(notice, moving):
        with session():
            moved += _redate_dossiers(numbers, moving, notice)
    _confirm_unmoved(notice, set(found) - moving)
    logger.info("periods were counted again", notice=notice.pk, year=notice.year, moved=len(moved))
    return moved


def trial(notice: Notice) -> list[tuple[_Pair, date, date, int]]:
    """What would move if a notice came into force: dates that stand, both new ones, and of how many running periods."""
    calendar = with_notice(calendars.current(), notice)
    counted = _concerned(notice.year).values_list(*PAIR).annotate(rows=Count("pk")).order_by("due_on", "latest")
    moved = []
    for *pair, rows in counted:
        due_on, latest = law.last_days(pair[0], pair[1], pair[2], calendar)[:2]
        if (due_on, latest) != (pair[3], pair[4]):
            moved.append(((pair[0], pair[1], pair[2], pair[3], pair[4]), due_on, latest, rows))
    return moved


def catch_up() -> list[Moved]:
    """Finish what a confirmed notice has left to do, if a process died in between."""
    newest = CalendarNotice.objects.filter(confirmed_at__isnull=False).order_by("-confirmed_at", "-id").first()
    return redate(newest) if newest is not None else []


def asks_calendar(period: Period) -> bool:
    """Whether the dates of a period depend on what kind of day a day is; those that a decision fixed never do (51)."""
    is_counted = period.unit is not Unit.AS_ORDERED
    return period.running and is_counted and (period.rolls or period.unit is Unit.WORKING_DAYS)


def _concerned(year: int) -> DeadlineQuerySet:
    """The running periods about whose days the notice of this year may say something."""
    notice = Notice(year=year, sources=(), days=())
    first, last = notice.first_day, notice.last_day
    return Deadline.objects.running().filter(
        law.rows(asks_calendar),
        due_on__gte=first.replace(day=1),  # a block of days off is shorter than half a month: the index helps
        latest__gte=first,
        started_on__lte=last,
    )


def _moves(pair: _Pair, calendar: Calendar) -> bool:
    rule_set, rule, started_on, due_on, latest = pair
    return law.last_days(rule_set, rule, started_on, calendar)[:2] != (due_on, latest)


def _of_pair(year: int, pair: _Pair) -> DeadlineQuerySet:
    return _concerned(year).filter(**dict(zip(PAIR, pair, strict=True)))


def _in_batches(notice: CalendarNotice, moving: set[_Pair]) -> Iterator[list[int]]:
    """Yield the numbers of the dossiers in which something moves, in the order of locking."""
    numbers = {number for pair in moving for number in _of_pair(notice.year, pair).values_list("dossier_id", flat=True)}
    waiting = iter(sorted(numbers))
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _redate_dossiers(numbers: list[int], moving: set[_Pair], notice: CalendarNotice) -> list[Moved]:
    """Lock these dossiers; write the entries, both versions of the periods, and the messages.

    An entry of a dossier speaks of one party's periods, because another party does not get to see it.
    """
    dossiers = {dossier.pk: dossier for dossier in locking().filter(pk__in=numbers).order_by("pk")}
    adopt(dossiers.values())
    calendar, waiting = calendars.current(), defaultdict(list)
    new: dict[_Pair, dict[str, Any]] = {}
    found = _concerned(notice.year).filter(dossier__in=dossiers).select_related("party__handler", "office")
    for row in found.order_by("dossier_id", "pk"):
        pair = row.rule_set, row.rule, row.started_on, row.due_on, row.latest
        if pair in moving:
            row.dossier = dossiers[row.dossier_id]
            if pair not in new:
                new[pair] = deadlines.dates(law.counted_by(row), row.rule, row.started_on, calendar)
            waiting[row.dossier_id, row.party_id].append(Change(row, new[pair]))
    by = in_capacity("province", office=Office.objects.get(code=PROVINCE_CODE))
    told = _told(notice)
    written = entries.append_all(
        [
            entries.draft(
                dossiers[number],
                act=ACT,
                by=by,
                on=today(),
                party=changes[0].deadline.party,
                facts={"notice": told, "periods": [change.as_fact() for change in changes]},
                articles=law.text_of(dossiers[number]).counting,
            )
            for (number, _), changes in waiting.items()
        ]
    )
    changed = [(change, entry) for entry in written for change in waiting[entry.dossier_id, entry.party_id]]
    before = [(change.deadline.due_on, change.deadline.latest) for change, _ in changed]
    successors = versions.replace(changed)
    _tell([(new, entry) for new, (_, entry) in zip(successors, changed, strict=True)])
    return [
        Moved(new.dossier.number, new.name, (due_on, new.due_on), (latest, new.latest))
        for new, (due_on, latest) in zip(successors, before, strict=True)
    ]


def _told(notice: CalendarNotice) -> dict[str, Any]:
    """What the entries keep of the notice: enough to prove later which text was meant, and who answered for it."""
    return {
        "id": notice.pk,
        "year": notice.year,
        "source": notice.source,
        "sha256": hashlib.sha256(notice.text.encode()).hexdigest(),
        "proposed_by": notice.proposed_by,
        "confirmed_by": notice.confirmed_by,
        "calendar": calendars.current().edition,
    }


def _tell(moved: list[tuple[Deadline, Entry]]) -> None:
    """Tell the bureau; and the party, once its own date is certain."""
    messages = []
    for deadline, entry in moved:
        party = deadline.party
        office = deadline.office or (party.handler if party else None)
        line = {
            "dossier_id": entry.dossier_id,
            "entry_id": entry.pk,
            "deadline_id": deadline.pk,
            "kind": ACT,
            "created_at": current().now,
        }
        if office is not None:
            messages.append(line | {"office_id": office.pk, "party_id": None})
        if party is not None and not deadline.provisional and "enterprise" in law.period_of(deadline).actors:
            messages.append(line | {"office_id": None, "party_id": party.pk})
    current().unwritten.tell(messages)


def _confirm_unmoved(notice: CalendarNotice, pairs: set[_Pair]) -> None:
    """Dates that were provisional and have come true need no entry: they only lose the mark."""
    calendar = calendars.current()
    for pair in pairs:
        _, _, statutory, provisional = law.last_days(*pair[:3], calendar)
        marked = {"provisional": provisional, "statutory_only": statutory}
        _of_pair(notice.year, pair).exclude(**marked).update(**marked, calendar=calendar.edition)
