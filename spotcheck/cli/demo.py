"""``spotcheck demo``: load the demo province into an empty system, and compare its bulletin with the published one."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Final

from spotcheck.cli import add_language
from spotcheck.rules.words import Words
from spotcheck.wiring.machine.problems import Problem

if TYPE_CHECKING:
    from spotcheck.demo.bulletin import Bulletin

HELP: Final = "load the demo province, and compare its bulletin with the published one"
NEEDS_DATABASE: Final = True
ENVIRONMENT: Final = {"SPOTCHECK_DEMO": "1"}
"""Who asks for the demo wants it installed."""

_HEADS: Final = (
    Words("抽查企业（家）", "firms"),
    Words("抽查批次", "batches"),
    Words("不合格企业（家）", "firms failed"),
    Words("不合格批次", "batches failed"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to print."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--renew-rows", action="store_true", help="play the firms and the year 2023 anew into the rows of this program"
    )
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Exit with 0 when the bulletin is as published, 1 when it differs."""
    from spotcheck.demo import bulletin, load  # noqa: PLC0415 -- app ready

    if options.renew_rows:
        return _renew_rows(options.lang)

    loading = Words("正在载入", "Loading").in_(options.lang)
    # one line that changes, on a terminal; a line each time in a log
    after = "\r" if sys.stderr.isatty() else "\n"

    def say(progress: str) -> None:
        print(f"{loading}: {progress}  ", file=sys.stderr, flush=True, end=after)

    try:
        load.ensure_loaded(say)
    except load.NotEmpty as error:
        raise Problem(str(error)) from error
    found = bulletin.compute()
    if options.json:
        print(json.dumps(found.as_json(options.lang), ensure_ascii=False))
    else:
        _print(found, options.lang)
    return 1 if found.differences else 0


def _renew_rows(language: str) -> int:
    """Play what the rows hold in a database of its own, and keep it with the program."""
    from spotcheck.demo import load, rows  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.operating.databases import scratch_database  # noqa: PLC0415 -- app ready

    with scratch_database():
        parts = rows.played({load.Stage.FRAME: load.play_frame, load.Stage.BATCH: load.play_year})
    content = rows.packed(parts)
    rows.FILE.write_bytes(content)
    number = sum(len(table.lines) for part in parts.values() for table in part.tables.values())
    said = Words(f"{number} 行，{len(content)} 字节", f"{number} rows, {len(content)} bytes")
    print(f"{rows.FILE}: {said.in_(language)}")
    return 0


def _print(found: "Bulletin", language: str) -> None:
    from spotcheck.demo.published import PUBLISHED, ROWS, SOURCE  # noqa: PLC0415 -- app ready
    from spotcheck.demo.tables import table  # noqa: PLC0415 -- app ready

    heads = [Words("2023年第二批监督抽查", "Second batch of 2023"), *_HEADS]
    published = Words("公布数", "as published")
    rows = []
    for row, words in ROWS.items():
        rows.append((words.in_(language), *found.figures[row].as_row()))
        if row in found.differences:
            rows.append((published.in_(language), *PUBLISHED[row].as_row()))
    for kind, figures in found.kinds.items():
        rows.append((f"  {kind}", *figures.as_row()))
    for line in table([head.in_(language) for head in heads], rows):
        print(line)
    same = Words("与公布的数字一致", "The same as the figures published")
    other = Words("与公布的数字不同", "NOT the same as the figures published")
    print(f"{(other if found.differences else same).in_(language)}: {SOURCE.in_(language)}")
