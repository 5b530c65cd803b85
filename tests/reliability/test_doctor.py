"""The doctor: every line is green where all is well, and each red one is produced once and named."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory

from spotcheck.docket import clock
from spotcheck.docket.models import Beat, Delivery
from spotcheck.files import storage
from spotcheck.network.mail import MailServer
from spotcheck.notices import typefaces
from spotcheck.parties.models import Office, Post, User
from spotcheck.tablet import pages
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import versions
from spotcheck.wiring.operating.doctor import configuration, database, examining, work
from spotcheck.wiring.operating.doctor.findings import GREEN, RED, YELLOW, Looking
from tests.faults.conftest import own_servers
from tests.faults.crew import wait_for
from tests.faults.figures import report
from tests.faults.freezing import frozen
from tests.pace import stretched

__all__ = ["own_servers"]

DAY = date(2025, 3, 3)
SEALED = {"signed_by": "0123456789abcdef", "recipients": ["age1x"], "files": 3}
NAMES = [check.name for check in examining.CHECKS]
OF_THE_OUTSIDE = {"certificate", "headers", "inner"}


@pytest.fixture
def well(db, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An installation as it should be, on a day in 2025."""
    settings.SITE_URL, settings.HTTPS, settings.DEMO = "https://spotcheck.example.gov.cn", True, False
    settings.ALLOWED_HOSTS, settings.PROXIES = ["spotcheck.example.gov.cn", "localhost"], 1
    settings.SECRET_KEY = "".join(chr(33 + n) for n in range(60))
    monkeypatch.setattr(typefaces, "available", lambda: True)
    monkeypatch.setattr(typefaces, "refuse_what_cannot_be_printed", lambda _text: None)
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    _answer(monkeypatch, "synchronous_commit", ("on", "on"))  # the servers of tests forget
    with clock.simulated(DAY):
        province = Office.objects.get(code="370000")
        for name in ("jia", "yi"):
            user = User.objects.create_user(name, password="abundant-larch-47")
            held = {"role": "administrator", "entitlements": ["manages"], "since": date(2025, 1, 1)}
            Post.objects.create(user=user, office=province, **held)
        monkeypatch.setattr(work.factors, "without", lambda _day: User.objects.none())
        for name in ("sweep", "backup", "restore"):
            Beat.objects.create(name=name, at=clock.now())
        Beat.objects.filter(name="backup").update(detail=SEALED | {"since": clock.now().isoformat()})
        versions.note(versions.own())
        yield


def _lines(request=None, outside_: str = "") -> dict[str, str]:
    return {line.name: line.level for line in examining.examine(Looking(request=request, outside=outside_))}


def _request(forwarded: str | None):
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/operating/doctor/", **more)


def test_where_all_is_well_every_line_is_green(well) -> None:
    """On this machine nobody may keep the clock; and what is only asked from outside is left out."""
    found = _lines(_request("10.1.2.3"))
    assert {
        name: level for name, level in found.items() if level != GREEN and name not in {"clock", "ntp", "room"}
    } == {}
    assert set(NAMES) - set(found) <= OF_THE_OUTSIDE | {"ntp"}


def _sql(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)


def _old(name: str, seconds: int) -> None:
    Beat.objects.filter(name=name).update(at=clock.later(clock.now(), -seconds))


def _two_duties(_world: object) -> None:
    user, office = User.objects.get(username="jia"), Office.objects.get(code="370000")
    Post.objects.create(user=user, office=office, role="administrator", entitlements=["audits"], since=DAY)


def _answer(patch: pytest.MonkeyPatch, asked: str, found: tuple) -> None:
    """Let the database say this when it is asked for that."""
    before = database.asked
    patch.setattr(database, "asked", lambda query: found if asked in query else before(query))


