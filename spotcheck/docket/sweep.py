"""The sweep: lets periods lapse. Every minute, in batches, each exactly once, after any outage.

1. Find periods with something to do on or before today (a partial index holds just these).
2. Lock their dossiers, passing over those that somebody works in: the next sweep finds them again.
3. Read the periods again under the lock and do what the article says, in one transaction with entries and outbox.
4. When a batch fails, do its periods one by one; one that fails three times is parked and reported.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet

from spotcheck.docket import alarms, clock, law, sessions, taking
from spotcheck.docket.deadlines import lapse_of, lapsing
from spotcheck.docket.models import Beat, Deadline, Dossier, Entry
from spotcheck.docket.sessions import Question, adopt, current, know_handlers, locking, offices, session
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.parties.regions import city_of, is_city

logger = structlog.get_logger(__name__)

NAME = "sweep"
MOST_TRIES = 3
MOST_LEFT = 1000
"""So many periods that are left over on a day are remembered by their keys; when there are more, we look again."""
DETAIL = "SELECT detail::text FROM docket_beat WHERE name = %s"
TO_LOOK_AT = "SELECT wake_on, id FROM docket_deadline WHERE status = 'running' AND parked_at IS NULL AND wake_on <= %s"
NEXT = f"{TO_LOOK_AT} AND (wake_on, id) > (%s, %s) ORDER BY wake_on, id LIMIT %s"
STILL = f"{TO_LOOK_AT} AND id = ANY(%s) ORDER BY wake_on, id"
IN_DOSSIERS = f"{TO_LOOK_AT} AND dossier_id = ANY(%s) ORDER BY wake_on, id"


@dataclass(slots=True)
class Report:
    """What one sweep did."""

    lapsed: int = 0
    noted: int = 0
    failed: int = 0


def sweep(today: date | None = None, *, batch: int = 500, thorough: bool = False) -> Report:
    """Do everything that has become due on or before today; safe to run twice, at once, or a week late.

    What is recorded today falls due tomorrow at the earliest. A day that one sweep has finished is therefore done,
    and later sweeps of that day read a single row; when something was left over, they try just that again. So what
    was fired is not walked over again, however much it was and however long a report holds an old snapshot.
    ``thorough`` looks through the whole index all the same.
    """
    today = today or clock.today()
    report = Report()
    left = None if thorough else _left_over(today)
    if left == []:
        return report
    for keys in all_due(today, batch) if left is None else _again(left, batch):
        handle(keys, today, report)
    if not clock.is_simulated():  # what happens on a simulated day is no sign of life
        _note_day(today, report, left)
    return report


def catch_up(dossiers: Iterable[Dossier]) -> None:
    """Let pass what was over before today in dossiers that the session holds, as the sweep would have done.

    Whoever acts finds what the law says by now: no outage of the sweep makes a late filing one that was in time.
    """
    held = {dossier.pk: dossier for dossier in dossiers}
    today = sessions.today()
    if sessions.foreseen(question_of_periods(*held).name) == []:
        return
    found = _rows(IN_DOSSIERS, today, list(held))  # nearly always nothing: every act asks, so it is asked cheaply
    if not found:
        return
    over = _due_in(held, today).filter(lapsing())
    for group in _groups(_known(over, held)):
        lapse = lapse_of(group[0])
        assert lapse is not None
        lapse(group)


def question_of_periods(*dossiers: int) -> Question:
    """The question whether something of these dossiers is to be looked at before anybody acts in them."""
    return Question(("periods", frozenset(dossiers)), _to_look_at, (sessions.today(), *dossiers))


def _to_look_at(today: date, *dossiers: int) -> "QuerySet[Deadline, int]":
    running = Deadline.objects.filter(status=Deadline.Status.RUNNING, parked_at=None, wake_on__lte=today)
    return running.filter(dossier__in=dossiers).values_list("pk", flat=True)


def note_alive() -> None:
    """Leave the dead man's sign: the sweep was here."""
    Beat.objects.filter(name=NAME).update(at=clock.now())


