"""The ``spotcheck`` command: every module here but ``main`` is a subcommand.

A subcommand has ``HELP``, ``NEEDS_DATABASE``, ``add_arguments(parser)`` and ``run(options) -> int``
(0 fine, 1 the answer is no, 2 wrong use). It imports Django, and what needs Django, inside ``run``.
"""

import argparse
import os
import pwd
import socket
from datetime import date
from typing import Final

from spotcheck.rules.days import day_of

LANGUAGES: Final = ("zh-hans", "en")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Declare the language in which a subcommand answers: Chinese, unless one wants English."""
    parser.add_argument("--lang", default=LANGUAGES[0], choices=LANGUAGES, help="language of the words")


def a_day(text: str) -> date:
    """Read a day: year-month-day, and nothing else that a parser might make of a text."""
    if (found := day_of(text)) is None:
        raise argparse.ArgumentTypeError(f"{text} is no day, YYYY-MM-DD")
    return found


def account() -> str:
    """The account of the machine: what the system says of this process, not what its environment claims."""
    return f"{pwd.getpwuid(os.getuid()).pw_name}@{socket.gethostname()}"