REDS = {
    "hosts": lambda world: setattr(world.settings, "SITE_URL", "https://elsewhere.example"),
    "https": lambda world: setattr(world.settings, "HTTPS", False),
    "examples": lambda world: world.patch.setenv("SPOTCHECK_METRICS_TOKEN", "CHANGE-ME"),
    "key": lambda world: setattr(world.settings, "SECRET_KEY", "a" * 50),
    "proxies": lambda world: setattr(world.settings, "PROXIES", 2),
    "demo": lambda world: setattr(world.settings, "DEMO", True),
    "database": lambda world: _answer(world.patch, "server_version_num", (140009, "14.9")),
    "clock": lambda world: _answer(world.patch, "TimeZone", (time.time() - 60, "x")),
    "roles": lambda world: _answer(world.patch, "pg_has_role", (False, True, True)),
    "migrations": lambda world: world.patch.setattr(
        database.MigrationExecutor,
        "migration_plan",
        lambda *_: [(type("M", (), {"app_label": "x", "name": "0009"}), 0)],
    ),
    "durability": lambda world: _answer(world.patch, "synchronous_commit", ("off", "on")),
    "broker": lambda world: setattr(world.settings, "CELERY_BROKER_URL", "redis://127.0.0.1:1/0"),
    "files": lambda world: world.patch.setattr(storage.Folder, "look", world.away),
    "room": lambda world: world.patch.setattr(
        "spotcheck.wiring.operating.doctor.servers.shutil.disk_usage", lambda _place: os_usage(total=100, free=9)
    ),
    "fonts": lambda world: world.patch.setattr(typefaces, "available", lambda: False),
    "rules": lambda world: world.patch.setattr(work.rule_sets, "governing", lambda _day: None),
    "calendar": lambda world: world.patch.setattr(
        work.calendars, "current", type("C", (), {"missing_year": lambda _self, _day: 2025})
    ),
    "sweep": lambda world: _old("sweep", 300),
    "parts": lambda world: versions.note("0.0.1 of another beat"),
    "queue": lambda world: Beat.objects.create(name="invariants", at=clock.now(), detail={"broken": 2}),
    "people": _two_duties,
    "mail": lambda world: _letter(world, parked_at=clock.now()),
    "backup": lambda world: _old("backup", 27 * 3600),
    "sealed": lambda world: Beat.objects.filter(name="backup").update(detail={"files": 3}),
    "components": lambda world: world.renewed_on("2024-09-03"),
}


def _letter(world: "World", **told: object) -> None:
    world.settings.MAIL = MailServer("mail.example.gov.cn", 465, True, "", "", "a@example.gov.cn")
    at = clock.now()
    Delivery.objects.create(kind="password_reset", about="1", **{"created_at": at, "next_at": at} | told)


class os_usage:  # noqa: N801 -- as shutil names it
    """What a disk says of itself."""

    def __init__(self, *, total: int, free: int) -> None:
        self.total, self.free = total, free


