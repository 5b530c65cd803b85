"""``spotcheck upgrade check``: in the new tree, whether it may take over the database, and what that costs."""

import argparse
from typing import Final

from spotcheck.cli import add_language
from spotcheck.cli.doctor import tell

HELP: Final = "before an upgrade, in the new tree: what stands in the way, and what to look at"
NEEDS_DATABASE: Final = False  # the database is still that of the version before


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="versions, migrations to come, settings, acts, backup, queue, room")
    add_language(check)
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")


def run(options: argparse.Namespace) -> int:
    """Look; 1 when a line is red: do not upgrade yet."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import

    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        from spotcheck.wiring.operating import upgrading  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.operating.doctor.examining import examine  # noqa: PLC0415 -- app ready
        from spotcheck.wiring.operating.doctor.findings import Looking  # noqa: PLC0415 -- app ready

        lines = examine(Looking(), upgrading.CHECKS, seconds=upgrading.PATIENCE)
    return tell(lines, options)
