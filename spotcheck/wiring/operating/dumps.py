"""Dumps: what PostgreSQL's own programs write of a database, and databases made from them.

A template costs some ten seconds of migrations. Where DATABASE_TEMPLATES names a folder (the tests do), its dump is
kept there under its signature, and the next run reads it back in half a second.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeVar
from urllib.parse import unquote, urlsplit

from spotcheck.wiring.machine.binaries import postgres_clients
from spotcheck.wiring.machine.places import data_folder, provide
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.machine.processes import Identity

_R = TypeVar("_R")
_MOST_KEPT = 4
"""So many versions of the schema keep their dump: those of the branches one goes to and fro between."""


def dump_into(take: Callable[[IO[bytes]], _R], url: str, major: int, *options: str) -> _R:
    """Hand on a dump as a stream, in the format that :func:`restore_from` reads; return what is made of it.

    ``major``: version of the server.
    """
    with _running("pg_dump", url, major, "--format=custom", *options) as process:
        assert process.stdout is not None
        return take(process.stdout)


def restore_from(feed: Callable[[IO[bytes]], None], url: str, major: int) -> None:
    """Fill an empty database from a stream, wholly or not at all. Rights come with it, owners do not."""
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    with _running("pg_restore", url, major, *options) as process:
        assert process.stdin is not None
        try:
            feed(process.stdin)
        except BrokenPipeError:
            pass  # it has ended, and says why
        finally:
            _end(process.stdin)


def dump(url: str, file: Path, major: int) -> None:
    """Write a database into a file."""
    with file.open("wb") as made:
        dump_into(lambda stream: shutil.copyfileobj(stream, made), url, major)


def restore(url: str, file: Path, major: int) -> None:
    """Fill an empty database from a file."""
    with file.open("rb") as kept_:
        restore_from(lambda stream: shutil.copyfileobj(kept_, stream), url, major)


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


@contextmanager
def _running(program: str, url: str, major: int, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of PostgreSQL on a database, with streams; the password goes by the environment.

    Whoever uses it may raise: the program is then ended, unless it ended first and says why. Otherwise
    its end is waited for, and has to be a good one.
    """
    parts = urlsplit(url)
    places = {"PGHOST": parts.hostname, "PGPORT": str(parts.port or ""), "PGUSER": unquote(parts.username or "")}
    environment = os.environ | {name: value for name, value in places.items() if value}
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
    home = provide(data_folder()) / "programs-home"
    home.mkdir(exist_ok=True)
    folder = postgres_clients(home, Identity(), major)
    with TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 -- a program of a wheel that we pinned
            [str(folder / program), f"--dbname={unquote(parts.path.lstrip('/'))}", *options],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        with process:
            try:
                yield process
            except BaseException:
                code = process.poll()
                if not code:
                    process.kill()
                    raise
            else:
                code = process.wait()
        if code:
            said.seek(0)
            raise Problem(f"{program} ended ({code}): {said.read().decode(errors='replace')[-1500:]}")


def _end(stream: IO[bytes]) -> None:
    """Close a stream whose reader may have gone."""
    with suppress(BrokenPipeError):
        stream.close()
