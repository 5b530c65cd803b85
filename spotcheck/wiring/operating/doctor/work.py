"""Whether the work goes on: sweep, versions of the parts, components, queue, rules, calendars, people, backups."""

import re
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from spotcheck.docket import calendars, clock, rule_sets, vitals
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Beat
from spotcheck.parties.models import PROVINCE_CODE, Post, User
from spotcheck.signin import factors
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import health, versions
from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, beware, well, wrong

RULES, ALARMS, WATCHING, PEOPLE, SIGNING = "The rules in force", "Alarms", "Watching", "Administrators", "Signing in"
BACKUP, RESTORE, UPGRADING = "Backup", "Restore", "Upgrading"
HOURS: Final = 26
DAYS: Final = 90
LOCK: Final = ROOT / "requirements.lock"
LOCK_DAYS: Final = 90
"""So many days after it was renewed the list of components is renewed again (docs/security.md, Components)."""
_RENEWED: Final = re.compile(r"# renewed on (\d{4}-\d\d-\d\d)\n")
KEY_DAYS: Final = 2 * 365
_HOUR, _DAY = 60 * 60, 24 * 60 * 60


def rules_in_force(_looking: Looking) -> Said:
    """Without rules in force nothing new can begin (Article 60): the first thing that a province meets."""
    today = clock.today()
    governing = rule_sets.governing(today)
    if governing is None:
        return wrong(
            (
                "今天没有生效的规则，不能开始新的抽查；在办案卷不受影响（第六十条）。",
                "No rules are in force today: no new check can begin; files that run go on (Article 60).",
            ),
            (
                "有继续适用的文件或者新规则时，在“管理 → 规则与日历”提请，由另一人确认。",
                "With a document: propose it under Rules and calendar of the administration; another person confirms.",
            ),
        )
    return well(f"今天适用 {governing}。", f"{governing} is in force today.")


def calendar(_looking: Looking) -> Said:
    """The holidays of this year, and from November those of the next."""
    today = clock.today()
    missing = calendars.current().missing_year(today)
    if missing is not None and missing <= today.year:
        return wrong(
            (
                f"没有 {missing} 年的放假通知，期限只是暂定。",
                f"The holidays of {missing} are missing: periods are provisional.",
            ),
            (
                "在“管理 → 规则与日历”提请，由另一人确认。",
                "Propose it under Rules and calendar; another confirms.",
            ),
        )
    if missing is not None:
        return beware(
            (f"还没有 {missing} 年的放假通知。", f"The holidays of {missing} are not here yet."),
            (
                "通知公布后在“管理 → 规则与日历”提请。",
                "Once announced, propose them under Rules and calendar.",
            ),
        )
    return well("放假通知齐全。", "The calendars are complete.")


def sweep(_looking: Looking) -> Said:
    """Somebody sweeps."""
    age = vitals.read().sweep_age
    if age is None or age > health.SILENT_AFTER_SECONDS:
        return wrong(
            ("两分钟内没有巡检，期限会推迟生效。", "No sweep for two minutes: periods take effect late."),
            ("启动 spotcheck-beat、spotcheck-worker 和 Redis。", "Start spotcheck-beat, spotcheck-worker and Redis."),
        )
    return well(f"{age:.0f} 秒前巡检过。", f"The last sweep was {age:.0f} s ago.")


def parts(_looking: Looking) -> Said:
    """Site, worker and beat are of one version."""
    others = versions.others(clock.now())
    if others:
        named = ", ".join(others)
        return wrong(
            (f"{named} 运行的不是本程序的版本。", f"{named}: not of this program's version."),
            ("重启 spotcheck-worker 和 spotcheck-beat。", "Restart spotcheck-worker and spotcheck-beat."),
        )
    return well("各部分版本一致。", "All parts are of one version.")


def queue(_looking: Looking) -> Said:
    """Nothing waits that should have gone: messages, papers, parked periods, broken invariants."""
    found, papers = vitals.read(), health.papers_to_draw()
    if found.parked or found.invariants_broken:
        return wrong(
            (
                f"搁置的期限 {found.parked} 项，被破坏的不变量 {found.invariants_broken} 行。",
                f"{found.parked} parked periods, {found.invariants_broken} rows break an invariant.",
            ),
            (
                "spotcheck check-invariants 查看明细；查明后 spotcheck retry-parked。",
                "See spotcheck check-invariants; once mended, spotcheck retry-parked.",
            ),
        )
    if found.outbox_oldest > health.SILENT_AFTER_SECONDS:
        return wrong(
            (f"{found.outbox} 条消息没有送达。", f"{found.outbox} messages are not delivered."),
            ("检查 spotcheck-worker 的日志。", "Look into the log of spotcheck-worker."),
        )
    return well(f"没有积压（待生成文书 {papers} 份）。", f"Nothing is held up ({papers} papers to draw).")


def people(_looking: Looking) -> Said:
    """Two administrators of the province; no superuser; three duties never two with one person."""
    if User.objects.filter(Q(is_superuser=True) | Q(is_staff=True)).exists() or next(checking.check(["I15"]), None):
        return wrong(
            (
                "有超级用户，或者一人兼任系统、安全、审计管理中的两项。",
                "There is a superuser, or somebody with two of the three duties.",
            ),
            (
                "spotcheck check-invariants I15 查看是谁，终止多余的岗位。",
                "spotcheck check-invariants I15 names them; end the post that is too many.",
            ),
        )
    today = clock.today()
    managing = Post.objects.valid_on(today).filter(office__code=PROVINCE_CODE, entitlements__contains=["manages"])
    ready = (
        managing.filter(user__is_active=True)
        .exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .values("user")
        .distinct()
    )
    if ready.count() < 2:
        return wrong(
            (
                "省局能登录的管理员不足两人，需要两人确认的事项办不成。",
                "Fewer than two administrators of the province can sign in: nothing that takes two can be confirmed.",
            ),
            (
                "spotcheck people first-admin，或者由在任的管理员授予。",
                "spotcheck people first-admin, or let the one there is grant it.",
            ),
        )
    return well("管理员分权正常。", "Administrators and duties are as they should be.")


