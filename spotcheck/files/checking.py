"""Checks a file in a process of its own, under limits of memory and processor time, before anything is kept of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import spotcheck
from spotcheck.files.reasons import FileRefused

PATIENCE: Final = 120
"""Seconds of the clock: a process that has its time of the processor may wait for it on a busy machine."""
CHILD: Final = "spotcheck.files.checks.child"
_HOME: Final = Path(spotcheck.__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. ``leaf`` and ``thumbnail`` lie in a folder that goes when the check has been used."""

    path: Path
    media_type: str
    findings: dict[str, Any]
    leaf: Path | None
    thumbnail: Path | None
    seconds: float
    peak: int


@contextmanager
def checked(path: Path) -> Iterator[Checked]:
    """Check a file; raises :class:`FileRefused`."""
    with TemporaryDirectory(prefix="spotcheck-check-") as name:
        folder = Path(name)
        result = _asked(path, folder)
        if "refused" in result:
            raise FileRefused(result["refused"], result["what"])
        leaf, thumbnail = folder / "leaf.pdf", folder / "thumbnail.jpg"
        yield Checked(
            path,
            result["media_type"],
            result["findings"],
            leaf if leaf.exists() else None,
            thumbnail if thumbnail.exists() else None,
            result["seconds"],
            result["peak"],
        )


def _asked(path: Path, folder: Path) -> dict[str, Any]:
    """What the process says; one that was stopped, or fell, met a file that costs too much or breaks its reader."""
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(_HOME), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", CHILD, str(path.resolve()), str(folder)]
    try:
        subprocess.run(  # noqa: S603 -- ourselves
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("too_costly") from error
    answer = folder / "result.json"
    if not answer.exists():
        raise FileRefused("too_costly")
    found: dict[str, Any] = json.loads(answer.read_text())
    return found
