"""The version before this one, with its own tests, taken out of the repository: what still runs while a new one comes."""

import json
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from spotcheck.wiring.machine.places import ROOT

MIGRATIONS = "spotcheck/*/migrations/*.py"
SCRIPT = """
import json, sys
import django
django.setup()
from pathlib import Path
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
print(json.dumps([str(difference) for name in sys.argv[1:] for difference in play(read(Path(name)))]))
"""


class NoVersionBefore(LookupError):
    """There is no repository here, or its history does not go back to another schema."""


def take_out(into: Path) -> str:
    """Take the newest version with another schema out of the repository; return its name."""
    name = _git("log", "--max-count=1", "--format=%H", "--", MIGRATIONS).strip()
    if not name:
        raise NoVersionBefore
    revision = "HEAD" if _git("status", "--porcelain", "--", MIGRATIONS).strip() else f"{name}^"
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise NoVersionBefore
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later
        files.extractall(into)
    return _git("rev-parse", "--short", revision).strip()


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoVersionBefore from error
    if done.returncode:
        raise NoVersionBefore
    return done.stdout


def play_there(tree: Path, url: str, *files: str) -> list[str]:
    """Let the version in this folder play files of its own in a database; return what it found different."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    environment |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": _settings(tree)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *files], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return list(json.loads(done.stdout.splitlines()[-1]))


def _settings(tree: Path) -> str:
    """Where the settings of that version stand."""
    return (
        "spotcheck.wiring.site.settings" if (tree / "spotcheck/wiring/site").is_dir() else "spotcheck.wiring.settings"
    )
