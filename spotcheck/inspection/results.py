"""Results item by item: what is on record of a case (Articles 29, 31).

How what is to be recorded is judged stands in ``judging.py``, how it is kept in ``recording.py``;
``casework/results.py`` is the door for pages and programs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final

from django.db.models import QuerySet

from spotcheck.docket.flow import MATTERS, ActSpec
from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import Question, ask
from spotcheck.inspection.tables import ItemLimit, ItemResult
from spotcheck.rules.limits import said_of_absence

FIRST: Final = ItemResult.Phase.FIRST
OF_THE_ACT: Final = ("number", "reason", "approved_by", "tested_by", "verdict")
"""What says how a result came about, and is kept beside it."""
_NOT_JUDGED: Final = ("information", "not_applicable")


@dataclass(slots=True)
class Line:
    """One item of a case: as the rule has it, with the limit that holds here, and its results, the oldest first."""

    item: Mapping[str, Any]
    declared: Mapping[str, Any] | None = None
    revisions: list[ItemResult] = field(default_factory=list)
    earlier: int = 0
    """Results of a body that was commissioned before and has been replaced: on record, and nobody's here."""

    @property
    def number(self) -> str:
        """Its number in the rule."""
        return str(self.item["number"])

    @property
    def limit(self) -> Mapping[str, Any]:
        """The limit that holds: what the label declares, or that of the rule."""
        limit: Mapping[str, Any] = self.declared if self.declared is not None else self.item["limit"]
        return limit

    @property
    def newest(self) -> ItemResult | None:
        """The result that counts."""
        return self.revisions[-1] if self.revisions else None

    @property
    def is_judged(self) -> bool:
        """Whether a verdict is given at all."""
        return self.limit["kind"] not in _NOT_JUDGED

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing; what does not apply has nothing to report."""
        return bool(self.revisions) or self.limit["kind"] == "not_applicable"


class Tested:
    """What a matter says whose items are tested: the first test all of its rule, a later one what it was given.

    ``rule_snapshot`` is the frozen rule of the sample.
    """

    results_phase: ClassVar[str] = FIRST
    """Which test it is (``ItemResult.Phase``)."""

    def items_given(self) -> Collection[str] | None:
        """The names of the items it was commissioned with; None for all of the rule."""
        return None

    def results_since(self) -> int:
        """The number of the entry since which results are of the body that tests now."""
        return 0


class TestedAgain(Tested):
    """A retest or the test of a recheck: by the rule of the first test, and item by item only by programs."""

    dossier_id: int

    @cached_property
    def rule_snapshot(self) -> dict[str, Any]:
        """The rule by which the sample was tested first, which holds for its later tests too (Articles 40, 47)."""
        return frozen_rule(self.dossier_id)

    def is_meant_by(self, spec: ActSpec) -> bool:
        """On pages the items are stated with the report."""
        return spec.method != "record_results"


def frozen_rule(dossier: int) -> dict[str, Any]:
    """The rule by which a sample was tested first, as it was frozen; empty where there was none."""
    rows = MATTERS["inspection"].objects.filter(dossier=dossier)
    return rows.values_list("rule_snapshot", flat=True).first() or {}


def newest_of(matter: Any, *acts: str) -> int:
    """The number of the newest entry of these acts in a matter; 0 where there is none."""
    rows = Entry.objects.filter(dossier=matter.dossier_id, label=matter.label, act__in=acts).order_by("-sequence")
    return rows.values_list("sequence", flat=True).first() or 0


def lines_of(matter: Any) -> dict[str, Line]:
    """The items of a test by number, in the order of the frozen rule; empty where it is tested without one.

    Those of a retest or a recheck are the ones that it was commissioned with, and its results are its own.
    """
    given = matter.items_given()
    lines = {
        str(item["number"]): Line(item)
        for item in (matter.rule_snapshot or {}).get("items", ())
        if given is None or item["name"] in given
    }
    if not lines:
        return {}
    limits, results = questions(matter.dossier_id, phase=matter.results_phase, label=matter.label)
    for row in ask(limits):
        if row.number in lines:
            lines[row.number].declared = row.limit
    found = [result for result in ask(results) if result.number in lines]
    before = _recorded_before(matter.results_since(), found)
    for result in found:
        if result.entry_id in before:
            lines[result.number].earlier += 1
        else:
            lines[result.number].revisions.append(result)
    return lines


def _recorded_before(since: int, results: list[ItemResult]) -> set[int]:
    """The entries of those results that are no later than the one of this number; of the first test there are none."""
    if not since:
        return set()
    entries = Entry.objects.filter(pk__in={result.entry_id for result in results}, sequence__lte=since)
    return set(entries.values_list("pk", flat=True))


def questions(dossier_id: int, *, phase: str = FIRST, label: str = "") -> tuple[Question, Question]:
    """The questions for the declared limits of a case, and for the results of one test, the oldest first."""
    return (
        Question(("limits", dossier_id), _limits, (dossier_id,)),
        Question(("results", dossier_id, str(phase), label), _results, (dossier_id, str(phase), label)),
    )


def _limits(dossier_id: int) -> "QuerySet[ItemLimit]":
    return ItemLimit.objects.filter(dossier=dossier_id)


def _results(dossier_id: int, phase: str, label: str) -> "QuerySet[ItemResult]":
    return ItemResult.objects.filter(dossier=dossier_id, phase=phase, label=label).order_by("revision")


def missing(lines: Mapping[str, Line]) -> list[str]:
    """The items without a result, by number and name."""
    return [f"{line.number} {line.item['name']}" for line in lines.values() if not line.is_done]


def reported(lines: Mapping[str, Line]) -> list[dict[str, Any]]:
    """The items of the report from the newest revisions: ``[{name, kind, limit, value, unit, result}]``."""
    return [
        {
            "name": line.item["name"],
            "kind": line.item["kind"],
            "limit": str(line.limit.get("shown", ""))[:60],
            "value": newest.shown[:60],
            "unit": str(line.limit.get("unit") or line.item["unit"])[:30],
            "result": newest.verdict,
        }
        for line in lines.values()
        if (newest := line.newest) is not None and newest.verdict
    ]


def of(matter: Any) -> dict[str, Line]:
    """The same of the matter of an act that is being judged, read once."""
    known: dict[str, Line] | None = matter.proposal.known.get("lines")
    if known is None:
        known = matter.proposal.known["lines"] = lines_of(matter)
    return known


def shown(said: Mapping[str, Any], limit: Mapping[str, Any]) -> str:
    """A result as it is read: ``<0.01``, ``16.50+``, ``3.1、3.2``, a grade, words; ``未检出``, or ``未击穿``."""
    if said.get("value") not in (None, ""):
        return _number(said)
    if isinstance(said.get("specimens"), list):
        return "、".join(_number(one) if isinstance(one, Mapping) else str(one) for one in said["specimens"])
    if isinstance(said.get("present"), bool):
        absent, present = said_of_absence(str(limit.get("shown") or ""))
        return present if said["present"] else absent
    return str(said.get("grade") or said.get("text") or "")


def _number(said: Mapping[str, Any]) -> str:
    return f"{said.get('qualifier') or ''}{said.get('value', '')}{said.get('mark') or ''}"


def is_the_same(line: Line, said: Mapping[str, Any]) -> bool:
    """Whether a result says what the newest one of its item says, so that there is nothing to record."""
    newest = line.newest
    if newest is None:
        return False
    kept = {name: value for name, value in said.items() if name not in OF_THE_ACT and value not in (None, "")}
    was = {name: value for name, value in newest.reported.items() if value not in (None, "")}
    stated = str(said.get("verdict") or "")
    return kept == was and (not stated or stated == newest.verdict)
