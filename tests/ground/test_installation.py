"""What an operator meets who installs by the manual: another user's folder, another PostgreSQL, a real host name."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import polib
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from spotcheck.cli.main import main
from spotcheck.wiring.machine import binaries, fonts
from spotcheck.wiring.machine.binaries import NoServer, postgres_clients
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.machine.processes import Identity
from spotcheck.wiring.operating import databases
from spotcheck.wiring.operating.preparation import prepare_program


def locked() -> dict[str, tuple[Version, int]]:
    """What the lock names: by name the version, and how many files of it by hash."""
    found: dict[str, tuple[Version, int]] = {}
    _day, *entries = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    for entry in entries:
        said, *hashes = entry.split("--hash=sha256:")
        wanted = Requirement(said)
        (pin,) = wanted.specifier
        assert pin.operator == "==", entry
        found[canonicalize_name(wanted.name)] = (Version(pin.version), len(hashes))
    return found


def test_a_production_system_installs_only_files_that_are_named_by_hash():
    found = locked()
    assert all(count for _, count in found.values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["s3"],
        *project["build-system"]["requires"],
    ]
    for line in wanted:
        one = Requirement(line)
        version, _ = found[canonicalize_name(one.name)]
        assert one.specifier.contains(version), f"{line}: ./run lock"
    # and what these ask for, as it is installed here (what builds is not)
    here = {canonicalize_name(Requirement(line).name) for line in wanted[: -len(project["build-system"]["requires"])]}
    asked = set()
    while here - asked:
        name = (here - asked).pop()
        asked.add(name)
        for line in metadata.requires(name) or ():
            one = Requirement(line)
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                here.add(canonicalize_name(one.name))
    assert here <= set(found), f"{here - set(found)}: ./run lock"


def test_the_container_and_the_manual_install_by_the_lock():
    container = (ROOT / "deploy/Dockerfile").read_text()
    assert "--require-hashes" in container
    assert not re.search(r"pip install (?!--require-hashes|--no-deps)", container)
    manual = (ROOT / "docs/operations.md").read_text()
    assert not re.search(r"\./run install(?! locked)", manual)


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
    ours = binaries.major_of(binaries.postgres_programs(tmp_path, Identity()) / "pg_restore")
    assert ours is not None
    assert binaries.major_of(postgres_clients(tmp_path, Identity(), ours) / "pg_restore") == ours


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


_SITE = """
import django, json
django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve
from spotcheck.signin.views import offered
try:
    resolve("/demo/go-on/")
except Resolver404:
    there = False
else:
    there = True
print(json.dumps({
    "installed": apps.is_installed("spotcheck.demo"),
    "on_the_way": [name for name in settings.MIDDLEWARE if "Loading" in name],
    "address": there,
    "offers": settings.SIGN_IN_OFFERS,
    "loaded": sorted(name for name in __import__("sys").modules if name.startswith(("spotcheck.demo", "spotcheck.bench"))),
    "none": settings.DEMO or list(offered()) == [],
}))
"""


@pytest.mark.parametrize("wanted", ["", "0", "1"])
def test_the_demo_is_there_only_where_it_is_asked_for(wanted, tmp_path):
    """Elsewhere it is not installed, lies on the way of no request, has no address and offers no account."""
    environment = {name: value for name, value in os.environ.items() if name != "SPOTCHECK_DEMO"}
    environment |= {"DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings", "SPOTCHECK_DATA": str(tmp_path)}
    environment |= {"SPOTCHECK_DEMO": wanted} if wanted else {}
    done = subprocess.run(
        [sys.executable, "-c", _SITE], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    if wanted == "1":
        assert (told["installed"], told["address"], bool(told["offers"])) == (True, True, True)
        assert told["on_the_way"] == ["spotcheck.wiring.site.loading.LoadingPage"]
    else:
        assert told == {
            "installed": False,
            "on_the_way": [],
            "address": False,
            "offers": "",
            "loaded": [],
            "none": True,
        }


def test_the_program_to_look_at_has_the_demo_and_nothing_else_sets_it():
    """``./run`` asks for it unless told otherwise; no unit and no container does."""
    assert "SPOTCHECK_DEMO=${SPOTCHECK_DEMO-1}" in (ROOT / "run").read_text()
    assert not [
        path for path in (ROOT / "deploy").rglob("*") if path.is_file() and b"SPOTCHECK_DEMO" in path.read_bytes()
    ]


def test_a_database_with_the_demo_serves_a_program_without_it_and_not_the_other_way_round(settings):
    """The table of the demo does no harm; where it is missing, the demo wants a migration."""
    made = databases.fingerprint()
    assert settings.DEMO
    assert databases.fits(f"{made} with the demo")
    assert not databases.fits(made)
    settings.DEMO = False
    assert databases.fits(f"{made} with the demo")
    assert databases.fits(made)
