"""The units and compose files name programs, commands and variables that there are."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from celery.bin.celery import celery

from spotcheck.cli.main import command_names
from spotcheck.files.checks import child
from spotcheck.wiring.machine.places import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
SETTINGS = (ROOT / "spotcheck/wiring/site/settings.py").read_text()
DATABASES = (ROOT / "spotcheck/wiring/operating/databases.py").read_text()
KEYS = (ROOT / "spotcheck/wiring/operating/backups/keys.py").read_text()
OPERATIONS = (ROOT / "docs/operations.md").read_text()


class _Loader(yaml.SafeLoader):
    """Knows compose's own tag."""


_Loader.add_constructor("!reset", lambda _loader, _node: None)


def _compose(name: str) -> dict:
    return yaml.load((DEPLOY / name).read_text(), _Loader)  # noqa: S506 -- a safe loader with one more tag


def _check_command(words: list[str]) -> None:
    program, *rest = words
    program = Path(program).name
    if program == "spotcheck":
        assert rest[0] in command_names()
    elif program == "celery":
        assert rest[:2] == ["-A", "spotcheck.wiring.site.celery_app"]
        known = {option for each in celery.commands[rest[2]].params for option in each.opts}
        assert {word.partition("=")[0] for word in rest[3:] if word.startswith("--")} <= known
    else:
        assert program == "gunicorn"
        assert rest[0] == "spotcheck.wiring.site.wsgi"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_what_there_is(unit):
    (line,) = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)
    found = re.search(r"\.venv/bin/(\S+) ([^\"']+)", line)
    assert found is not None
    _check_command([found[1], *found[2].split()])


@pytest.mark.parametrize("part", ["web", "worker", "beat"])
def test_a_part_that_dies_is_started_again(part):
    assert "\nRestart=always\n" in (DEPLOY / f"systemd/spotcheck-{part}.service").read_text()
    assert _compose("compose.yaml")["services"][part]["restart"] in {"always", "unless-stopped"}


def test_only_migration_and_backup_know_the_owner():
    knowing = {unit.stem for unit in UNITS if "owner.env" in unit.read_text()}
    assert knowing == {"spotcheck-migrate", "spotcheck-backup"}
    services = _compose("compose.yaml")["services"]
    assert {name for name, service in services.items() if "DATABASE_OWNER_URL" in str(service)} == {"migrate", "backup"}


