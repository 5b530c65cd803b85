"""A web server without the seconds of its start: forked from a process that has loaded the program already.

What it serves is what ``./run`` starts, with the same arguments, in a process and a session of its own. Loaded
beforehand is what does not depend on the database; the door itself (``wiring/site/wsgi``) each loads for itself.
Settings are read when they are loaded: a server whose environment differs in more than the database is started as ever.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest import mock

from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.processes import ChildFailed

_OF_EACH = {"DATABASE_URL", "PYTEST_CURRENT_TEST", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONPATH"}
"""Variables that are set anew in a forked server and read there."""
_NEVER = {"DATABASE_OWNER_URL"}
"""What no site has (``sites.environment_on``)."""
_LOADED_BEFORE = "tests.preloading"
_PR_SET_PDEATHSIG = 1

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([_LOADED_BEFORE])


class Forked:
    """A server that was forked; like ``Child``, as far as a site needs it."""

    name = "web server"

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        self._environment = dict(environment)
        self._process: ForkServerProcess = _forks.Process(
            target=_become, args=(list(command), str(log), self._environment), daemon=True
        )

    def start(self) -> None:
        """Fork it; the first one also loads what is loaded beforehand, and in the environment that it asks for."""
        with mock.patch.dict(os.environ, self._environment | {"PYTHONPATH": str(ROOT)}, clear=True):
            self._process.start()

    def has_ended(self) -> bool:
        """Whether it is not running any more."""
        return not self._process.is_alive()

    def failure(self) -> ChildFailed:
        """What to say when it is gone."""
        tail = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
        return ChildFailed(f"{self.name} ended ({self._process.exitcode}). End of {self.log}:\n{tail}")

    def stop(self) -> None:
        """End it and its workers at once: nothing of it is looked at any more."""
        if self._process.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()


def fits(environment: Mapping[str, str]) -> bool:
    """Whether a server with this environment may be forked: it reads the settings that have been loaded."""
    return _settled(environment) == _LOADED_WITH


def _settled(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in _OF_EACH | _NEVER}


_LOADED_WITH = _settled(os.environ)
"""What this process of the tests began with, which nothing has yet changed for one test."""


def _become(command: list[str], log: str, environment: dict[str, str]) -> None:
    """Be the server, in the forked process."""
    os.setsid()
    if sys.platform == "linux":  # it goes when the process of the tests goes, as every child does
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    for source, target in (
        (os.open(os.devnull, os.O_RDONLY), 0),
        (os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1),
    ):
        os.dup2(source, target)
    os.dup2(1, 2)
    os.chdir("/")
    os.environ.clear()
    os.environ.update(environment)

    from django.db import connections  # noqa: PLC0415 -- after the settings
    from gunicorn.app.wsgiapp import run  # noqa: PLC0415 -- only here

    from spotcheck.wiring.operating.databases import as_settings  # noqa: PLC0415 -- only here

    connections.settings["default"].update(as_settings(environment["DATABASE_URL"]))
    sys.argv = command
    run()
