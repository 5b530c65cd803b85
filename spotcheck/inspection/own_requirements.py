"""What our own record of items asks, where a case is tested by a chosen rule of detail (Articles 9, 29, 31)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Entry
from spotcheck.docket.requirements import Requirement
from spotcheck.inspection import dangers, results
from spotcheck.inspection.judging import Judgement, examined
from spotcheck.planning.models import Task
from spotcheck.rules.acts import NO_FILE
from spotcheck.rules.limits import Grade, Range, limit_of
from spotcheck.rules.words import Words, in_one, names_in_one


def task_of(m: Any) -> Task | None:
    """The task of a sample with its rule, read once for an act."""
    known = m.proposal.known
    if "task" not in known:
        tasks = Task.objects.filter(dossier=m.dossier.parent_id).select_related("detail_rule")
        known["task"] = tasks.first() if m.dossier.parent_id is not None else None
    task: Task | None = known["task"]
    return task


def _rule_is_chosen(m: Any) -> bool:
    task = task_of(m)
    return task is None or not task.full_record or task.detail_rule is not None


def _named(judged: Iterable[Judgement]) -> Words | None:
    """Items with what their value and limit give."""
    told = [(f"{one.line.number} {one.line.item['name']}", one.judged.why) for one in judged]
    return in_one(Words(f"{name}（{why.zh}）", f"{name} ({why.en})") for name, why in told)


def _undecided(m: Any) -> list[Judgement]:
    return [one for one in _judged(m) if one.is_undetermined and not one.is_answered_for]


def _differing(m: Any) -> list[Judgement]:
    return [one for one in _judged(m) if one.differs and not one.is_answered_for]


def _unreasoned(m: Any) -> list[Judgement]:
    return [one for one in _judged(m) if one.line.revisions and not is_written(one.reason)]


def _judged(m: Any) -> list[Judgement]:
    return examined(m).results if m.rule_snapshot else []


def _weaker(m: Any) -> list[str]:
    """The declared limits that let more through than the mandatory ones in whose place they would stand."""
    if not m.rule_snapshot:
        return []
    found = examined(m)
    return [
        f"{number} {found.lines[number].item['name']}"
        for number, limit in found.limits.items()
        if found.lines[number].item["mandatory"] and not _is_as_strict(limit, found.lines[number].item["limit"])
    ]


def _is_as_strict(declared: Mapping[str, Any], standard: Mapping[str, Any]) -> bool:
    """Whether whatever holds the declared limit holds the standard too, as far as one can be told from the other."""
    own, theirs = limit_of(declared), limit_of(standard)
    if isinstance(own, Range) and isinstance(theirs, Range):
        return _is_inside(own.low, own.low_inclusive, theirs.low, theirs.low_inclusive, -1) and _is_inside(
            own.high, own.high_inclusive, theirs.high, theirs.high_inclusive, 1
        )
    if isinstance(own, Grade) and isinstance(theirs, Grade):
        return own.grades == theirs.grades and own.grades.index(own.lowest) >= own.grades.index(theirs.lowest)
    return declared["kind"] == standard["kind"]


def _is_inside(own: Any, own_inclusive: bool, theirs: Any, theirs_inclusive: bool, side: int) -> bool:
    if theirs is None:
        return True
    if own is None:
        return False
    return bool(own * side < theirs * side) or (own == theirs and (theirs_inclusive or not own_inclusive))


def _is_shown(m: Any) -> bool:
    proposal = m.proposal
    if not proposal["limits"] or not proposal.needs_files or is_written(proposal[NO_FILE]):
        return True
    return any(one.kind == "photo" for one in proposal.evidence)


def _are_those_of_record(m: Any) -> bool:
    """The items that a report states besides are those on record."""
    stated = m.proposal["items"]
    if not m.rule_snapshot or not stated:
        return True
    return {(row["name"], row["result"]) for row in stated} == {
        (row["name"], row["result"]) for row in results.reported(results.of(m))
    }


DETAIL_RULE_CHOSEN = Requirement("detail_rule_chosen", _rule_is_chosen)
RESULTS_OF_RULE = Requirement("results_of_rule", lambda m: bool(m.rule_snapshot))
LIMITS_FIXED = Requirement(
    "limits_fixed",
    lambda m: not m.proposal["limits"] or not any(line.revisions for line in results.of(m).values()),
    asks=("limits",),
)
DECLARED_NOT_WEAKER = Requirement(
    "declared_not_weaker", lambda m: not _weaker(m), asks=("limits",), tells=lambda m: names_in_one(_weaker(m))
)
DECLARED_SHOWN = Requirement("declared_shown", _is_shown, asks=("limits",))
METHOD_CANNOT_DECIDE = Requirement(
    "method_cannot_decide", lambda m: not _undecided(m), asks=("results",), tells=lambda m: _named(_undecided(m))
)
VERDICT_DIFFERS = Requirement(
    "verdict_differs", lambda m: not _differing(m), asks=("results",), tells=lambda m: _named(_differing(m))
)
CORRECTION_REASONED = Requirement(
    "correction_reasoned",
    lambda m: not _unreasoned(m),
    asks=("results",),
    tells=lambda m: names_in_one([f"{one.line.number} {one.line.item['name']}" for one in _unreasoned(m)]),
)
ITEM_NOT_COMMISSIONED = Requirement(
    "item_not_commissioned",
    lambda m: not m.rule_snapshot or not examined(m).foreign,
    asks=("results",),
    tells=lambda m: names_in_one(examined(m).foreign),
)
_OF_EACH = (METHOD_CANNOT_DECIDE, VERDICT_DIFFERS, CORRECTION_REASONED)
OF_RESULTS = (RESULTS_OF_RULE, LIMITS_FIXED, DECLARED_NOT_WEAKER, DECLARED_SHOWN, *_OF_EACH)
"""What ``results.record`` asks of the first test."""
OF_LATER_RESULTS = (RESULTS_OF_RULE, ITEM_NOT_COMMISSIONED, *_OF_EACH)
"""What it asks of a retest and of the test of a recheck: exactly the items that were commissioned (40, 47)."""


def _missing(m: Any) -> list[str]:
    return results.missing(results.of(m)) if m.rule_snapshot else []


ITEMS_MISSING = Requirement("items_missing", lambda m: not _missing(m), tells=lambda m: names_in_one(_missing(m)))


def _is_recorded_whole(m: Any) -> bool:
    """Where a later test is recorded item by item at all, every item of its commission has a result."""
    return not _are_recorded(m) or not _missing(m)


def _are_recorded(m: Any) -> bool:
    return any(line.revisions for line in results.of(m).values())


def _agrees_with_record(m: Any) -> bool:
    """What a later test reports is what was recorded of it: its items, or what they come to."""
    if not _are_recorded(m):
        return True
    recorded = results.reported(results.of(m))
    if "conclusion" in m.proposal.spec.facts().fields:
        return (m.proposal["conclusion"] == "nonconforming") == any(row["result"] == "fail" for row in recorded)
    stated = m.proposal["items"] or ()
    return {(row["name"], row["result"]) for row in stated} == {(row["name"], row["result"]) for row in recorded}


LATER_ITEMS_MISSING = Requirement("items_missing", _is_recorded_whole, tells=lambda m: names_in_one(_missing(m)))
LATER_ITEMS_OF_RECORD = Requirement("items_of_record", _agrees_with_record, asks=("items", "conclusion"))
ITEMS_OF_RECORD = Requirement("items_of_record", _are_those_of_record, asks=("items",))


def _has_file(kind: str) -> Callable[[Any], bool]:
    """Whether a file of this kind comes along, where files are asked for at all."""
    return lambda m: not m.proposal.needs_files or any(one.kind == kind for one in m.proposal.evidence)


def _is_owed(m: Any) -> bool:
    return bool(dangers.without_report().filter(pk=m.pk).exists())


def _says_the_same(m: Any) -> bool:
    """Whether the new file has the conclusion and the results of the report that was sent in."""
    stated, same = m.proposal["items"], m.proposal["conclusion"] == m.verdict
    return same and (not stated or _as_compared(stated) == _as_compared(_reported(m)))


def _reported(m: Any) -> list[dict[str, Any]]:
    entry = Entry.objects.filter(dossier=m.dossier_id, act="inspection.issue_report").order_by("-sequence").first()
    return list(entry.facts.get("items") or ()) if entry is not None else []


def _as_compared(items: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    return sorted(
        tuple(str(item.get(name) or "") for name in ("name", "result", "value", "limit", "unit")) for item in items
    )


PARTIAL_REPORT_ATTACHED = Requirement("report_attached", _has_file(dangers.PARTIAL_REPORT))
REPORT_ATTACHED = Requirement("report_attached", _has_file("report"))
PARTIAL_REPORT_OWED = Requirement("partial_report_owed", _is_owed)
RESULTS_WOULD_CHANGE = Requirement("results_would_change", _says_the_same, asks=("conclusion", "items"))
