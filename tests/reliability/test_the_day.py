"""A day that the sweep has finished is not looked at again; so it must not be finished too early."""

from datetime import date

import psycopg
import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.docket.sweep import sweep


def _done() -> str | None:
    return Beat.objects.get(name="sweep").detail["done"]


@pytest.mark.slow
def test_a_day_is_not_done_while_a_transaction_from_the_day_before_still_runs(committed_db):
    tomorrow = date.fromordinal(clock.today().toordinal() + 1)
    with psycopg.connect(committed_db) as late:  # an act that began before midnight
        late.execute("SELECT pg_current_xact_id()")  # it writes
        sweep(tomorrow)
        assert _done() is None
        late.commit()
        sweep(tomorrow)
        assert _done() == tomorrow.isoformat()


@pytest.mark.slow
def test_a_transaction_of_the_same_day_keeps_nobody_waiting(committed_db):
    today = clock.today()
    with psycopg.connect(committed_db) as busy:
        busy.execute("SELECT count(*) FROM docket_dossier")
        sweep(today)
        assert _done() == today.isoformat()
