"""``spotcheck rehearse FILE...``: play scenario files and print every difference."""

import argparse
import json
import sys
from pathlib import Path

HELP = "play scenario files against the real models in an empty scratch database"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and how to print."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit with 0 when nothing differs, 1 when something does, 2 when a file breaks the format."""
    from spotcheck.rehearsal.player import play_file  # noqa: PLC0415 -- slow import
    from spotcheck.wiring.operating.databases import scratch_database  # noqa: PLC0415 -- slow import

    with scratch_database():
        outcomes = [play_file(path) for path in args.files]
    if args.json:
        json.dump(
            {
                "ok": all(outcome.is_ok for outcome in outcomes),
                "files": [outcome.as_json() for outcome in outcomes],
            },
            sys.stdout,
            ensure_ascii=False,
        )
        sys.stdout.write("\n")
    else:
        for outcome in outcomes:
            _print(outcome)
    if any(outcome.error for outcome in outcomes):
        return 2
    return 0 if all(outcome.is_ok for outcome in outcomes) else 1


def _print(outcome: "object") -> None:
    """One file for a reader."""
    data = outcome.as_json()  # type: ignore[attr-defined]
    mark = "✓" if data["ok"] else "✗"
    sys.stdout.write(f"{mark} {data['file']} ({data['id']})\n")
    if data["error"]:
        sys.stdout.write(f"    {data['error']}\n")
    for row in data["differences"]:
        sys.stdout.write(
            f"    step {row['step']}, {row['day']}, {row['label']}: expected {row['expected']}, got {row['got']}\n"
        )
