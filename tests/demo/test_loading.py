"""Loading: the page meanwhile, the lock, a kill in the middle, a system that has files of its own."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest
from django.db import connections

from spotcheck.demo import accounts, cast, load, progress, views
from spotcheck.demo.models import DemoState
from spotcheck.docket import audit, clock
from spotcheck.docket.models import Deadline, Dossier, RuleSetRecord
from spotcheck.parties.models import User
from spotcheck.planning.operations import open_plan
from spotcheck.rules.sd_2021_1.periods import PERIODS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.wiring.machine.places import loading_mark

Stage = DemoState.Stage


@pytest.fixture
def _marked(settings, tmp_path):
    """A data folder of this test's own: where other tests look, nothing is being loaded."""
    settings.DATA = tmp_path
    loading_mark(tmp_path).touch()


def loading(stage: str, done: int = 40, total: int = 100) -> None:
    now = clock.now()
    DemoState.objects.create(seed="x", stage=stage, done=done, total=total, started_at=now, seen_at=now)


@pytest.mark.django_db
@pytest.mark.usefixtures("_marked")
def test_the_page_says_how_far_it_is_in_both_languages(client):
    loading(Stage.BATCH)
    page = client.get("/")
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (503, "2")
    assert "40%" in text
    assert "案卷 6 / 16" in text
    assert 'http-equiv="refresh"' in text
    assert "<script" not in text
    assert "先进入系统" not in text
    english = client.get("/?lang=en").content.decode()
    assert "The demonstration is being loaded" in english
    assert "The demonstration is being loaded" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_marked")
def test_once_there_is_something_to_see_one_may_go_on(client):
    loading(Stage.RUNNING)
    assert views.GO_ON_PATH in client.get("/").content.decode()
    gone = client.get(views.GO_ON_PATH)
    assert (gone.status_code, gone["Location"]) == (302, "/")
    assert client.get("/login/").status_code == 200
    assert client.get("/api/v1/nothing").status_code != 503


@pytest.mark.django_db
@pytest.mark.usefixtures("_marked")
def test_until_then_programs_are_told_to_wait(client):
    loading(Stage.FRAME)
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    client.cookies["demo_gone_on"] = "1"
    assert client.get("/").status_code == 503


@pytest.mark.django_db
def test_progress_is_known_only_while_somebody_loads():
    assert progress.current() is None
    loading(Stage.RUNNING, done=100)
    assert progress.current() == progress.Progress(Stage.RUNNING, 99, is_useful=True, files=16, of_files=16)
    DemoState.objects.update(seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert progress.current() is None
    DemoState.objects.update(seen_at=clock.now(), stage=Stage.LOADED)
    assert progress.current() is None


@pytest.mark.django_db
def test_only_the_demo_people_sign_in_by_a_click_and_only_while_it_is_loaded():
    cast.establish()
    assert accounts.offered() == []
    assert accounts.sign_in_as("demo.province") is None
    loading(Stage.RUNNING)
    offered = {account.username: account for account in accounts.offered()}
    assert offered["demo.province"].office == "山东省市场监督管理局"
    assert accounts.PRODUCER not in offered  # nobody has appointed that person yet
    assert accounts.sign_in_as("demo.province") == User.objects.get(username="demo.province")
    assert not User.objects.get(username="demo.province").has_usable_password()
    assert accounts.sign_in_as("somebody") is None
    own = User.objects.get(username="demo.linyi")
    own.set_password("a password of one's own")
    own.save()
    assert accounts.sign_in_as("demo.linyi") is None


@pytest.mark.django_db
def test_a_system_with_files_of_its_own_is_left_alone():
    open_plan(2030, on=clock.today())
    with pytest.raises(load.NotEmpty):
        load.ensure_loaded()
    assert not DemoState.objects.exists()


def of_2023():
    return Dossier.objects.samples().filter(number__contains="2023")


@pytest.mark.slow
def test_after_a_kill_the_next_call_finishes_without_doubles(committed_db):
    environment = os.environ | {"DATABASE_URL": committed_db}
    loader = subprocess.Popen(
        [sys.executable, "-m", "spotcheck.cli.main", "demo"], env=environment, stderr=subprocess.DEVNULL
    )
    begun = load.STAGES[Stage.FRAME][1] + load.STAGES[Stage.BATCH][1]
    end = time.monotonic() + 600
    while not DemoState.objects.filter(stage=Stage.RUNNING, done__gt=begun + 30).exists():
        assert time.monotonic() < end
        assert loader.poll() is None
        time.sleep(0.1)
    assert progress.current().is_useful is True
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    assert Dossier.objects.samples().count() == of_2023().count()

    state = load.ensure_loaded()
    assert (state.stage, DemoState.objects.get().stage) == (Stage.LOADED, Stage.LOADED)
    assert Dossier.objects.samples().count() - of_2023().count() == 53
    load.ensure_loaded()
    assert Dossier.objects.samples().count() - of_2023().count() == 53
    connections.close_all()


@pytest.mark.long
@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 20),  # the rules are still in force
        date(2026, 5, 10),
        date(2026, 10, 4),  # in the National Day holidays
        date(2026, 11, 28),  # a Saturday
        date(2027, 1, 2),  # in a year that is only provisional
        date(2027, 2, 10),  # in its Spring Festival
    ],
)
def test_the_files_that_run_now_can_be_loaded_on_any_day(committed_db, monkeypatch, day):
    monkeypatch.setitem(load.STAGES, Stage.BATCH, (lambda reporter: None, 1))
    with clock.simulated(day):
        load.ensure_loaded()
    assert Dossier.objects.samples().count() == 53
    assert RuleSetRecord.objects.exists() == (day > SD_2021_1.valid_until)
    running = Deadline.objects.running()
    assert set(running.values_list("rule", flat=True)) == {rule for rule, period in PERIODS.items() if period.running}
    assert not running.filter(rule__in=("D35", "D39", "D44"), latest__lt=day).exists()
    assert list(audit.verify()) == []
