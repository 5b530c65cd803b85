"""Rules of detail from a sheet: the import kind ``detail_rules`` (Articles 9, 29).

A sheet is one version. Its items are checked line by line, its limits read as they are printed
(``rules/limit_texts.py``); all of it is taken as a draft, or nothing. The province imports it, whose scheme it belongs
to (9), or an operator by the command; publishing is for the province alone.
"""

from collections.abc import Mapping
from typing import Any, Final

from spotcheck.parties.models import Office, Post
from spotcheck.planning import detail_rules
from spotcheck.planning.detail_tables import DetailRule, RuleItem
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import NEW, SAME, WRONG, Checked, Finding, Kind, Taken, imports, wrong
from spotcheck.registers.imports.reading import Cell, Table
from spotcheck.registers.models import Import
from spotcheck.rules import limit_texts
from spotcheck.rules.days import day_of
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.words import Words

KIND: Final = "detail_rules"
MOST_ITEMS: Final = 300

ABOUT: Final = (
    Column("name", Words("实施细则名称", "Name of the rule"), ("名称", "细则名称"), needed=True),
    Column("version", Words("版本", "Version"), ("版本号",), needed=True),
    Column("product_kind", Words("产品种类", "Kind of product"), ("产品",), needed=True),
    Column("valid_from", Words("实施日期", "Valid from"), ("生效日期",), needed=True),
    Column("decision", Words("判定方式", "Decision")),
    Column("decision_text", Words("判定规则", "Decision rule")),
    Column("longest_transit_hours", Words("最长运输小时", "Longest transit (hours)")),
    Column("keep_reserve_days", Words("备样保存天数", "Reserve kept (days)")),
)
COLUMNS: Final = (
    Column("number", Words("序号", "Number"), ("编号",), needed=True),
    Column("code", Words("代码", "Code"), ("项目代码",)),
    Column("name", Words("项目", "Item"), ("检验项目", "项目名称"), needed=True),
    Column(
        "kind", Words("类别", "Kind"), ("项目类别",), needed=True, help=Words("性能、安全、标签", "性能, 安全, 标签")
    ),
    Column("importance", Words("重要程度", "Class"), ("重要程度分类",), help=Words("A、B 或者空", "A, B or nothing")),
    Column("method", Words("检验依据", "Method"), ("检验方法",)),
    Column("judged_by", Words("判定依据", "Judged by"), ("标准",)),
    Column(
        "mandatory", Words("强制", "Mandatory"), ("是否强制",), help=Words("是、否；空为是", "是 or 否; nothing is 是")
    ),
    Column("limit_kind", Words("限值类型", "Kind of limit"), help=Words("可空", "may be left out")),
    Column(
        "limit", Words("限值", "Limit"), ("标准值", "技术要求"), exact=True, help=Words("如 ≤0.05", "such as ≤0.05")
    ),
    Column("unit", Words("单位", "Unit"), ("计量单位",)),
    Column("comparison", Words("比较方法", "Comparison"), help=Words("全数值、修约值", "全数值 or 修约值")),
    Column("interval", Words("修约间隔", "Interval"), exact=True),
    Column("required_lod", Words("要求检出限", "Required LOD"), exact=True),
    Column("reproducible", Words("可重复", "Repeatable"), ("可复检",), help=Words("是、否；空为是", "是 or 否")),
    Column("remark", Words("备注", "Remark")),
)
_ABOUT: Final = {column.name: column for column in ABOUT}
_COLUMNS: Final = {column.name: column for column in COLUMNS}
_KINDS: Final = {
    "性能": "performance",
    "安全": "safety",
    "标签": "label",
    "标志": "label",
    "标签、标志或说明书": "label",
    **{kind: kind for kind in RuleItem.Kind.values},
}
_YES: Final = {"": True, "是": True, "有": True, "√": True, "y": True, "yes": True, "1": True, "强制": True}
_NO: Final = {"否": False, "无": False, "×": False, "n": False, "no": False, "0": False, "推荐": False, "/": False}
_DECISIONS: Final = {
    "": "any_failed",
    "任一不合格": "any_failed",
    "检验机构判定": "by_lab",
    "any_failed": "any_failed",
    "by_lab": "by_lab",
}
_CELLS: Final = {"kind": "limit_kind", "limit": "limit", "unit": "unit", "comparison": "comparison",
                 "interval": "interval", "required_lod": "required_lod"}  # fmt: skip
