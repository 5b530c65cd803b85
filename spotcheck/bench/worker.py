"""A fresh process that does what a worker does, and says how much memory that took (P4).

``python -m spotcheck.bench.worker NUMBER`` on the database of DATABASE_URL.
"""

import sys
from pathlib import Path
from typing import Final

import django

LOOKS: Final = 50


def main(number: int) -> None:
    """Sweep an empty day again and again, then let so many periods run out; print the peak in KiB."""
    django.setup()
    from spotcheck.bench.firing import BATCH, in_batches  # noqa: PLC0415 -- app ready
    from spotcheck.bench.sweeping import EVE  # noqa: PLC0415 -- app ready
    from spotcheck.bench.world import MIDNIGHT  # noqa: PLC0415 -- app ready
    from spotcheck.docket import sweep as sweeping  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.site.celery_app import set_program_aside  # noqa: PLC0415 -- app ready

    set_program_aside()
    for _ in range(LOOKS):
        sweeping.sweep(EVE, thorough=True)
    done = 0
    for keys in sweeping.all_due(MIDNIGHT, BATCH):
        in_batches(keys[: number - done])
        done += len(keys)
        if done >= number:
            break
    sys.stdout.write(f"{peak()}\n")


def peak() -> int:
    """The most memory that this process has had at one time, in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
