"""Faults between the commit and the file: the number is neither lost nor doubled, and the paper comes later."""

import errno
import subprocess
import sys
import threading
import time
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.test import override_settings

from spotcheck.docket import clock
from spotcheck.files import storage, stores
from spotcheck.notices import production, sealing, tasks, waking
from spotcheck.notices.models import Paper, Series
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.wiring.machine.places import ROOT
from tests.notices.conftest import SCENARIO
from tests.pace import stretched
from tests.small_disk import files_of, fill, small_disk

DRAWN, WANTED = Paper.Drawing.DRAWN, Paper.Drawing.WANTED


@pytest.fixture
def paper(thirteen, media) -> Paper:
    """A paper that waits to be drawn."""
    found = thirteen.filter(form=9).get()
    thirteen.update(drawing=Paper.Drawing.ON_DEMAND)
    thirteen.filter(pk=found.pk).update(drawing=WANTED)
    return found


class HangingSealer:
    """A seal service that never answers."""

    released = threading.Event()

    def seal(self, order):
        self.released.wait(20)
        return order.pdf


HANGING = f"{__name__}.HangingSealer"


class BrokenSealer:
    """A seal service that is down."""

    def seal(self, order):
        raise ConnectionRefusedError("the seal service is down")


def state(paper: Paper) -> Paper:
    paper.refresh_from_db()
    return paper


def later(paper: Paper) -> None:
    """Let the waiting time of a failed attempt be over."""
    Paper.objects.filter(pk=paper.pk).update(lease_until=None)


def test_what_nobody_has_drawn_is_drawn_by_the_sweep(paper):
    number = paper.number
    tasks.draw_lost()
    assert (state(paper).drawing, paper.number) == (DRAWN, number)
    tasks.draw_lost()
    assert state(paper).tries == 0


def test_a_worker_that_died_is_replaced_when_its_lease_is_over(paper, monkeypatch):
    monkeypatch.setattr(production, "make", _die)
    with pytest.raises(SystemExit):
        production.draw_paper(paper.pk)
    monkeypatch.undo()
    assert production.draw_lost() == 0  # the lease of the dead one still runs
    Paper.objects.filter(pk=paper.pk).update(lease_until=clock.later(clock.now(), -1))
    assert production.draw_lost() == 1
    assert state(paper).drawing == DRAWN


def full(file, content):
    """A disk on which there is no more room after a hundred bytes."""
    file.write(content[:100])
    raise OSError(errno.ENOSPC, "No space left on device")


def fill_the_disk(monkeypatch) -> None:
    """Let every file of a paper meet such a disk."""

    def put(folder, name, content):
        folder._place(name, lambda file: full(file, content), lambda _there: False)

    monkeypatch.setattr(stores.Folder, "put", put)


