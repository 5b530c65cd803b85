"""``spotcheck regulation``: write down what the program makes of the regulation, or check that this is current."""

import argparse
import sys
from pathlib import Path
from typing import Final

from spotcheck.wiring.machine.places import ROOT

HELP: Final = "write the generated pages of docs/ from the program, and the checklist of the papers"
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
    from spotcheck.wiring.machine.startup import begin  # noqa: PLC0415 -- slow import

    begin()
    from spotcheck.handbook import statements  # noqa: PLC0415 -- app ready
    from spotcheck.handbook.pages import pages, stale, write  # noqa: PLC0415 -- app ready

    wanted, papers = pages(tests), ROOT / "forms_templates"
    if not options.check:
        written = [f"docs/{name}" for name in write(options.docs, wanted)]
        for name in written + ["forms_templates/README.md"] * statements.write(papers):
            print(name)
        return 0
    old = [f"docs/{name}" for name in stale(options.docs, wanted)]
    for name in (old := old + ["forms_templates/README.md"] * statements.is_stale(papers)):
        print(f"{name} is not current: run spotcheck regulation.", file=sys.stderr)
    return 1 if old else 0