def second_factors(_looking: Looking) -> Said:
    """Whoever has to have a second factor has one."""
    lacking = 0 if settings.DEMO else factors.without(clock.today()).count()
    if lacking:
        return beware(
            (f"{lacking} 人还没有设置必须的第二重验证。", f"{lacking} people have yet to set their second factor."),
            (
                "他们下次登录时会被带到设置页；长期不登录的，锁定账号。",
                "They are led there when they next sign in; lock accounts that nobody uses.",
            ),
        )
    return well("必须的第二重验证都已设置。", "Everybody who needs a second factor has one.")


def backup(_looking: Looking) -> Said:
    """A backup of the last night."""
    made = _when(vitals.BACKED_UP)
    if made is None or (clock.now() - made).total_seconds() > HOURS * _HOUR:
        since = f"{made:%Y-%m-%d %H:%M}" if made else "—"
        return wrong(
            (f"26 小时内没有备份（最近一次：{since}）。", f"No backup within 26 hours (the last one: {since})."),
            (
                "systemctl enable --now spotcheck-backup.timer，并查看它的日志。",
                "systemctl enable --now spotcheck-backup.timer, and look into its log.",
            ),
        )
    return well(f"最近一次备份：{made:%Y-%m-%d %H:%M}。", f"The last backup: {made:%Y-%m-%d %H:%M}.")


def sealed(_looking: Looking) -> Said | None:
    """The last backup is signed, by a key that is not too old, and only those can open it who keep another key."""
    beat = Beat.objects.filter(name=vitals.BACKED_UP).first()
    if beat is None:
        return None
    signer, recipients = beat.detail.get("signed_by"), beat.detail.get("recipients")
    if not signer:
        return wrong(
            (
                "最近一次备份没有签名，恢复时无法证明它没有被改过。",
                "The last backup is not signed: anybody may have made it.",
            ),
            ("用本版本再做一次备份：spotcheck backup。", "Make one with this version: spotcheck backup."),
        )
    since = clock.local(datetime.fromisoformat(beat.detail["since"]))
    if (clock.now() - since).total_seconds() > KEY_DAYS * _DAY:
        return beware(
            (
                f"备份的签名密钥从 {since:%Y-%m-%d} 用到现在。",
                f"The key that signs backups dates from {since:%Y-%m-%d}.",
            ),
            (
                "spotcheck backup-keys renew：换新，旧备份照常核验。",
                "spotcheck backup-keys renew; older ones verify as ever.",
            ),
        )
    if not recipients:
        return beware(
            (
                "备份没有加密，拿到文件夹的人都能读。",
                "Backups are not encrypted: whoever has the folder reads everything.",
            ),
            (
                "spotcheck backup-keys encrypt-to 接收方；打开的密钥不放在本机。",
                "spotcheck backup-keys encrypt-to RECIPIENT; the key that opens them stays elsewhere.",
            ),
        )
    return well(f"备份已签名（{signer}）并加密。", f"Backups are signed ({signer}) and encrypted.")


def practised(_looking: Looking) -> Said:
    """A backup that nobody has restored is a hope."""
    done = _when(vitals.PRACTISED)
    if done is None or (clock.now() - done).total_seconds() > DAYS * _DAY:
        return beware(
            (f"{DAYS} 天内没有演练过恢复。", f"No restore has been practised within {DAYS} days."),
            (
                "spotcheck restore DIR --practise：恢复到旁边的数据库，检查后删除。",
                "spotcheck restore DIR --practise: into a database beside it, which is checked and dropped.",
            ),
        )
    return well(f"{done:%Y-%m-%d} 演练过恢复。", f"A restore was practised on {done:%Y-%m-%d}.")


def components(_looking: Looking) -> Said:
    """What is installed was renewed within its time, by the day of the database; no service outside is asked."""
    told = _RENEWED.match(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else None
    if told is None:
        return beware(
            ("不知道所用组件何时更新过。", "Nothing says when the components were renewed."),
            (
                "按 requirements.lock 安装：./run install locked。",
                "Install by requirements.lock: ./run install locked.",
            ),
        )
    age = (clock.today() - date.fromisoformat(told[1])).days
    if age > LOCK_DAYS:
        return (wrong if age > 2 * LOCK_DAYS else beware)(
            (
                f"所用组件 {told[1]} 以后没有更新，超过 {LOCK_DAYS} 天。",
                f"The components were last renewed on {told[1]}, more than {LOCK_DAYS} days ago.",
            ),
            ("升级到较新的版本。", "Upgrade to a later version of the program."),
        )
    return well(f"所用组件 {told[1]} 更新过。", f"The components were renewed on {told[1]}.")


def _when(name: str) -> datetime | None:
    beat = Beat.objects.filter(name=name).first()
    return clock.local(beat.at) if beat else None


CHECKS: Final = (
    Check("rules", "database", RULES, rules_in_force),
    Check("calendar", "database", ALARMS, calendar),
    Check("sweep", "database", ALARMS, sweep),
    Check("parts", "database", UPGRADING, parts),
    Check("components", "database", UPGRADING, components),
    Check("queue", "database", ALARMS, queue),
    Check("people", "database", PEOPLE, people),
    Check("factors", "database", SIGNING, second_factors),
    Check("backup", "database", BACKUP, backup),
    Check("sealed", "database", BACKUP, sealed),
    Check("practised", "database", RESTORE, practised),
)
