"""The owner makes databases, the application works in them, scratch ones leave nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from spotcheck.parties.models import Office, Region
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases, dumps


def names() -> set[str]:
    """The databases of this process of the tests."""
    ours = addresses.name_of(databases.application_url())
    with psycopg.connect(addresses.with_name(databases.owner_url(), "postgres")) as server:
        return {row[0] for row in server.execute("SELECT datname FROM pg_database") if row[0].startswith(ours)}


def current(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_application_which_owns_nothing():
    assert current("current_user") == databases.application_role()
    assert databases.application_role() != addresses.role_of(databases.owner_url())
    for statement in ("CREATE TABLE x (y int)", "DROP TABLE docket_entry", "TRUNCATE docket_entry"):
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            connection.cursor().execute(statement)
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.django_db
def test_the_application_may_not_change_or_delete_entries_but_may_write_them():
    rights = {
        right: current(f"has_table_privilege('docket_entry', '{right}')")
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    }
    assert rights == {
        "SELECT": True,
        "INSERT": True,
        "UPDATE": False,
        "DELETE": False,
        "TRUNCATE": False,
    }


@pytest.mark.django_db
def test_a_new_database_has_the_regions_and_their_bureaus():
    assert Region.objects.filter(level=Region.Level.CITY, code__startswith="37", valid_until=None).count() == 16
    assert Office.objects.get(code="370000").kind == Office.Kind.PROVINCE


@pytest.mark.django_db
def test_a_scratch_database_is_another_one_and_leaves_nothing_behind():
    before, here = names(), current("current_database()")
    Office.objects.filter(code="370100").update(name="改名")
    with databases.scratch_database() as url:
        assert current("current_database()") == addresses.name_of(url) != here
        assert current("current_user") == databases.application_role()
        assert Office.objects.get(code="370100").name == "济南市市场监督管理局"
        Office.objects.create(code="X", kind=Office.Kind.LABORATORY, name="甲")
    assert current("current_database()") == here
    assert Office.objects.get(code="370100").name == "改名"
    assert not Office.objects.filter(code="X").exists()
    assert names() == before


@pytest.mark.django_db
def test_a_scratch_database_goes_also_when_the_work_in_it_fails():
    before = names()
    with pytest.raises(Office.DoesNotExist), databases.scratch_database():
        Office.objects.get(code="nobody")
    assert names() == before
    assert Office.objects.exists()


def test_what_a_killed_process_leaves_is_dropped_by_the_next_one(committed_db):
    program = (
        "import django, time; django.setup()\n"
        "from spotcheck.wiring.operating import databases\n"
        "with databases.scratch_database() as url: print(url, flush=True); time.sleep(60)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings"}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment) as other:
        left = addresses.name_of(other.stdout.readline().strip())
        with databases.scratch_database():
            assert left in names()  # in use, not abandoned
        other.send_signal(signal.SIGKILL)
    end = time.monotonic() + 120
    while left in names() and time.monotonic() < end:
        with databases.scratch_database():
            pass
    assert left not in names()


def test_several_connections_see_what_is_committed(committed_db):
    seen = []

    def look() -> None:
        seen.append((current("current_database()"), Office.objects.filter(code="X").count()))
        connection.close()

    Office.objects.create(code="X", kind=Office.Kind.LABORATORY, name="甲")
    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert seen == [(addresses.name_of(committed_db), 1)]


def test_urls_give_settings_with_awkward_passwords_and_options():
    url = "postgresql://me:p%40ss%2Fword@db.example:6543/spot%20check?sslmode=require"
    settings = databases.as_settings(url)
    assert settings["NAME"] == "spot check"
    assert (settings["USER"], settings["PASSWORD"]) == ("me", "p@ss/word")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "6543")
    assert settings["OPTIONS"] == {"sslmode": "require"}
    assert addresses.name_of(addresses.with_name(url, "other")) == "other"
    assert addresses.with_name(url, "other").endswith("/other?sslmode=require")


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.fixture
def _no_migration(monkeypatch):
    def migrate(*_args) -> None:
        raise AssertionError("the migrations ran although the template was there")

    monkeypatch.setattr(databases, "_bring_up_to_date", migrate)


@pytest.mark.usefixtures("committed_db", "_no_migration")
def test_a_new_database_is_cloned_and_one_of_this_version_left_alone(monkeypatch):
    fresh = f"{addresses.name_of(databases.application_url())}_fresh"
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(variable, addresses.with_name(os.environ[variable], fresh))
    try:
        databases.prepare()
        with databases.using(databases.application_url()):
            Office.objects.create(code="X", kind=Office.Kind.LABORATORY, name="甲")
        databases.prepare()
        assert databases.is_up_to_date()
        with databases.using(databases.application_url()):
            assert Office.objects.filter(code="X").exists()
    finally:
        databases.drop(fresh)


@pytest.mark.usefixtures("committed_db", "_no_migration")
def test_a_template_is_read_back_from_the_dump_that_an_earlier_run_has_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_TEMPLATES", str(tmp_path))
    kept = dumps.kept(databases.signature())
    dumps.keep(addresses.with_name(databases.owner_url(), databases.template_name()), kept, databases.major_version())
    again = f"{addresses.name_of(databases.application_url())}_again"
    monkeypatch.setenv("DATABASE_TEMPLATE", again)
    try:
        databases.refresh_template()
        with databases.using(addresses.with_name(databases.application_url(), again)):
            assert Region.objects.filter(level=Region.Level.CITY, code__startswith="37", valid_until=None).count() == 16
            assert current("has_table_privilege('docket_entry', 'INSERT')") is True
            assert current("has_table_privilege('docket_entry', 'UPDATE')") is False
            assert current("has_table_privilege('docket_dossier', 'UPDATE')") is True
    finally:
        databases.drop(again)


def test_a_new_version_of_what_brings_tables_is_another_schema(monkeypatch):
    """Else a new allauth would be taken for up to date without its migrations."""
    before = databases.fingerprint()
    named = databases.foreign_apps()
    assert {app.split()[0] for app in named} >= {"allauth.account", "allauth.mfa", "allauth.usersessions"}
    sound = databases.metadata.version
    monkeypatch.setattr(databases.metadata, "version", lambda name: sound(name) + ".1")
    assert databases.fingerprint() != before