"""Which cell the pointer of a limit that cannot be read means."""
_LONGEST: Final = {"number": 20, "code": 40, "name": 100, "method": 200, "judged_by": 200, "unit": 30, "remark": 300}


def may_import(by: Doer) -> bool:
    """The province makes the rules of detail (9); a command may read them in."""
    post = by.post
    if post is None:
        return True
    office = post.office
    return office is not None and office.kind == Office.Kind.PROVINCE and post.role == Post.Role.OFFICER


def check(table: Table, _by: Doer) -> Checked:
    """What a sheet comes to: a version, or what is wrong with it cell by cell."""
    checked = Checked()
    head = _head(table.about, checked.findings)
    items = [_item(number, cells, checked) for number, cells in table.rows]
    _each_once(table, checked.findings)
    if len(items) > MOST_ITEMS:
        words = Words(f"项目多于 {MOST_ITEMS} 个", f"more than {MOST_ITEMS} items")
        checked.findings.append(Finding("", "", "", words))
    if head is None or any(item is None for item in items) or not items:
        return checked
    good = [item for item in items if item is not None]
    known = DetailRule.objects.filter(name=head["name"], version=head["version"], withdrawn_at=None).first()
    if known is not None and known.fingerprint == detail_rules.fingerprint(head, good):
        checked.lines = [(number, SAME, text) for number, _state, text in checked.lines]
    elif known is not None and known.is_published:
        words = Words(
            f"“{known}”已经发布，内容不再更改；请换一个版本号",
            f"'{known}' is published and never changes: give another version",
        )
        checked.findings.append(wrong(table.about["version"], _ABOUT["version"], words))
    checked.what = (head, good)
    return checked


def take(what: Any, found: Import, by: Doer) -> Taken:
    """Read it in as a draft; what is there already is not written again."""
    head, items = what
    known = DetailRule.objects.filter(fingerprint=detail_rules.fingerprint(head, items), withdrawn_at=None).first()
    rule = known or detail_rules.add(head, items, source=found.stored, by=by.user)
    return Taken(0 if known is not None else len(items) + 1, rule)


def _head(about: Mapping[str, Cell], findings: list[Finding]) -> dict[str, Any] | None:
    before = len(findings)
    cells = {name: about.get(name, Cell("")) for name in _ABOUT}
    findings += [
        wrong(
            cells[name],
            column,
            Words(f"表格上方没有写“{column.label.zh}”", f"'{column.label.en}' is missing above the table"),
        )
        for name, column in _ABOUT.items()
        if column.needed and not cells[name].text
    ]
    day = day_of(cells["valid_from"].text)
    if cells["valid_from"].text and day is None:
        findings.append(wrong(cells["valid_from"], _ABOUT["valid_from"], Words("日期写成 2026-03-05", "as 2026-03-05")))
    decision = _DECISIONS.get(cells["decision"].text)
    if decision is None:
        words = Words("判定方式填“任一不合格”或者“检验机构判定”", "任一不合格 or 检验机构判定")
        findings.append(wrong(cells["decision"], _ABOUT["decision"], words))
    hours = _whole(cells, "longest_transit_hours", findings)
    days = _whole(cells, "keep_reserve_days", findings)
    for name, longest in (("name", 100), ("version", 30), ("product_kind", 60), ("decision_text", 500)):
        _not_too_long(cells[name], _ABOUT[name], longest, findings)
    if len(findings) > before:
        return None
    texts = {name: cells[name].text for name in ("name", "version", "product_kind", "decision_text")}
    return texts | {
        "valid_from": day,
        "decision": decision,
        "longest_transit_hours": hours if hours is not None else 72,
        "keep_reserve_days": days,
    }


def _whole(cells: Mapping[str, Cell], name: str, findings: list[Finding]) -> int | None:
    text = cells[name].text
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= 9999:
        findings.append(wrong(cells[name], _ABOUT[name], Words("填一个整数", "a whole number")))
        return None
    return int(text)


def _not_too_long(cell: Cell, column: Column, longest: int, findings: list[Finding]) -> None:
    if len(cell.text) > longest:
        findings.append(wrong(cell, column, Words(f"超过 {longest} 个字", f"longer than {longest} characters")))


