"""Loading the demo: stage by stage, each in one transaction, so that a kill leaves whole stages and nothing else.

The files that run now come first: with them the desk is of use, while the published batch is still being told.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.db.models import F

from spotcheck.demo import cast as people
from spotcheck.demo import chance, days, frame, post, running, year_2023
from spotcheck.demo.cast import Cast
from spotcheck.demo.file import World
from spotcheck.demo.models import DemoState
from spotcheck.demo.progress import Reporter, reporting
from spotcheck.demo.scheme import LINES, NOW
from spotcheck.demo.timeline import STEPS, Timeline
from spotcheck.docket import audit, clock
from spotcheck.docket.models import AuditRoot, Dossier, Message

Stage = DemoState.Stage

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

    ``say`` is told the name of every stage that begins. Raises :class:`NotEmpty`.
    """
    with reporting() as reporter:
        state = _state()
        while state.stage != Stage.LOADED:
            say(str(Stage(state.stage).label))
            _load(state, reporter)
        return state


def _load(state: DemoState, reporter: Reporter) -> None:
    """Load the stage that is next, and name the one after it in the same transaction."""
    stages = list(_STAGES)
    place = stages.index(Stage(state.stage))
    shares = [share for _, share in _STAGES.values()]
    load, share = _STAGES[stages[place]]
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
        total = sum(share for _, share in _STAGES.values())
        state = DemoState.objects.create(seed=chance.SEED, total=total, started_at=now, seen_at=now)
    return state


def _load_frame(_reporter: Reporter) -> None:
    people.establish()
    frame.load()


def _load_running(reporter: Reporter) -> None:
    _tell(clock.today(), reporter, running.begin)


def _load_year(reporter: Reporter) -> None:
    _tell(year_2023.LAST_DAY, reporter, year_2023.begin)
    for root in AuditRoot.objects.filter(dossiers=0):  # made of days that have files only since now
        audit.anchor(root.day)


def _tell(until: date, reporter: Reporter, begin: Callable[[World], None]) -> None:
    """Let stories happen, and everybody read the messages of all but the last days."""
    cast = Cast.read()
    timeline = Timeline(until, reporter.noted, partial(post.carry, cast, until=until))
    with days.one_calendar():
        begin(World(cast, timeline))
        timeline.run()
    unread_since = datetime.combine(days.after(clock.today(), -_UNREAD_DAYS), time.min, clock.SHANDONG)
    Message.objects.filter(created_at__lt=unread_since, read_at=None).update(read_at=F("delivered_at"))


def _steps(*, now: bool) -> int:
    return STEPS * sum(line.batches + 1 for line in LINES if (line.group == NOW) == now)


_STAGES: dict[Stage, tuple[Callable[[Reporter], None], int]] = {
    Stage.FRAME: (_load_frame, STEPS * 2),
    Stage.RUNNING: (_load_running, _steps(now=True)),
    Stage.BATCH: (_load_year, _steps(now=False)),
}
"""What each stage loads, and for how much of the progress it counts."""
