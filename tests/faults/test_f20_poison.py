"""F20: one period fails again and again. It is parked and reported after three tries, and stops no neighbour."""

import pytest
from django.db import connection

from spotcheck.docket import sweep as sweeping
from spotcheck.docket.models import Deadline, Message
from spotcheck.docket.sweep import retry_parked, sweep
from spotcheck.wiring.operating import databases
from tests.faults import mutants, world


def _poison() -> Deadline:
    """Break one matter so that its act is impossible; its period can only fail."""
    deadline = Deadline.objects.to_look_at(sweeping.clock.today()).filter(rule="D35").order_by("?").first()
    _set_state(deadline, "sent")
    return deadline


def _set_state(deadline: Deadline, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inspection_resultnotice SET state = %s WHERE id = %s", [state, deadline.matter_id])


@pytest.fixture
def here(worlds):
    """A world in which Django works."""
    made = worlds(due=60)
    with databases.using(made.url):
        yield made


def test_the_neighbours_fire_at_once_and_the_poisoned_one_is_parked_after_three_tries(here, judge):
    poisoned = _poison()
    first = sweep()
    assert (first.lapsed + first.noted, first.failed, world.waiting()) == (here.periods - 1, 1, 1)
    for tries in (2, 3):
        assert sweep().failed == 1
        poisoned.refresh_from_db()
        assert poisoned.tries == tries
    assert poisoned.parked_at is not None
    assert sweep().failed == 0
    told = Message.objects.filter(kind="period_parked").values_list("deadline", "office__code")
    assert list(told) == [(poisoned.pk, "370000")]
    broken = judge(here.url).broken
    assert {(row.invariant, row.what) for row in broken} == {
        ("I1", "parked after 3 tries"),
        ("I3", "is sent, but its entries lead to served"),
    }
    _set_state(poisoned, "served")
    assert retry_parked() == 1
    assert sweep().lapsed == 1
    assert judge(here.url).broken == []


def test_without_the_search_for_the_guilty_one_the_neighbours_wait(here, judge, monkeypatch):
    monkeypatch.setattr(sweeping, "handle", sweeping.handle)
    mutants.no_bisection()
    _poison()
    sweep()
    assert judge(here.url).lost > 1


def test_without_counting_nobody_hears_of_it(here, monkeypatch):
    monkeypatch.setattr(sweeping, "_count_failure", sweeping._count_failure)
    mutants.never_parked()
    _poison()
    for _ in range(4):
        assert sweep().failed == 1
    assert not Message.objects.filter(kind="period_parked").exists()
