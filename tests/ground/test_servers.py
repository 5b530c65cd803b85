"""The embedded servers: private, shared, restartable, gone with the process that started them."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from spotcheck.wiring.machine.addresses import with_name
from spotcheck.wiring.machine.devservices import OWNER_ROLE, EmbeddedServers, Urls
from spotcheck.wiring.machine.sharing import available_servers, kept_servers

KEEPER = """
import sys, time
from pathlib import Path
from spotcheck.wiring.machine.sharing import kept_servers
with kept_servers(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(variable)
    folder = Path(tempfile.mkdtemp(prefix="spotcheck-ground-"))
    yield folder / "data"
    lock = folder / "data" / "servers" / "postgres" / "postmaster.pid"
    end = time.monotonic() + 120
    while lock.exists() and time.monotonic() < end:  # of a killed keeper, still shutting down
        time.sleep(0.1)
    shutil.rmtree(folder)


def test_both_start_answer_only_with_a_password_and_stop(data: Path):
    data.parent.chmod(0o711)
    servers = EmbeddedServers(data, durable=False)
    urls = servers.start()
    try:
        owner = with_name(urls.owner, "postgres")
        with psycopg.connect(owner) as connection:
            assert connection.info.server_version // 10000 == 18
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
            assert connection.execute("SELECT count(*) FROM pg_roles WHERE rolsuper").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError, match="no password"):
            psycopg.connect(f"postgresql://{OWNER_ROLE}@{owner.split('@')[1]}")
        with pytest.raises(redis.AuthenticationError):
            redis.from_url(f"redis://{urls.redis.split('@')[1]}").ping()
        assert redis.from_url(urls.redis).ping()
        for child in servers.children:
            assert Path(f"/proc/{child.process.pid}").stat().st_uid != 0
    finally:
        servers.stop()
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(owner)


def test_files_with_secrets_are_for_their_owner_alone(data: Path):
    data.parent.chmod(0o711)
    with kept_servers(data):
        secret = [
            data / "passwords.json",
            data / "servers.json",
            data / "servers" / "valkey" / "valkey.conf",
        ]
        assert [stat.S_IMODE(path.stat().st_mode) for path in secret] == [0o600] * 3
        assert stat.S_IMODE((data / "servers" / "postgres").stat().st_mode) == 0o700
    assert not (data / "servers.json").exists()
    assert not (data / "servers" / "password").exists()


def test_servers_of_root_get_a_place_of_their_own_where_the_folder_above_is_closed(data: Path):
    data.parent.chmod(0o700)
    outside = Path("/var/lib/spotcheck") if os.geteuid() == 0 else data
    with kept_servers(data) as (urls, _):
        assert redis.from_url(urls.redis).ping()
        home = (data / "servers").resolve()
        assert home.is_relative_to(outside)
    assert stat.S_IMODE(data.parent.stat().st_mode) == 0o700  # never opened
    with kept_servers(data):  # and found again
        assert (data / "servers").resolve() == home
    shutil.rmtree(home)


def test_a_command_joins_the_servers_of_another_process(data: Path):
    data.parent.chmod(0o711)
    with keeper(data), available_servers(data) as joined:
        assert answers(joined)


def test_servers_go_with_a_killed_process_and_come_back(data: Path):
    data.parent.chmod(0o711)
    with keeper(data) as process:
        with available_servers(data) as urls:
            pass
        process.send_signal(signal.SIGKILL)
    end = time.monotonic() + 120
    while answers(urls) and time.monotonic() < end:
        time.sleep(0.1)
    assert not answers(urls)
    with available_servers(data) as again:
        assert answers(again)


def keeper(data: Path) -> "subprocess.Popen[str]":
    """Start a process that keeps the servers; leaving the block ends it."""

    class Keeper(subprocess.Popen):
        def __exit__(self, *arguments: object) -> None:
            self.kill()
            super().__exit__(*arguments)

    process = Keeper([sys.executable, "-c", KEEPER, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "up\n"
    return process


def answers(urls: Urls) -> bool:
    with redis.from_url(urls.redis) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
