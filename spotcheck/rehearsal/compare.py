"""What a step expects against what is there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from spotcheck.docket import law
from spotcheck.docket.models import Deadline, Entry
from spotcheck.notices.models import Paper
from spotcheck.rehearsal.scenario import Step
from spotcheck.rehearsal.world import World
from spotcheck.rules import computation
from spotcheck.rules.guards import FLAGS


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a file and the system differ."""

    step: int
    day: date
    label: str
    expected: Any
    got: Any

    def as_json(self) -> dict[str, Any]:
        """The difference as the command prints it."""
        return {
            "step": self.step,
            "day": self.day.isoformat(),
            "label": self.label,
            "expected": _plain(self.expected),
            "got": _plain(self.got),
        }


def compare(world: World, step: Step, *, since: int, set_up: list[tuple[int, int]]) -> list[Difference]:
    """Return where the world differs from what the step expects.

    Papers and flags since an entry are looked at, without those of the spans of entries that set up stages.
    """
    found: list[Difference] = []
    if step.expect is None:
        return found

    def note(label: str, expected: Any, got: Any) -> None:
        if expected != got:
            found.append(Difference(step.number, step.day, label, expected, got))

    for label, expected in (step.expect.get("states") or {}).items():
        note(label, str(expected), world.state(label))
    if "deadlines" in step.expect:
        _compare_deadlines(step.expect["deadlines"] or {}, running(world, step.day), note)
    note("forms", sorted(step.expect.get("forms") or []), forms(since, set_up))
    note("flags", sorted(set(step.expect.get("flags") or [])), flags(since, set_up))
    return found


def _compare_deadlines(expected: dict[str, Any], got: dict[str, dict[str, Any]], note: Any) -> None:
    for name in sorted(set(expected) | set(got)):
        wanted = _filled(expected[name]) if name in expected else None
        there = got.get(name)
        if wanted != there:
            note(name, _shown(wanted), _shown(there))


def _filled(dates: dict[str, Any]) -> dict[str, Any]:
    return {
        "due_on": dates["due_on"],
        "latest": dates.get("latest", dates["due_on"]),
        "overdue": bool(dates.get("overdue", False)),
    }


def _shown(dates: dict[str, Any] | None) -> dict[str, Any] | None:
    """Leave out what says nothing, as files do."""
    if dates is None:
        return None
    shown = {"due_on": dates["due_on"]}
    if dates["latest"] != dates["due_on"]:
        shown["latest"] = dates["latest"]
    if dates["overdue"]:
        shown["overdue"] = True
    return shown


def running(world: World, today: date) -> dict[str, dict[str, Any]]:
    """The running periods of all dossiers by the names the file knows."""
    return {
        world.deadline_name(deadline): {
            "due_on": deadline.due_on,
            "latest": deadline.latest,
            "overdue": law.period_of(deadline).duty and computation.overdue(deadline.due_on, today),
        }
        for deadline in Deadline.objects.running()
    }


def forms(since: int, set_up: list[tuple[int, int]]) -> list[int]:
    """The numbers of the forms issued after an entry."""
    papers = Paper.objects.filter(entry__gt=since, letter="")
    for first, last in set_up:
        papers = papers.exclude(entry__gt=first, entry__lte=last)
    return sorted(papers.values_list("form", flat=True))


def flags(since: int, set_up: list[tuple[int, int]]) -> list[str]:
    """The flags raised after an entry."""
    entries = Entry.objects.filter(pk__gt=since).exclude(flags=[])
    for first, last in set_up:
        entries = entries.exclude(pk__gt=first, pk__lte=last)
    return sorted({flag for raised in entries.values_list("flags", flat=True) for flag in raised if flag in FLAGS})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value
