"""``spotcheck restore DIR``: put a backup in the place of what is there, then check everything."""

import argparse
import sys
from pathlib import Path
from typing import Final

from spotcheck.cli import account

HELP: Final = "restore a backup; what was there is kept under another name"
NEEDS_DATABASE: Final = False  # it makes the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and where to."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--data", metavar="DATA", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser.add_argument("--practise", action="store_true", help="into a database beside it, checked and dropped")
    parser.add_argument("--replace", action="store_true", help="also when the database holds dossiers")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the key that opens an encrypted backup")
    parser.add_argument("--unsigned", action="store_true", help="a backup of before signatures, which anybody can make")


def run(options: argparse.Namespace) -> int:
    """Restore and check; 1 when something does not hold afterwards."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import

    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        from django.db import connections  # noqa: PLC0415 -- app ready

        from spotcheck.docket.models import Dossier  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.operating import databases  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.operating.backups import restoring  # noqa: PLC0415 -- app ready

        backup = restoring.verified(options.folder.resolve(), identity=options.identity, unsigned=options.unsigned)
        if backup.signed_by == restoring.UNSIGNED:
            print("NOT SIGNED: nothing but your word says that this is what was backed up.", file=sys.stderr)
        databases.prepare()
        if options.practise:
            return _told(restoring.practise(backup), "Practised; nothing here was changed.")
        if not options.replace and Dossier.objects.exists():
            raise Problem("the database holds dossiers: stop the system, and say --replace if you mean it.")
        connections.close_all()
        kept = restoring.restore(backup, account=account())
        wrong = restoring.what_does_not_hold()
    return _told(wrong, f"Restored; what was there is the database {kept}.")


def _told(wrong: list[str], done: str) -> int:
    for line in wrong:
        print(line)
    print(done)
    print(f"{len(wrong)} things do not hold." if wrong else "Everything holds.")
    return 1 if wrong else 0
