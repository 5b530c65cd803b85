"""spotcheck setup: everything short of serving."""

import argparse

HELP = "make everything ready for serving: database, messages, static files"
NEEDS_DATABASE = False  # it makes the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser.add_argument("--program", action="store_true", help="only what lies in the program's folder: no database")
    parser.add_argument("--site", action="store_true", help="only static files and a place for files: no database")


def run(options: argparse.Namespace) -> int:
    """Prepare; quick when there is nothing to do."""
    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import begin, enter  # noqa: PLC0415 -- slow import

    if options.program:
        from spotcheck.wiring.operating.preparation import prepare_program  # noqa: PLC0415 -- slow import

        prepare_program()
        print("The program is complete.")
        return 0
    if options.site:
        begin()
        from spotcheck.wiring.operating.preparation import prepare_site  # noqa: PLC0415 -- app ready

        prepare_site()
        print("The site is complete.")
        return 0
    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        from spotcheck.wiring.operating.preparation import prepare  # noqa: PLC0415 -- app ready

        prepare()
    print("spotcheck is ready.")
    return 0
