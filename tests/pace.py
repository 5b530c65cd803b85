"""How long something may take here and now: a bound by the clock is stretched by as much as the machine is busy."""

import os
import time

_A_LOOP = 200_000


def stretched(seconds: float) -> float:
    """So many seconds of a machine that has a processor free, on this one as it is at this moment.

    A server that is waited for is given up after seconds of the clock; what is done before and after costs time of a
    processor, and how soon one is free depends on what else runs.
    """
    return seconds * max(1.0, _shared_by(), _waited_for())


def _shared_by() -> float:
    """How many have wanted each processor during the last minute."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def _waited_for() -> float:
    """How much longer some work takes now than the processor works on it: also where only a share of one is ours."""
    began, worked = time.monotonic(), time.process_time()
    for _ in range(_A_LOOP):
        pass
    return (time.monotonic() - began) / max(time.process_time() - worked, 1e-6)
