"""What an operator meets who installs by the manual: another user's folder, another PostgreSQL, a real host name."""

import os
import subprocess
import sys

import polib
import pytest

from spotcheck.cli.main import main
from spotcheck.wiring.machine import binaries, fonts
from spotcheck.wiring.machine.binaries import NoServer, postgres_clients
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.processes import Identity
from spotcheck.wiring.operating.preparation import prepare_program


def test_once_the_program_is_complete_nobody_has_to_write_into_its_folder(monkeypatch, capsys):
    assert main(["setup", "--program"]) == 0
    assert "complete" in capsys.readouterr().out

    def refuse(*_: object) -> None:
        raise PermissionError("this folder is root's")

    monkeypatch.setattr(polib.POFile, "save_as_mofile", refuse)
    monkeypatch.setattr(fonts, "_fetch", refuse)
    prepare_program()


def _programs(folder, major: int):
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.7 (Debian {major}.7-1)'\n")
        program.chmod(0o755)
    return folder


def test_a_server_is_dumped_and_restored_by_programs_of_its_own_version(tmp_path, monkeypatch):
    """Those of 18 ask a server 15 for a setting that it does not know, and the restore fails."""
    own = _programs(tmp_path / "own", 77)
    monkeypatch.setenv("PATH", f"{own}:{os.environ['PATH']}")
    assert postgres_clients(tmp_path, Identity(), 77) == own
    with pytest.raises(NoServer, match="postgresql-client-78"):
        postgres_clients(tmp_path, Identity(), 78)
    ours = binaries._major_of(binaries.postgres_programs(tmp_path, Identity()) / "pg_restore")
    assert ours is not None
    assert binaries._major_of(postgres_clients(tmp_path, Identity(), ours) / "pg_restore") == ours


@pytest.mark.parametrize(
    ("hosts", "https"), [("", False), ("localhost", False), ("spotcheck.example.gov.cn,10.0.0.4", True)]
)
def test_the_machine_itself_is_always_answered_and_a_real_name_means_https(hosts, https, tmp_path):
    code = "import spotcheck.wiring.site.settings as s; print(s.HTTPS, *s.ALLOWED_HOSTS)"
    environment = os.environ | {"SPOTCHECK_HOSTS": hosts, "SPOTCHECK_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = done.stdout.split()
    assert told[0] == str(https)
    assert {"localhost", "127.0.0.1", *filter(None, hosts.split(","))} <= set(told[1:])
