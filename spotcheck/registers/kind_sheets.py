"""The catalogue of products under supervision from a sheet: the import kind ``product_kinds`` (Article 7).

A kind is known by its code; what the sheet does not name stays. The province imports it, whose catalogue it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from spotcheck.docket import sessions
from spotcheck.parties.models import ProductKind
from spotcheck.registers.body_sheets import may_import
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, NEW, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest, said
from spotcheck.registers.imports.reading import Table
from spotcheck.rules import folding
from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

KIND: Final = "product_kinds"
COLUMNS: Final = (
    Column("code", Words("产品代码", "Code of the product"), ("代码",), needed=True, exact=True),
    Column("name", Words("产品种类", "Kind of product"), ("产品名称", "名称"), needed=True),
    Column("parent", Words("上级代码", "Code above"), ("上级",)),
    Column("catalogue", Words("目录", "Catalogue"), ("目录名称",)),
    Column("since", Words("开始日期", "Since"), (), help=Words("空为今天", "nothing is today")),
    Column("until", Words("截止日期", "Until"), ()),
    Column("synonyms", Words("别名", "Synonyms"), ("同义词",), help=Words("用顿号分开", "with 、 between")),
)
_FIELDS: Final = ("name", "parent", "catalogue", "since", "until", "synonyms")
_LONGEST: Final = longest(ProductKind, ("code", "name", "catalogue")) | {"parent": 30, "synonyms": 500}


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to; ``what`` are codes with everything that a kind will be."""
    del by  # whoever may import it keeps all of it
    checked, known = Checked(what=[]), _known()
    names = {folding.key(fields["name"]): code for code, fields in known.items()}
    lines = list(lines_of(table, COLUMNS))
    codes = known.keys() | {line["code"] for line in lines}
    seen: dict[object, int] = {}
    for line in lines:
        line.look_at_texts(_LONGEST)
        line.look_at_day("since")
        line.look_at_day("until")
        if line["code"]:
            line.stand_once("code", seen, line["code"])
        if line["name"] and names.setdefault(folding.key(line["name"]), line["code"]) != line["code"]:
            line.complain("name", Words("另一个代码已用这个名称", "another code has this name"))
        if line["parent"] and (line["parent"] not in codes or line["parent"] == line["code"]):
            line.complain("parent", _NO_PARENT)
        checked.findings += line.found
        _judge(line, known.get(line["code"]), checked)
    return checked


_NO_PARENT: Final = Words("表里和目录里都没有这个上级代码", "neither the sheet nor the catalogue has this code")


def _judge(line: Line, before: dict[str, str] | None, checked: Checked) -> None:
    text = f"{line['code']} {line['name']}"
    if not line.is_good:
        checked.lines.append((line.number, WRONG, text))
        return
    stated = {name: line[name] for name in _FIELDS if line[name]}
    if "synonyms" in stated:
        stated["synonyms"] = "、".join(_split(stated["synonyms"]))
    changes = said(line, before or {}, stated) if before is not None else []
    state = NEW if before is None else CHANGED if changes else SAME
    checked.lines.append((line.number, state, f"{text} {'；'.join(changes)}".strip()))
    if state != SAME:
        checked.what.append((line["code"], (before or {}) | stated))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace(",", "、").replace("，", "、").split("、") if part.strip()]


def _known() -> dict[str, dict[str, str]]:
    found = {}
    for one in ProductKind.objects.all():
        found[one.code] = {
            "name": one.name,
            "parent": one.parent_code,
            "catalogue": one.catalogue,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else "",
            "synonyms": "、".join(one.synonyms),
        }
    return found


def take(what: list[tuple[str, dict[str, str]]], _found: Any, _by: Doer) -> Taken:
    """Write the kinds that are new or changed, with two statements."""
    known = _known()
    _write(what)
    codes = [code for code, _ in what]
    before = {
        "new": [code for code in codes if code not in known],
        "changed": [c for c in known.items() if c[0] in codes],
    }
    return Taken(len(what), before=before)


def undo(before: Mapping[str, Any], _by: Doer) -> int:
    """Take out the kinds that came, and give the others back what they were."""
    ProductKind.objects.filter(code__in=before["new"]).delete()
    _write([(code, fields) for code, fields in before["changed"]])
    return len(before["new"]) + len(before["changed"])


def _write(what: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    rows = [
        ProductKind(
            code=code,
            name=fields["name"],
            parent_code=fields.get("parent", ""),
            catalogue=fields.get("catalogue", ""),
            since=day_of(fields.get("since", "")) or sessions.today(),
            until=day_of(fields.get("until", "")),
            synonyms=_split(fields.get("synonyms", "")),
        )
        for code, fields in what
    ]
    ProductKind.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "parent_code", "catalogue", "since", "until", "synonyms"],
        batch_size=2_000,
    )


_EXAMPLES: Final = (
    {
        "code": "0101", "name": "（示例）电线电缆", "catalogue": "山东省重点工业产品质量安全监管目录（2025年）",
        "since": "2025-01-01", "synonyms": "电缆、电线",
    },
)  # fmt: skip


@imports(KIND)
def product_kinds() -> Kind:
    """Kinds of product."""
    return Kind(
        name=KIND,
        words=Words("产品目录", "catalogue of products"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        undo=undo,
        in_parts=True,
        examples=_EXAMPLES,
    )
