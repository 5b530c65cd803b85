"""Child processes that never outlive us: a group and a log each, gone when the parent is gone."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from spotcheck.wiring.machine.problems import Problem

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_LARGEST_LOG = 20_000_000


class Identity(TypedDict, total=False):
    """The arguments of subprocess that change the user; empty when we stay who we are."""

    user: int
    group: int
    extra_groups: list[int]


class ChildFailed(Problem):
    """A child did not start, or ended by itself; the message holds the end of its log."""


def unprivileged() -> Identity:
    """Who the servers run as: ourselves, or as root somebody without rights."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 -- not on every system

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return {"user": 65534, "group": 65534, "extra_groups": []}


def give_to(path: Path, identity: Identity) -> None:
    """Make the unprivileged user the owner of a file or folder of ours."""
    if identity:
        os.chown(path, identity["user"], identity["group"])


@dataclass(slots=True)
class Child:
    """One child process and how to start it again."""

    name: str
    command: Sequence[str]
    log: Path
    identity: Identity = field(default_factory=Identity)
    environment: Mapping[str, str] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15
    process: "subprocess.Popen[bytes] | None" = None
    asked_to_stop: bool = False

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C in the terminal reaches only the launcher."""
        self.asked_to_stop = False
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- programs of our own choice
                self.command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid(), self.stop_signal),  # noqa: PLW1509 -- one thread
                **self.identity,
            )

    def has_ended(self) -> bool:
        """Whether it is not running (any more)."""
        return self.process is None or self.process.poll() is not None

    def failure(self) -> ChildFailed:
        """What to say when it is gone: its exit code and the end of its log."""
        code = self.process.returncode if self.process else None
        tail = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
        return ChildFailed(f"{self.name} ended ({code}). End of {self.log}:\n{tail}")

    def ask_to_stop(self) -> None:
        """Send, once, the signal on which it stops in good order (a second one means: drop everything)."""
        if self.process and self.process.poll() is None and not self.asked_to_stop:
            self.asked_to_stop = True
            self.process.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Stop it in good order; what is not gone after its patience goes by force."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


def _die_with(parent: int, at_death: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(at_death))
            if os.getppid() != parent:  # it died before we could say so
                os._exit(1)

    return prepare


def wait_until(is_up: Callable[[], bool], child: Child, seconds: float = 60) -> None:
    """Wait until a child answers; fail with its log when it ends or stays silent."""
    end = time.monotonic() + seconds
    while not is_up():
        if child.has_ended():
            raise child.failure()
        if time.monotonic() > end:
            raise ChildFailed(f"{child.name} does not answer after {seconds:.0f} s: see {child.log}")
        time.sleep(0.02)