def _left_over(today: date) -> list[int] | None:
    """What the last sweep of this day has left to do; None when nobody has looked through this day yet."""
    with connection.cursor() as cursor:
        cursor.execute(DETAIL, [NAME])
        row = cursor.fetchone()
    detail = json.loads(row[0]) if row else {}
    return detail.get("left") if detail.get("day") == today.isoformat() else None


def all_due(today: date, batch: int) -> Iterator[list[int]]:
    """Yield the periods with something to do, in the order of the index; none twice, also when it is passed over."""
    place = (date.min, 0)
    while found := _rows(NEXT, today, *place, batch):
        place = found[-1]
        yield [key for _, key in found]


def _again(left: list[int], batch: int) -> Iterator[list[int]]:
    """Yield what was left over."""
    for first in range(0, len(left), batch):
        yield left[first : first + batch]


def _rows(query: str, *values: date | int | list[int]) -> list[tuple[date, int]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def retry_parked() -> int:
    """Let the next sweep try the parked periods again, once their fault is mended; return how many."""
    freed = Deadline.objects.filter(parked_at__isnull=False).update(parked_at=None, tries=0)
    Beat.objects.filter(name=NAME).update(detail={})
    return freed


def _note_day(today: date, report: Report, tried: list[int] | None) -> None:
    """Say what was done and what is left over: passed over, failed, or still on its way."""
    more_may_come = _yesterday_still_runs(today)  # asked first: what it commits meanwhile is found below
    found = _rows(NEXT, today, date.min, 0, MOST_LEFT + 1) if tried is None else _rows(STILL, today, tried)
    is_known = len(found) <= MOST_LEFT and not more_may_come
    left = [key for _, key in found] if is_known else None
    Beat.objects.update_or_create(
        name=NAME,
        defaults={
            "at": clock.now(),
            "detail": {
                "lapsed": report.lapsed,
                "noted": report.noted,
                "failed": report.failed,
                "day": today.isoformat(),
                "done": today.isoformat() if left == [] else None,
                "left": left,
            },
        },
    )


def _yesterday_still_runs(today: date) -> bool:
    """Whether a transaction of the application began before midnight: what it commits may be due today already."""
    midnight = datetime.combine(today, time.min, clock.SHANDONG)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s"
            " AND (backend_xid IS NOT NULL OR wait_event_type = 'Lock'))",  # it writes; a report only reads
            [midnight],
        )
        return bool(cursor.fetchone()[0])


def handle(keys: list[int], today: date, report: Report) -> None:
    """Do one batch; when it fails, find the period that fails by doing them one by one."""
    done = Report()
    try:
        with session():
            _let_pass(_claim(keys, today), done)
    except Exception:
        if len(keys) > 1:
            logger.exception("a batch of periods failed; doing them one by one", periods=len(keys))
            for key in keys:
                handle([key], today, report)
            return
        logger.exception("a period failed", deadline=keys[0])
        _count_failure(keys[0])
        report.failed += 1
        return
    report.lapsed += done.lapsed  # only what is committed counts
    report.noted += done.noted


def _claim(keys: list[int], today: date) -> list[Deadline]:
    """Lock the dossiers of these periods, as far as nobody else holds them, and read the periods again."""
    dossiers = list(
        locking(skip_locked=True)
        .filter(pk__in=Deadline.objects.filter(pk__in=keys).values("dossier_id"))
        .order_by("pk")
    )
    adopt(dossiers)
    held = {dossier.pk: dossier for dossier in dossiers}
    return _known(_due_in(held, today).filter(pk__in=keys), held)


def _due_in(held: Mapping[int, Dossier], today: date) -> QuerySet[Deadline]:
    """The periods of these dossiers with something to do on or before a day, in the order in which they are over."""
    due = Deadline.objects.to_look_at(today).filter(dossier__in=held, parked_at__isnull=True)
    return due.select_related("party", "office").order_by("wake_on", "pk")


