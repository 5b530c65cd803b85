"""spotcheck migrate: bring the database up to date, as its owner."""

import argparse

HELP = "bring the database up to date, as its owner"
NEEDS_DATABASE = False  # it makes the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")


def run(options: argparse.Namespace) -> int:
    """Create what is missing, migrate, load the regions, renew the template."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.operating import databases  # noqa: PLC0415 -- slow import

    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        databases.prepare()
        databases.refresh_template()
    print("The database is up to date.")
    return 0
