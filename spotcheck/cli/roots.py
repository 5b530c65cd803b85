"""``spotcheck roots FILE``: the daily roots, to be kept where nobody can change them who can change the database."""

import argparse
import sys
from pathlib import Path
from typing import Final

HELP: Final = "write the daily roots into a file, to be kept elsewhere; verify-audit --roots compares them"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file", metavar="FILE", help="a file (0600), written whole or not at all; - for standard output"
    )


def run(options: argparse.Namespace) -> int:
    """Write every root there is, one a line."""
    from spotcheck.docket import audit, roots  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.places import private_text  # noqa: PLC0415 -- app ready

    audit.anchor_days_over()
    found = list(roots.lines())
    text = "".join(f"{line}\n" for line in found)
    if options.file == "-":
        sys.stdout.write(text)
        return 0
    private_text(Path(options.file), text)
    print(f"{options.file}: {len(found)} roots.")
    return 0
