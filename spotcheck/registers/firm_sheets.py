"""Enterprises from a sheet: the import kind ``enterprises``.

A firm is known by its unified social credit code. A cell that is empty changes nothing; a new name keeps the one
before (``EnterpriseName``). Rules of a line are looked at while the lines pass, what is there already is read with one
question, and what is new or changed is written with two statements, however many there are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from spotcheck.docket import sessions
from spotcheck.parties import regions
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Region, in_shandong
from spotcheck.parties.regions import city_of, is_city
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, NEW, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.imports.staging import stage
from spotcheck.rules import folding, numbers
from spotcheck.rules.words import Words

KIND: Final = "enterprises"
CREDIT_CODE: Final = Column(
    "credit_code", Words("统一社会信用代码", "Unified social credit code"), ("信用代码",), needed=True, code=True
)
COLUMNS: Final = (
    CREDIT_CODE,
    Column("name", Words("名称", "Name"), ("企业名称", "单位名称"), needed=True),
    Column("legal_representative", Words("法定代表人", "Legal representative"), ("负责人",)),
    Column(
        "registered_place",
        Words("注册地行政区划代码", "Region of registration"),
        ("注册地代码", "注册地", "行政区划代码"),
        needed=True,
        help=Words("六位代码，如 371302", "six digits, such as 371302"),
    ),
    Column("registered_address", Words("注册地址", "Registered address"), ("住所",)),
    Column(
        "actual_place",
        Words("实际经营地行政区划代码", "Region of business"),
        ("实际经营地代码", "实际经营地"),
        help=Words("空为与注册地相同", "nothing is where it is registered"),
    ),
    Column("actual_address", Words("实际经营地址", "Address of business"), ("经营地址", "生产地址")),
    Column("contact", Words("联系人", "Contact")),
    Column("phone", Words("联系电话", "Telephone"), ("电话",)),
    Column(
        "status",
        Words("登记状态", "Status"),
        ("状态", "经营状态"),
        help=Words("填 在业、注销、吊销 或者 迁出；空为在业", "在业, 注销, 吊销 or 迁出; nothing is 在业"),
    ),
    Column("status_on", Words("状态日期", "Status since"), ("注销日期", "吊销日期")),
)
_FIELDS: Final = tuple(column.name for column in COLUMNS if column.name != "credit_code")
_STATUS: Final = {
    **{value: value for value in Enterprise.Status.values},
    "在业": "open",
    "存续": "open",
    "开业": "open",
    "正常": "open",
    "注销": "cancelled",
    "吊销": "revoked",
    "迁出": "moved_out",
}
_LONGEST: Final = longest(Enterprise, _FIELDS)
_AT_ONCE: Final = 20_000
MOST_PUT_BACK: Final = 50_000
"""So many changed firms are kept as they were, for who takes an import back."""
_PHONE: Final = re.compile(r"[0-9-]{7,15}", re.ASCII)
_PLAIN_CODE: Final = re.compile(r"[0-9A-Z]{18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that is new or changes: its code, and what it will be, by the names of the fields."""

    code: str
    fields: Mapping[str, str]


def may_import(by: Doer) -> bool:
    """Whoever keeps master data; a command may read them in."""
    return by.post is None or standing.entitles(by.post, "registers")


