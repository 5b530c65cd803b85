"""``spotcheck retry-parked``: let the sweep try parked periods again."""

import argparse
from typing import Final

HELP: Final = "let the next sweep try parked periods again, once their fault is mended"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(_options: argparse.Namespace) -> int:
    """Free them all."""
    from spotcheck.docket.sweep import retry_parked  # noqa: PLC0415 -- app ready

    print(f"{retry_parked()} periods will be tried again by the next sweep.")
    return 0
