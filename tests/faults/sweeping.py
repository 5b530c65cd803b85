"""A process that sweeps again and again until its standard input is closed; its figures are one JSON object.

``python -m tests.faults.sweeping [--batch N] [--mutant NAME] [--once]`` on the database of DATABASE_URL.
"""

import argparse
import json
import select
import sys
from datetime import UTC, datetime

import django

PAUSE_SECONDS = 0.05


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=5)
    parser.add_argument("--mutant")
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.db import connections  # noqa: PLC0415 -- app ready

    from spotcheck.docket.sweep import sweep  # noqa: PLC0415 -- app ready
    from tests.faults import mutants  # noqa: PLC0415 -- app ready

    mutants.apply(options.mutant)
    figures = {"sweeps": 0, "lapsed": 0, "noted": 0, "cut": 0, "clock": datetime.now(UTC).isoformat()}
    while True:
        try:
            report = sweep(batch=options.batch, thorough=True)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the next sweep comes
            figures["cut"] += 1
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            connections.close_all()
        else:
            figures["sweeps"] += 1
            figures["lapsed"] += report.lapsed
            figures["noted"] += report.noted
        if options.once or select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
            break
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
