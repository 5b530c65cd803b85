"""Sweeping processes of a test, and acts of the test itself that are acknowledged or not."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.models import Deadline, Entry
from spotcheck.inspection.models import ResultNotice
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.wiring.machine.places import ROOT


@contextmanager
def sweepers(
    number: int, environment: dict[str, str], *options: str, tree: Path = ROOT
) -> Iterator[list[dict[str, Any]]]:
    """Let so many processes sweep during the block; afterwards the list holds what each says of itself.

    ``tree``: where the program lies that they run; this one, unless it is another version.
    """
    command = [sys.executable, "-m", "tests.faults.sweeping", *options]
    pipe = subprocess.PIPE
    said: list[dict[str, Any]] = []
    with ExitStack() as stack:
        logs = [stack.enter_context(TemporaryFile("w+")) for _ in range(number)]  # a pipe nobody reads would fill up
        running = [
            subprocess.Popen(command, env=environment, cwd=tree, stdin=pipe, stdout=pipe, stderr=log, text=True)
            for log in logs
        ]
        try:
            yield said
        finally:
            for process, log in zip(running, logs, strict=True):
                out, _ = process.communicate(input="", timeout=300)
                log.seek(0)
                errors = log.read()
                assert process.returncode == 0, errors[-3000:]
                said.append(json.loads(out) | {"errors": errors})


class Clerk:
    """Sends notices of results, one after the other, and keeps what was acknowledged."""

    def __init__(self) -> None:
        self.actor = in_capacity("province", office=Office.objects.get(code=PROVINCE_CODE))
        self.waiting = list(ResultNotice.objects.filter(state="due").values_list("pk", flat=True))
        self.accepted: list[int] = []
        self.last: int | None = None

    def keep_away(self) -> None:
        """Leave alone the dossiers in which something is due: whoever acts there does that first."""
        due = Deadline.objects.to_look_at(clock.today()).values("dossier")
        self.waiting = list(
            ResultNotice.objects.filter(pk__in=self.waiting).exclude(dossier__in=due).values_list("pk", flat=True)
        )

    def send_next(self) -> Entry:
        """Send one notice: an entry, a paper with a number, messages."""
        self.last = self.waiting.pop()
        return self.send(self.last)

    def send(self, key: int) -> Entry:
        """Send this notice (again)."""
        notice = ResultNotice.objects.select_related("party__enterprise", "party__handler").get(pk=key)
        entry = perform(notice.send, by=self.actor, on=clock.today())
        self.accepted.append(entry.pk)
        return entry

    def lost(self) -> list[int]:
        """What was acknowledged and is not there."""
        there = set(Entry.objects.filter(pk__in=self.accepted).values_list("pk", flat=True))
        return [key for key in self.accepted if key not in there]
