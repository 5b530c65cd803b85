"""The conditions that are asked of whole sets in SQL are those that Python asks of one; both ways say the same.

Random worlds, each rolled back after it was looked at.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spotcheck.bench import plain
from spotcheck.docket import clock, deadlines, entries
from spotcheck.docket import sweep as sweeping
from spotcheck.docket.models import Deadline, Dossier
from spotcheck.docket.sessions import hold, session
from spotcheck.inspection.models import Conclusion, Inspection, Item, ResultNotice
from spotcheck.objections import retests
from spotcheck.objections.models import Objection, Retest
from spotcheck.objections.settlement import PROVISIONAL, WINDOW_OVER, finalise, open_objections
from spotcheck.parties.actors import SYSTEM
from spotcheck.rules.regulations import FIRST
from tests.bench.worlds import BEGUN, DAY, build, picture, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RUNNING, MET = Deadline.Status.RUNNING, Deadline.Status.MET


@contextmanager
def for_a_moment():
    """What happens within is taken back."""
    with transaction.atomic(), clock.simulated(DAY):
        yield
        transaction.set_rollback(True)


NO_MORE_REPORTS = ("reported", "terminated_illegal", "stopped_unit_lost")


def may_be_final(dossier):
    """The condition for one dossier, in plain Python (Articles 30, 35, 38, 39)."""
    conclusion = Conclusion.objects.get(dossier=dossier)
    waiting = [matter for matter in Objection.objects.filter(dossier=dossier) if matter.standing == "under_correction"]
    return (
        conclusion.state in PROVISIONAL
        and any(inspection.state in NO_MORE_REPORTS for inspection in Inspection.objects.filter(dossier=dossier))
        and (conclusion.reported == "conforming" or any(item.result == "fail" for item in _items(dossier)))
        and all(notice.state in WINDOW_OVER for notice in ResultNotice.objects.filter(dossier=dossier))
        and not open_objections(dossier)
        and not retests.are_open(dossier)
        and all(objection.is_ended for objection in waiting)
    )


def _items(dossier):
    return Item.objects.filter(dossier=dossier)


def test_the_random_worlds_have_periods_of_every_rule_that_does_something_by_itself():
    assert set(deadlines.LAPSES) == {(FIRST, "D35"), (FIRST, "D39"), (FIRST, "D44")}, (
        "let tests/bench/worlds.py know the new rule, then name it here"
    )
    assert {(FIRST, rule) for rule in plain.RULES} <= set(deadlines.LAPSES)


@OFTEN
@given(worlds)
def test_conclusions_become_final_exactly_where_the_plain_condition_holds(world):
    with for_a_moment():
        dossiers = build(world)
        expected = {dossier.number for dossier in dossiers if may_be_final(dossier)}
        with session():
            finalise([entries.append(hold(dossier.pk), act="test.look", by=SYSTEM, on=DAY) for dossier in dossiers])
        became = Conclusion.objects.filter(state__startswith="final_")
        assert set(became.values_list("dossier__number", flat=True)) == expected
        assert all(row.state == f"final_{row.reported}" and row.final_on == DAY for row in became)


@OFTEN
@given(worlds)
def test_nothing_open_by_the_register_is_nothing_open_by_its_own_account(world):
    with for_a_moment():
        for dossier in build(world):
            objections = list(Objection.objects.filter(dossier=dossier))
            matters = [*objections, *Retest.objects.filter(dossier=dossier)]
            tracked = dossier.tracks.filter(chart__in=("objection", "retest"), is_open=True).exists()
            assert tracked == any(matter.is_open for matter in matters)
            under_correction = [matter for matter in objections if matter.standing == "under_correction"]
            waiting = any(not objection.is_ended for objection in under_correction)  # counts for finality only (R43)
            assert tracked == (open_objections(dossier) or retests.are_open(dossier) or waiting)


rows = st.tuples(
    st.sampled_from([RUNNING, RUNNING, RUNNING, MET]),
    st.none() | st.integers(-3, 3).map(lambda n: date.fromordinal(DAY.toordinal() + n)),
    st.booleans(),
)


@OFTEN
@given(st.lists(rows, max_size=12), st.integers(1, 5))
def test_the_sweep_wakes_for_exactly_what_is_over(given_rows, batch):
    with for_a_moment():
        with session():
            dossier = hold(Dossier.objects.create(number="W", opened_on=BEGUN).pk)
            begin = entries.append(dossier, act="test.begin", by=SYSTEM, on=BEGUN)
        expected = set()
        for number, (status, wake_on, parked) in enumerate(given_rows):
            row = Deadline.objects.create(
                dossier=dossier,
                rule="D35",
                chart="result_notice",
                label=str(number),
                matter_id=number,
                rule_set="",
                started_on=BEGUN,
                started_by=begin,
                due_on=BEGUN,
                latest=BEGUN,
                calendar="",
                status=status,
                wake_on=wake_on,
                parked_at=datetime(2026, 3, 1, tzinfo=UTC) if parked else None,
            )
            if status == RUNNING and not parked and wake_on is not None and wake_on <= DAY:
                expected.add(row.pk)
        found = [key for keys in sweeping.all_due(DAY, batch) for key in keys]
        assert len(found) == len(set(found))
        assert set(found) == expected
        assert [key for _, key in sweeping._rows(sweeping.STILL, DAY, found)] == found
        days = dict(Deadline.objects.values_list("pk", "wake_on"))
        assert found == sorted(found, key=lambda key: (days[key], key))


@OFTEN
@given(worlds)
def test_in_one_batch_in_small_ones_and_one_by_one_the_same_is_written(world):
    pictures = []
    for way in (
        lambda: sweeping.sweep(DAY, batch=500),
        lambda: sweeping.sweep(DAY, batch=2),
        lambda: sweeping.sweep(DAY, batch=1),
        _plainly,
    ):
        with for_a_moment():
            dossiers = build(world)
            way()
            assert not Deadline.objects.to_look_at(DAY).exists()
            assert [place for dossier in dossiers for place in entries.verify(Dossier.objects.get(pk=dossier.pk))] == []
            pictures.append(picture())
    for other in pictures[1:]:
        assert other == pictures[0]


def _plainly():
    """Each period in a transaction of its own, without the sweep; two rules also without anything of the sets."""
    due = Deadline.objects.to_look_at(DAY).order_by("wake_on", "pk")
    for deadline in due.select_related("party__handler", "office"):
        if deadline.rule in plain.RULES:
            plain.one_by_one([deadline.pk])
            continue
        with session():
            deadline.dossier = hold(deadline.dossier_id)
            lapse = deadlines.lapse_of(deadline) or sweeping._note
            lapse([deadline])
