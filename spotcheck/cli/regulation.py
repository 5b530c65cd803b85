"""``spotcheck regulation``: write down what the program makes of the regulation, or check that this is current."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from spotcheck.wiring.machine.places import ROOT

HELP: Final = "write docs/regulation.md, docs/charts and docs/permitted-acts.md from the program"
NEEDS_DATABASE: Final = False  # it reads the program, not the data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is not current")
    parser.add_argument("--docs", metavar="DIR", type=Path, default=ROOT / "docs", help="where the pages are")


def run(options: argparse.Namespace) -> int:
    """Write or check; 2 without the tree of the program, because the tests are read too."""
    tests = ROOT / "tests"
    if not tests.is_dir():
        print(f"spotcheck regulation: {tests} is missing: run it in the tree of the program.", file=sys.stderr)
        return 2
    import django  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")
    django.setup()
    from spotcheck.handbook.pages import stale, write  # noqa: PLC0415 -- app ready

    if not options.check:
        for name in write(options.docs, tests):
            print(f"docs/{name}")
        return 0
    for name in (old := stale(options.docs, tests)):
        print(f"docs/{name} is not current: run spotcheck regulation.", file=sys.stderr)
    return 1 if old else 0
