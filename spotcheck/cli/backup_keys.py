"""``spotcheck backup-keys``: the key that signs backups, those that are believed, and who can open encrypted ones."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from spotcheck.cli import account

HELP: Final = "the keys of backups: show them, make a new one, believe another machine's, encrypt for recipients"
NEEDS_DATABASE: Final = False  # on a new machine they come before the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DATA", help="data folder (default: SPOTCHECK_DATA, or var)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("show", parents=[common], help="what signs, what is believed, for whom is encrypted")
    commands.add_parser(
        "renew", parents=[common], help="make a key that signs from now on; what was signed before is believed as ever"
    )
    for name, text in (
        ("trust", "believe what this public key has signed: that of another machine, brought from its safe"),
        ("distrust", "believe nothing more that this key has signed"),
    ):
        commands.add_parser(name, parents=[common], help=text).add_argument("key", metavar="KEY")
    encrypt = commands.add_parser("encrypt-to", parents=[common], help="encrypt for these instead of those before")
    encrypt.add_argument("recipients", nargs="*", metavar="RECIPIENT", help="a recipient of age: age1...")
    encrypt.add_argument("--nobody", action="store_true", help="do not encrypt")
    identity = commands.add_parser("identity", help="make a key that opens backups, on whichever machine it is to stay")
    identity.add_argument("file", type=Path, metavar="FILE", help="a new file (0600)")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 2 for a key that is none."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.operating.backups import keys  # noqa: PLC0415 -- slow import

    if options.command == "identity":
        print(f"{options.file} opens what is encrypted for {keys.make_identity(options.file)}. Keep it away from here.")
        return 0
    choose_data_folder(options.data)
    now = datetime.now(UTC)
    if options.command == "renew":
        made = keys.renew(at=now, by=account())
        print(f"{made.short} signs from now on. Into the safe with {keys.folder()}; its public half is {made.key}")
    elif options.command == "trust":
        print(f"Backups signed by {keys.trust(options.key, at=now, by=account()).short} are believed.")
    elif options.command == "distrust":
        print(f"Backups signed by {keys.distrust(options.key).short} are believed no more.")
    elif options.command == "encrypt-to":
        if bool(options.recipients) == options.nobody:
            raise Problem("name recipients, or say --nobody.")
        keys.encrypt_to(tuple(options.recipients))
        print(
            f"From now on backups are encrypted for {len(options.recipients) or 'nobody'}; older ones stay as they are."
        )
    else:
        _show()
    return 0


def _show() -> None:
    from spotcheck.wiring.operating.backups import keys  # noqa: PLC0415 -- slow import

    known = keys.known()
    for one in known.verifying:
        span = f"{one.since[:10]}..{one.until[:10]}" if one.until else f"{one.since[:10]}, signs"
        print(f"{one.short}  {one.key}  {span}  {one.by}")
    for recipient in known.recipients:
        print(f"encrypted for {recipient}")
    if not known.verifying:
        print("No key yet: the first backup makes one.")
    if not known.recipients:
        print("Backups are not encrypted.")
