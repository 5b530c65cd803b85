"""A process dies by -9 between the number and the file: the number is neither lost nor doubled, the paper comes later.

Each time the same is tried with one protection taken away, to see that the test would notice.
"""

import re
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from spotcheck.docket import clock
from spotcheck.files import storage
from spotcheck.notices import production
from spotcheck.notices.models import Paper, Series
from spotcheck.wiring.machine.places import ROOT
from tests.faults import world
from tests.faults.hands import Clerk
from tests.notices.killed import MOMENTS

pytestmark = pytest.mark.slow
DOSSIERS = 12


@pytest.fixture
def killed(committed_db, process_environment, media, tmp_path):
    """Kill a sending process at a moment; return the papers there are afterwards."""
    world.build(DOSSIERS)
    world.put_to_sleep()  # nothing is over, which would be done first and has papers of its own
    environment = process_environment | {
        "DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings", "SPOTCHECK_DATA": str(tmp_path),
    }  # fmt: skip

    def kill(moment: str, *without: str) -> None:
        options = [f"--without={name}" for name in without]
        done = subprocess.run(
            [sys.executable, "-m", "tests.notices.killed", moment, *options],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
        connection.close()

    return kill


def sent() -> QuerySet[Paper]:
    """The papers that were issued since the world was built."""
    return Paper.objects.filter(issued_on__gt=world.BEGUN)


def serials() -> list[int]:
    """The serials of the notices since then, counted from the last one before, in order."""
    numbers = [int(re.findall(r"〕(\d+)号", number)[0]) for number in sent().values_list("number", flat=True)]
    return sorted(number - before() for number in numbers)


def before() -> int:
    """The last serial of the world itself, this year."""
    return Paper.objects.filter(form=7, issued_on=world.BEGUN, issued_on__year=clock.today().year).count()


def let_time_pass() -> None:
    """Let the leases of the dead be over."""
    Paper.objects.exclude(lease_until=None).update(lease_until=clock.later(clock.now(), -1))


def files_are_whole() -> bool:
    """Whether every paper has a file of its own with the hash on its row."""
    rows = list(sent().values_list("file", "sha256"))
    assert len({file for file, _ in rows}) == len(rows)
    return all(file and storage.read(file, digest) for file, digest in rows)


@pytest.mark.parametrize("moment", MOMENTS)
def test_whenever_the_process_dies_the_numbers_have_no_gap_and_every_paper_comes(killed, moment):
    killed(moment)
    there = 0 if moment == "in_the_act" else 1
    assert serials() == list(range(1, there + 1))
    Clerk().send_next()
    let_time_pass()
    while production.draw_lost():
        pass
    assert serials() == list(range(1, there + 2))
    assert Series.objects.get(form=7).last == before() + there + 1
    assert not sent().exclude(drawing=Paper.Drawing.DRAWN).exists()
    assert files_are_whole()


def test_a_number_taken_outside_the_transaction_would_be_lost(killed):
    killed("in_the_act", "transaction")
    Clerk().send_next()
    assert serials() == [2]


def test_a_paper_that_is_not_marked_as_waiting_would_never_come(killed):
    killed("before_drawing", "mark")
    let_time_pass()
    assert production.draw_lost() == 0
    assert sent().get().file == ""


def test_a_lease_that_does_not_end_would_keep_the_paper_from_coming(killed):
    killed("while_sealing", "lease")
    let_time_pass()
    assert production.draw_lost() == 0
    assert sent().get().file == ""


def test_four_at_once_take_numbers_without_gap_or_double(killed, committed_db):
    """``killed`` built the world; nobody is killed here."""
    waiting = Clerk().waiting
    refused: list[Exception] = []

    def send(keys: list[int]) -> None:
        try:
            clerk = Clerk()
            for key in keys:
                clerk.send(key)
        except Exception as error:  # noqa: BLE001 -- told to the test
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(waiting[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert refused == []
    assert serials() == list(range(1, DOSSIERS + 1))
