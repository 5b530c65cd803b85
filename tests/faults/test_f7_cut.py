"""F7: the line is cut after COMMIT was sent and before its answer came. Whoever sends again has done it once."""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connections
from django_fsm import ConcurrentTransition, ConcurrentTransitionMixin

from spotcheck.docket import acts
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sweep import sweep
from spotcheck.inspection.models import ResultNotice
from spotcheck.notices.models import Paper
from spotcheck.wiring.operating import databases
from tests.faults import mutants, world
from tests.faults.figures import report
from tests.faults.hands import Clerk
from tests.faults.proxy import Proxy

SHORT, FULL = 20, 160


@pytest.fixture
def line(worlds):
    """A world behind a proxy that can be cut."""
    here = worlds()
    with Proxy(here.url) as proxy, databases.using(proxy.url):
        yield proxy, here


def _send_again(clerk: Clerk) -> bool:
    """Whether it was done (again); otherwise only its state stood in the way."""
    try:
        clerk.send(clerk.last)
    except ActNotPermitted as refusal:
        return [reason.guard for reason in refusal.reasons] != ["state"]
    return True


def _cut_and_retry(proxy: Proxy, clerk: Clerk) -> bool:
    proxy.cut_next()
    with pytest.raises(DatabaseError):
        clerk.send_next()
    connections.close_all()
    return _send_again(clerk)


@pytest.mark.parametrize("cuts", [SHORT, pytest.param(FULL, marks=pytest.mark.long)])
def test_whoever_sends_again_has_done_it_once(line, judge, cuts):
    proxy, here = line
    world.put_to_sleep()
    clerk = Clerk()
    before = Paper.objects.count()
    done = min(cuts, len(clerk.waiting))
    again = [_cut_and_retry(proxy, clerk) for _ in range(done)]
    assert (again, proxy.cuts) == ([False] * done, done)
    assert Paper.objects.count() - before == done
    assert judge(here.url).broken == []
    report("F7 acts", cuts=done, lost=0, doubled=0)


def test_a_sweep_that_is_cut_is_made_up_by_the_next(line, judge):
    proxy, here = line
    cuts = 0
    while world.waiting():
        proxy.cut_next()
        try:
            sweep(batch=60, thorough=True)
        except DatabaseError:
            connections.close_all()
        cuts = proxy.cuts
        assert cuts < 200
    verdict = judge(here.url)
    assert (verdict.broken, verdict.fired) == ([], here.periods)
    report("F7 sweeps", cuts=cuts, periods=here.periods, lost=0, doubled=0)


@pytest.mark.parametrize("walls", [0, 1])
def test_a_docket_that_trusts_its_caller_does_it_twice(line, judge, monkeypatch, walls):
    proxy, here = line
    for name in ("_reread", "refusals"):
        monkeypatch.setattr(acts, name, getattr(acts, name))
    monkeypatch.setattr(ConcurrentTransitionMixin, "_do_update", ConcurrentTransitionMixin._do_update)
    mutants.trusting_acts()
    if not walls:
        mutants.no_guard()
    clerk = Clerk()
    rows = ResultNotice.objects.select_related("party__enterprise", "party__handler").order_by("pk")
    notice, as_it_was = rows.get(pk=clerk.waiting[0]), rows.get(pk=clerk.waiting[0])  # as the caller still sees it
    proxy.cut_next()
    with pytest.raises(DatabaseError):
        acts.perform(notice.send, by=clerk.actor, on=world.BEGUN)
    connections.close_all()
    with nullcontext() if not walls else pytest.raises(ConcurrentTransition):  # the guarded save is the next wall
        acts.perform(as_it_was.send, by=clerk.actor, on=world.BEGUN)
    told = {row.what for row in judge(here.url).broken if row.invariant == "I3"}
    assert told == (set() if walls else {"starts from due, but the state was sent"})
