"""The world of the benchmark: four kinds of dossiers, made by hand once and cloned (:mod:`.cloning`).

``window``      one party, its window for objections runs: the lapse makes the conclusion final
``windows``     nominal producer and seller, both windows end on the same day: final with the last one
``objected``    the seller has objected: the producer's window lapses and the conclusion stays in question
``rectifying``  the order was received: the time to rectify and the bureau's 75 days run
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from spotcheck.bench.cloning import START, clone
from spotcheck.docket import calendars, entries, law, register
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Deadline, Dossier, Party
from spotcheck.docket.sessions import hold, session
from spotcheck.inspection.models import Conclusion, Inspection, ResultNotice
from spotcheck.objections.models import Objection
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office
from spotcheck.remediation.models import Rectification
from spotcheck.rules import computation
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, FORCED_RECHECK, LODGE_OBJECTION
from spotcheck.sampling.operations import write_files
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases

MIDNIGHT: Final = date(2026, 3, 17)
"""The day on which what is due falls due."""
KINDS: Final = {"window": 5, "windows": 2, "objected": 1, "rectifying": 4}
"""How often each kind occurs in twelve dossiers."""
DUE_IN: Final = {"window": 1, "windows": 2, "objected": 1, "rectifying": 1}
"""How many periods of each kind end at midnight."""
OPEN_IN: Final = {"window": 1, "windows": 2, "objected": 1, "rectifying": 2}
"""How many periods of each kind run."""
LONGEST: Final = 60
FORTNIGHT: Final = 14


@dataclass
class Place:
    """A scratch database with its own connections: Django's, and the owner's."""

    url: str
    django: BaseDatabaseWrapper
    owner: psycopg.Connection[tuple[Any, ...]]
    prototypes: dict[str, Dossier]

    @contextmanager
    def here(self) -> Iterator[None]:
        """Let Django work in this database; its connection stays open afterwards."""
        before = connections["default"]
        connections["default"] = self.django
        try:
            yield
        finally:
            connections["default"] = before

    def count(self, status: str = Deadline.Status.RUNNING) -> int:
        """How many periods run, or have become something else."""
        row = self.owner.execute("SELECT count(*) FROM docket_deadline WHERE status = %s", [status]).fetchone()
        return int(row[0]) if row else 0

    def tidy(self) -> None:
        """Do what autovacuum does in its own time."""
        self.owner.execute("VACUUM ANALYZE")


@contextmanager
def place() -> Iterator[Place]:
    """Have an empty scratch database with the four prototypes."""
    with databases.scratch_database() as url:
        owner_url = addresses.with_name(databases.owner_url(), addresses.name_of(url))
        with psycopg.connect(owner_url, autocommit=True) as owner:
            yield Place(url, connections["default"], owner, _prototypes())


def fill(place: Place, *, due: int, opened: int) -> None:
    """Add about so many periods that end at midnight, and so many that run on."""
    with place.here():
        _fill(place, due, DUE_IN, days_of_midnight())
        _fill(place, opened, OPEN_IN, days_after_midnight())
    place.tidy()


def around(place: Place, day: date, periods: int) -> None:
    """Add about so many periods of cases that began in the two weeks before this day."""
    days = [date.fromordinal(day.toordinal() - n) for n in range(FORTNIGHT, 0, -1)]
    with place.here():
        clone(place.owner, place.prototypes["rectifying"], periods // OPEN_IN["rectifying"], days)
    place.tidy()


def _fill(place: Place, periods: int, worth: dict[str, int], days: dict[str, list[date]]) -> None:
    dozen = sum(share * worth[kind] for kind, share in KINDS.items())
    for kind, share in KINDS.items():
        number = periods * share // dozen
        rule = APPLY_FOR_RECHECK if kind == "rectifying" else LODGE_OBJECTION
        clone(place.owner, place.prototypes[kind], number, days[rule])


def days_of_midnight() -> dict[str, list[date]]:
    """The days from which the periods of each rule end just before midnight."""
    return {
        rule: [day for day in _days_before(LONGEST + 30) if _wakes(rule, day) == MIDNIGHT]
        for rule in (LODGE_OBJECTION, APPLY_FOR_RECHECK)
    }


def days_after_midnight() -> dict[str, list[date]]:
    """The days from which the periods of each rule end later."""
    return {
        rule: [day for day in _days_before(LONGEST) if _wakes(rule, day) > MIDNIGHT]
        for rule in (LODGE_OBJECTION, APPLY_FOR_RECHECK)
    }


def _days_before(number: int) -> Sequence[date]:
    return [date.fromordinal(MIDNIGHT.toordinal() - n) for n in range(number, 0, -1)]


def _wakes(rule: str, day: date) -> date:
    return computation.lapses_on(law.last_days(FIRST, rule, day, calendars.current())[1])


def _prototypes() -> dict[str, Dossier]:
    """One dossier of each kind, as the acts would have left it."""
    with session():
        made = {
            kind: Dossier.objects.create(number=kind, opened_on=START, pinned_on=START, rule_set=FIRST)
            for kind in KINDS
        }
        write_files(made.values())
        _window(made["window"], _party(made["window"], "P", Party.Role.SAMPLED_PRODUCER))
        for kind in ("windows", "objected"):
            producer = _party(made[kind], "N", Party.Role.NOMINAL_PRODUCER)
            seller = _party(made[kind], "S", Party.Role.SELLER)
            _window(made[kind], producer, seller, objected=kind == "objected")
        _order(made["rectifying"], _party(made["rectifying"], "P", Party.Role.SAMPLED_PRODUCER))
    Deadline.objects.update(wake_on=None, status=Deadline.Status.MET)
    return made


def _party(dossier: Dossier, label: str, role: str) -> Party:
    bureau = Office.objects.filter(kind=Office.Kind.COUNTY).order_by("code")[0]
    code = f"{dossier.number}{label}"
    enterprise = Enterprise.objects.create(
        name=code, credit_code=code, registered_place=bureau.code, actual_place=bureau.code
    )
    return Party.objects.create(
        dossier=dossier,
        label=label,
        role=role,
        enterprise=enterprise,
        place=bureau.code,
        registered_place=bureau.code,
        handler=bureau,
        told_on=START,
    )


def _window(dossier: Dossier, *parties: Party, objected: bool = False) -> None:
    """Report, conclusion, and a notice that every party has received; the last of them may have objected."""
    _add(Inspection(dossier=dossier, state="reported", verdict="nonconforming", reported_on=START))
    state = "under_objection" if objected else "provisional_nonconforming"
    _add(Conclusion(dossier=dossier, state=state, reported="nonconforming"))
    for party in parties:
        against = objected and party == parties[-1]
        notice = ResultNotice(
            dossier=dossier,
            party=party,
            label=party.label,
            state="objected" if against else "served",
            sent_on=START,
            received_on=START,
        )
        _add(notice)
        _entry(notice, "result_notice.record_receipt", *(() if against else (LODGE_OBJECTION,)))
        if against:
            objection = Objection(
                dossier=dossier,
                party=party,
                label="1",
                state="verifying",
                standing=Objection.Standing.IN_TIME,
                window=notice,
                filed_on=START,
            )
            _add(objection)


def _order(dossier: Dossier, party: Party) -> None:
    """A final conclusion, and a case whose order the party has received."""
    _add(Inspection(dossier=dossier, state="reported", verdict="nonconforming", reported_on=START))
    _add(Conclusion(dossier=dossier, state="final_nonconforming", reported="nonconforming", final_on=START))
    case = Rectification(
        dossier=dossier,
        party=party,
        label=party.label,
        state="rectifying",
        bureau=party.handler,
        report_received_on=START,
        ordered_on=START,
        order_received_on=START,
        was_received=True,
    )
    _add(case)
    _entry(case, "rectification.record_order_receipt", APPLY_FOR_RECHECK, FORCED_RECHECK)


def _add(matter: Flow) -> None:
    matter.save()
    register.write(matter, START)


def _entry(matter: Flow, act: str, *rules: str) -> None:
    """The entry of a receipt and the periods that it has begun."""
    dossier = hold(matter.dossier_id)
    by = in_capacity("province", office=Office.objects.get(code=PROVINCE_CODE))
    entry = entries.append(
        dossier,
        act=act,
        by=by,
        on=START,
        chart=matter.chart,
        label=matter.label,
        party=matter.party,
        to_state=matter.state,
        facts={"proof": "邮政特快专递回执"},
        articles=(33, 35),
    )
    for rule in rules:
        Deadline.objects.create(
            dossier=dossier,
            rule=rule,
            chart=matter.chart,
            label=matter.label,
            matter_id=matter.pk,
            party=matter.party,
            office=matter.party.handler if law.period(None, rule).duty else None,
            rule_set=FIRST,
            started_on=START,
            started_by=entry,
            due_on=START,
            latest=START,
            calendar="",
            wake_on=START,
        )