def test_only_the_backup_sees_the_key_that_signs():
    """On one machine it lies in the folder of the owner's user, in containers in a volume of its own."""
    assert "SPOTCHECK_DATA=/var/lib/spotcheck-owner" in (DEPLOY / "owner.env.example").read_text()
    services = _compose("compose.yaml")["services"]
    assert {name for name, service in services.items() if "spotcheck-owner" in str(service)} == {"backup"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_who_knows_the_owner_is_not_the_user_of_the_site(unit):
    text = unit.read_text()
    assert re.findall(r"^User=(\S+)", text, re.MULTILINE) == ["spotcheck-owner" if "owner.env" in text else "spotcheck"]
    assert "UMask=0077" in text


def test_the_command_of_the_owner_is_not_run_as_the_user_of_the_site():
    script = (DEPLOY / "as-owner").read_text()
    assert "User=spotcheck-owner" in script
    assert "User=spotcheck " not in script


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_closed(unit):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=50", str(unit)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


BYTES = {"M": 2**20, "G": 2**30}


def _bytes(said: str) -> int:
    return int(said[:-1]) * BYTES[said[-1].upper()]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_ends_at_its_own_limit_of_memory(unit):
    """What runs away is ended by itself: not the database, and not by swapping for minutes."""
    (most,) = re.findall(r"^MemoryMax=(\S+)$", unit.read_text(), re.MULTILINE)
    assert _bytes(most) <= 4 * BYTES["G"]
    assert "\nMemorySwapMax=0\n" in unit.read_text()
    assert _compose("compose.yaml")["services"][unit.stem.removeprefix("spotcheck-")]["mem_limit"].upper() == most


def test_the_site_and_the_worker_have_room_for_the_checks_of_their_files():
    """Each thread of the one and process of the other may look at a file in a child of its own."""
    for unit, looking in (("web", 4), ("worker", 4)):
        (most,) = re.findall(r"MemoryMax=(\S+)", (DEPLOY / f"systemd/spotcheck-{unit}.service").read_text())
        assert _bytes(most) >= looking * (child.MEMORY + 120 * BYTES["M"])


@pytest.mark.parametrize("file", ["compose.yaml", "compose.several.yaml"])
def test_every_container_has_a_limit_of_memory(file):
    alone = _compose("compose.yaml")["services"]
    for name, service in _compose(file)["services"].items():
        assert service.get("mem_limit") or alone[name]["mem_limit"], name


@pytest.mark.parametrize("file", ["compose.yaml", "compose.several.yaml"])
def test_no_password_stands_in_an_argument(file):
    for name, service in _compose(file)["services"].items():
        said = [service.get("command"), service.get("entrypoint"), service.get("healthcheck")]
        assert "PASSWORD" not in str(said), name
    assert "-v owner_password" not in OPERATIONS


def test_containers_of_the_program_are_read_only():
    services = _compose("compose.yaml")["services"]
    for name in ("migrate", "web", "worker", "beat", "backup"):
        service = services[name]
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def settings_say(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own settings
        [sys.executable, "-c", f"from spotcheck.wiring.site import settings as s; print({expression})"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["DATABASE_URL", "SPOTCHECK_METRICS_TOKEN", "SPOTCHECK_SECRET_KEY"])
def test_nothing_starts_with_the_password_of_the_example(name):
    done = settings_say("1", **{name: "postgresql://spotcheck_app:CHANGE-ME@127.0.0.1/spotcheck"})
    assert done.returncode == 1
    assert f"{name}: the example's CHANGE-ME" in done.stderr


def test_cookies_belong_to_the_host_alone_where_there_is_https():
    names = "[s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME] if s.HTTPS else s.HTTPS"
    assert settings_say(names, SPOTCHECK_HOSTS="a.example.cn", SPOTCHECK_HTTPS="1").stdout.strip() == str(
        ["__Host-sessionid", "__Host-csrftoken"]
    )
    assert settings_say(names, SPOTCHECK_HOSTS="localhost", SPOTCHECK_HTTPS="0").stdout.strip() == "False"


def test_the_services_run_what_there_is():
    services = _compose("compose.yaml")["services"]
    for name in ("migrate", "worker", "beat", "backup"):
        _check_command(services[name]["command"])
    more = _compose("compose.several.yaml")["services"]
    assert {"postgres-replica", "redis-replica", "sentinel-1", "sentinel-2", "sentinel-3", "balancer", "files"} <= set(
        more
    )


@pytest.mark.parametrize("file", ["compose.yaml", "compose.several.yaml", "spotcheck.env.example", "owner.env.example"])
def test_every_variable_is_one_that_is_read(file):
    text = (DEPLOY / file).read_text()
    named = set(re.findall(r"\b(?:SPOTCHECK_[A-Z_]+|DATABASE_(?:OWNER_)?URL|REDIS_URL)\b", text))
    assert {name for name in named if name not in SETTINGS + DATABASES + KEYS} == set()
    assert {name for name in re.findall(r"\bAWS_[A-Z0-9_]+", text) if name not in SETTINGS} == set()


def test_a_password_that_a_compose_file_asks_for_is_in_the_example():
    example = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / ".env.example").read_text(), re.MULTILINE))
    asked = {
        name
        for file in ("compose.yaml", "compose.several.yaml")
        for name in re.findall(r"\$\{([A-Z_]+)", (DEPLOY / file).read_text())
    }
    assert asked == example


def test_on_several_machines_every_part_knows_the_same_store_of_files():
    more = _compose("compose.several.yaml")["services"]
    places = {
        name: service["environment"]["SPOTCHECK_FILES"]
        for name, service in more.items()
        if "SPOTCHECK_FILES" in service.get("environment", {})
    }
    assert set(places) == {"migrate", "web", "worker", "beat", "backup"}
    assert set(places.values()) == {"s3://spotcheck/files"}
    assert "files" in more
    assert "SPOTCHECK_FILES" in OPERATIONS


def test_the_owner_works_with_what_the_units_know():
    script = (DEPLOY / "as-owner").read_text()
    migrate = (DEPLOY / "systemd/spotcheck-migrate.service").read_text()
    files = re.findall(r"EnvironmentFile=(\S+)", migrate)
    assert re.findall(r"EnvironmentFile=(\S+)", script) == files
    assert os.access(DEPLOY / "as-owner", os.X_OK)


def test_every_mounted_file_is_there():
    for name in ("compose.yaml", "compose.several.yaml"):
        for service in _compose(name)["services"].values():
            for volume in service.get("volumes", ()):
                if str(volume).startswith("./"):
                    assert (DEPLOY / volume.split(":")[0]).exists(), volume


def test_the_manual_explains_every_alarm_and_metric():
    health = (ROOT / "spotcheck/wiring/operating/health.py").read_text()
    for metric in re.findall(r'"(spotcheck_[a-z_]+)"', health):
        assert metric in OPERATIONS, metric
    for alarm in ("period_parked", "delivery_parked", "invariant_broken", "calendar_missing", "/readyz"):
        assert alarm in OPERATIONS, alarm
    for command in ("backup", "restore", "check-invariants", "verify-audit", "retry-parked", "migrate", "backup-keys"):
        assert f"spotcheck {command}" in OPERATIONS, command
