"""What PostgreSQL says of itself, of our two roles and of our tables."""

import time
from typing import Any, Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, well, wrong

INSTALLING, UPGRADING, RIGHTS = "Installing on one machine", "Upgrading", "Who may do what"
OLDEST: Final = 150000
CLOCKS_APART: Final = 2.0
ZONE: Final = "Asia/Shanghai"
_SURE: Final = {"on", "remote_apply", "remote_write"}


def asked(query: str) -> tuple[Any, ...]:
    """One row."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def version(_looking: Looking) -> Said:
    """A server that is new enough."""
    number, name = asked("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
    if number < OLDEST:
        return wrong(
            (f"PostgreSQL {name} 太旧。", f"PostgreSQL {name} is too old."),
            ("升级到 15 或更新。", "Upgrade to 15 or newer."),
        )
    return well(f"PostgreSQL {name} 正常应答。", f"PostgreSQL {name} answers.")


def clocks(_looking: Looking) -> Said:
    """What is due is decided by the clock of the database; it must be right."""
    seconds, zone = asked("SELECT extract(epoch FROM clock_timestamp())::float, current_setting('TimeZone')")
    apart = abs(seconds - time.time())
    if apart > CLOCKS_APART:
        return wrong(
            (
                f"数据库与本机的时钟相差 {apart:.0f} 秒。",
                f"The clocks of database and machine are {apart:.0f} s apart.",
            ),
            ("在两台机器上启用 NTP。", "Let NTP keep both."),
        )
    return well(
        f"时钟一致，时区 {zone}（程序按 {ZONE} 计日）。", f"The clocks agree; zone {zone}, days are those of {ZONE}."
    )


def roles(_looking: Looking) -> Said:
    """The application is not the owner, and may not touch what is for good."""
    (owns, may, temporary) = asked(
        "SELECT pg_has_role(current_user, relowner, 'MEMBER'),"
        " has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')"
        " OR has_table_privilege(oid, 'TRUNCATE'),"
        " has_database_privilege(current_database(), 'TEMP') FROM pg_class WHERE oid = 'docket_entry'::regclass"
    )
    if owns or may:
        return wrong(
            ("应用使用的数据库角色可以修改或删除卷宗记录。", "The application's role may change or delete entries."),
            (
                "让 DATABASE_URL 使用应用角色而不是所有者，再运行 spotcheck migrate。",
                "Let DATABASE_URL name the application's role and not the owner, then run spotcheck migrate.",
            ),
        )
    if not temporary:
        return wrong(
            (
                "应用角色不能建立临时表，巡检会失败。",
                "The application's role may make no temporary table: sweeps fail.",
            ),
            ("GRANT TEMP ON DATABASE 给应用角色。", "GRANT TEMP ON DATABASE to the application's role."),
        )
    return well("应用角色不能改动卷宗记录。", "The application's role cannot change entries.")


def migrations(_looking: Looking) -> Said:
    """Every application's tables are those of this program."""
    executor = MigrationExecutor(connection)
    coming = [
        f"{one.app_label}.{one.name}" for one, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    if coming:
        some = ", ".join(coming[:5])
        return wrong(
            (f"{len(coming)} 项数据库迁移还没有执行：{some}。", f"{len(coming)} migrations have not run: {some}."),
            ("运行 spotcheck-migrate（spotcheck setup）。", "Start spotcheck-migrate (spotcheck setup)."),
        )
    return well("数据库结构与程序一致。", "The tables are those of this program.")


def durability(_looking: Looking) -> Said:
    """What was answered is on the disk."""
    commit, flushed = asked("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
    if commit not in _SURE or flushed != "on":
        return wrong(
            (
                f"synchronous_commit={commit}，fsync={flushed}：断电会丢失已经答复的办理。",
                f"synchronous_commit={commit}, fsync={flushed}: a power cut loses what was answered.",
            ),
            ("使用 deploy/postgres/spotcheck.conf。", "Use deploy/postgres/spotcheck.conf."),
        )
    return well("答复之前已经写入磁盘。", "Answers come after the disk.")


CHECKS: Final = (
    Check("database", "database", INSTALLING, version),
    Check("clock", "database", INSTALLING, clocks),
    Check("roles", "database", RIGHTS, roles),
    Check("migrations", "database", UPGRADING, migrations),
    Check("durability", "database", INSTALLING, durability),
)
