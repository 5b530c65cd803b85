"""``spotcheck backup DIR``: database and files together, as they were at one moment."""

import argparse
from pathlib import Path
from typing import Final

from spotcheck.cli import account

HELP: Final = "back up the database and its files, together, into a new folder; signed, and encrypted if so wished"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Make one backup."""
    from spotcheck.wiring.operating.backups import keys, making  # noqa: PLC0415 -- app ready

    is_first = not keys.known().verifying
    manifest = making.back_up(options.folder.absolute(), account=account())
    (signer,) = [one for one in keys.known().verifying if not one.until]
    if is_first:
        print(f"A key that signs was made in {keys.folder()}. Into the safe with it; its public half is {signer.key}")
    sealed = f"encrypted for {len(manifest['recipients'])}" if manifest["recipients"] else "not encrypted"
    counted = f"{manifest['files']['count']} files, signed by {signer.short}, {sealed}"
    print(f"{options.folder}: as of {manifest['made_at']}, {counted}.")
    return 0