def _item(number: int, given: Mapping[str, Cell], checked: Checked) -> dict[str, Any] | None:
    """One line as an item; None when something is wrong with it."""
    cells = {name: given.get(name, Cell("")) for name in _COLUMNS}
    found: list[Finding] = []
    found += [
        wrong(cells[name], _COLUMNS[name], Words("不能为空", "it cannot be empty"))
        for name in ("number", "name", "kind")
        if not cells[name].text
    ]
    for name, longest in _LONGEST.items():
        _not_too_long(cells[name], _COLUMNS[name], longest, found)
    kind = _KINDS.get(cells["kind"].text)
    if cells["kind"].text and kind is None:
        found.append(wrong(cells["kind"], _COLUMNS["kind"], Words("填 性能、安全 或者 标签", "性能, 安全 or 标签")))
    importance = cells["importance"].text.upper().removesuffix("类").replace("/", "").replace("-", "")
    if importance not in ("", "A", "B"):
        found.append(wrong(cells["importance"], _COLUMNS["importance"], Words("填 A、B 或者空", "A, B or nothing")))
    answers = {name: _yes_or_no(cells[name], _COLUMNS[name], found) for name in ("mandatory", "reproducible")}
    limit = _limit(cells, found)
    checked.findings += found
    state = WRONG if found else NEW
    checked.lines.append((number, state, f"{cells['number'].text} {cells['name'].text} {cells['limit'].text}".strip()))
    if found:
        return None
    texts = {name: cells[name].text for name in ("number", "code", "name", "method", "judged_by", "remark")}
    lod = str((limit or {}).get("required_lod", ""))
    unit = str((limit or {}).get("unit", ""))
    return texts | answers | {
        "kind": kind, "importance": importance, "limit": limit, "unit": unit, "required_lod": lod,
    }  # fmt: skip


def _yes_or_no(cell: Cell, column: Column, found: list[Finding]) -> bool:
    answer = (_YES | _NO).get(cell.text.lower())
    if answer is None:
        found.append(wrong(cell, column, Words("填 是 或者 否", "是 or 否")))
    return bool(answer)


def _limit(cells: Mapping[str, Cell], found: list[Finding]) -> dict[str, Any] | None:
    try:
        return limit_texts.limit(
            cells["limit"].text,
            kind=cells["limit_kind"].text,
            unit="" if cells["unit"].text in ("/", "-", "—") else cells["unit"].text,
            comparison=cells["comparison"].text,
            interval=cells["interval"].text,
            required_lod=cells["required_lod"].text,
        )
    except IllFormed as fault:
        name = _CELLS.get(fault.pointer.strip("/").partition("/")[0], "limit")
        found.append(wrong(cells[name], _COLUMNS[name], fault.words))
        return None


def _each_once(table: Table, findings: list[Finding]) -> None:
    for name in ("number", "name"):
        seen: set[str] = set()
        for _number, cells in table.rows:
            cell = cells.get(name, Cell(""))
            if cell.text and cell.text in seen:
                findings.append(wrong(cell, _COLUMNS[name], Words("出现了两次", "it stands there twice")))
            seen.add(cell.text)


_ABOUT_EXAMPLE: Final = {
    "name": "电线电缆产品质量监督抽查实施细则",
    "version": "2026年第1版",
    "product_kind": "电线电缆",
    "valid_from": "2026-01-01",
    "decision": "任一不合格",
    "longest_transit_hours": "72",
}
_EXAMPLES: Final = (
    {
        "number": "1", "name": "20℃导体电阻", "kind": "安全", "importance": "A", "method": "GB/T 3048.4-2007",
        "judged_by": "GB/T 5023.3-2008", "mandatory": "是", "limit": "≤7.41", "unit": "Ω/km", "reproducible": "是",
    },
    {
        "number": "2", "name": "绝缘平均厚度", "kind": "性能", "importance": "B", "method": "GB/T 2951.11-2008",
        "judged_by": "GB/T 5023.3-2008", "mandatory": "否", "limit": "≥0.8", "unit": "mm",
        "comparison": "修约值", "interval": "0.1",
    },
    {"number": "3", "name": "标志", "kind": "标签", "limit_kind": "文字", "limit": "完整清晰", "reproducible": "否"},
)  # fmt: skip


@imports(KIND)
def detail_rules_kind() -> Kind:
    """Versions of the rules of detail."""
    return Kind(
        name=KIND,
        words=Words("实施细则", "rules of detail"),
        may=may_import,
        columns=COLUMNS,
        about=ABOUT,
        check=check,
        take=take,
        examples=_EXAMPLES,
        about_example=_ABOUT_EXAMPLE,
    )