class _Places:
    """What is to be known of regions for a sheet: all of the table, and those that somebody keeps."""

    def __init__(self, by: Doer) -> None:
        self.names = dict(Region.objects.values_list("code", "name"))
        self.beside: dict[str, list[str]] = {}
        for code, name in self.names.items():
            if not is_city(code):
                self.beside.setdefault(city_of(code), []).append(name)
        offices = list(standing.offices_of(by, "registers").values_list("region_id", flat=True))
        self.kept = None if by.post is None or PROVINCE_CODE in offices else {code for code in offices if code}

    def is_known(self, code: str) -> bool:
        return code in self.names

    def is_kept(self, *codes: str) -> bool:
        return self.kept is None or any(code in self.kept for code in codes)

    def other_named(self, code: str, address: str) -> str:
        """Another county of the same city that an address names, and not its own."""
        own = self.names.get(code, "")
        if not address or not own or own in address:
            return ""
        return next((name for name in self.beside.get(city_of(code), ()) if name != own and name in address), "")


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to, firm by firm."""
    checked, places = Checked(what=[]), _Places(by)
    seen: dict[object, int] = {}
    read = []
    for line in lines_of(table, COLUMNS):
        code = line.given["credit_code"] = _code(line["credit_code"])
        says_where = bool(line["actual_place"])
        line.given["actual_place"] = line["actual_place"] or line["registered_place"]
        line.look_at_texts(_LONGEST)
        line.look_at_choice("status", _STATUS)
        line.look_at_day("status_on")
        _look_at_places(line, places, ("registered_place", "actual_place")[: 1 + says_where])
        if code:
            line.stand_once("credit_code", seen, code)
        if not _PHONE.fullmatch(line["phone"]) and line["phone"] and (words := numbers.telephone(line["phone"])):
            line.complain("phone", words)
        read.append(line)
    known = _known([str(code) for code in seen])
    for line in read:
        _judge(line, known.get(line["credit_code"]), checked)
    return checked


def _code(text: str) -> str:
    return text if not text or _PLAIN_CODE.fullmatch(text) else folding.code(text)


def _look_at_places(line: Line, places: _Places, stated: tuple[str, ...]) -> None:
    registered, actual = line["registered_place"], line["actual_place"]
    for name in stated:
        if line[name] and not places.is_known(line[name]):
            line.complain(name, _NO_REGION)
        elif (ended := regions.became(line[name])) is not None:
            line.complain(name, _now(line[name], ended), stops=in_shandong(line[name]))
    if not places.is_kept(registered, actual):
        line.complain("registered_place", _NOT_YOURS)
    if other := places.other_named(actual, line["actual_address"]):
        words = Words(f"地址里写的是{other}，与代码不一致", f"the address names {other}, the code another one")
        line.complain("actual_address", words, stops=False)


def _now(code: str, ended: Words) -> Words:
    """What became of a code, and which to write."""
    newer = "、".join(sorted(regions.newest(code)))
    if not newer:
        return ended
    return Words(f"{ended.zh}，现代码 {newer}", f"{ended.en}: the code is {newer}")


_NO_REGION: Final = Words("行政区划代码表里没有这个代码", "no region has this code")
_NOT_YOURS: Final = Words(
    "注册地和实际经营地都不在本机构范围内，由所在地的管理员导入",
    "neither place belongs to this office: an administrator of theirs imports it",
)


def _known(codes: list[str]) -> dict[str, tuple[Any, ...]]:
    """The firms that are there, by their codes: the values of the fields that a sheet may state."""
    columns = ("credit_code", *_FIELDS)
    found: dict[str, tuple[Any, ...]] = {}
    for start in range(0, len(codes), _AT_ONCE):
        rows = Enterprise.objects.filter(credit_code__in=codes[start : start + _AT_ONCE]).values_list(*columns)
        found |= {row[0]: row[1:] for row in rows}
    return found


def _judge(line: Line, known: tuple[Any, ...] | None, checked: Checked) -> None:
    """Say what becomes of a line; the check digit of a code is reckoned only where it is new."""
    code, text = line["credit_code"], f"{line['credit_code']} {line['name']}"
    if known is None and code and (words := numbers.credit_code(code)) is not None:
        line.complain("credit_code", words)
    checked.findings += line.found
    if not line.is_good:
        checked.lines.append((line.number, WRONG, text))
        return
    stated = {name: line[name] for name in _FIELDS if line[name]}
    if "status" in stated:
        stated["status"] = _STATUS[stated["status"]]
    if known is None:
        checked.lines.append((line.number, NEW, text))
        checked.what.append(Firm(code, stated))
        return
    before = {name: "" if value is None else str(value) for name, value in zip(_FIELDS, known, strict=True)}
    other = {name: value for name, value in stated.items() if before[name] != value}
    if not other:
        checked.lines.append((line.number, SAME, text))
        return
    said = "；".join(f"{line.columns[name].label}：{before[name] or '—'} → {value}" for name, value in other.items())
    checked.lines.append((line.number, CHANGED, f"{code} {before['name']} {said}"))
    checked.what.append(Firm(code, before | stated))


def take(what: list[Firm], _found: Any, _by: Doer) -> Taken:
    """Write the firms that are new or changed; a former name is kept."""
    if not what:
        return Taken(0)
    known = _known([firm.code for firm in what])
    with connection.cursor() as cursor:
        rows = ((firm.code, *(firm.fields.get(name) or None for name in _FIELDS)) for firm in what)
        stage(cursor, "firms_in", _STAGED, rows)
        cursor.execute(_FORMER_NAMES, [sessions.today()])
        cursor.execute(_CHANGE)
        changed = cursor.rowcount
        cursor.execute(_ADD)
        return Taken(changed + cursor.rowcount, before=_before(what, known))


def _before(what: list[Firm], known: Mapping[str, tuple[Any, ...]]) -> dict[str, Any] | None:
    """``{new: [code], changed: [[code, value of each field]]}``; nothing where it is too much to keep."""
    if len(known) > MOST_PUT_BACK:
        return None
    changed = [[code, *("" if value is None else str(value) for value in values)] for code, values in known.items()]
    return {"new": [firm.code for firm in what if firm.code not in known], "changed": changed}


def undo(before: Mapping[str, Any], _by: Doer) -> int:
    """Take out the firms that came, and give the others back what they said; names that were put back stay former."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM parties_enterprise WHERE credit_code = ANY(%s)", [before["new"]])
        gone = cursor.rowcount
        stage(cursor, "firms_in", _STAGED, ([value or None for value in row] for row in before["changed"]))
        cursor.execute(_FORMER_NAMES, [sessions.today()])
        cursor.execute(_CHANGE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return gone + len(before["changed"])


_STAGED: Final = {"credit_code": "text"} | {name: "date" if name == "status_on" else "text" for name in _FIELDS}
_FORMER_NAMES: Final = """
INSERT INTO parties_enterprisename (enterprise_id, name, until)
SELECT firm.id, firm.name, %s FROM parties_enterprise firm JOIN firms_in USING (credit_code)
WHERE firm.name <> firms_in.name
ON CONFLICT DO NOTHING
"""
_CHANGE: Final = """
UPDATE parties_enterprise firm SET
    name = given.name, legal_representative = coalesce(given.legal_representative, ''),
    registered_place = given.registered_place, registered_address = coalesce(given.registered_address, ''),
    actual_place = given.actual_place, actual_address = coalesce(given.actual_address, ''),
    contact = coalesce(given.contact, ''), phone = coalesce(given.phone, ''),
    status = coalesce(given.status, 'open'), status_on = given.status_on,
    pinyin = CASE WHEN firm.name = given.name THEN firm.pinyin ELSE '' END
FROM firms_in given WHERE given.credit_code = firm.credit_code
"""
_ADD: Final = """
INSERT INTO parties_enterprise (
    credit_code, name, legal_representative, registered_place, registered_address, actual_place, actual_address,
    contact, phone, status, status_on, pinyin
)
SELECT credit_code, name, coalesce(legal_representative, ''), registered_place, coalesce(registered_address, ''),
    actual_place, coalesce(actual_address, ''), coalesce(contact, ''), coalesce(phone, ''),
    coalesce(status, 'open'), status_on, ''
FROM firms_in
ON CONFLICT (credit_code) DO NOTHING
"""

_EXAMPLES: Final = (
    {
        "credit_code": "91371302MA3C000014", "name": "（示例）兰山萤火玩具有限公司", "legal_representative": "王某",
        "registered_place": "371302", "registered_address": "临沂市兰山区萤火路1号", "actual_place": "371311",
        "actual_address": "临沂市罗庄区松烟街2号", "contact": "李某", "phone": "0539-0123456", "status": "在业",
    },
)  # fmt: skip


@imports(KIND)
def enterprises_kind() -> Kind:
    """Firms with their codes and places."""
    return Kind(
        name=KIND,
        words=Words("企业名录", "enterprises"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        undo=undo,
        in_parts=True,
        examples=_EXAMPLES,
    )
