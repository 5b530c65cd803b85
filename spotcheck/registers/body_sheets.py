"""Bodies with their certificates from a sheet: the import kind ``bodies`` (Articles 10, 40, 47).

A line is a body with one line of the scope of one certificate; without a certificate it is the body alone. A cell that
is empty changes nothing. The province imports them, which commissions the bodies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from spotcheck.docket import sessions
from spotcheck.parties.models import PROVINCE_CODE, Office, Qualification, QualificationScope
from spotcheck.registers import naming, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, NEW, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest, said
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.refusals import REASONS
from spotcheck.rules import folding, numbers
from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

KIND: Final = "bodies"
COLUMNS: Final = (
    Column("code", Words("机构代码", "Code of the body"), ("代码",), needed=True),
    Column("name", Words("机构名称", "Name of the body"), ("名称",), needed=True),
    Column(
        "kind",
        Words("机构类别", "Kind of body"),
        ("类别",),
        help=Words("填 检验机构 或者 抽样机构；空为检验机构", "检验机构 or 抽样机构; nothing is 检验机构"),
    ),
    Column("legal_code", Words("法人代码", "Code of the legal person"), ("统一社会信用代码",), code=True),
    Column("separation_system_on", Words("抽检分离制度日期", "Separation system of"), ("抽检分离日期",)),
    Column(
        "certificate",
        Words("证书种类", "Kind of certificate"),
        ("资质种类",),
        help=Words("填 CMA、CNAS、CATL 或者 其他", "CMA, CNAS, CATL or 其他"),
    ),
    Column("number", Words("证书编号", "Number of the certificate"), ("资质编号",), code=True),
    Column("valid_from", Words("有效期自", "Valid from"), ("发证日期",)),
    Column("valid_until", Words("有效期至", "Valid until"), ("到期日期",)),
    Column("product_kind", Words("产品种类", "Kind of product"), ("产品",)),
    Column("standard", Words("标准", "Standard"), ("标准号",)),
    Column("item", Words("项目", "Item"), ("检验项目",)),
    Column("source", Words("来源", "Source"), ()),
)
_KINDS: Final = {"检验机构": "laboratory", "抽样机构": "sampling_body", "": "laboratory"}
_CERTIFICATES: Final = ("CMA", "CNAS", "CATL", "其他")
_OF_OFFICE: Final = ("name", "kind", "legal_code", "separation_system_on")
_OF_CERTIFICATE: Final = ("valid_from", "valid_until", "source")
_OF_SCOPE: Final = ("product_kind", "standard", "item")
_LONGEST: Final = (
    longest(Office, ("code", "name", "legal_code"))
    | longest(Qualification, ("number", "source"))
    | longest(QualificationScope, _OF_SCOPE)
)


@dataclass(slots=True)
class Body:
    """A body as the sheet and the register have it together, with its certificates by kind and number."""

    code: str
    fields: dict[str, str]
    certificates: dict[tuple[str, str], "Certificate"] = field(default_factory=dict)
    is_new: bool = False


@dataclass(slots=True)
class Certificate:
    """A certificate with its days, and the lines of its scope."""

    fields: dict[str, str]
    scope: set[tuple[str, str, str]] = field(default_factory=set)
    is_new: bool = False


def may_import(by: Doer) -> bool:
    """The province, which keeps the bodies that it commissions; a command may read them in."""
    return by.post is None or standing.registers(by, Office.objects.get(code=PROVINCE_CODE))


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to, line by line; ``what`` are the bodies as they will be."""
    del by  # whoever may import them keeps all of them
    checked = Checked(what=[])
    bodies, taken = _known(), _bureaus()
    changed: dict[str, Body] = {}
    for line in lines_of(table, COLUMNS):
        line.given["legal_code"] = folding.code(line["legal_code"]) if line["legal_code"] else ""
        line.given["certificate"] = line["certificate"].upper()
        line.given["code"] = _as_known(naming.as_kept(line["code"]), bodies)
        line.look_at_texts(_LONGEST)
        line.look_at_choice("kind", _KINDS)
        line.look_at_choice("certificate", _CERTIFICATES)
        for name in ("separation_system_on", "valid_from", "valid_until"):
            line.look_at_day(name)
        if line["code"] in taken:
            line.complain("code", _BUREAU)
        elif line["code"] and line["code"] not in bodies and not naming.is_code(line["code"]):
            line.complain("code", REASONS["code_form"][1])
        if line["legal_code"] and (words := numbers.credit_code(line["legal_code"])) is not None:
            line.complain("legal_code", words)
        _look_at_certificate(line, bodies.get(line["code"]))
        checked.findings += line.found
        if not line.is_good:
            checked.lines.append((line.number, WRONG, _text(line)))
            continue
        state, what = _join(line, bodies)
        checked.lines.append((line.number, state, f"{_text(line)} {what}".strip()))
        if state != SAME:
            changed[line["code"]] = bodies[line["code"]]
    checked.what = list(changed.values())
    return checked


_BUREAU: Final = Words("这是监管部门的代码", "this is the code of a bureau")
_INCOMPLETE: Final = Words(
    "证书的种类、编号、有效期自、有效期至须一并填写", "a certificate has its kind, its number and both days"
)
_TURNED: Final = Words("有效期至早于有效期自", "it ends before it begins")


def _as_known(code: str, bodies: Mapping[str, Body]) -> str:
    """A code as it stands in the register or in a line before, whatever its case."""
    if code in bodies:
        return code
    return next((known for known in bodies if folding.fold(known) == folding.fold(code)), code)


