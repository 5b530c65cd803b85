"""The embedded servers: a real PostgreSQL and a real Valkey from wheels, on loopback.

They are children of the process that starts them and end with it, also when it is killed. They keep
everything in one folder; as root they run as somebody without rights.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import redis
from psycopg import sql

from spotcheck.wiring.machine.binaries import NoServer, postgres_programs, valkey_program
from spotcheck.wiring.machine.places import kept_text, private_text, provide
from spotcheck.wiring.machine.processes import (
    Child,
    ChildFailed,
    Identity,
    give_to,
    unprivileged,
    wait_until,
)

DATABASE = "spotcheck"
OWNER_ROLE = "spotcheck_owner"
APPLICATION_ROLE = "spotcheck_app"
_SUPERUSER = "postgres"

_ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
    # errors without the rows they are about: no personal data in logs
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # a test fills tables within a transaction: whoever counts them meanwhile finds them empty, and plans for that
    "autovacuum": "off",
}


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the servers are: the database for the application and for its owner, and Redis."""

    application: str
    owner: str
    redis: str

    def environment(self) -> dict[str, str]:
        """Return the variables that settings and commands read."""
        return {
            "DATABASE_URL": self.application,
            "DATABASE_OWNER_URL": self.owner,
            "REDIS_URL": self.redis,
        }


_DATABASE_SCHEMES = ("postgresql", "postgres")
_BROKER_SCHEMES = ("redis", "rediss", "redis+socket", "sentinel")


def urls_given() -> Urls | None:
    """Return the servers that the environment names, when it names both."""
    database, broker = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if bool(database) != bool(broker):
        raise NoServer("Set both DATABASE_URL and REDIS_URL, or neither: half a system is no system.")
    if not database or not broker:
        return None
    owner = os.environ.get("DATABASE_OWNER_URL") or database
    for name, url, schemes in (
        ("DATABASE_URL", database, _DATABASE_SCHEMES),
        ("DATABASE_OWNER_URL", owner, _DATABASE_SCHEMES),
        ("REDIS_URL", broker, _BROKER_SCHEMES),
    ):
        if not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise NoServer(f"{name} is no address of a server: it begins with {'://, '.join(schemes)}://.")
    return Urls(database, owner, broker)


