"""Wrong use: a port that is none, a folder that cannot be had, an address that is none. Said in one line, exit code 2."""

from pathlib import Path

import pytest

from spotcheck.cli import main as dispatch
from spotcheck.wiring.machine.devservices import urls_given
from spotcheck.wiring.machine.places import provide
from spotcheck.wiring.machine.problems import Problem

DATABASE = "postgresql://somebody@127.0.0.1:5432/spotcheck"
BROKER = "redis://127.0.0.1:6379/0"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "８０００"])
def test_a_port_is_a_number_that_can_be_listened_on(capsys, port):
    assert dispatch.main(["serve", f"--port={port}"]) == 2
    assert "is no port" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_said(tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below"):
        with pytest.raises(Problem, match="Choose another with --data"):
            provide(folder)


def test_a_data_folder_where_none_can_be_made_is_said():
    with pytest.raises(Problem, match="/proc/nowhere cannot be made"):
        provide(Path("/proc/nowhere"))


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite:///spotcheck.db"),
        ("DATABASE_OWNER_URL", "host=127.0.0.1"),
        ("REDIS_URL", "127.0.0.1:6379"),
    ],
)
def test_an_address_that_is_none_is_said_before_anybody_connects(monkeypatch, name, url):
    given = {"DATABASE_URL": DATABASE, "DATABASE_OWNER_URL": DATABASE, "REDIS_URL": BROKER} | {name: url}
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(Problem, match=name):
        urls_given()
