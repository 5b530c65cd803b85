"""``spotcheck maintenance on|off``: announce that nothing can be recorded for a while, and end it."""

import argparse
import re
import sys
from datetime import date, datetime, time
from typing import Final

from spotcheck.cli import account, add_language

HELP: Final = "announce maintenance on every page and refuse writing meanwhile; or end it"
NEEDS_DATABASE: Final = True

_HOUR: Final = re.compile(r"[0-9]{2}:[0-9]{2}", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    on = commands.add_parser("on", parents=[language], help="announce it")
    on.add_argument("--from", dest="begins", metavar="HH:MM", type=_hour, default=None, help="(default: now)")
    on.add_argument("--until", dest="ends", metavar="HH:MM", type=_hour, required=True, help="when it is over")
    on.add_argument("says", metavar="TEXT", help="why, in a sentence that everybody reads")
    commands.add_parser("off", parents=[language], help="end it now")


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text if _HOUR.fullmatch(text) else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no hour, HH:MM") from None


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when there is nothing to end, or it would end before it begins."""
    from spotcheck.docket import clock  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.operating import maintenance  # noqa: PLC0415 -- app ready

    chinese = options.lang.startswith("zh")
    if options.command == "off":
        if maintenance.end(account=account()):
            print("维护已结束。" if chinese else "Maintenance is over.")
            return 0
        print("没有登记维护。" if chinese else "No maintenance was announced.", file=sys.stderr)
        return 1
    now = clock.local(clock.now())
    begins = _next(options.begins, now) if options.begins else now
    ends = _next(options.ends, begins)
    made = maintenance.announce(begins=begins, ends=ends, says=options.says.strip(), account=account())
    span = f"{made.begins:%Y-%m-%d %H:%M} – {made.ends:%Y-%m-%d %H:%M}"
    print(f"维护：{span}，期间不能登记。" if chinese else f"Maintenance: {span}; nothing is recorded meanwhile.")
    return 0


def _next(hour: time, after: datetime) -> datetime:
    """The next time that the clocks of Shandong show this hour; past midnight it is tomorrow's."""
    today = datetime.combine(after.date(), hour, after.tzinfo)
    if today > after:
        return today
    return datetime.combine(date.fromordinal(after.date().toordinal() + 1), hour, after.tzinfo)
