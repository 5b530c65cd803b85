"""Dumps: what PostgreSQL's own programs write of a database, and databases made from them.

A template costs some ten seconds of migrations. Where DATABASE_TEMPLATES names a folder (the tests do), its dump is
kept there under its signature, and the next run reads it back in half a second.
"""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from spotcheck.wiring.machine.binaries import postgres_clients
from spotcheck.wiring.machine.places import data_folder, provide
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.machine.processes import Identity

_MOST_KEPT = 4
"""So many versions of the schema keep their dump: those of the branches one goes to and fro between."""


def dump(url: str, file: Path, major: int, *options: str) -> None:
    """Write a database into a file, in the format that :func:`restore` reads; ``major``: version of the server."""
    _run("pg_dump", url, major, "--format=custom", f"--file={file}", *options)


def restore(url: str, file: Path, major: int) -> None:
    """Fill an empty database from a dump, wholly or not at all. Rights come with it, owners do not."""
    _run("pg_restore", url, major, "--no-owner", "--exit-on-error", "--single-transaction", str(file))


def kept(signature: str) -> Path | None:
    """Where the dump of the template so signed is kept, whether or not it is there; None: none is kept."""
    folder = os.environ.get("DATABASE_TEMPLATES")
    return Path(folder) / f"{signature.replace(' ', '-')}.dump" if folder else None


def keep(url: str, file: Path, major: int) -> None:
    """Keep a template's dump, whole or not at all, and forget the oldest of the others."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    dump(url, part, major)
    part.replace(file)
    for old in sorted(file.parent.glob("*.dump"), key=lambda path: path.stat().st_mtime)[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)


def _run(program: str, url: str, major: int, *options: str) -> None:
    """Run a program of PostgreSQL on a database; the password goes by the environment."""
    parts = urlsplit(url)
    places = {"PGHOST": parts.hostname, "PGPORT": str(parts.port or ""), "PGUSER": unquote(parts.username or "")}
    environment = os.environ | {name: value for name, value in places.items() if value}
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
    home = provide(data_folder()) / "programs-home"
    home.mkdir(exist_ok=True)
    folder = postgres_clients(home, Identity(), major)
    done = subprocess.run(  # noqa: S603 -- a program of a wheel that we pinned
        [str(folder / program), f"--dbname={unquote(parts.path.lstrip('/'))}", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"{program} ended ({done.returncode}): {done.stderr[-1500:]}")
