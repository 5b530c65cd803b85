"""Foreseeing: an act is really done, what came of it is read, and all of it is taken back.

So what a screen announces is what would happen, refusals included, and nothing is announced by a second set of
rules. No number, period or message remains.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from spotcheck.docket.acts import perform
from spotcheck.docket.models import Deadline, Entry


@dataclass(slots=True)
class Foreseen:
    """What an act would write: its entry, the periods that would start, and those that would end.

    The rows exist nowhere any more; they can be read, and asked for nothing else.
    """

    entry: Entry
    started: list[Deadline] = field(default_factory=list)
    ended: list[Deadline] = field(default_factory=list)

    @property
    def flags(self) -> list[str]:
        """The marks that the entry would carry."""
        return list(self.entry.flags)


@contextmanager
def taken_back() -> Iterator[None]:
    """Within the block everything may be done; at its end nothing has been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def foresee(act: Any, *, by: Any, on: date, facts: dict[str, Any] | None = None) -> Foreseen:
    """Say what an act would bring; raises what the act would raise."""
    with taken_back():
        entry = perform(act, by=by, on=on, facts=facts)
        rows = Deadline.objects.select_related("dossier", "office", "party__enterprise", "party__handler")
        same = rows.filter(dossier=entry.dossier_id).order_by("started_on", "pk")
        return Foreseen(
            entry,
            list(same.filter(started_by__sequence__gte=entry.sequence)),
            list(same.filter(ended_by__sequence__gte=entry.sequence)),
        )
