"""A pytest plugin: real servers for the tests, up before the settings are read (``-p`` in the options).

Servers that DATABASE_URL and REDIS_URL name are used; otherwise our own are started, without fsync, in
a folder that is removed afterwards. One set serves all processes of pytest-xdist; each process gets
a database and a Redis database of its own. The database that DATABASE_URL names is never touched.
What stays is the dump of the template, for the next run (``dumps.py``).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from spotcheck.wiring.machine.addresses import name_of, with_name
from spotcheck.wiring.machine.devservices import EmbeddedServers, urls_given
from spotcheck.wiring.machine.messages import compile_messages
from spotcheck.wiring.machine.places import ROOT

_TEST_DATABASE = "test_{}"


class _Servers:
    """The servers and the folder of this run."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="spotcheck-test-"))
        self.data.chmod(0o711)
        self.embedded = None if urls_given() else EmbeddedServers(self.data, durable=False)

    def start(self) -> None:
        compile_messages()
        os.environ["SPOTCHECK_DATA"] = str(self.data)
        os.environ["SPOTCHECK_DEMO"] = "1"  # the demo has tests too
        if self.embedded:
            os.environ.update(self.embedded.start().environment())
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            if url := os.environ.get(variable):
                os.environ[variable] = with_name(url, _TEST_DATABASE.format(name_of(url)))
        os.environ.setdefault("DATABASE_TEMPLATES", str(ROOT / "var" / "templates"))
        os.environ["DATABASE_TEMPLATE"] = f"{name_of(os.environ['DATABASE_URL'])}_template"

    def stop(self) -> None:
        if self.embedded:
            self.embedded.stop()
        shutil.rmtree(self.data, ignore_errors=True)


_started: _Servers | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the servers; a process of pytest-xdist takes its own share of them."""
    global _started  # noqa: PLW0603 -- hooks have no object to keep it in
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _started = _Servers()
        atexit.register(_started.stop)  # pytest does not get as far as to "unconfigure" when a conftest fails
        _started.start()
        return
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if url := os.environ.get(variable):
            os.environ[variable] = with_name(url, f"{name_of(url)}_{worker}")
    os.environ["REDIS_URL"] = with_name(os.environ["REDIS_URL"], str(1 + int(worker.removeprefix("gw"))))


def pytest_unconfigure() -> None:
    """Stop what we started, however the run went."""
    if _started:
        _started.stop()
