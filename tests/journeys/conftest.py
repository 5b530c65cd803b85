"""Each file is played once, in one scratch database for all; the tests look at what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from spotcheck.docket.acts import perform
from spotcheck.docket.answers import asking_of, askings, is_called_for, is_silent
from spotcheck.docket.flow import Proposal
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.parties.actors import Actor
from spotcheck.rehearsal import player
from spotcheck.rehearsal.compare import Difference
from spotcheck.rehearsal.player import Outcome, play_file
from spotcheck.rehearsal.scenario import read
from spotcheck.wiring.operating.databases import scratch_database

Fact = tuple[str, str]
"""An act, and the name of a fact of it."""

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

    def __init__(self) -> None:
        super().__init__()
        self.passed_over: dict[Fact, str] = {}
        """By act and fact, once for all files, what is wrong with what happens without the fact; nothing is right."""

    def __missing__(self, name: str) -> Journey:
        """Play a file and keep what came of it."""
        self[name] = _played(FILES[name], self.passed_over)
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


def _played(path: Path, passed_over: dict[Fact, str]) -> Journey:
    """Play a file, note what was entered and what was refused, and leave nothing behind."""
    journey = Journey()

    def noting(act: Any, **how: Any) -> Entry:
        tried = _without_each(act, passed_over, **how)
        try:
            entry = perform(act, **how)
        except ActNotPermitted as refusal:
            journey.refusals |= {(act.spec.name, reason.guard) for reason in refusal.reasons}
            raise
        passed_over.update(tried)
        return entry

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(player, "perform", noting)
        journey.differences = list(player.play(read(path)))
        journey.acts = set(Entry.objects.values_list("act", flat=True))
        transaction.set_rollback(True)
    return journey


def _without_each(act: Any, known: dict[Fact, str], *, by: Actor, on: date, facts: dict[str, Any]) -> dict[Fact, str]:
    """Try an act without each fact that it cannot do without, and say what is wrong with the refusal."""
    spec, matter = act.spec, act.__self__
    proposal = Proposal(spec, by, on, on, facts)
    asked = [
        name
        for name, asking in askings(spec.facts).items()
        if (spec.name, name) not in known and not is_silent(asking, facts.get(name))
    ]
    called_for = [name for name in asked if is_called_for(matter, proposal, name)]
    return {(spec.name, name): _refused(act, name, by=by, on=on, facts=facts) for name in called_for}


def _refused(act: Any, name: str, *, by: Actor, on: date, facts: dict[str, Any]) -> str:
    """What is wrong with the refusal of an act without one fact: it is named, with article and cure, nothing is done.

    A text is not left out but put as a bare yes: by hand a bare claim is never enough.
    """
    before = Entry.objects.count()
    bare = {name: "是"} if asking_of(act.spec, name).in_writing else {}
    left = {other: stated for other, stated in facts.items() if other != name} | bare
    try:
        with transaction.atomic():
            perform(act, by=by, on=on, facts=left)
            transaction.set_rollback(True)
    except ActNotPermitted as refusal:
        named = [reason for reason in refusal.reasons if name in reason.facts and reason.articles and reason.cure]
        if Entry.objects.count() != before:
            return "something was recorded"
        return "" if named else f"refused by {[reason.guard for reason in refusal.reasons]}"
    else:
        return "done without it"
