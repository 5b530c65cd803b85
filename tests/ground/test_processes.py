"""The real processes: worker, web server, and the launcher with all of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from spotcheck.docket.models import Beat
from spotcheck.docket.tasks import sweep
from spotcheck.wiring.machine.devservices import free_port
from spotcheck.wiring.machine.places import ROOT


def wait_for(condition, seconds: float = 120):
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return value


@pytest.mark.slow
def test_a_real_worker_does_what_is_sent_to_it(committed_db, celery_worker_process):
    celery_worker_process()
    sweep.delay()
    assert wait_for(lambda: Beat.objects.filter(name="sweep").exists())


@pytest.mark.slow
def test_the_site_says_that_it_is_well_and_keeps_its_pages_to_itself(site):
    with urllib.request.urlopen(f"{site}/healthz") as answer:
        assert json.load(answer) == {"ok": True, "database": True, "sweep_age_seconds": None}
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="spotcheck-ground-"))
    path.chmod(0o711)
    yield path / "data"
    shutil.rmtree(path)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "spotcheck.cli.main", *map(str, arguments)]


def alone() -> dict[str, str]:
    """The environment of somebody who has no servers and no settings."""
    ours = ("DATABASE_", "REDIS_", "SPOTCHECK_", "DJANGO_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def health(port: int) -> dict | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return None


@pytest.mark.slow
def test_the_launcher_serves_refuses_a_second_one_and_stops_in_order(folder):
    port = free_port()
    serve = command("serve", "--port", port, "--data", folder, "--no-demo")
    with subprocess.Popen(serve, env=alone(), stdout=subprocess.PIPE, text=True, cwd="/") as launcher:
        try:
            assert wait_for(lambda: health(port), 180) == {
                "ok": True,
                "database": True,
                "sweep_age_seconds": None,
            }
            second = subprocess.run(
                command("serve", "--port", free_port(), "--data", folder),
                env=alone(),
                capture_output=True,
                text=True,
                cwd="/",
                check=False,
            )
            assert (second.returncode, "already runs" in second.stderr) == (2, True)
            taken = subprocess.run(serve, env=alone(), capture_output=True, text=True, cwd="/", check=False)
            assert (taken.returncode, "--port" in taken.stderr) == (2, True)
        finally:
            launcher.send_signal(signal.SIGTERM)
        said = launcher.communicate(timeout=60)[0]
    assert launcher.returncode == 0
    assert said.endswith("spotcheck has stopped.\n")
    assert health(port) is None
    again = subprocess.run(command("setup", "--data", folder), env=alone(), capture_output=True, cwd="/", check=False)
    assert again.returncode == 0


@pytest.mark.slow
def test_setup_a_second_time_changes_nothing_and_takes_seconds(folder):
    def setup() -> float:
        """Seconds of processor: how long it takes depends on what else the machine does."""
        start = os.times().children_user
        subprocess.run(
            command("setup", "--data", folder),
            env=alone(),
            check=True,
            capture_output=True,
            cwd="/",
        )
        return os.times().children_user - start

    def files() -> dict[str, int]:
        kept = [path for path in folder.glob("*") if path.is_file()] + list((folder / "static").rglob("*"))
        return {str(path): path.stat().st_mtime_ns for path in kept if not path.name.startswith("servers")}

    setup()
    before = files()
    assert setup() < 10
    assert files() == before


def test_the_tree_has_its_two_commands():
    for name in ("run", "test", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK)
