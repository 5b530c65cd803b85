"""``spotcheck calendar``: which years are announced; taking in a notice of the State Council, by two persons."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spotcheck.cli import add_language
from spotcheck.rules.texts import Unreadable, read

if TYPE_CHECKING:
    from spotcheck.docket.models import CalendarNotice

HELP: Final = "the holidays: status, import of a notice, confirmation by a second person"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    status = commands.add_parser(
        "status", parents=[language], help="the years, the notices behind them, and what waits"
    )
    status.add_argument("--json", action="store_true", help="print one JSON object")
    take_in = commands.add_parser(
        "import", parents=[language], help="take in a notice; it has no effect before it is confirmed"
    )
    take_in.add_argument("file", metavar="FILE", help="date,kind,statutory,name with the source in the first line")
    take_in.add_argument("--by", metavar="NAME", required=True, help="who imports it")
    confirm = commands.add_parser(
        "confirm", parents=[language], help="put a notice into force and count the periods it moves again"
    )
    confirm.add_argument("number", metavar="ID", type=int, help="the number that the import gave")
    confirm.add_argument("--by", metavar="OTHER", required=True, help="who confirms it; not who imported it")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when a notice is refused, 2 when a file cannot be read."""
    from spotcheck.docket.calendar_notices import NotTaken  # noqa: PLC0415 -- app ready

    try:
        return {"status": _status, "import": _import, "confirm": _confirm}[options.command](options)
    except NotTaken as refused:
        print(f"spotcheck calendar: {refused.words.in_(options.lang)}", file=sys.stderr)
        return 1


def _status(options: argparse.Namespace) -> int:
    from spotcheck.docket import calendars, clock  # noqa: PLC0415 -- app ready
    from spotcheck.docket.models import CalendarNotice, Deadline  # noqa: PLC0415 -- app ready

    calendar = calendars.current()
    running = Deadline.objects.running().filter(provisional=True).count()
    state: dict[str, Any] = {
        "edition": calendar.edition,
        "announced": {notice.year: notice.source for notice in calendar.notices},
        "provisional": calendar.provisional_year,
        "missing": calendar.missing_year(clock.today()),
        "provisional_periods": running,
        "imported": [_row(row) for row in CalendarNotice.objects.order_by("id")],
    }
    if options.json:
        print(json.dumps(state, ensure_ascii=False))
        return 0
    chinese = options.lang.startswith("zh")
    print(f"{'日历' if chinese else 'calendar'}  {state['edition']}")
    for year, source in state["announced"].items():
        print(f"  {year}  {source}")
    print(f"  {state['provisional']}  {'暂定' if chinese else 'provisional'}  ({running})")
    if state["missing"]:
        print(f"  {state['missing']}  {'放假通知尚未导入' if chinese else 'the notice is not imported yet'}")
    for row in state["imported"]:
        waits = "待确认" if chinese else "waits for confirmation"
        print(f"  #{row['id']}  {row['year']}  {row['proposed_by']} / {row['confirmed_by'] or waits}")
    return 0


def _row(row: "CalendarNotice") -> dict[str, Any]:
    return {
        "id": row.pk,
        "year": row.year,
        "source": row.source,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "confirmed_by": row.confirmed_by or None,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
    }


def _import(options: argparse.Namespace) -> int:
    from spotcheck.docket.calendar_notices import propose, remarks  # noqa: PLC0415 -- app ready

    try:
        text = read(Path(options.file))
    except Unreadable as error:
        print(f"spotcheck calendar: {error.words.in_(options.lang)}", file=sys.stderr)
        return 2
    row = propose(text, by=options.by)
    chinese = options.lang.startswith("zh")
    for remark in remarks(row):
        print(f"  {remark.in_(options.lang)}")
    print(
        f"{row.year}年的放假通知已导入，编号 {row.pk}。由另一人执行：spotcheck calendar confirm {row.pk} --by 姓名"
        if chinese
        else f"The notice of {row.year} is imported as {row.pk}. Somebody else now runs: "
        f"spotcheck calendar confirm {row.pk} --by NAME"
    )
    return 0


def _confirm(options: argparse.Namespace) -> int:
    from spotcheck.docket.calendar_notices import confirm  # noqa: PLC0415 -- app ready
    from spotcheck.docket.redating import redate  # noqa: PLC0415 -- app ready

    row = confirm(options.number, by=options.by)
    moved = redate(row)
    for period in moved:
        (due, new_due), (latest, new_latest) = period.due_on, period.latest
        print(f"{period.dossier}:{period.name}  {due} / {latest}  ->  {new_due} / {new_latest}")
    print(
        f"{row.year}年的放假通知已生效；{len(moved)} 项期限的日期有变化。"
        if options.lang.startswith("zh")
        else f"The notice of {row.year} is in force; {len(moved)} periods have other dates."
    )
    return 0
