"""``spotcheck field``: the escrow key of the tablets, and rescue files of tablets that cannot send."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import Final

from spotcheck.cli import account, add_language

HELP: Final = "tablets: make the escrow key, take in the rescue file of one that cannot send"
NEEDS_DATABASE: Final = True
FEWEST: Final = 12
"""Characters of a passphrase."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    common = argparse.ArgumentParser(add_help=False)
    add_language(common)
    common.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="where the passphrase stands (default: it is asked for)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    escrow = commands.add_parser(
        "escrow",
        parents=[common],
        help="make the key for which tablets wrap theirs; keep the file away from the machine",
    )
    escrow.add_argument("file", type=Path, metavar="FILE", help="a new file (0600) for the private half")
    taking = commands.add_parser(
        "import",
        parents=[common],
        help="take in a rescue file; an officer has made a code for it on the page of tablets",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help="a file that ends with .screscue")
    taking.add_argument("--key", type=Path, metavar="FILE", required=True, help="the private half of the escrow key")
    taking.add_argument("--code", metavar="CODE", required=True, help="the code that the officer has made")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 for what is refused."""
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready
    from spotcheck.tablet.escrow import NotThisKey  # noqa: PLC0415 -- app ready
    from spotcheck.tablet.rescue import NotARescueFile  # noqa: PLC0415 -- app ready

    try:
        return _escrow(options) if options.command == "escrow" else _import(options)
    except NotThisKey:
        zh, en = (
            "密钥或者口令不对，或者救援文件是为另一把密钥封存的。",
            "Not this key or passphrase, or sealed for another key.",
        )
    except NotARescueFile:
        zh, en = (
            "不是救援文件，或者不完整：请从平板重新导出。",
            "No rescue file, or not whole: export it from the tablet again.",
        )
    except Refused as refused:
        zh = en = refused.text(options.lang)
    print(f"spotcheck field: {_say(options, zh, en)}", file=sys.stderr)
    return 1


def _escrow(options: argparse.Namespace) -> int:
    from spotcheck.tablet import escrow  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.places import private_text  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    if options.file.exists():
        raise Problem(f"{options.file} is there already.")
    passphrase = _passphrase(options, twice=True)
    if len(passphrase) < FEWEST:
        raise Problem(f"a passphrase has at least {FEWEST} characters.")
    made, pem = escrow.make(passphrase, account=account())
    private_text(options.file, pem)
    print(
        _say(
            options,
            f"密钥 {made.kid[:16]} 已生效。{options.file} 连同口令离机分开保管；平板下次联网登录时换用。",
            f"Key {made.kid[:16]} is in force. Keep {options.file} and its passphrase apart, away from this machine; "
            "tablets take it with the next sign-in.",
        )
    )
    return 0


def _import(options: argparse.Namespace) -> int:
    from spotcheck.tablet import escrow, rescue  # noqa: PLC0415 -- app ready

    private = escrow.read(options.key.read_bytes(), _passphrase(options))
    with options.file.open("rb") as file:
        taken = rescue.take_in(file, private, options.code, account=account())
    print(
        _say(
            options,
            f"{taken.person}：{len(taken.visits)} 次抽样，{taken.acts} 条记录，{taken.files} 个文件已收下。",
            f"{taken.person}: {len(taken.visits)} visits, {taken.acts} records and {taken.files} files taken in.",
        )
    )
    for line in taken.refused:
        print(_say(options, f"未收下：{line}", f"not taken: {line}"), file=sys.stderr)
    return 1 if taken.refused else 0


def _passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    if options.passphrase_file is not None:
        return str(options.passphrase_file.read_text(encoding="utf-8")).strip()
    first = getpass.getpass(_say(options, "口令：", "Passphrase: "))
    if twice and first != getpass.getpass(_say(options, "再输入一次：", "Once more: ")):
        raise Problem("the two differ.")
    return first


def _say(options: argparse.Namespace, zh: str, en: str) -> str:
    return zh if options.lang.startswith("zh") else en
