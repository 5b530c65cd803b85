"""Each file is played once, in one scratch database for all; the tests look at what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.rehearsal import player
from spotcheck.rehearsal.compare import Difference
from spotcheck.rehearsal.player import Outcome, play_file
from spotcheck.rehearsal.scenario import read
from spotcheck.wiring.operating.databases import scratch_database

HERE = Path(__file__).parent
ACCEPTANCE = HERE.parent / "acceptance"
FILES = {
    path.stem: path
    for path in (
        *sorted(HERE.glob("J*.yaml")),
        *sorted(ACCEPTANCE.glob("S*.yaml")),
        *sorted(ACCEPTANCE.glob("L*.yaml")),
    )
}


@dataclass
class Journey:
    """What came of one file: its differences, the acts entered, and by which guard which act was refused."""

    differences: list[Difference] = field(default_factory=list)
    acts: set[str] = field(default_factory=set)
    refusals: set[tuple[str, str]] = field(default_factory=set)


@pytest.fixture(scope="session")
def scratch(django_db_blocker: Any) -> Iterator[None]:
    """An empty database for all files of the session."""
    with django_db_blocker.unblock(), scratch_database():
        yield


class Journeys(dict[str, Journey]):
    """The files by name, played when they are first asked for."""

    def __missing__(self, name: str) -> Journey:
        """Play a file and keep what came of it."""
        self[name] = _played(FILES[name])
        return self[name]


@pytest.fixture(scope="session")
def journeys(scratch: None) -> Journeys:
    """Every file, played."""
    return Journeys()


@pytest.fixture
def play_text(scratch: None, tmp_path: Path) -> Callable[[str], Outcome]:
    """Play a file of this text, as the command does."""

    def play(text: str) -> Outcome:
        path = tmp_path / "story.yaml"
        path.write_text(text, encoding="utf-8")
        return play_file(path)

    return play


def _played(path: Path) -> Journey:
    """Play a file, note what was entered and what was refused, and leave nothing behind."""
    journey = Journey()
    perform = player.perform

    def noting(act: Any, **how: Any) -> Entry:
        try:
            return perform(act, **how)
        except ActNotPermitted as refusal:
            journey.refusals |= {(act.spec.name, reason.guard) for reason in refusal.reasons}
            raise

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(player, "perform", noting)
        journey.differences = list(player.play(read(path)))
        journey.acts = set(Entry.objects.values_list("act", flat=True))
        transaction.set_rollback(True)
    return journey