class World:
    """What a red line needs."""

    def __init__(self, settings, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.settings, self.patch, self.folder = settings, patch, folder

    def renewed_on(self, day: str) -> None:
        """The lock of a program that was made on another day."""
        lock = self.folder / "requirements.lock"
        lock.write_text(f"# renewed on {day}\nsome==1 --hash=sha256:0\n")
        self.patch.setattr(work, "LOCK", lock)

    def away(self, *_: object) -> None:
        """A store that does not answer."""
        raise storage.Away("silent")


@pytest.mark.parametrize("name", REDS)
def test_each_red_is_named_and_has_a_cure(
    well, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    REDS[name](World(settings, monkeypatch, tmp_path))
    request = _request("10.1.2.3")
    found = {line.name: line for line in examining.examine(Looking(request=request))}
    assert found[name].level == RED
    assert "没有查成" not in found[name].says.zh
    assert [line.name for line in found.values() if line.level == RED] == [name]
    assert found[name].cure.zh
    assert found[name].cure.en
    assert examining.worst(found.values()) == RED


def test_every_line_that_can_be_red_was_red_once() -> None:
    """The yellow ones and those of the outside are below."""
    assert set(REDS) == set(NAMES) - OF_THE_OUTSIDE - {"ntp", "factors", "practised", "field", "passkeys"}


def test_what_is_only_to_be_looked_at_is_yellow(well, monkeypatch: pytest.MonkeyPatch) -> None:
    _old("restore", 91 * 24 * 3600)
    monkeypatch.setattr(work.factors, "without", lambda _day: User.objects.all())
    monkeypatch.setattr(typefaces, "refuse_what_cannot_be_printed", _no_glyph)
    monkeypatch.setattr(storage.Folder, "examine", lambda _self: {"versions"})
    monkeypatch.setattr(pages, "BUILT", Path("/nowhere"))
    found = _lines()
    assert {found[name] for name in ("practised", "factors", "fonts", "field", "files")} == {YELLOW}


@pytest.mark.parametrize(
    ("address", "level"),
    [
        ("https://spotcheck.example.gov.cn", GREEN),
        ("http://localhost:8000", GREEN),
        ("https://10.2.3.4", YELLOW),
        ("https://[2001:db8::1]:8443", YELLOW),
        ("http://spotcheck.example.gov.cn", YELLOW),
        ("", YELLOW),
    ],
)
def test_passkeys_belong_to_a_name_that_is_reached_by_https(settings, address: str, level: str) -> None:
    settings.SITE_URL = address
    assert configuration.passkeys(Looking()).level == level


@pytest.mark.parametrize(
    ("day", "level"), [("2025-03-03", GREEN), ("2024-12-03", GREEN), ("2024-12-02", YELLOW), ("2024-09-04", YELLOW)]
)
def test_components_are_renewed_within_their_time(well, settings, monkeypatch, tmp_path, day: str, level: str) -> None:
    World(settings, monkeypatch, tmp_path).renewed_on(day)
    assert _lines()["components"] == level
    monkeypatch.setattr(work, "LOCK", tmp_path / "none")
    assert _lines()["components"] == YELLOW


def test_the_lock_says_when_it_was_renewed() -> None:
    assert date.fromisoformat(work.LOCK.read_text(encoding="utf-8").splitlines()[0].split()[-1])


@pytest.mark.parametrize("less", [{"recipients": []}, {"since": "2023-03-03T01:00:00+00:00"}])
def test_a_backup_that_anybody_reads_and_a_key_that_is_old_are_yellow(well, less: dict) -> None:
    since = {"since": clock.now().isoformat()}
    Beat.objects.filter(name="backup").update(detail=SEALED | since | less)
    assert _lines()["sealed"] == YELLOW


def test_mail_is_red_when_letters_wait_or_the_password_is_not_there(well, settings, monkeypatch, tmp_path) -> None:
    world = World(settings, monkeypatch, tmp_path)
    _letter(world, done_at=clock.now())
    assert _lines()["mail"] == GREEN
    settings.MAIL = MailServer("mail.example.gov.cn", 465, True, "x", str(tmp_path / "none"), "a@example.gov.cn")
    assert _lines()["mail"] == RED
    _letter(world)
    assert _lines()["mail"] == GREEN
    Delivery.objects.filter(done_at=None).update(created_at=clock.later(clock.now(), -3700))
    assert _lines()["mail"] == RED


def _no_glyph(_text: str) -> None:
    raise typefaces.NoGlyph({"龘"})


def test_from_outside_a_site_without_https_is_red(well, site: str) -> None:
    """A real server that answers everything, on which nothing stands before it."""
    found = _lines(outside_=site)
    assert {found[name] for name in OF_THE_OUTSIDE} == {RED}


def test_a_check_that_breaks_is_a_red_line_and_stops_no_other(well, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.vitals, "read", lambda: 1 / 0)
    found = _lines()
    assert (found["sweep"], found["backup"]) == (RED, GREEN)


def test_every_section_that_is_named_is_one_of_the_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for check in examining.CHECKS:
        assert f"# {check.section}\n" in page, check.section
        assert f"{check.name}" in page


@pytest.mark.slow
def test_with_database_and_redis_frozen_the_command_answers_within_five_seconds(own_servers) -> None:
    """And says the two by name; nothing of a secret is in what it says."""
    servers = own_servers(dossiers=0)
    command = [sys.executable, "-m", "spotcheck.cli.main", "doctor", "--json"]
    environment = servers.environment(PYTHONPATH=str(ROOT))

    def looked() -> tuple[subprocess.CompletedProcess[str], float]:
        begun = time.monotonic()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
        return done, time.monotonic() - begun

    with frozen(servers.child("PostgreSQL"), servers.child("Valkey")):
        done, seconds = looked()
    said = json.loads(done.stdout)
    red = {line["name"] for line in said["lines"] if line["level"] == RED}
    assert (done.returncode, said["ok"]) == (1, False)
    assert {"database", "broker"} <= red
    for secret in (
        servers.urls.application.split(":")[2].split("@")[0],
        servers.urls.redis.split(":")[2].split("@")[0],
    ):
        assert secret not in done.stdout + done.stderr
    after, ordinary = looked()
    report("doctor", frozen=round(seconds, 1), ordinary=round(ordinary, 1))
    # what the silence costs; the rest is starting, on a busy machine
    assert seconds - ordinary < stretched(examining.SECONDS + 0.5)
    assert seconds < 5 or ordinary > 2
    lines = {line["name"]: line["level"] for line in json.loads(after.stdout)["lines"]}
    assert (lines["database"], lines["broker"], lines["roles"], lines["migrations"]) == (GREEN,) * 4


def test_a_worker_notes_its_version_and_that_of_the_beat_that_woke_it(committed_db: str, celery_worker_process) -> None:
    from types import SimpleNamespace

    from spotcheck.docket.tasks import sweep
    from spotcheck.wiring.site import celery_app

    entry = SimpleNamespace(task="spotcheck.docket.tasks.sweep", options={})
    scheduler = SimpleNamespace(schedule={"sweep": entry})
    celery_app.say_the_version(sender=SimpleNamespace(scheduler=scheduler))
    assert entry.options["headers"] == {versions.HEADER: versions.own()}
    celery_worker_process()
    sweep.apply_async(headers=entry.options["headers"])
    wait_for(lambda: Beat.objects.filter(name__startswith="part worker").exists(), 60)
    (noted,) = Beat.objects.filter(name__startswith="part worker")
    assert noted.detail == {"version": versions.own(), "beat": versions.own()}
    assert versions.others(clock.now()) == []
