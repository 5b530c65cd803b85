"""A draw as an officer looks at it (Article 12): the list as it was frozen, and what came of it.

The list is frozen first and drawn from afterwards, with a seed that the machine makes at the moment of the draw: no
page and no request before it knows one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from spotcheck.docket.clock import SHANDONG
from spotcheck.docket.models import Dossier
from spotcheck.docket.wording import listed
from spotcheck.planning.candidates import MOST_SHOWN
from spotcheck.planning.models import DrawLog, Frame, Target, TargetSampler
from spotcheck.planning.queries import known_before
from spotcheck.planning.samplers import PRESENT

MOST_TARGETS: Final = 500


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen list as a page shows it."""

    frame: Frame

    @property
    def shown(self) -> list[str]:
        """The first of the lines."""
        return [line["text"] for line in self.frame.lines[:MOST_SHOWN]]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return len(self.frame.lines)

    @property
    def firms(self) -> int:
        """How many firms stand on it."""
        return len({line["firm"] for line in self.frame.lines})

    @property
    def frozen_on(self) -> date:
        """The day on which it was frozen: nothing is drawn from it before."""
        return self.frame.frozen_at.astimezone(SHANDONG).date()


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """One target that was drawn: who comes, who is next, and whether the register proves a recent check of it."""

    number: str
    coming: str
    waiting: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page tells of a draw that was held: its log, and the first of the targets."""

    task: str
    log: DrawLog
    targets: list[DrawnTarget]
    count: int


def drawn(task: Dossier) -> Drawn | None:
    """The draw of a task, if there was one."""
    log = DrawLog.objects.filter(task__dossier=task).select_related("frame__office", "frame__by").first()
    if log is None:
        return None
    known = known_before(task)
    targets = Target.objects.filter(task__dossier=task).select_related("dossier").order_by("pk")
    first = targets.prefetch_related("drawn_samplers")[:MOST_SHOWN]
    return Drawn(task.number, log, [_drawn_target(target, known) for target in first], targets.count())


def _drawn_target(target: Target, known: set[str]) -> DrawnTarget:
    """The samplers of a target; of one drawn before samplers were, those whom the draw named."""
    samplers = list(target.drawn_samplers.all())
    return DrawnTarget(
        number=target.dossier.number,
        coming=listed([one.name for one in samplers if one.state in PRESENT] or target.samplers),
        waiting=listed(one.name for one in samplers if one.state == TargetSampler.State.DRAWN),
        is_known=target.dossier.number in known,
    )
