"""What is wrong with a line, said in its cell; nothing that is doubtful is guessed."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from spotcheck.docket import rule_sets, sessions
from spotcheck.inspection.models import Item
from spotcheck.parties.models import Enterprise
from spotcheck.planning.operations import bureau_of
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.lines import Line, longest
from spotcheck.rules import folding, numbers
from spotcheck.rules.words import Words
from spotcheck.sampling.models import SampleFile
from spotcheck.takeover.claims import PREFIX, Claim
from spotcheck.takeover.columns import DAYS, ELSEWHERE, NAMED, NO, PROOFS, ROLES, YES

LONGEST: Final = longest(SampleFile, ("product_kind", "product_name", "product_model", "batch")) | {
    "number": 30,
    "items": 1_000,
}
_ITEM: Final = longest(Item, ("name",))["name"]
_ORDERS: Final = (
    ("sampled_on", "reported_on", "notice_sent_on", "notice_received_on", "objected_on"),
    ("reported_on", "report_received_on", "ordered_on", "order_received_on", "applied_on"),
)
"""Days that follow one another."""
_NEEDS: Final = {
    "notice_received_on": "notice_sent_on",
    "objected_on": "notice_sent_on",
    "order_received_on": "ordered_on",
    "applied_on": "ordered_on",
}
"""A state without its day: what is received was sent before, on a day that is known."""

_FUTURE: Final = Words("日期在今天之后", "the day is still to come")
_NO_FIRM: Final = Words(
    "企业名录里没有这个代码：请先导入企业名录", "no firm of the register has this code: import the firms first"
)
_NO_BUREAU: Final = Words(
    "企业实际经营地在省内没有办理部门：这类案件留在原系统办完",
    "no bureau of the province handles where the firm works: such a case stays in the old system",
)
_NOT_BELOW: Final = Words("办理部门不归本单位", "the bureau that handles it is not yours")
_ELSEWHERE: Final = Words(
    "已经复查、公告、拒绝抽样或者结案的案件目前不移入，在原系统办完",
    "a case that was rechecked, announced, refused or closed does not come in: it stays in the old system to its end",
)
_NO_RULES: Final = Words(
    "抽样那天没有生效的规则：这个案件留在原系统办完",
    "no rules were in force that day: the case stays in the old system",
)
_NO_DAY: Final = Words("没有日期", "there is no day for it")
_SAYS_NOT: Final = Words(
    "结果通知收到有凭证的，须写明是否提出异议", "where that receipt is proved, say whether there was an objection"
)
_NO_OBJECTION: Final = Words("写了“否”，又写了提出异议的日期", "it says 否, and gives a day all the same")
_OTHERWISE: Final = Words(
    "同一编号的其他行写的产品、日期或者不合格项目不同", "other lines of this number say it otherwise"
)
_OTHERS_WRONG: Final = Words("同一编号的另一行有误", "another line of this number is wrong")


def look_at(line: Line, claim: Claim, firms: Mapping[str, Enterprise], offices: set[int] | None) -> None:
    """Everything that holds for one line by itself; the claim gets its firm and the bureau that handles it."""
    line.look_at_texts(LONGEST)
    line.look_at_choice("role", ROLES)
    line.look_at_choice("objected", (YES, NO))
    for name in DAYS:
        line.look_at_day(name)
    for name in filter(line.__getitem__, ELSEWHERE):
        line.complain(name, _ELSEWHERE)
    if line["number"] and (words := numbers.of_file(PREFIX + line["number"])) is not None:
        line.complain("number", words)
    if any(len(item) > _ITEM for item in claim.items):
        line.complain("items", Words(f"一个项目超过 {_ITEM} 个字", f"an item is longer than {_ITEM} characters"))
    _look_at_firm(line, claim, firms, offices)
    _look_at_order(line, claim)
    _look_at_what_is_missing(line, claim)
    if "sampled_on" in claim.days and rule_sets.governing(claim.days["sampled_on"]) is None:
        line.complain("sampled_on", _NO_RULES)


def firms_of(codes: Iterable[str]) -> dict[str, Enterprise]:
    """The firms of these codes."""
    wanted = {folding.code(code) for code in codes if code}
    return {firm.credit_code: firm for firm in Enterprise.objects.filter(credit_code__in=wanted)}


def offices_of(by: Doer) -> set[int] | None:
    """The offices for which somebody proposes: his own and those below it; all for a command."""
    return standing.below(by.post.office) if by.post is not None and by.post.office is not None else None


def _look_at_firm(line: Line, claim: Claim, firms: Mapping[str, Enterprise], offices: set[int] | None) -> None:
    code = folding.code(line["code"])
    if not code:
        return
    if (words := numbers.credit_code(code)) is not None:
        line.complain("code", words)
        return
    claim.enterprise = firms.get(code)
    if claim.enterprise is None:
        line.complain("code", _NO_FIRM)
        return
    claim.handler = bureau_of(claim.texts["product_kind"], claim.enterprise.actual_place)
    if claim.handler is None or not claim.handler.is_bureau:
        line.complain("code", _NO_BUREAU)
    elif offices is not None and claim.handler.pk not in offices:
        line.complain("code", _NOT_BELOW)


def _look_at_order(line: Line, claim: Claim) -> None:
    """Days are in the order of the procedure, and none is still to come."""
    days, today = claim.days, sessions.today()
    for name, day in days.items():
        if day > today and name != "handled_until":
            line.complain(name, _FUTURE)
    for order in _ORDERS:
        for before, after in pairwise([name for name in order if name in days]):
            if days[after] < days[before]:
                line.complain(after, Words(f"早于{NAMED[before].label.zh}", f"before: {NAMED[before].label.en}"))


def _look_at_what_is_missing(line: Line, claim: Claim) -> None:
    """What is stated has its day, and whoever was told by proof is said to have objected or not."""
    missing = [before for name, before in _NEEDS.items() if name in claim.days and before not in claim.days]
    missing += [day for day, proof in PROOFS.items() if line[proof] and not line[day]]
    missing += ["objected_on"] if line["objected"] == YES and not line["objected_on"] else []
    for name in dict.fromkeys(missing):
        line.complain(name, _NO_DAY)
    if line["objected"] == NO and line["objected_on"]:
        line.complain("objected_on", _NO_OBJECTION)
    if claim.proved("notice_received_on") and not line["objected"]:
        line.complain("objected", _SAYS_NOT)


def look_at_numbers(lines: Iterable[tuple[Line, Claim]]) -> None:
    """What holds between the lines of one sample: alike in what they share, each role once, all good or none."""
    by_number: dict[str, list[tuple[Line, Claim]]] = {}
    for line, claim in lines:
        by_number.setdefault(folding.fold(claim.number), []).append((line, claim))
    for same in by_number.values():
        _look_at_sample(same)
        if not all(line.is_good for line, _ in same):
            for line in (line for line, _ in same if line.is_good):
                line.complain("number", _OTHERS_WRONG)


def _look_at_sample(same: list[tuple[Line, Claim]]) -> None:
    first = same[0][1]
    roles: dict[object, int] = {}
    firms: dict[object, int] = {}
    for line, claim in same:
        if claim.sample != first.sample or claim.number != first.number:
            line.complain("number", _OTHERWISE)
        if claim.role:
            line.stand_once("role", roles, claim.role)
        if claim.enterprise is not None:
            line.stand_once("code", firms, claim.enterprise.pk)
