"""P4: how much memory a worker takes, with few and with many periods that run."""

import os
import subprocess
import sys
from typing import Final

from spotcheck.bench.measuring import Figure, Result
from spotcheck.bench.world import Place
from spotcheck.wiring.machine.places import ROOT

AT_MOST: Final = 1.05
PROCESSES: Final = 3


def worker(small: Place, large: Place, *, number: int) -> Result:
    """Let fresh workers sweep in both, each letting the same number of periods run out; compare their peaks."""
    few, many = small.count(), large.count()
    result = Result("P4", f"memory of a worker, {few:,} and {many:,} periods running; each lets {number:,} run out")
    peaks: dict[str, list[int]] = {"few": [], "many": []}
    for _ in range(PROCESSES):
        peaks["few"].append(_peak(small, number // PROCESSES))
        peaks["many"].append(_peak(large, number // PROCESSES))
    less, more = min(peaks["few"]), min(peaks["many"])
    result.figures = {
        "few_mib": Figure(f"{few:,} running", less / 1024, "MiB"),
        "many_mib": Figure(f"{many:,} running", more / 1024, "MiB"),
        "ratio": Figure("many : few", more / less, at_most=AT_MOST),
    }
    return result


def _peak(place: Place, number: int) -> int:
    """The peak of one fresh process, in KiB."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "spotcheck.bench.worker", str(number)],
        env=ours | {"DATABASE_URL": place.url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1])
