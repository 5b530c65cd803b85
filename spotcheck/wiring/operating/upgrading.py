"""Before an upgrade, from the new tree: whether this program may take over the database, and what that costs.

Nothing is changed. Each line is green, yellow or red like those of the doctor, and one that is red says: not yet.
"""

import os
import re
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection
from django.db.migrations import operations as op
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from spotcheck.docket import clock
from spotcheck.docket.models import Beat
from spotcheck.files.models import Upload
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.rule_sets import RULE_SETS
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import versions
from spotcheck.wiring.operating.doctor import configuration, database, mail, servers, work
from spotcheck.wiring.operating.doctor.findings import GREEN, RED, Check, Looking, Said, beware, well, wrong

UPGRADING: Final = "Upgrading"
PATIENCE: Final = 60.0
"""Seconds: a large database may take some to say which acts it holds."""
MANY: Final = 100_000
"""Rows of a table of which a lock for building an index or looking at every row is felt."""
TAKES_AWAY: Final = (op.DeleteModel, op.RemoveField, op.RenameField, op.RenameModel, op.AlterModelTable)
READS_ALL: Final = (op.AddIndex, op.AddConstraint, op.AlterField, op.AddField)
_SETTING: Final = re.compile(r"\bSPOTCHECK_[A-Z_]+")
EVERY_ACT: Final = (
    "WITH RECURSIVE each AS ((SELECT act FROM docket_entry ORDER BY act LIMIT 1) UNION ALL"
    " SELECT (SELECT act FROM docket_entry WHERE act > each.act ORDER BY act LIMIT 1) FROM each WHERE act IS NOT NULL)"
    " SELECT act FROM each WHERE act IS NOT NULL"
)
"""From one to the next by the index: every entry is not read."""


def parts(_looking: Looking) -> Said:
    """Which version runs, and which one this is."""
    since = clock.later(clock.now(), -versions.RECENT)
    running = Beat.objects.filter(name__startswith=versions.PARTS, at__gt=since).order_by("name")
    found = sorted({str(beat.detail.get("version", "?")) for beat in running}) or ["–"]
    named = ", ".join(found)
    return well(f"正在运行 {named}，本程序是 {versions.own()}。", f"{named} runs; this program is {versions.own()}.")


def newer(_looking: Looking) -> Said:
    """The database is not that of a later program."""
    executor = MigrationExecutor(connection)
    ours = {app for app, _name in executor.loader.disk_migrations}
    applied = MigrationRecorder(connection).applied_migrations()
    later = set(applied) - set(executor.loader.disk_migrations)
    unknown = sorted(f"{app}.{name}" for app, name in later if app in ours)
    if unknown:
        some = ", ".join(unknown[:5])
        return wrong(
            (f"数据库来自更新的程序：{some}。", f"The database is of a later program: {some}."),
            ("使用那个版本或者更新的程序。", "Take that version, or a later one."),
        )
    return well("数据库不比本程序新。", "The database is not newer than this program.")


