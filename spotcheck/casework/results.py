"""Results item by item at a door: recording them, and what somebody sees of them (Articles 29, 31).

    record(actor, dossier, results=[{"number": "1", "value": "7.40", "unit": "Ω/km"}, ...], on=day, post=post)

answers ``Done`` or what was refused. Of one result: ``number`` (序号 of the frozen rule) and the fields of
``rules/verdicts.FIELDS``: ``value`` (a text), ``mark``, ``qualifier``, ``specimens``, ``present``, ``grade``, ``text``,
``unit``, ``lod``, ``loq``, ``uncertainty``, ``method``, ``deviation``, ``tested_on``, ``equipment``, ``environment``;
``verdict`` (pass or fail) is the laboratory's, and the computed one where it is left out; ``reason`` and
``approved_by`` (staff number of somebody entitled to sign) go with another verdict, ``reason`` with every correction;
``tested_by`` is a staff number. Faults of form are ``BadFacts`` by ``results/<place>/<field>``; refusals name guards:
``verdict_differs``, ``method_cannot_decide``, ``limits_fixed``, ``declared_not_weaker``, ``declared_shown``,
``correction_reasoned``, ``results_of_rule``. What is on record in the same words is not recorded again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Unpack

from spotcheck.casework.doing import Done, How, do
from spotcheck.casework.privacy import Sight
from spotcheck.docket.acts import question_of_matters
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import foreseen
from spotcheck.inspection.judging import NothingNew
from spotcheck.inspection.models import Inspection
from spotcheck.inspection.results import Line, is_the_same, lines_of, missing
from spotcheck.parties.actors import Actor
from spotcheck.parties.staff import Staff
from spotcheck.rules.acts import NO_FILE
from spotcheck.rules.refused import Refused

__all__ = ["Line", "inspection_of", "missing", "record", "record_in", "sheet", "sheet_of", "signatories"]


def inspection_of(dossier: Dossier) -> Inspection | None:
    """The inspection of a sample, if it has one."""
    known = foreseen(question_of_matters("inspection", dossier.pk).name)
    rows = Inspection.objects.filter(dossier=dossier).select_related("detail_rule")
    inspection: Inspection | None = rows.first() if known is None else next(iter(known), None)
    if inspection is not None:
        inspection.dossier = dossier
    return inspection


class Said(How, total=False):
    """What is recorded, and how (:class:`How`)."""

    results: Sequence[Mapping[str, Any]]
    limits: Sequence[Mapping[str, Any]]
    """Limits that the label declares (``[{number, limit}]``), before the first result; with them a ``photo``."""
    no_file_reason: str
    """Or why there is none."""


def record(actor: Actor, dossier: Dossier, **said: Unpack[Said]) -> Done | Refused:
    """Record results of a first test, and limits.

    The dossier must have an inspection. The same once more is answered by the entry that has it (``again``).
    """
    inspection = inspection_of(dossier)
    assert inspection is not None, "nothing is tested here"
    return record_in(actor, inspection, **said)


def record_in(
    actor: Actor,
    matter: Any,
    *,
    results: Sequence[Mapping[str, Any]] = (),
    limits: Sequence[Mapping[str, Any]] = (),
    no_file_reason: str = "",
    **how: Unpack[How],
) -> Done | Refused:
    """The same of one test: the inspection of a sample, a retest, or a recheck (which take no limits)."""
    facts: dict[str, Any] = {"results": [dict(one) for one in results], "limits": [dict(one) for one in limits]}
    facts[NO_FILE] = no_file_reason
    answer = do(actor, matter, "record_results", facts={name: said for name, said in facts.items() if said}, **how)
    entry = _on_record(matter, results) if isinstance(answer, NothingNew) else None
    return Done(entry, again=True) if entry is not None else answer


def _on_record(matter: Any, results: Sequence[Mapping[str, Any]]) -> Any:
    """The entry in which all of these results stand already."""
    lines = lines_of(matter)
    found = [lines.get(str(said.get("number") or "")) for said in results]
    if any(line is None or not is_the_same(line, said) for line, said in zip(found, results, strict=True)):
        return None
    newest = [line.newest for line in found if line is not None and line.newest is not None]
    return max((one.entry for one in newest), key=lambda entry: entry.sequence, default=None)


def sheet_of(matter: Any) -> list[Line]:
    """The items that a retest or a recheck was commissioned with, with its own results and with none of the first test.

    Whoever shows them knows that the office is the one commissioned.
    """
    return list(lines_of(matter).values())


LATER: Final = ("retest", "recheck")
"""The charts of later tests."""


def later_sheets(dossier: Dossier, actor: Actor) -> list[tuple[Flow, list[Line]]]:
    """The retests and rechecks of a sample that are recorded item by item, with what this actor may see of each.

    Who tests sees what its own office has recorded, the province all of it, another bureau what has been reported.
    """
    sight, found = Sight(actor), []
    if not sight.is_office:
        return []
    for matter in (one for chart in LATER for one in MATTERS[chart].objects.filter(dossier=dossier).order_by("pk")):
        goes_on = matter.state in matter.spec_of("record_results").source
        if not (sight.is_blind or sight.organises or (sight.is_bureau and not goes_on)):
            continue
        lines = list(lines_of(matter).values())
        for line in lines if sight.is_blind else ():
            line.revisions = [one for one in line.revisions if one.entry.office_id == _office_of(actor)]
        if any(line.revisions for line in lines):
            found.append((matter, lines))
    return found


def _office_of(actor: Actor) -> int | None:
    return actor.office.pk if actor.office is not None else None


def sheet(dossier: Dossier, actor: Actor) -> list[Line]:
    """The items of a case with limits and results as this actor may see them; nothing where no rule was frozen.

    Who may not know the results of the first test (a retest laboratory, who samples) sees items and limits only.
    """
    inspection = inspection_of(dossier)
    if inspection is None:
        return []
    lines = list(lines_of(inspection).values())
    if not Sight(actor).sees_results(dossier):
        for line in lines:
            line.revisions = []
    return lines


def signatories(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Who of the actor's office may approve a verdict: staff number and name."""
    return [(number, post.user.full_name) for number, post in Staff(actor.office, on).entitled("sign")]
