"""Mutants: the program with one protection taken away, so that a fault test can be seen to fail.

``apply(name)`` patches this process; the tests that use a mutant run it in a process of its own, or undo it with
``monkeypatch``. Each says which protection it takes away, and what breaks without it.
"""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin

from spotcheck.docket import acts, clock, deadlines, sessions, sweep
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.notices import numbering

MUTANTS: dict[str, Callable[[], None]] = {}
VARIABLE = "SPOTCHECK_MUTANT"
GAP_SECONDS = 0.05
"""What lies between marking and acting: a moment, so that a kill finds it."""


def mutant(make: Callable[[], None]) -> Callable[[], None]:
    """Register a mutant by its name."""
    MUTANTS[make.__name__] = make
    return make


def apply(name: str | None) -> None:
    """Turn this process into a mutant (nothing happens without a name)."""
    if name:
        MUTANTS[name]()


def apply_from_environment() -> None:
    """The same in a process that somebody else starts."""
    apply(os.environ.get(VARIABLE))


@mutant
def mark_then_send() -> None:
    """Without the one transaction: periods are marked as done, and then done. A kill in between loses them."""
    claim = sweep._claim

    def handle(keys: list[int], today: Any, report: Any) -> None:
        with sessions.session():
            claimed = claim(keys, today)
            dossiers = list(sessions.current().dossiers.values())
            Deadline.objects.filter(pk__in=[deadline.pk for deadline in claimed]).update(wake_on=None)
        time.sleep(GAP_SECONDS)
        with sessions.session():
            sessions.adopt(dossiers)
            sweep._let_pass(claimed, report)

    sweep.handle = handle


@mutant
def no_lock() -> None:
    """Without the row lock: two workers do the same periods, if the two other walls are gone as well."""
    claim = sweep._claim

    def unlocked(keys: list[int], today: Any) -> list[Deadline]:
        with _without_locks():
            return claim(keys, today)

    sweep._claim = unlocked


@mutant
def no_guard() -> None:
    """Without the save that only goes through from the state that was read."""
    ConcurrentTransitionMixin._do_update = models.Model._do_update


@mutant
def no_lock_no_guard() -> None:
    """Without both; the unique place of an entry in its chain is the last wall, which a test drops as the owner."""
    no_lock()
    no_guard()


@contextmanager
def _without_locks() -> Any:
    whole = models.QuerySet.select_for_update
    models.QuerySet.select_for_update = lambda rows, **_: rows.all()
    try:
        yield
    finally:
        models.QuerySet.select_for_update = whole


@mutant
def no_bisection() -> None:
    """Without doing a failed batch one by one: one poisoned period stops its neighbours."""

    def handle(keys: list[int], today: Any, report: Any) -> None:
        try:
            with sessions.session():
                sweep._let_pass(sweep._claim(keys, today), report)
        except Exception:  # noqa: BLE001 -- the mutant
            report.failed += len(keys)

    sweep.handle = handle


@mutant
def never_parked() -> None:
    """Without counting failures: nobody hears of the poisoned period."""
    sweep._count_failure = lambda _key: None


@mutant
def own_clock() -> None:
    """Without the database's clock: a machine whose clock is wrong fires early."""
    clock.now = lambda: datetime.now(UTC)


@mutant
def acts_without_lock() -> None:
    """Without the lock of the dossier: two at once are not told apart by the state they find."""

    def hold(dossier_id: int, *, with_parent: bool = False) -> Dossier:
        held = sessions.current().dossiers
        if dossier_id not in held:
            held[dossier_id] = Dossier.objects.select_related("producer").get(pk=dossier_id)
        return held[dossier_id]

    for module in (sessions, acts):
        module.hold = hold
    from spotcheck.docket import execution  # noqa: PLC0415 -- app ready

    execution.hold = hold


@mutant
def number_outside() -> None:
    """Without taking the number in the issuing transaction: what is rolled back leaves a gap."""
    from django.db import connections  # noqa: PLC0415 -- app ready

    def take(office: Any, template: Any, year: int, count: int) -> int:
        aside = connections.create_connection("default")
        try:
            with aside.cursor() as cursor:
                cursor.execute(
                    numbering.TAKE_NUMBERS, [office.pk, template.form or 0, template.letter or "", year, count]
                )
                return int(cursor.fetchone()[0])
        finally:
            aside.close()

    numbering._take = take


@mutant
def trusting_acts() -> None:
    """Without reading the matter again under the lock: who sends twice is believed twice."""

    def believe(matters: Sequence[Any]) -> None:
        for matter in matters:
            matter.dossier = sessions.hold(matter.dossier_id)

    acts._reread = believe
    acts.refusals = lambda *_, **__: []


@mutant
def timers_as_messages() -> None:
    """Without rows as timers: the worker does what a message names; a message that is lost is a period that is lost."""
    sweep.sweep = lambda *_, **__: sweep.Report()


def fire(key: int) -> None:
    """What a worker of the mutant ``timers_as_messages`` does with one message."""
    with sessions.session():
        claimed = sweep._claim([key], clock.today())
        for deadline in claimed:
            lapse = deadlines.lapse_of(deadline)
            if lapse is not None:
                lapse([deadline])
            else:
                sweep._note([deadline])