def test_a_full_disk_leaves_no_half_file_and_the_paper_comes_later(paper, media, settings, tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        settings.MEDIA_ROOT = disk
        ballast = fill(disk)
        assert not production.draw_paper(paper.pk)
        assert (state(paper).drawing, paper.tries, paper.file) == (WANTED, 1, "")
        assert "No space left" in paper.trouble
        assert files_of(disk) == set()
        ballast.unlink()
        later(paper)
        assert production.draw_lost() == 1
        assert storage.read(state(paper).file, paper.sha256)


def test_written_in_its_place_a_full_disk_would_leave_half_a_file(paper, media, monkeypatch):
    def in_its_place(name, content):
        path = media / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            full(file, content)

    monkeypatch.setattr(storage, "keep", in_its_place)
    assert not production.draw_paper(paper.pk)
    assert [path.stat().st_size for path in media.rglob("*") if path.is_file()] == [100]


def test_a_full_disk_whose_trouble_nobody_notes_would_stop_the_worker(paper, monkeypatch):
    fill_the_disk(monkeypatch)
    monkeypatch.setattr(production, "FAILURES", ())
    with pytest.raises(OSError, match="No space left"):
        production.draw_paper(paper.pk)


def test_a_seal_service_that_hangs_is_given_up_after_its_time(paper):
    HangingSealer.released.clear()
    with override_settings(SEALER=HANGING, SEAL_PATIENCE_SECONDS=0.2):
        begun = time.monotonic()
        assert not production.draw_paper(paper.pk)
        assert time.monotonic() - begun < stretched(5)
    HangingSealer.released.set()
    assert "no answer within 0.2 seconds" in state(paper).trouble
    later(paper)
    assert production.draw_lost() == 1
    assert state(paper).sealed


def test_without_patience_a_seal_service_that_hangs_would_hold_the_worker(paper, monkeypatch):
    def patiently(drawn, *, issuer, number):
        return HangingSealer().seal(sealing.Order(drawn.pdf, issuer, number, drawn.seals))

    HangingSealer.released.clear()
    monkeypatch.setattr(sealing, "seal", patiently)
    begun = time.monotonic()
    threading.Timer(1.5, HangingSealer.released.set).start()
    production.draw_paper(paper.pk)
    assert time.monotonic() - begun > 1.4


def test_a_seal_service_that_never_answers_does_not_keep_the_process_from_ending():
    program = """
import time
from django.conf import settings
settings.configure(SEALER="__main__.Deaf", SEAL_PATIENCE_SECONDS=0.2)
from spotcheck.notices import render, sealing

class Deaf:
    def seal(self, order):
        time.sleep(60)

try:
    sealing.seal(render.Drawn(b"", 1), issuer="", number="")
except sealing.SealFailed:
    print("given up")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=15, check=False
    )
    assert done.stdout == "given up\n", done.stderr[-1000:]


class Meddler:
    """A seal service during whose answer another worker comes along for the same paper."""

    asked: ClassVar[list[str]] = []
    paper = 0

    def seal(self, order):
        Meddler.asked.append(order.number)
        if len(Meddler.asked) == 1:
            production.draw_paper(Meddler.paper)
        return order.pdf


@pytest.mark.parametrize(("leased", "times"), [(True, 1), (False, 2)], ids=["leased", "without the lease"])
def test_two_workers_draw_a_paper_once_because_of_the_lease(paper, leased, times, monkeypatch):
    if not leased:
        monkeypatch.setattr(production, "_take", lambda pk, now: True)
    Meddler.asked, Meddler.paper = [], paper.pk
    # In this test the other worker is the same thread: a seal is asked for in place.
    monkeypatch.setattr(
        sealing, "seal", lambda d, *, issuer, number: Meddler().seal(sealing.Order(d.pdf, issuer, number, d.seals))
    )
    assert production.draw_paper(paper.pk)
    assert Meddler.asked == [paper.number] * times


def test_each_failure_waits_longer(paper):
    with override_settings(SEALER=f"{__name__}.BrokenSealer"):
        production.draw_paper(paper.pk)
        first = (state(paper).lease_until - clock.now()).total_seconds()
        later(paper)
        production.draw_paper(paper.pk)
        second = (state(paper).lease_until - clock.now()).total_seconds()
    assert (paper.tries, round(first, -1), round(second, -1)) == (2, 60, 120)


def test_a_broker_that_is_away_does_not_undo_the_paper(paper, monkeypatch):
    def away(*_arguments, **_options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.draw_paper, "apply_async", away)
    waking.wake(paper.pk)
    assert production.draw_lost() == 1


@pytest.mark.slow
def test_killed_between_commit_and_drawing_the_number_stays_and_the_paper_comes(
    committed_db, media, monkeypatch, celery_worker_process
):
    """The process dies right after the commit: nothing was told to anybody, and a real worker makes up for it."""
    monkeypatch.setattr(waking, "wake", lambda pk: None)
    with transaction.atomic():
        list(play(read(SCENARIO)))
        Paper.objects.filter(form=7).update(drawing=WANTED)
    lost = Paper.objects.get(form=7)
    series = Series.objects.get(form=7, office=lost.issuer)
    assert (lost.drawing, lost.file, series.last) == (WANTED, "", 1)
    celery_worker_process()
    tasks.draw_lost.delay()
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and state(lost).drawing != DRAWN:
        time.sleep(0.3)
    assert lost.drawing == DRAWN
    assert (Series.objects.get(pk=series.pk).last, Paper.objects.filter(form=7).count()) == (1, 1)
    connection.close()


def _die(_paper):
    raise SystemExit(137)