def _text(line: Line) -> str:
    parts = (line["code"], line["name"], line["certificate"], line["number"], line["product_kind"], line["standard"])
    return " ".join(part for part in parts if part)


def _look_at_certificate(line: Line, body: Body | None) -> None:
    """A certificate is whole, unless it is known and only its scope grows."""
    stated = [name for name in ("certificate", "number", "valid_from", "valid_until", *_OF_SCOPE) if line[name]]
    if not stated:
        return
    is_known = body is not None and (line["certificate"], line["number"]) in body.certificates
    wanted = ("certificate", "number") if is_known else ("certificate", "number", "valid_from", "valid_until")
    for name in wanted:
        if not line[name]:
            line.complain(name, _INCOMPLETE)
    first, last = day_of(line["valid_from"]), day_of(line["valid_until"])
    if first is not None and last is not None and last < first:
        line.complain("valid_until", _TURNED)
    if (line["standard"] or line["item"]) and not line["product_kind"]:
        line.complain("product_kind", Words("写了标准或者项目的，须写产品种类", "a standard or item has its product"))


def _join(line: Line, bodies: dict[str, Body]) -> tuple[str, str]:
    """Put a line into what is known; say whether that is new, changed or the same, and what changed."""
    body = bodies.get(line["code"])
    if body is None:
        body = bodies[line["code"]] = Body(line["code"], {}, is_new=True)
    stated = {name: line[name] for name in _OF_OFFICE if line[name]}
    if "kind" in stated or not body.fields:
        stated["kind"] = _KINDS[line["kind"]]
    was_new, changes = not body.fields, said(line, body.fields, stated)
    body.fields |= stated
    if line["certificate"]:
        key = (line["certificate"], line["number"])
        held = body.certificates.get(key)
        if held is None:
            held = body.certificates[key] = Certificate({}, is_new=True)
        stated = {name: line[name] for name in _OF_CERTIFICATE if line[name]}
        was_new = was_new or not held.fields
        changes += said(line, held.fields, stated)
        held.fields |= stated
        scope = (line["product_kind"], line["standard"], line["item"])
        if line["product_kind"] and scope not in held.scope:
            held.scope.add(scope)
            changes.append("＋" + " ".join(part for part in scope if part))
    return (NEW if was_new else CHANGED if changes else SAME), "" if was_new else "；".join(changes)


def _bureaus() -> set[str]:
    return set(Office.objects.filter(kind__in=Office.BUREAUS).values_list("code", flat=True))


def _known() -> dict[str, Body]:
    """The bodies that are there, with their certificates and scopes."""
    found: dict[str, Body] = {}
    by_key: dict[int, Body] = {}
    for office in Office.objects.exclude(kind__in=Office.BUREAUS):
        body = Body(office.code, {name: _as_text(getattr(office, name)) for name in _OF_OFFICE})
        found[office.code] = by_key[office.pk] = body
    for held in Qualification.objects.prefetch_related("scope").filter(office__in=by_key):
        scope = {(one.product_kind, one.standard, one.item) for one in held.scope.all()}
        fields = {name: _as_text(getattr(held, name)) for name in _OF_CERTIFICATE}
        by_key[held.office_id].certificates[held.kind, held.number] = Certificate(fields, scope)
    return found


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def take(what: list[Body], _found: Any, _by: Doer) -> Taken:
    """Write the bodies, their certificates and scopes; lines of a scope that the sheet does not name stay."""
    rows = 0
    for body in what:
        office = _office(body)
        for (kind, number), held in body.certificates.items():
            fields: dict[str, Any] = {name: day_of(held.fields[name]) for name in ("valid_from", "valid_until")}
            fields["source"] = held.fields.get("source", "")
            row, _new = Qualification.objects.update_or_create(office=office, kind=kind, number=number, defaults=fields)
            there = set(row.scope.values_list(*_OF_SCOPE))
            QualificationScope.objects.bulk_create(
                [
                    QualificationScope(qualification=row, **dict(zip(_OF_SCOPE, one, strict=True)))
                    for one in sorted(held.scope - there)
                ]
            )
        rows += 1
    return Taken(rows)


def _office(body: Body) -> Office:
    given: dict[str, Any] = {name: body.fields.get(name, "") for name in ("name", "kind", "legal_code")}
    given["separation_system_on"] = _day(body.fields.get("separation_system_on", ""))
    office, _new = Office.objects.update_or_create(
        code=body.code, defaults=given, create_defaults=given | {"since": sessions.today()}
    )
    return office


def _day(text: str) -> date | None:
    return day_of(text) if text else None


_EXAMPLES: Final = (
    {
        "code": "YS-JY", "name": "（示例）松烟岭产品质量检验所", "kind": "检验机构", "legal_code": "12370000MB2C00001P",
        "separation_system_on": "2021-05-03", "certificate": "CMA", "number": "211500000001",
        "valid_from": "2024-01-01", "valid_until": "2029-12-31", "product_kind": "电线电缆",
        "standard": "GB/T 5023.3-2008", "source": "资质认定证书附表",
    },
)  # fmt: skip


@imports(KIND)
def bodies_kind() -> Kind:
    """Bodies, their certificates and what these cover."""
    return Kind(
        name=KIND,
        words=Words("检验、抽样机构及资质", "bodies and certificates"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        in_parts=True,
        examples=_EXAMPLES,
    )
