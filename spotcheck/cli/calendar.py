"""``spotcheck calendar``: which years are announced; taking in a notice of the State Council, as one person of two."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spotcheck.cli import account, add_language
from spotcheck.rules.texts import Unreadable, read

if TYPE_CHECKING:
    from spotcheck.docket.models import CalendarNotice
    from spotcheck.registers.models import Proposal

HELP: Final = "the holidays: status; proposing a notice that somebody on the site confirms, or the reverse"
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
        "import", parents=[language], help="propose a notice; it has no effect before somebody on the site confirms it"
    )
    take_in.add_argument("file", metavar="FILE", help="date,kind,statutory,name with the source in the first line")
    confirm = commands.add_parser(
        "confirm", parents=[language], help="confirm what somebody on the site proposed, and count again what it moves"
    )
    confirm.add_argument("number", metavar="ID", type=int, help="the number of the proposal")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when a notice is refused, 2 when a file cannot be read."""
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready

    try:
        return {"status": _status, "import": _import, "confirm": _confirm}[options.command](options)
    except Refused as refused:
        print(f"spotcheck calendar: {refused.text(options.lang)}", file=sys.stderr)
        return 1


def _status(options: argparse.Namespace) -> int:
    from spotcheck.docket import calendars, clock  # noqa: PLC0415 -- app ready
    from spotcheck.docket.models import CalendarNotice, Deadline  # noqa: PLC0415 -- app ready
    from spotcheck.registers import proposals  # noqa: PLC0415 -- app ready

    calendar = calendars.current()
    running = Deadline.objects.running().filter(provisional=True).count()
    state: dict[str, Any] = {
        "edition": calendar.edition,
        "announced": {notice.year: notice.source for notice in calendar.notices},
        "provisional": calendar.provisional_year,
        "missing": calendar.missing_year(clock.today()),
        "provisional_periods": running,
        "imported": [_row(row) for row in CalendarNotice.objects.order_by("id")],
        "waiting": [_proposed(one) for one in proposals.waiting().filter(kind="notice").order_by("pk")],
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
        print(f"  {row['year']}  {row['proposed_by']} / {row['confirmed_by'] or '–'}")
    for one in state["waiting"]:
        waits = f"待确认，至 {one['until']}" if chinese else f"waits for confirmation until {one['until']}"
        print(f"  #{one['id']}  {one['year']}  {one['proposed_by']} / {waits}")
    return 0


def _proposed(one: "Proposal") -> dict[str, Any]:
    return {
        "id": one.pk,
        "year": one.details["year"],
        "proposed_by": str(one.proposed_by or one.account),
        "until": one.last_day.isoformat(),
    }


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
    from spotcheck.registers import site_rules  # noqa: PLC0415 -- app ready
    from spotcheck.registers.doer import Doer  # noqa: PLC0415 -- app ready

    try:
        text = read(Path(options.file))
    except Unreadable as error:
        print(f"spotcheck calendar: {error.words.in_(options.lang)}", file=sys.stderr)
        return 2
    proposal = site_rules.propose_notice(text, by=Doer(account=account()))
    chinese = options.lang.startswith("zh")
    follows = site_rules.follows(proposal)
    assert follows is not None, "it was judged a moment ago"
    for remark in follows.notice.remarks:
        print(f"  {remark.in_(options.lang)}")
    year, last_day = follows.notice.year, proposal.last_day
    print(
        f"{year}年的放假通知已提请，编号 {proposal.pk}；确认后 {follows.rows} 项期限的日期会变化。"
        f"{last_day} 前由维护省局基础数据的管理员在网页“管理 → 待确认”中确认，否则失效。"
        if chinese
        else f"The notice of {year} is proposed as {proposal.pk}; confirmed, it moves {follows.rows} periods. An "
        f"administrator who keeps the province's master data confirms it on the site until {last_day}, or it falls."
    )
    return 0


def _confirm(options: argparse.Namespace) -> int:
    from spotcheck.docket.redating import redate  # noqa: PLC0415 -- app ready
    from spotcheck.registers import site_rules  # noqa: PLC0415 -- app ready

    proposal = confirmed(options.number, site_rules.NOTICE)
    row = site_rules.notice_in_force(proposal)
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


def confirmed(number: int, kind: str) -> "Proposal":
    """Confirm a proposal of a kind, as the command of this account: what somebody who is signed in has proposed."""
    from spotcheck.registers import proposals  # noqa: PLC0415 -- app ready
    from spotcheck.registers.doer import Doer  # noqa: PLC0415 -- app ready
    from spotcheck.registers.models import Proposal  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    found = Proposal.objects.filter(pk=number, kind=kind).first()
    if found is None:
        raise Problem(f"there is no such proposal {number}.")
    return proposals.confirm(found, by=Doer(account=account()))
