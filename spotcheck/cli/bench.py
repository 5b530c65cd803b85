"""``spotcheck bench``: what sweeping, firing, acting, re-dating and drawing cost, as ratios of one run."""

import argparse
import json
from typing import Final

HELP: Final = "measure sweeps, firings, acts, notices and imports in scratch databases, and the drawing of papers"
NEEDS_DATABASE: Final = True
_ROWS: Final = 100_000
_FEWEST: Final = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much, what, and how to print."""
    parser.add_argument(
        "--rows", type=int, default=_ROWS, metavar="N", help="running periods, lines of a sheet (default: %(default)s)"
    )
    parser.add_argument("--only", metavar="P1,P3", help="only these parts (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Measure and print; whether the goals are met is said and changes no exit code: a shared machine is no judge."""
    from spotcheck.bench import running  # noqa: PLC0415 -- app ready
    from spotcheck.bench.measuring import machine  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    parts = options.only.split(",") if options.only else list(running.PARTS)
    if unknown := [part for part in parts if part not in running.PARTS]:
        raise Problem(f"there is no part {', '.join(unknown)}; there are {', '.join(running.PARTS)}.")
    if options.rows < _FEWEST:
        raise Problem(f"--rows {options.rows} is too few to measure anything: {_FEWEST} at least.")
    results = []
    for result in running.run(options.rows, parts):
        results.append(result)
        if not options.json:
            print("\n".join(result.lines()), end="\n\n", flush=True)
    if options.json:
        told = {result.key: result.as_json() for result in results}
        print(json.dumps({"rows": options.rows, "machine": machine(), "parts": told}, ensure_ascii=False))
    return 0
