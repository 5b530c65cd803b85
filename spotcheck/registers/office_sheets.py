"""Names of bureaus and bodies from a sheet: the import kind ``offices``.

An office is known by its code and is there already: bureaus come with the regions, zones and bodies by their own ways.
A cell that is empty changes nothing. Whoever keeps the master data of an office may change what it is called.
"""

from collections.abc import Mapping
from typing import Any, Final

from spotcheck.docket import book
from spotcheck.parties.models import Office
from spotcheck.registers import naming, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.firm_sheets import may_import
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest, said
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.refusals import REASONS
from spotcheck.rules.folding import fold
from spotcheck.rules.words import Words

KIND: Final = "offices"
COLUMNS: Final = (
    Column("code", Words("机构代码", "Code of the office"), ("代码", "行政区划代码"), needed=True),
    Column("name", Words("机构名称", "Name of the office"), ("名称",)),
    Column("short_name", Words("简称", "Short name"), ("机关代字",)),
)
_FIELDS: Final = ("name", "short_name")
_LONGEST: Final = longest(Office, ("code", *_FIELDS))


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to; ``what`` are codes with what changes."""
    checked = Checked(what=[])
    known = {code: (name, short) for code, name, short in Office.objects.values_list("code", *_FIELDS)}
    kept = set(standing.offices_of(by, "registers").values_list("code", flat=True))
    shorts = {fold(short): code for code, (_, short) in known.items() if short}
    seen: dict[object, int] = {}
    for line in lines_of(table, COLUMNS):
        for name in ("code", "short_name"):
            line.given[name] = naming.as_kept(line[name])
        line.look_at_texts(_LONGEST)
        code = line["code"]
        if code and code not in known:
            line.complain("code", _UNKNOWN)
        elif code and code not in kept:
            line.complain("code", _NOT_YOURS)
        if code:
            line.stand_once("code", seen, code)
        if line["short_name"]:
            _look_at_short_name(line, shorts)
        checked.findings += line.found
        before = dict(zip(_FIELDS, known.get(code, ("", "")), strict=True))
        stated = {name: line[name] for name in _FIELDS if line[name]}
        changes = said(line, before, stated)
        state = WRONG if not line.is_good else CHANGED if changes else SAME
        checked.lines.append((line.number, state, f"{code} {before['name']} {'；'.join(changes)}".strip()))
        if state == CHANGED:
            checked.what.append((code, {name: text for name, text in stated.items() if before[name] != text}))
    return checked


def _look_at_short_name(line: Line, shorts: dict[str, str]) -> None:
    """It can be typed at the entrance, and no other office has it, nor a line before."""
    if not naming.is_for_the_entrance(line["short_name"]):
        line.complain("short_name", REASONS["short_name_form"][1])
    elif shorts.setdefault(fold(line["short_name"]), line["code"]) != line["code"]:
        line.complain("short_name", _TAKEN)


_UNKNOWN: Final = Words(
    "没有这个机构：功能区在“区划”登记，检验、抽样机构另表导入",
    "there is no such office: zones are recorded at the regions, bodies have a sheet of their own",
)
_NOT_YOURS: Final = Words("不在本机构范围内", "it belongs to another office")
_TAKEN: Final = Words("简称已由别的机构使用", "another office has this short name")


def take(what: list[tuple[str, Mapping[str, str]]], _found: Any, by: Doer) -> Taken:
    """Change what offices are called, each with its line in the book. What exchanges short names is freed first."""
    codes, known = [code for code, _ in what], {}
    offices = {office.code: office for office in Office.objects.select_for_update().filter(code__in=codes)}
    Office.objects.filter(code__in=[code for code, fields in what if "short_name" in fields]).update(short_name="")
    for code, fields in what:
        office = offices[code]
        before = known[code] = {name: getattr(office, name) for name in fields}
        for name, text in fields.items():
            setattr(office, name, text)
        office.save(update_fields=list(fields))
        book.write(
            "office.change", by=by.post, user=by.user, subject=office, before=before, after=fields, address=by.place
        )
    return Taken(len(what), before=known)


def undo(before: Mapping[str, Mapping[str, str]], by: Doer) -> int:
    """Give the offices back what they were called."""
    return take(list(before.items()), None, by).rows


_EXAMPLES: Final = ({"code": "371302", "name": "（示例）临沂市兰山区市场监督管理局", "short_name": "临兰"},)


@imports(KIND)
def offices_kind() -> Kind:
    """What offices are called."""
    return Kind(
        name=KIND,
        words=Words("机构名称和简称", "names of offices"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        undo=undo,
        in_parts=True,
        examples=_EXAMPLES,
    )
