"""Judging results that are about to be recorded (Articles 29, 31).

The arithmetic is that of ``rules/verdicts.py`` and no other. The laboratory's verdict governs; one that is not the
computed one, and one that no arithmetic gives, needs a reason and somebody entitled to sign.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from spotcheck.docket.facts import is_written
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.wording import say
from spotcheck.inspection.results import Line, is_the_same, of
from spotcheck.parties.staff import Staff
from spotcheck.rules.days import day_of
from spotcheck.rules.limits import limit_of
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.verdicts import Judged, Verdict, judge
from spotcheck.rules.words import Words

LEAST_REASON: Final = 10
"""So many characters has a reason for another verdict at least."""
_STATED: Final = (Verdict.PASS.value, Verdict.FAIL.value)


class NothingNew(BadFacts):
    """Everything that was sent is on record in the same words."""

    kind = "nothing-new"


@dataclass(slots=True)
class Judgement:
    """One result about to be recorded."""

    place: int
    line: Line
    said: Mapping[str, Any]
    judged: Judged
    verdict: str
    reason: str
    approver: Any = None
    tester: Any = None

    @property
    def differs(self) -> bool:
        """Whether the laboratory says otherwise than the arithmetic."""
        return bool(self.verdict) and self.judged.verdict in _STATED and self.verdict != self.judged.verdict

    @property
    def is_undetermined(self) -> bool:
        """Whether no arithmetic can decide it."""
        return self.judged.verdict is Verdict.UNDETERMINED

    @property
    def is_answered_for(self) -> bool:
        """Whether a verdict of the laboratory's own has its reason and its signatory."""
        return bool(self.verdict) and len(self.reason) >= LEAST_REASON and self.approver is not None

    @property
    def revision(self) -> int:
        """Which one it will be."""
        return self.line.earlier + len(self.line.revisions) + 1


@dataclass(slots=True)
class Examined:
    """What one ``results.record`` says, judged: declared limits by number, and results."""

    lines: dict[str, Line]
    limits: dict[str, Mapping[str, Any]]
    results: list[Judgement]
    foreign: list[str]
    """Items of the rule that this test was not commissioned with, by number and name."""


def examined(matter: Any) -> Examined:
    """What the act says, judged once. Raises :class:`BadFacts` for what is not of the right form."""
    known: Examined | None = matter.proposal.known.get("examined")
    if known is None:
        known = matter.proposal.known["examined"] = _examine(matter)
    return known


def _examine(matter: Any) -> Examined:
    proposal, lines = matter.proposal, of(matter)
    wrong: dict[str, Any] = {}
    if not (proposal["limits"] or proposal["results"]):
        wrong["results"] = [Words("没有写任何结果或者限值", "neither results nor limits are stated")]
    limits = _limits(proposal["limits"] or (), lines, wrong)
    for number, limit in limits.items():
        lines[number].declared = limit
    staff = Staff(proposal.by.office, proposal.on)
    others = {str(item["number"]): item["name"] for item in matter.rule_snapshot.get("items", ())}
    stated = [str(said.get("number") or "") for said in proposal["results"] or ()]
    foreign = [f"{number} {others[number]}" for number in stated if number in others and number not in lines]
    judged = [
        found
        for place, said in enumerate(proposal["results"] or ())
        if not _is_known(said, lines) and (stated[place] in lines or stated[place] not in others)
        if (found := _judged(place, said, lines, staff, proposal.on, wrong)) is not None
    ]
    for one in _twice([str(said.get("number")) for said in proposal["results"] or ()]):
        wrong[f"results/{one}/number"] = [Words("同一项目写了两次", "the item stands there twice")]
    if not wrong and not limits and not judged and not foreign:
        raise NothingNew(
            proposal.spec.name,
            {"results": [say(Words("这些结果都已登记，没有新的内容", "all of this is on record already"))]},
        )
    if wrong:
        raise BadFacts(proposal.spec.name, {name: [say(words) for words in told] for name, told in wrong.items()})
    return Examined(lines, limits, judged, foreign)


