"""``spotcheck figures``: count the figures, and compare them with the dossiers."""

import argparse
from typing import Final

HELP: Final = "count the figures of all bureaus; --compare holds them against the dossiers and the lists"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--compare", action="store_true", help="count everything again; 1 when something differed")


def run(options: argparse.Namespace) -> int:
    """Count; 1 when the comparison has found and set right a difference."""
    from spotcheck.casework import figure_keeping  # noqa: PLC0415 -- app ready

    if not options.compare:
        print(f"{figure_keeping.keep()} dossiers counted")
        return 0
    told = figure_keeping.compare()
    for line in told:
        print(f"✗ {line}")
    print(f"{len(told)} differences set right" if told else "✓ the figures are those of the dossiers and of the lists")
    return 1 if told else 0
