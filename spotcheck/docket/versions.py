"""Versions: a running period whose dates change gets a new row, and the old one is kept beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from spotcheck.docket import bulk
from spotcheck.docket.models import Deadline, Entry

SAME = ("dossier", "rule", "chart", "label", "matter_id", "party", "office", "rule_set", "started_by_id")
"""What both versions of a period have in common: it is the same period, begun by the same event."""
TOLD = ("started_on", "due_on", "latest", "provisional", "calendar")


class Change(NamedTuple):
    """A running period and the dates that it gets instead (as ``deadlines.dates`` returns them)."""

    deadline: Deadline
    new: dict[str, Any]

    def as_fact(self) -> dict[str, Any]:
        """What the entry keeps of both versions."""
        return {
            "period": self.deadline.name,
            "chart": self.deadline.chart,
            "from": {name: getattr(self.deadline, name) for name in TOLD},
            "to": {name: self.new[name] for name in TOLD},
        }


def replace(changes: Sequence[tuple[Change, Entry]]) -> list[Deadline]:
    """Put new versions in the place of running periods, each by its entry; return them in the same order."""
    old = []
    for (deadline, _), entry in changes:
        deadline.status = Deadline.Status.CORRECTED
        deadline.ended_on, deadline.ended_by, deadline.wake_on = entry.effective_on, entry, None
        old.append(deadline)
    bulk.update(old, ["status", "ended_on", "ended_by", "wake_on"])
    new = [
        Deadline(**{name: getattr(deadline, name) for name in SAME}, **dates, replaces=deadline)
        for (deadline, dates), _ in changes
    ]
    bulk.insert(new)
    return new


def before(deadline: Deadline) -> list[Deadline]:
    """Return the versions that this one has replaced, oldest first."""
    found: list[Deadline] = []
    version = deadline.replaces
    while version is not None:
        found.insert(0, version)
        version = version.replaces
    return found
