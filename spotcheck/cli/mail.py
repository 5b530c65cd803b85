"""``spotcheck mail``: try the mail server, see which letters were given up, let them be tried again."""

import argparse
import sys
from typing import Final

from spotcheck.cli import add_language

HELP: Final = "mail: send a trial letter, list letters that were given up, have them tried again"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    test = commands.add_parser("test", parents=[language], help="send a letter now, and print what the server answers")
    test.add_argument("address", metavar="ADDRESS")
    commands.add_parser("parked", parents=[language], help="letters that were given up, with the last answer")
    again = commands.add_parser("again", parents=[language], help="have letters that were given up tried again")
    again.add_argument("letters", metavar="LETTER", nargs="*", type=int, help="numbers of parked (default: all)")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when the server did not take the trial letter."""
    return {"test": _test, "parked": _parked, "again": _again}[options.command](options)


def _test(options: argparse.Namespace) -> int:
    from uuid import uuid4  # noqa: PLC0415

    from spotcheck.network import mail  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415

    if not mail.is_set():
        raise Problem("SPOTCHECK_MAIL names no server, so no mail is sent and none is promised on any page")
    subject, text = "测试邮件 / A trial letter", "邮件发送设置正确。\n\nThe settings for sending mail are right.\n"
    try:
        answer = mail.send(options.address, subject, text, message_id=f"<{uuid4()}@spotcheck.invalid>")
    except mail.Unsent as failure:
        print(_say(options, f"没有发出：{failure.answer}", f"Not sent: {failure.answer}"), file=sys.stderr)
        return 1
    print(_say(options, f"服务器已收下（{answer}）。", f"The server has it ({answer})."))
    return 0


def _parked(options: argparse.Namespace) -> int:
    from spotcheck.docket import clock, deliveries  # noqa: PLC0415 -- app ready

    rows = list(deliveries.parked())
    for row in rows:
        print(f"{row.pk:>6}  {clock.today_of(row.created_at)}  {row.kind}  {row.target}  {row.answer}")
    print(_say(options, f"{len(rows)} 封邮件已搁置。", f"{len(rows)} letters were given up."))
    return 0


def _again(options: argparse.Namespace) -> int:
    from spotcheck.docket import deliveries  # noqa: PLC0415 -- app ready

    freed = deliveries.again(options.letters or None)
    print(_say(options, f"{freed} 封邮件将重新发送。", f"{freed} letters will be tried again."))
    return 0


def _say(options: argparse.Namespace, zh: str, en: str) -> str:
    return zh if options.lang.startswith("zh") else en
