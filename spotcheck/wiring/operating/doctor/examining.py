"""Carrying the checks out: side by side, each group within its patience, and none of them fails the others."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import structlog
from django.db import Error

from spotcheck.network import patience
from spotcheck.rules.words import Words
from spotcheck.wiring.operating.doctor import configuration, database, mail, outside, servers, work
from spotcheck.wiring.operating.doctor.findings import GREEN, RED, YELLOW, Check, Line, Looking, Said, wrong

logger = structlog.get_logger(__name__)

CHECKS: Final = (*configuration.CHECKS, *database.CHECKS, *servers.CHECKS, *work.CHECKS, *mail.CHECKS, *outside.CHECKS)
"""Every check, in the order in which they are told. One module for each subject."""
SECONDS: Final = 2.5
"""The patience of each group: with database and Redis frozen the whole command answers within five seconds."""
_OF_THE_CALLER: Final = "database"
_SILENT: Final = wrong(
    ("数据库没有应答。", "The database does not answer."),
    ("启动 PostgreSQL，检查 DATABASE_URL；不要删除 WAL。", "Start PostgreSQL, check DATABASE_URL; never delete WAL."),
)


def examine(looking: Looking, checks: Sequence[Check] = CHECKS, *, seconds: float = SECONDS) -> list[Line]:
    """Every line, in the order of the checks; what does not apply here is left out."""
    groups: dict[str, list[Check]] = {}
    for check in checks:
        groups.setdefault(check.asks, []).append(check)
    aside = {name: checks for name, checks in groups.items() if name != _OF_THE_CALLER}
    with ThreadPoolExecutor(len(aside)) as pool:
        futures = [pool.submit(_patiently, group, looking, seconds) for group in aside.values()]
        lines = _patiently(groups[_OF_THE_CALLER], looking, seconds)  # on the connection of whoever asks
        for future in futures:
            lines += future.result()
    place = {check.name: number for number, check in enumerate(checks)}
    return sorted(lines, key=lambda line: place[line.name])


def worst(lines: Iterable[Line]) -> str:
    """The worst colour of all."""
    levels = {line.level for line in lines}
    return next(level for level in (RED, YELLOW, GREEN) if level in levels or level == GREEN)


def _patiently(checks: list[Check], looking: Looking, seconds: float) -> list[Line]:
    with patience.of_a_request(seconds):
        return list(_lines(checks, looking))


def _lines(checks: list[Check], looking: Looking) -> Iterator[Line]:
    for check in checks:
        try:
            said = check.ask(looking)
        except Error:
            if check.asks == _OF_THE_CALLER and patience.is_database_silent():
                yield _line(check, _SILENT)  # and whoever else would ask it waits for nothing
                return
            said = _failed()
        except Exception:
            logger.exception("a check of the doctor failed", check=check.name)
            said = _failed()
        if said is not None:
            yield _line(check, said)


def _line(check: Check, said: Said) -> Line:
    return Line(check.name, said.level, said.says, said.cure, check.section)


def _failed() -> Said:
    return Said(
        RED,
        Words("这一项没有查成。", "This could not be looked at."),
        Words("查看日志；先处理上面的红色各行。", "Look into the log; mend the red lines above first."),
    )