def coming(_looking: Looking) -> Said:
    """The migrations to come: none takes anything away, and which of them hold a large table."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    steps = [(migration, step) for migration, _back in plan for step in _flat(migration.operations)]
    named = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in plan)
    if lost := [f"{migration.app_label}.{migration.name}" for migration, step in steps if isinstance(step, TAKES_AWAY)]:
        some = ", ".join(dict.fromkeys(lost))
        return wrong(
            (f"{some} 会去掉表或者列，正在运行的版本不能继续工作。", f"{some} takes tables or columns away."),
            ("先登记维护并停下各部分，再升级。", "Announce maintenance and stop all parts before you go on."),
        )
    tables = {table: _rows(table) for migration, step in steps if (table := _held(migration, step))}
    if held := {table: rows for table, rows in tables.items() if rows >= MANY}:
        told = ", ".join(f"{table} ({rows})" for table, rows in sorted(held.items()))
        return beware(
            (f"将执行 {named}，会锁住大表：{told} 行。", f"To come: {named}. They hold large tables: {told} rows."),
            ("安排在人少的时候，先登记维护。", "Choose a quiet hour, and announce maintenance."),
        )
    if not plan:
        return well("没有待执行的数据库迁移。", "No migrations are to come.")
    return well(f"将执行 {len(plan)} 项迁移，只增不减：{named}。", f"{len(plan)} to come, which only add: {named}.")


def _flat(steps: Any) -> Iterator[Operation]:
    for step in steps:
        if isinstance(step, op.SeparateDatabaseAndState):
            yield from _flat(step.database_operations)
        else:
            yield step


def _held(migration: Any, step: Operation) -> str:
    """The table that a step holds while it looks at its rows; nothing for one that is new or only gets a column."""
    if isinstance(step, op.AddField) and (step.field.null or step.field.has_db_default()):
        return ""
    if not isinstance(step, READS_ALL):
        return ""
    model = getattr(step, "model_name", "")
    return f"{migration.app_label}_{model}".lower() if model else ""


def _rows(table: str) -> int:
    """About how many rows a table has, as the database last counted them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [table])
        row = cursor.fetchone()
    return max(0, row[0]) if row else 0


def acts(_looking: Looking) -> Said:
    """Every act that was recorded and every rule set that a dossier began under is still known."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY_ACT)
        recorded = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT rule_set FROM docket_dossier WHERE rule_set <> ''")
        pinned = {name for (name,) in cursor.fetchall()}
    gone = sorted((recorded - set(ACTS) - set(OWN_ACTS)) | (pinned - set(RULE_SETS)))
    if gone:
        some = ", ".join(gone[:5])
        return wrong(
            (f"本程序不认识已经登记的：{some}。", f"This program does not know what is recorded: {some}."),
            ("不要升级；向提供程序的人询问。", "Do not upgrade; ask whoever gave you the program."),
        )
    return well("登记过的环节和规则集本程序都认识。", "Every act and rule set that is recorded is known.")


def unread(_looking: Looking) -> Said:
    """No setting is given that this program does not read."""
    read = {name for path in (ROOT / "spotcheck").rglob("*.py") for name in _SETTING.findall(path.read_text("utf-8"))}
    left = sorted(name for name in os.environ if name.startswith("SPOTCHECK_") and name not in read)
    if left:
        named = ", ".join(left)
        return beware(
            (f"本程序不再使用这些设置：{named}。", f"This program does not read: {named}."),
            (
                "对照 CHANGELOG 和 deploy/spotcheck.env.example 修改。",
                "Compare CHANGELOG and deploy/spotcheck.env.example.",
            ),
        )
    return well("设置都是本程序使用的。", "Every setting is one that this program reads.")


def fresh(looking: Looking) -> Said:
    """A backup of the last hours, signed."""
    said = work.backup(looking)
    sealed = work.sealed(looking)
    return sealed if said.level == GREEN and sealed is not None and sealed.level == RED else said


def uploads(_looking: Looking) -> Said:
    """Nothing that was being sent waits for a worker of before."""
    if under_way := Upload.objects.filter(expires_at__gt=clock.now(), stored=None).count():
        return beware(
            (f"{under_way} 个文件正在上传，会在新版本里继续。", f"{under_way} files are on their way and will go on."),
            ("可以继续。", "You may go on."),
        )
    return well("没有正在上传的文件。", "No file is on its way.")


CHECKS: Final = (
    Check("examples", "nobody", UPGRADING, configuration.examples),
    Check("settings", "nobody", UPGRADING, unread),
    Check("database", "database", UPGRADING, database.version),
    Check("parts", "database", UPGRADING, parts),
    Check("newer", "database", UPGRADING, newer),
    Check("migrations", "database", UPGRADING, coming),
    Check("acts", "database", UPGRADING, acts),
    Check("backup", "database", UPGRADING, fresh),
    Check("queue", "database", UPGRADING, work.queue),
    Check("mail", "database", UPGRADING, mail.mail),
    Check("uploads", "database", UPGRADING, uploads),
    Check("room", "store", UPGRADING, servers.room),
)
"""What is looked at, in the order in which it is told."""