class EmbeddedServers:
    """PostgreSQL and Valkey under ``data``. Durable ones survive a power cut; others are for tests."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data
        self.durable = durable
        self.identity = unprivileged()
        self.children: list[Child] = []

    def start(self) -> Urls:
        """Start both and return where they are; on failure nothing is left running."""
        self.home = _servers_home(self.data, self.identity)
        self.passwords = self._passwords()
        try:
            port = self._start_postgres()
            broker = self._start_valkey()
        except BaseException:
            self.stop()
            raise
        address = f"127.0.0.1:{port}/{DATABASE}"
        return Urls(
            application=f"postgresql://{APPLICATION_ROLE}:{self.passwords[APPLICATION_ROLE]}@{address}",
            owner=f"postgresql://{OWNER_ROLE}:{self.passwords[OWNER_ROLE]}@{address}",
            redis=broker,
        )

    def stop(self) -> None:
        """Stop both, the last started first."""
        for child in reversed(self.children):
            child.stop()
        self.children.clear()

    def _passwords(self) -> dict[str, str]:
        """Those of the servers, made with the first start and never again: the database knows no others."""
        kept, names = self.data / "passwords.json", (_SUPERUSER, OWNER_ROLE, APPLICATION_ROLE, "valkey")
        found = _passwords_in(kept)
        if all(found.get(name) for name in names):
            return found
        if (self.home / "postgres" / "PG_VERSION").exists():
            raise NoServer(
                f"{kept} is missing or damaged, and the database in {self.data} knows no other passwords: "
                "put the file back from a copy of the folder, or restore a backup into another --data."
            )
        private_text(kept, json.dumps({name: secrets.token_urlsafe(24) for name in names}))
        return _passwords_in(kept)

    def _start_postgres(self) -> int:
        programs = postgres_programs(self.home, self.identity)
        cluster = self._cluster(programs)
        options = _ALWAYS if self.durable else _ALWAYS | _FORGETFUL
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

        def child(port: int) -> Child:
            _clear_the_way(cluster)
            command = [str(programs / "postgres"), "-D", str(cluster), "-p", str(port), *settings]
            # SIGINT: a fast shutdown that does not wait for the clients
            return Child(
                "PostgreSQL",
                command,
                self._log("postgres"),
                self.identity,
                stop_signal=signal.SIGINT,
            )

        def is_up(port: int) -> bool:
            try:
                self._connect(port).close()
            except psycopg.OperationalError:
                return False
            return True

        port = self._start(child, is_up)
        self._provide_roles(port)
        return port

    def _cluster(self, programs: Path) -> Path:
        cluster = self.home / "postgres"
        if (cluster / "PG_VERSION").exists():
            if cluster.stat().st_uid != (self.identity.get("user", os.geteuid())):
                raise NoServer(f"{self.data} was made by another user: start as that user, or give --data.")
            return cluster
        fresh = self.home / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = self.home / "password"
        private_text(password, self.passwords[_SUPERUSER])
        for path in (fresh, password):
            give_to(path, self.identity)
        command = [str(programs / "initdb"), "-D", str(fresh), "-U", _SUPERUSER]
        command += ["-A", "scram-sha-256", "--pwfile", str(password)]
        command += ["-E", "UTF8", "--locale=C.UTF-8"]
        done = subprocess.run(  # noqa: S603 -- our own program
            command if self.durable else [*command, "--no-sync"],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )
        password.unlink()
        if done.returncode:
            raise ChildFailed(f"initdb ended ({done.returncode}): {done.stderr[-1500:]}")
        fresh.rename(cluster)
        return cluster

    def _connect(self, port: int) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user=_SUPERUSER,
            password=self.passwords[_SUPERUSER],
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _provide_roles(self, port: int) -> None:
        """The owner may create databases and end sessions of the application; not so that one."""
        with self._connect(port) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER_ROLE, APPLICATION_ROLE):
                verb = sql.SQL("ALTER" if role in known else "CREATE")
                connection.execute(
                    sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                        verb, sql.Identifier(role), sql.Literal(self.passwords[role])
                    )
                )
            connection.execute(f"ALTER ROLE {OWNER_ROLE} CREATEDB")
            connection.execute(f"GRANT {APPLICATION_ROLE} TO {OWNER_ROLE}")

    def _start_valkey(self) -> str:
        program = valkey_program(self.home, self.identity)
        password = self.passwords["valkey"]
        folder = self.home / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        give_to(folder, self.identity)

        def child(port: int) -> Child:
            lines = {
                "bind": "127.0.0.1",
                "port": str(port),
                "requirepass": password,
                "dir": f'"{folder}"',
                "databases": "64",
                "save": '""',
                "appendonly": "yes" if self.durable else "no",
                "maxmemory-policy": "noeviction",
            }
            configuration = folder / "valkey.conf"
            private_text(configuration, "".join(f"{name} {value}\n" for name, value in lines.items()))
            give_to(configuration, self.identity)
            return Child("Valkey", [str(program), str(configuration)], self._log("valkey"), self.identity)

        def is_up(port: int) -> bool:
            with redis.Redis(port=port, password=password, socket_timeout=5) as client:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    return False

        return f"redis://:{password}@127.0.0.1:{self._start(child, is_up)}/0"

    def _start(self, child_on: Callable[[int], Child], is_up: Callable[[int], bool], tries: int = 3) -> int:
        """Start a server on a free port. Somebody may take it first, or a killed predecessor linger."""
        for left in reversed(range(tries)):
            port = free_port()
            child = child_on(port)
            child.start()
            self.children.append(child)
            try:
                wait_until(partial(is_up, port), child)
            except ChildFailed:
                self.children.remove(child)
                child.stop()
                if not left:
                    raise
                time.sleep(1)
            else:
                break
        return port

    def _log(self, name: str) -> Path:
        return self.data / "log" / f"{name}.log"


def _passwords_in(kept: Path) -> dict[str, str]:
    """The passwords of a file; none of one that is missing, empty or no such file."""
    try:
        found = json.loads(kept_text(kept) or "{}")
    except ValueError:
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def free_port() -> int:
    """Return a port of loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _servers_home(data: Path, identity: Identity) -> Path:
    """The servers' folder in the data folder, or outside (a link) when they cannot get there.

    As root the tree may lie where the unprivileged user may not go (/root). We never open the
    folders of others: the servers then get a folder of their own under /var/lib.
    """
    home = provide(data) / "servers"
    if home.exists():
        return home.resolve()
    home.unlink(missing_ok=True)  # a link to nowhere
    if not identity or _may_enter(data, identity):
        home.mkdir()
        home.chmod(0o711)
        return home.resolve()
    outside = Path("/var/lib/spotcheck") / secrets.token_hex(8)
    outside.mkdir(parents=True)
    for folder in (outside, outside.parent):
        folder.chmod(0o711)
    home.symlink_to(outside)
    return outside


def _may_enter(folder: Path, identity: Identity) -> bool:
    done = subprocess.run(  # noqa: S603 -- a fixed command
        ["/bin/sh", "-c", 'cd -- "$0"', str(folder)],
        cwd="/",
        capture_output=True,
        check=False,
        **identity,
    )
    return done.returncode == 0


def _clear_the_way(cluster: Path, seconds: float = 60) -> None:
    """Wait for a predecessor to shut down; remove a lock whose number is now somebody else's."""
    lock = cluster / "postmaster.pid"
    end = time.monotonic() + seconds
    while lock.exists():
        try:
            holder = Path("/proc", lock.read_text().split("\n", 1)[0], "cmdline").read_bytes()
        except OSError:
            return  # nobody, or not Linux: PostgreSQL looks for itself
        if str(cluster).encode() not in holder:
            lock.unlink(missing_ok=True)
            return
        if time.monotonic() > end:
            raise ChildFailed(f"Another PostgreSQL works in {cluster}: stop it first.")
        time.sleep(0.1)
