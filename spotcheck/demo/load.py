"""Loading the demo: stage by stage, each in one transaction, so that a kill leaves whole stages and nothing else.

The firms and the year 2023 have fixed dates: they come as rows, within seconds, where those fit (``rows.py``). With
them the desk is of use, while the files that run now are played against today.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

import structlog
from django.db import transaction
from django.db.models import F

from spotcheck.demo import cast as people
from spotcheck.demo import chance, days, frame, laboratory, post, rows, running, year_2023
from spotcheck.demo.cast import Cast
from spotcheck.demo.file import World
from spotcheck.demo.models import DemoState
from spotcheck.demo.progress import Reporter, reporting
from spotcheck.demo.scheme import LINES, NOW
from spotcheck.demo.timeline import STEPS, Timeline
from spotcheck.docket import audit, clock
from spotcheck.docket.models import AuditRoot, Dossier, Message

logger = structlog.get_logger(__name__)

Stage = DemoState.Stage
Noted = Callable[[int], None]

_UNREAD_DAYS = 4
"""Longer than a weekend: what came in the last days nobody has read yet."""


class NotEmpty(Exception):
    """There are files that are not the demo's."""

    def __init__(self) -> None:
        super().__init__(
            "this system already has files of its own, and the demo is only loaded into an empty one: "
            "give --data another folder"
        )


def ensure_loaded(say: Callable[[str], None] = lambda stage: None) -> DemoState:
    """Load whatever of the demo is missing; nothing, when it is there. A second caller waits for the first.

    ``say`` is told what is being loaded, and how many files of how many are there. Raises :class:`NotEmpty`.
    """

    def tell(done: int) -> None:
        say(f"{Stage(state.stage).label} {done // STEPS} / {state.total // STEPS}")

    with reporting(tell) as reporter:
        state = _state()
        while state.stage != Stage.LOADED:
            _load(state, reporter)
        return state


def _load(state: DemoState, reporter: Reporter) -> None:
    """Load the stage that is next, and name the one after it in the same transaction."""
    stages = list(STAGES)
    place = stages.index(Stage(state.stage))
    shares = [share for _, share in STAGES.values()]
    load, share = STAGES[stages[place]]
    reporter.begin(sum(shares[:place]), share)
    with transaction.atomic(durable=True):
        load(reporter)
        state.stage = [*stages, Stage.LOADED][place + 1]
        if state.stage == Stage.LOADED:
            state.loaded_at = clock.now()
        state.done = sum(shares[: place + 1])
        state.save(update_fields=["stage", "loaded_at", "done"])


def _state() -> DemoState:
    """The row that says how far the demo is; a system with other files never gets one."""
    state = DemoState.objects.first()
    if state is None:
        if Dossier.objects.exists():
            raise NotEmpty
        now = clock.now()
        total = sum(share for _, share in STAGES.values())
        state = DemoState.objects.create(seed=chance.SEED, total=total, started_at=now, seen_at=now)
    return state


def play_frame() -> None:
    """Write offices, people and firms."""
    people.establish()
    frame.load()


def play_year(noted: Noted = lambda steps: None) -> None:
    """Let the year 2023 happen."""
    _tell(year_2023.LAST_DAY, noted, year_2023.begin)


def load_frame(_reporter: Reporter) -> None:
    if not _from_rows(Stage.FRAME):
        play_frame()


def load_year(reporter: Reporter) -> None:
    if not _from_rows(Stage.BATCH):
        play_year(reporter.noted)
    for root in AuditRoot.objects.filter(dossiers=0):  # made of days that have files only since now
        audit.anchor(root.day)


def _load_running(reporter: Reporter) -> None:
    laboratory.divide_work(clock.today())
    _tell(clock.today(), reporter.noted, running.begin)


def _from_rows(stage: Stage) -> bool:
    """Load a stage from the rows that were made at release, unless they do not fit here."""
    if why := rows.fit(stage):
        logger.info("the rows of the demo do not fit here, it is played", stage=str(stage), why=why)
        return False
    rows.load(stage)
    return True


def _tell(until: date, noted: Noted, begin: Callable[[World], None]) -> None:
    """Let stories happen, and everybody read the messages of all but the last days."""
    cast = Cast.read()
    timeline = Timeline(until, noted, partial(post.carry, cast, until=until))
    with days.one_calendar():
        begin(World(cast, timeline))
        timeline.run()
    unread_since = datetime.combine(days.after(clock.today(), -_UNREAD_DAYS), time.min, clock.SHANDONG)
    Message.objects.filter(created_at__lt=unread_since, read_at=None).update(read_at=F("delivered_at"))


def _steps(*, now: bool) -> int:
    return STEPS * sum(line.batches + 1 for line in LINES if (line.group == NOW) == now)


STAGES: dict[Stage, tuple[Callable[[Reporter], None], int]] = {
    Stage.FRAME: (load_frame, STEPS * 2),
    Stage.BATCH: (load_year, _steps(now=False)),
    Stage.RUNNING: (_load_running, _steps(now=True)),
}
"""What each stage loads, and for how much of the progress it counts."""
