"""Redis, the store of files, fonts, the samplers' application: each asked for what the work needs of it."""

import shutil
import time
from pathlib import Path
from typing import Any, Final

import redis
from django.conf import settings

from spotcheck.files import storage
from spotcheck.network import counting
from spotcheck.notices import typefaces
from spotcheck.tablet import pages
from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, beware, well, wrong

INSTALLING, FILES, ALARMS = "Installing on one machine", "Where files are kept", "Alarms"
OLDEST: Final = (6, 2)
NO_EVICTION: Final = "noeviction"
SOME: Final = 0.1
"""Less than this share of a disk free is little."""
RARE: Final = "㐂䶮龘玥赟𠮷"
"""Characters of names that small fonts lack."""


def broker(_looking: Looking) -> Said:
    """Redis answers within a second, is new enough, and throws nothing away."""
    try:
        said: Any = counting.asked(lambda server: server.info(), rested=False)
    except redis.RedisError:
        return wrong(
            (
                "Redis 没有在一秒内应答；期限会推迟生效，但不会丢失。",
                "Redis does not answer within a second: periods take effect late, none is lost.",
            ),
            ("启动 Redis，检查 REDIS_URL。", "Start Redis; check REDIS_URL."),
        )
    number, policy = str(said.get("redis_version", "0.0")), said.get("maxmemory_policy", NO_EVICTION)
    if tuple(int(part) for part in number.split(".")[:2]) < OLDEST:
        return wrong(
            (f"Redis {number} 太旧。", f"Redis {number} is too old."),
            ("升级到 6.2 或更新。", "Upgrade to 6.2 or newer."),
        )
    if policy != NO_EVICTION:
        return wrong(
            (
                f"Redis 内存满时会丢弃消息（maxmemory-policy {policy}）。",
                f"Redis throws messages away when it is full (maxmemory-policy {policy}).",
            ),
            ("设为 noeviction。", "Set it to noeviction."),
        )
    return well(f"Redis {number} 正常应答。", f"Redis {number} answers.")


def files(_looking: Looking) -> Said:
    """A block is written, read and removed; a bucket keeps to a condition and keeps versions."""
    try:
        lacks = storage.store().examine()
    except OSError as error:
        return wrong(
            ("文书和凭证的存储不可用。", f"Papers and proofs cannot be kept ({type(error).__name__})."),
            (
                "检查 SPOTCHECK_FILES 所指的文件夹或存储，以及它的密钥。",
                "Check the folder or store that SPOTCHECK_FILES names, and its key.",
            ),
        )
    if lacks:
        named = ", ".join(sorted(lacks))
        return beware(
            (f"存储桶不支持或没有打开：{named}。", f"The bucket does not have: {named}."),
            (
                "打开版本保留；换用支持 If-None-Match 的存储，或者确保只有本系统写入。",
                "Let it keep versions; take a store that knows If-None-Match, or let nobody else write.",
            ),
        )
    return well("文书和凭证可以写入、读出。", "Papers and proofs can be written and read.")


def room(_looking: Looking) -> Said | None:
    """A tenth of the disk is free."""
    place = Path(settings.DATA if settings.BUCKET else settings.MEDIA_ROOT)
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    used = shutil.disk_usage(there)
    if used.free < SOME * used.total:
        return wrong(
            (f"磁盘只剩 {used.free // 2**20} MB。", f"Only {used.free // 2**20} MB are left on the disk."),
            ("在写满之前腾出空间或扩容。", "Make room before it is full."),
        )
    return well(f"磁盘还有 {used.free // 2**30} GB。", f"{used.free // 2**30} GB are left on the disk.")


def fonts(_looking: Looking) -> Said:
    """Papers can be drawn here, names with rare characters too."""
    if not typefaces.available():
        return wrong(
            ("缺少文书用的字体，文书无法生成。", "Fonts of the papers are missing: none can be drawn."),
            ("运行 spotcheck setup --program。", "Run spotcheck setup --program."),
        )
    try:
        typefaces.refuse_what_cannot_be_printed(RARE)
    except typefaces.NoGlyph as missing:
        named = "、".join(missing.characters)
        return beware(
            (f"字体没有这些人名用字：{named}。", f"The fonts lack characters of names: {named}."),
            ("在 SPOTCHECK_FONTS 中补充字体。", "Add fonts to SPOTCHECK_FONTS."),
        )
    return well("字体齐全。", "The fonts are complete.")


def field(_looking: Looking) -> Said:
    """Tablets find their application here."""
    if not (pages.BUILT / "index.html").exists():
        return beware(
            ("平板上的现场抽样程序没有生成。", "The application of the samplers' tablets was not built."),
            ("联网后运行 spotcheck setup --program。", "With a network, run spotcheck setup --program."),
        )
    return well("平板上的现场抽样程序已备好。", "The application of the samplers' tablets is there.")


def own_clock(_looking: Looking) -> Said | None:
    """Whether somebody keeps the clock of this machine, where systemd says so."""
    marks = Path("/run/systemd/timesync")
    if not marks.exists():
        return None
    mark = marks / "synchronized"
    if not mark.exists() or time.time() < mark.stat().st_mtime:
        return beware(
            ("本机的时钟没有同步。", "The clock of this machine is not synchronised."),
            ("timedatectl set-ntp true。", "timedatectl set-ntp true."),
        )
    return well("本机的时钟已经同步。", "The clock of this machine is synchronised.")


CHECKS: Final = (
    Check("broker", "redis", ALARMS, broker),
    Check("files", "store", FILES, files),
    Check("room", "store", FILES, room),
    Check("fonts", "nobody", INSTALLING, fonts),
    Check("field", "nobody", INSTALLING, field),
    Check("ntp", "nobody", INSTALLING, own_clock),
)
