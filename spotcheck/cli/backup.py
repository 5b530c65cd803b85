"""``spotcheck backup DIR``: database and files together, as they were at one moment."""

import argparse
from pathlib import Path
from typing import Final

HELP: Final = "back up the database and its files, together, into a new folder"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Make one backup."""
    from spotcheck.wiring.operating.backup import back_up  # noqa: PLC0415 -- app ready

    manifest = back_up(options.folder.resolve())
    print(f"{options.folder}: as of {manifest['made_at']}, {len(manifest['files'])} files.")
    return 0
