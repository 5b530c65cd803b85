"""A spot check that a test tells act by act, through the same doors as the rehearsals, in the database at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.parties.actors import Actor
from spotcheck.rehearsal.player import Player
from spotcheck.rehearsal.scenario import ActLine, act_line, read

PRODUCER = {"P": {"role": "sampled_producer", "region": 370102}}
PRODUCER_AND_SELLER = {
    "N": {"role": "nominal_producer", "region": 370305},
    "S": {"role": "seller", "region": 370102},
}


class _PlainDumper(yaml.SafeDumper):
    """Writes the same thing twice where it stands twice: a rehearsal reads no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Story:
    """One file of a rehearsal without steps: the test takes the steps itself."""

    def __init__(self, given: dict[Any, Any], parties: dict[str, dict[str, Any]] | None = None) -> None:
        whole = {"given": given, "parties": parties or PRODUCER, "steps": []}
        with TemporaryDirectory() as folder:
            path = Path(folder) / "story.yaml"
            path.write_text(yaml.dump(whole, Dumper=_PlainDumper))
            self.scenario = read(path)
        self.player = Player(self.scenario)
        self.world = self.player.world

    @contextmanager
    def day(self, day: date) -> Iterator[None]:
        """Live on this day: the sweep has run, and what is set up by then is there."""
        list(self.player.live(day))
        with clock.simulated(day):
            yield

    def do(self, act: str, day: date, **keys: Any) -> Entry:
        """Do one act on a day; keys are those of a line of a file, ``with_`` are its facts."""
        with self.day(day):
            before = set(Entry.objects.values_list("pk", flat=True))
            line, matter, by = self.prepare(act, **keys)
            perform(getattr(matter, line.spec.method), by=by, on=line.effective_on or day, facts=self.facts(line, day))
            self.world.find_dossiers()
            return Entry.objects.exclude(pk__in=before).order_by("pk").first()

    def prepare(self, act: str, **keys: Any) -> tuple[ActLine, Flow, Actor]:
        """The matter that an act concerns, and who does it."""
        if "with_" in keys:
            keys["with"] = keys.pop("with_")
        line = act_line({"act": act, **keys}, self.scenario, "test")
        matter = self.world.matter(line)
        assert matter is not None, f"{act}: there is no such matter"
        return line, matter, self.world.actor(line, matter)

    def facts(self, line: ActLine, day: date) -> dict[str, Any]:
        """The facts of a careful officer."""
        return self.player._facts(line, day)

    def dossier(self, number: int = 1) -> Dossier:
        """A dossier of the story as it is now."""
        return Dossier.objects.get(number=f"D{number}")

    def running(self, name: str, number: int = 1) -> Deadline:
        """The running period with this public name."""
        rule, _, label = name.partition(".")
        return Deadline.objects.running().get(dossier__number=f"D{number}", rule=rule, label=label)

    def dates(self, number: int = 1) -> dict[str, tuple[date, date]]:
        """All running periods with their two last days."""
        rows = Deadline.objects.running().filter(dossier__number=f"D{number}")
        return {row.name: (row.due_on, row.latest) for row in rows}


def reported(day: date) -> dict[str, Any]:
    """The stage in which a nonconforming report was issued on this day."""
    return {"stage": "reported_nonconforming", "sampled": day, "received": day, "reported": day}
