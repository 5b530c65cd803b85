"""``spotcheck check-invariants``: whether everything that must hold at every moment holds now."""

import argparse
import json
from typing import Final

HELP: Final = "check the invariants: periods, steps, dates, finality, chains, numbers"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("names", nargs="*", metavar="I1", help="only these (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Run them; 1 when a row breaks one."""
    from spotcheck.docket.invariants import checking  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    known = checking.names()
    if unknown := [name for name in options.names if name not in known]:
        raise Problem(f"no invariant {', '.join(unknown)}; there are {', '.join(known)}")
    wanted = options.names or known
    broken = list(checking.check(wanted))
    if options.json:
        told = [row._asdict() for row in broken]
        print(json.dumps({"ok": not broken, "checked": wanted, "broken": told}, ensure_ascii=False))
        return 1 if broken else 0
    for name in wanted:
        rows = [row for row in broken if row.invariant == name]
        print(f"{'✗' if rows else '✓'} {checking.promise(name)}")
        for row in rows:
            print(f"    {row.dossier or '-'}  {row.subject}: {row.what}")
    return 1 if broken else 0