def _is_known(said: Mapping[str, Any], lines: Mapping[str, Line]) -> bool:
    line = lines.get(str(said.get("number") or ""))
    return line is not None and is_the_same(line, said)


def _twice(numbers: Sequence[str]) -> list[int]:
    return [place for place, number in enumerate(numbers) if number in numbers[:place]]


def _limits(
    stated: Iterable[Mapping[str, Any]], lines: Mapping[str, Line], wrong: dict[str, Any]
) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for place, said in enumerate(stated):
        number = str(said.get("number") or "")
        if number not in lines:
            wrong[f"limits/{place}/number"] = [_unknown(number)]
            continue
        try:
            limit_of(said.get("limit"))
        except IllFormed as fault:
            wrong[f"limits/{place}/limit{fault.pointer}"] = [fault.words]
            continue
        found[number] = dict(said["limit"])
    return found


def _judged(
    place: int, said: Mapping[str, Any], lines: Mapping[str, Line], staff: Staff, on: date, wrong: dict[str, Any]
) -> Judgement | None:
    """One result, judged by the limit of its item; what is wrong with it goes to ``wrong``."""
    line = lines.get(str(said.get("number") or ""))
    if line is None:
        wrong[f"results/{place}/number"] = [_unknown(str(said.get("number") or ""))]
        return None
    given = {name: value for name, value in said.items() if value not in (None, "") and name != "approved_by"}
    try:
        judged = judge(line.limit, given)
    except IllFormed as fault:
        wrong[f"results/{place}{fault.pointer.removeprefix('/result')}"] = [fault.words]
        return None
    verdict = str(said.get("verdict") or "")
    if not verdict and judged.verdict in _STATED:
        verdict = judged.verdict.value
    found = Judgement(place, line, said, judged, verdict, str(said.get("reason") or "").strip())
    faults = [*_of_verdict(found), *_of_circumstances(found, on), *_of_persons(found, staff)]
    wrong |= {f"results/{place}/{name}": [words] for name, words in faults}
    return None if faults else found


def _unknown(number: str) -> Words:
    return Words(f"实施细则里没有序号为“{number}”的项目", f"the rule of detail has no item number '{number}'")


def _of_verdict(found: Judgement) -> Iterable[tuple[str, Words]]:
    if found.verdict and found.verdict not in _STATED:
        yield "verdict", Words("判定是 pass 或 fail", "a verdict is pass or fail")
    if not found.line.is_judged:
        if found.verdict:
            yield "verdict", Words("该项不作判定", "this item is not judged")
    elif found.judged.verdict is Verdict.BY_PERSON:
        if not found.verdict:
            yield "verdict", Words("该项由检验人员判定，需要写明合格或者不合格", "a person judges this item: state it")
        if not (is_written(found.said.get("text")) or found.said.get("value")):
            yield "text", Words("写明检验所见", "state what was found")


def _of_circumstances(found: Judgement, on: date) -> Iterable[tuple[str, Words]]:
    said, method = found.said, str(found.said.get("method") or "")
    if method and method != found.line.item["method"] and not is_written(said.get("deviation")):
        yield "deviation", Words("检验方法与实施细则不同，需要写明偏离的理由", "another method needs why it was taken")
    day = said.get("tested_on")
    if day is not None and (not isinstance(day, str) or (meant := day_of(day)) is None or meant > on):
        yield "tested_on", Words("检验日期写成 2026-03-05，并且不晚于登记日期", "a day such as 2026-03-05, not later")


def _of_persons(found: Judgement, staff: Staff) -> Iterable[tuple[str, Words]]:
    for name, sets, entitlement in (("tested_by", "tester", ""), ("approved_by", "approver", "sign")):
        number = str(found.said.get(name) or "")
        if not number:
            continue
        post = staff.post(number, entitlement)
        if post is None:
            yield name, _nobody(number, entitlement)
        setattr(found, sets, post)


def _nobody(number: str, entitlement: str) -> Words:
    if entitlement:
        return Words(
            f"本机构没有工号为“{number}”的授权签字人", f"nobody with number '{number}' may sign in this office"
        )
    return Words(f"本机构在岗人员中没有工号“{number}”", f"nobody at work in this office has the number '{number}'")
