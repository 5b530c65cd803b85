"""Before an upgrade: every line is green where nothing stands in the way, and each red one is produced once."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations import operations as op

from spotcheck.cli import doctor as told
from spotcheck.docket import clock
from spotcheck.docket.models import Beat, Entry
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.wiring.operating import upgrading
from spotcheck.wiring.operating.doctor import examining
from spotcheck.wiring.operating.doctor.findings import GREEN, RED, YELLOW, Looking
from tests.reliability.test_doctor import World, _letter, os_usage, well  # noqa: F401 -- a fixture

_applied = upgrading.MigrationRecorder.applied_migrations


def _levels() -> dict[str, str]:
    return {line.name: line.level for line in examining.examine(Looking(), upgrading.CHECKS)}


def _coming(patch: pytest.MonkeyPatch, *steps: Any) -> None:
    """A migration with these steps is to come."""
    migration = Migration("0099_next", "docket")
    migration.operations = list(steps)
    patch.setattr(upgrading.MigrationExecutor, "migration_plan", lambda *_: [(migration, False)])


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_where_nothing_stands_in_the_way_every_line_is_green(well) -> None:  # noqa: F811
    found = _levels()
    assert list(found) == [check.name for check in upgrading.CHECKS]
    assert {name: level for name, level in found.items() if level != GREEN and name != "room"} == {}


REDS: dict[str, Callable[[World], object]] = {
    "examples": lambda world: world.patch.setenv("SPOTCHECK_METRICS_TOKEN", "CHANGE-ME"),
    "newer": lambda world: world.patch.setattr(
        upgrading.MigrationRecorder,
        "applied_migrations",
        lambda self: _applied(self) | {("docket", "9999_later"): None},
    ),
    "migrations": lambda world: _coming(world.patch, op.RemoveField("deadline", "wake_on")),
    "acts": lambda world: world.patch.setattr(upgrading, "EVERY_ACT", "SELECT 'conclusion.of_another_program'"),
    "backup": lambda world: Beat.objects.filter(name="backup").update(detail={"files": 3}),
    "queue": lambda world: Beat.objects.create(name="invariants", at=clock.now(), detail={"broken": 2}),
    "mail": lambda world: _letter(world, parked_at=clock.now()),
    "room": lambda world: world.patch.setattr(
        "spotcheck.wiring.operating.doctor.servers.shutil.disk_usage", lambda _place: os_usage(total=100, free=9)
    ),
}


@pytest.mark.parametrize("name", REDS)
def test_each_red_is_named_and_has_a_cure(well, settings, monkeypatch, tmp_path, capsys, name: str) -> None:  # noqa: F811
    REDS[name](World(settings, monkeypatch, tmp_path))
    lines = {line.name: line for line in examining.examine(Looking(), upgrading.CHECKS)}
    assert lines[name].level == RED
    assert "没有查成" not in lines[name].says.zh
    assert {one for one, line in lines.items() if line.level == RED} - {"room"} == {name} - {"room"}
    assert lines[name].cure.zh
    assert told.tell(list(lines.values()), SimpleNamespace(json=True, lang="zh-hans")) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_what_only_adds_is_green_and_what_holds_a_large_table_is_yellow(well, monkeypatch) -> None:  # noqa: F811
    empty = models.TextField(null=True)
    index = op.AddIndex("deadline", models.Index(fields=["wake_on"], name="x"))
    _coming(monkeypatch, op.CreateModel("next", []), op.AddField("deadline", "next", empty), index)
    assert _levels()["migrations"] == GREEN
    monkeypatch.setattr(upgrading, "_rows", lambda table: upgrading.MANY if table == "docket_deadline" else 0)
    assert _levels()["migrations"] == YELLOW
    _coming(monkeypatch, op.AddField("deadline", "next", empty))
    assert _levels()["migrations"] == GREEN
    inside = op.SeparateDatabaseAndState(database_operations=[op.DeleteModel("deadline")])
    _coming(monkeypatch, inside)
    assert _levels()["migrations"] == RED


def test_a_setting_that_nobody_reads_is_named(well, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setenv("SPOTCHECK_OF_BEFORE", "1")
    (line,) = [one for one in examining.examine(Looking(), upgrading.CHECKS) if one.name == "settings"]
    assert (line.level, "SPOTCHECK_OF_BEFORE" in line.says.en) == (YELLOW, True)


def test_every_act_that_was_recorded_is_found_by_the_index(as_owner) -> None:
    """The query walks from one act to the next, and finds what a plain one finds; all of them are known."""
    with as_owner("J18"):
        with connection.cursor() as cursor:
            cursor.execute(upgrading.EVERY_ACT)
            found = [name for (name,) in cursor.fetchall()]
        assert sorted(set(Entry.objects.values_list("act", flat=True))) == sorted(found)
        assert len(found) > 10
        assert set(found) <= set(ACTS) | set(OWN_ACTS)
        assert upgrading.acts(Looking()).level == GREEN
