"""Running the benchmark: the worlds are made once, each part measures in them in an order that leaves the next its due."""

from collections.abc import Collection, Iterator
from typing import Final

from spotcheck.bench import acting, firing, importing, memory, papers, programs, redating, sweeping
from spotcheck.bench.measuring import Result, quietly
from spotcheck.bench.world import Place, fill, place
from spotcheck.wiring.site.celery_app import set_program_aside

PARTS: Final = ("P1", "P2", "P3", "P4", "P13", "acts", "laboratories", "forms", "import")
SMALL: Final = 100
"""The small world has the hundredth part of the periods of the large one."""
FEWEST: Final = 100
DUE: Final = 5
"""One period is due for so many that run on."""
CONCERNED: Final = 50
"""A calendar notice concerns one period for so many that run."""
MOST_IN_WORKERS: Final = 3000
PATHS: Final = 12
SAMPLES: Final = 16
"""A program's requests in turns; as many again for each process of the load."""


def run(rows: int, parts: Collection[str] = PARTS) -> Iterator[Result]:
    """Measure these parts with about so many running periods, and yield what each has found."""
    if "forms" in parts:  # they need no world
        yield papers.drawing()
    if "import" in parts:  # it has a database of its own
        yield importing.sheets(rows)
    if set(parts) <= {"forms", "import"}:
        return
    few = max(rows // SMALL, FEWEST)
    due = rows // DUE
    in_workers = min(MOST_IN_WORKERS, due // 4)
    fires = bool({"P2", "P3"} & set(parts))
    set_program_aside()  # as in every worker
    with quietly(), place() as small, place() as large:
        fill(small, due=in_workers if "P4" in parts else 0, opened=few)
        fill(large, due=(due if fires else 0) + (in_workers if "P4" in parts else 0), opened=rows)
        if "P1" in parts:
            yield sweeping.empty(small, large)
        if "P4" in parts:
            yield memory.worker(small, large, number=in_workers)
        if fires:
            yield from _firing(large, parts)
        if "P13" in parts:
            yield redating.notice(small, large, concerned=max(rows // CONCERNED, FEWEST))
        if "acts" in parts:
            yield acting.path(small, dossiers=PATHS)
        if "laboratories" in parts:
            yield programs.doors(large, samples=SAMPLES)


def _firing(large: Place, parts: Collection[str]) -> Iterator[Result]:
    """P3, and after it P2, with a snapshot from before."""
    with sweeping.old_snapshot(large):
        fired = firing.fire(large)
        if "P3" in parts:
            yield fired
        if "P2" in parts:
            yield sweeping.after_firing(large)
