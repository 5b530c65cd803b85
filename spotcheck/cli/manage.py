"""spotcheck manage: Django's own commands, on the right servers and in the right role."""

import argparse
from contextlib import nullcontext

from spotcheck.wiring.machine.problems import Problem

HELP = "run a command of Django, such as shell or makemigrations"
NEEDS_DATABASE = False  # makemigrations must also work while the database is not up to date

# These change tables, which only the owner may do.
_AS_OWNER = {"migrate"}

_NOT_HERE = {
    "createsuperuser": "there are no superusers here: spotcheck people first-admin makes the first administrators",
    "changepassword": "nobody sets somebody else's password: spotcheck people link USERNAME issues a one-time link",
}
"""What Django offers and this system does in another way."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after the name is Django's."""
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SPOTCHECK_DATA, or var)")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="COMMAND ...")


def run(options: argparse.Namespace) -> int:
    """Hand over to Django."""
    if (reason := _NOT_HERE.get(next(iter(options.arguments), ""))) is not None:
        raise Problem(reason)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- slow import

    from spotcheck.wiring.machine.places import choose_data_folder  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.sharing import available_servers  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.machine.startup import enter  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.operating import databases  # noqa: PLC0415 -- slow import

    with available_servers(choose_data_folder(options.data)) as urls:
        enter(urls)
        as_owner = bool(_AS_OWNER.intersection(options.arguments[:1]))
        with databases.using(databases.owner_url()) if as_owner else nullcontext():
            try:
                execute_from_command_line(["spotcheck manage", *options.arguments])
            except SystemExit as exit_:
                return exit_.code if isinstance(exit_.code, int) else 0
    return 0