def _known(due: Iterable[Deadline], held: Mapping[int, Dossier]) -> list[Deadline]:
    """Read these periods; they share the locked dossiers and know the bureaus that handle."""
    claimed = list(due)
    know_handlers(deadline.party for deadline in claimed if deadline.party is not None)
    for deadline in claimed:
        deadline.dossier = held[deadline.dossier_id]
    return claimed


def _let_pass(claimed: list[Deadline], report: Report) -> None:
    """Do what each rule says of periods that are over."""
    for group in _groups(claimed):
        lapse = lapse_of(group[0])
        if lapse is not None:
            lapse(group)
            report.lapsed += len(group)
        else:
            _note(group)
            report.noted += len(group)


def _groups(claimed: list[Deadline]) -> list[list[Deadline]]:
    """Put together what one rule says of many, so that in every dossier what was over first still comes first."""
    groups: dict[tuple[int, tuple[str, str]], list[Deadline]] = defaultdict(list)
    reached: dict[int, tuple[int, tuple[str, str]]] = {}
    for deadline in claimed:
        now = deadline.chart, deadline.rule
        turn, rule = reached.get(deadline.dossier_id, (0, now))
        turn += rule != now
        reached[deadline.dossier_id] = turn, now
        groups[turn, now].append(deadline)
    return [groups[key] for key in sorted(groups, key=itemgetter(0))]


def _note(group: list[Deadline]) -> None:
    """Tell the bureau, and the bureaus above it, that a duty is overdue or a closure is over. No state changes."""
    now = current().now
    came_late = {deadline.pk: deadline for deadline in _over_when_taken(group)}
    told = {office.pk for deadline in came_late.values() for office in _upward(_whose(deadline))}
    today = sessions.today()
    messages: list[dict[str, Any]] = [
        {"kind": taking.OVERDUE, "day": today, "office_id": key, "created_at": now} for key in sorted(told)
    ]
    for deadline in (one for one in group if one.pk not in came_late):
        kind = "duty_overdue" if law.period_of(deadline).duty else "period_over"
        messages += [
            {
                "dossier_id": deadline.dossier_id,
                "deadline_id": deadline.pk,
                "kind": kind,
                "office_id": office.pk,
                "created_at": now,
            }
            for office in _upward(_whose(deadline))
        ]
    current().unwritten.tell(messages)
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in group]).update(wake_on=None)


def _whose(deadline: Deadline) -> Office | None:
    """The bureau whose duty a period is, or that handles its party."""
    return deadline.office or (deadline.party.handler if deadline.party else None)


def _over_when_taken(group: list[Deadline]) -> list[Deadline]:
    """Periods of old cases that were over when these came in: told once to each office, and not case by case."""
    keys = [deadline.started_by_id for deadline in group]
    came = dict(Entry.objects.filter(pk__in=keys, act=taking.ACT).values_list("pk", "effective_on"))
    return [one for one in group if one.started_by_id in came and one.due_on < came[one.started_by_id]]


def _upward(office: Office | None) -> list[Office]:
    """The office, its city bureau and the provincial bureau."""
    if office is None:
        return []
    codes = {office.code, PROVINCE_CODE}
    if not is_city(office.code) and office.code != PROVINCE_CODE:
        codes.add(city_of(office.code))
    return offices(codes)


def _count_failure(key: int) -> None:
    """Count a failed try; after the third the period is parked, so that it cannot stop its neighbours."""
    with transaction.atomic():
        deadline = Deadline.objects.select_for_update().get(pk=key)
        deadline.tries += 1
        if deadline.tries >= MOST_TRIES:
            deadline.parked_at = clock.now()
            logger.error("a period is parked after failing", deadline=key, tries=deadline.tries)
            alarms.parked_alarm(deadline)
        deadline.save(update_fields=["tries", "parked_at"])
