"""Fixtures of every test: databases in two roles, and the real processes of the system.

``db`` (pytest-django)     a database of this process; each test in a transaction that is rolled back
``committed_db``           a fresh database for one test: real commits, several connections, processes
``celery_worker_process``  starts a real worker on ``committed_db``
``site``                   a real web server on ``committed_db``; its address
``page``                   a page of a real Chromium on ``site``; fails when a script fails or is refused

A fixture that is ``played`` (``worlds.py``) is made once for all tests of a module that ask for it.

Tests that take the last three are marked ``slow``, those with a browser ``browser``, by themselves. Every
test has up to three tries, because a machine that is busy with something else is no fault of ours; the run names at its
end whatever needed it (``RERUN``), which has to be explained and mended.

The connection is the application's, which may not empty the docket: tests that need commits take
``committed_db``, never ``transactional_db``.
"""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from spotcheck.network import counting, patience
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.machine.launcher import worker
from spotcheck.wiring.machine.processes import Child, wait_until
from spotcheck.wiring.operating import databases, maintenance
from spotcheck.wiring.operating.preparation import collect_static
from tests import durations, sites, worlds

_SLOW = {"celery_worker_process", "site"}
_LONG = 300.0
_MOST_OF_A_BROWSER = 90_000
"""Milliseconds after which what a page should show or do will not come, however busy the machine is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to renew the list of durations."""
    parser.addoption("--renew-durations", action="store_true", help="write down how long each file of tests took")


def pytest_configure(config: pytest.Config) -> None:
    """Renew it in the process that hears of all tests."""
    if config.getoption("--renew-durations") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(durations.Renewal())


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are processors: a third of the time is waiting, for servers and browsers.

    Redis has fifteen databases besides the first.
    """
    return min((os.cpu_count() or 1) * 3 // 2 or 1, 15)


def pytest_collection_finish() -> None:
    """What has been loaded and collected stays: no collection of garbage goes through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests before they are chosen, and order them after all others have."""
    _mark(items)
    yield
    durations.longest_first(items)
    worlds.side_by_side(items)


def _mark(items: list[pytest.Item]) -> None:
    """Refuse what would fail at the end of a test: the application may not empty the docket."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & _SLOW:
            item.add_marker(pytest.mark.slow)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.flaky(reruns=2))
        marker = item.get_closest_marker("django_db")
        flushes = marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
        if flushes or {"transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ())):
            raise pytest.UsageError(f"{item.nodeid}: take committed_db (or site) instead of a flushed database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Clone this process's database from a template that the owner has migrated."""
    name = addresses.name_of(databases.application_url())
    with django_db_blocker.unblock():
        databases.clone(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        databases.drop(name)


@pytest.fixture(scope="module")
def _worlds(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[worlds.Worlds]:
    """What the tests of a module have played so far."""
    found = worlds.Worlds()
    yield found
    with django_db_blocker.unblock():
        found.fall()


@pytest.fixture
def standing(
    request: pytest.FixtureRequest, _worlds: worlds.Worlds, django_db_blocker: pytest.FixtureRequest
) -> dict[str, Any]:
    """Exactly the worlds that this test asks for, by the names of their fixtures."""
    with django_db_blocker.unblock():
        return _worlds.let_stand(worlds.asked_for(request.node))


@pytest.fixture
def _django_db_helper(standing: dict[str, Any], _django_db_helper: None) -> None:
    """The transaction of a test, which pytest-django opens: within those of the worlds it asks for."""


@pytest.fixture(scope="session", autouse=True)
def _ordinary_test_settings() -> Iterator[None]:
    """Static files by their plain names and a password hash that takes no time."""
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_hurries() -> Iterator[None]:
    """What is asked in this process waits for a busy machine; a page in time is asked of real servers, which hurry."""
    patience.requests_wait(_LONG)
    yield
    patience.requests_wait(patience.REQUEST)


@pytest.fixture(autouse=True)
def _nobody_was_silent() -> Iterator[None]:
    """What a test has found out about a server that is away concerns no other; and every process knows of no maintenance
    without asking, so that statements can be counted."""
    maintenance._seen.at, maintenance._seen.found = float("inf"), None
    yield
    counting._resting.clear()
    patience.database_is(silent=False)


@pytest.fixture
def committed_db(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database for this test alone; yields its URL. What the test commits goes with it."""
    with django_db_blocker.unblock(), sites.fresh_database() as url:
        yield url


@pytest.fixture
def process_environment(committed_db: str) -> dict[str, str]:
    """The environment of a process on ``committed_db``: as the application, without the owner."""
    return sites.environment_on(committed_db)


@pytest.fixture
def celery_worker_process(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Child]]:
    """Start real workers, ``celery_worker_process(concurrency=2)``; ready when it returns."""
    started: list[Child] = []

    def start(*options: str, concurrency: int = 1) -> Child:
        number = len(started) + 1
        log = tmp_path / f"worker-{number}.log"
        options = (f"--concurrency={concurrency}", f"--hostname=test-{number}@%h", *options)
        command = [sys.executable, "-m", *worker(*options)]
        child = Child("worker", command, log, environment=process_environment)
        child.start()
        started.append(child)
        wait_until(lambda: b" ready." in log.read_bytes(), child)
        return child

    yield start
    for child in started:
        child.stop()


@pytest.fixture(scope="session")
def _collected_static() -> None:
    from spotcheck.wiring.site.settings import STORAGES

    with override_settings(STORAGES=STORAGES):  # the web server looks its files up by their hashed names
        collect_static()


@pytest.fixture
def site(process_environment: dict[str, str], tmp_path: Path, _collected_static: None) -> Iterator[str]:
    """A real web server on ``committed_db``, as ./run starts it; yields its address."""
    with sites.served(process_environment, tmp_path / "web.log") as address:
        yield address


def _patient_context(make: Callable[..., BrowserContext], **options: Any) -> BrowserContext:
    context = make(**options)
    context.set_default_timeout(_MOST_OF_A_BROWSER)
    return context


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, with a fresh profile and nothing that calls home."""
    options = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        chromium.new_context = partial(_patient_context, chromium.new_context)
        expect.set_options(timeout=_MOST_OF_A_BROWSER)
        # its event loop lives in this thread; the tests around it are ordinary synchronous code
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield chromium
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page in Shandong; paths are those of ``site``."""
    broken: list[str] = []
    context = browser.new_context(base_url=site, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert broken == []
