"""The sampling frame from a sheet: the import kind ``frame`` (Articles 12, 23).

A line says who makes or sells which product, by the code of a firm that is there already. The same line never stands in
the frame twice; one that was there in the list of the same source and is not in the sheet stays, and is counted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from spotcheck.docket import sessions
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Offering, ProductKind
from spotcheck.registers import standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.firm_sheets import CREDIT_CODE, MOST_PUT_BACK, may_import
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, NEW, SAME, WRONG, Checked, Finding, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.imports.staging import stage
from spotcheck.rules import folding
from spotcheck.rules.words import Words

KIND: Final = "frame"
SOURCE: Final = Column(
    "source", Words("来源", "Source"), ("名单来源",), help=Words("如 获证企业名录", "such as 获证企业名录")
)
COLUMNS: Final = (
    CREDIT_CODE,
    Column("name", Words("企业名称", "Name"), ("名称",), help=Words("只用于核对", "only to be compared")),
    Column(
        "kind",
        Words("生产或者销售", "Makes or sells"),
        ("类别", "环节"),
        needed=True,
        help=Words("填 生产 或者 销售", "生产 or 销售"),
    ),
    Column(
        "online",
        Words("线上", "Online"),
        ("是否线上", "网络销售"),
        help=Words("填 是 或者 否；空为否", "是 or 否; nothing is 否"),
    ),
    Column("product_kind", Words("产品种类", "Kind of product"), ("产品类别",), needed=True),
    Column("product_name", Words("产品名称", "Product"), needed=True),
    Column("model", Words("规格型号", "Model"), ("型号",), needed=True),
    Column("brand", Words("商标", "Brand"), ("品牌",)),
    Column("standard", Words("执行标准", "Standard"), ("标准",)),
    Column("producer", Words("标称生产者代码", "Code of the nominal producer"), ("生产者代码",), code=True),
    SOURCE,
    Column("shop", Words("网店", "Online shop"), ("网店名称",)),
    Column("until", Words("有效期至", "Until"), ("截止日期",)),
)
_KINDS: Final = {"生产": "producer", "销售": "seller", "producer": "producer", "seller": "seller"}
_ONLINE: Final = {"": False, "否": False, "no": False, "是": True, "yes": True, "线上": True, "线下": False}
_KEPT: Final = ("standard", "source", "shop", "until")
"""What a line may say anew; the others make it the line that it is."""
_LONGEST: Final = longest(Offering, ("product_kind", "product_name", "model", "brand", "standard", "source", "shop"))
_AT_ONCE: Final = 20_000

Key = tuple[int, str, bool, str, str, str, str, int | None]
"""What makes a line of the frame: firm, makes or sells, online, kind of product, product, model, brand, producer."""


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line with which nothing is wrong and that is new or says something anew."""

    key: Key
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Firm:
    key: int
    name: str
    is_kept: bool


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to, line by line."""
    checked, lines = Checked(what=[]), list(lines_of(table, COLUMNS))
    for line in lines:
        for name in ("credit_code", "producer"):
            line.given[name] = folding.code(line[name]) if line[name] else ""
    firms = _firms({line[name] for line in lines for name in ("credit_code", "producer") if line[name]}, by)
    there = _there([firm.key for firm in firms.values()])
    seen: dict[object, int] = {}
    names = _catalogue()
    for line in lines:
        line.look_at_texts(_LONGEST)
        _look_at_product(line, names)
        line.look_at_choice("kind", _KINDS)
        line.look_at_choice("online", _ONLINE)
        line.look_at_day("until")
        _look_at_firms(line, firms)
        if line.is_good:
            key = _key(line, firms)
            line.stand_once("credit_code", seen, key)
            _judge(line, key, there.get(key), checked)
        else:
            checked.lines.append((line.number, WRONG, _text(line)))
        checked.findings += line.found
    _count_gone({line["source"] for line in lines} - {""}, seen, by, checked)
    return checked


def _catalogue() -> dict[str, str]:
    """The names of the catalogue by every name under which a kind of product is known."""
    today, found = sessions.today(), dict[str, str]()
    kinds = ProductKind.objects.filter(since__lte=today).exclude(until__lt=today)
    for name, synonyms in kinds.values_list("name", "synonyms"):
        found |= {folding.key(other): name for other in synonyms} | {folding.key(name): name}
    return found


def _look_at_product(line: Line, names: Mapping[str, str]) -> None:
    """A kind of product is called as the catalogue calls it; what it does not know is only to be looked at."""
    if not names or not line["product_kind"]:
        return
    if (name := names.get(folding.key(line["product_kind"]))) is None:
        line.complain("product_kind", _NOT_IN_CATALOGUE, stops=False)
    else:
        line.given["product_kind"] = name


_NOT_IN_CATALOGUE: Final = Words("产品目录里没有这个种类或者别名", "the catalogue has no such kind or synonym")


def _text(line: Line) -> str:
    return f"{line['name'] or line['credit_code']} {line['product_name']} {line['model']}"


def _look_at_firms(line: Line, firms: Mapping[str, _Firm]) -> None:
    firm = firms.get(line["credit_code"])
    if line["producer"] and line["producer"] not in firms:
        line.complain("producer", _NO_FIRM)
    if firm is None:
        if line["credit_code"]:
            line.complain("credit_code", _NO_FIRM)
        return
    if not firm.is_kept:
        line.complain("credit_code", _NOT_YOURS)
    if line["name"] and folding.key(line["name"]) != folding.key(firm.name):
        line.complain(
            "name", Words(f"名录里的名称是“{firm.name}”", f"the register calls it “{firm.name}”"), stops=False
        )


_NO_FIRM: Final = Words(
    "企业名录里没有这个代码，请先导入企业", "no enterprise has this code: import the enterprises first"
)
_NOT_YOURS: Final = Words(
    "该企业不在本机构范围内，由所在地的管理员导入", "the firm belongs to another office, whose administrator imports it"
)


def _firms(codes: set[str], by: Doer) -> dict[str, _Firm]:
    """The firms of a sheet by their codes, and whether they belong to whoever imports."""
    offices = set(standing.offices_of(by, "registers").values_list("region_id", flat=True))
    everywhere = by.post is None or PROVINCE_CODE in offices
    found, ordered = {}, sorted(codes)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = Enterprise.objects.filter(credit_code__in=ordered[start : start + _AT_ONCE])
        for code, key, name, here, there in rows.values_list(
            "credit_code", "pk", "name", "actual_place", "registered_place"
        ):
            found[code] = _Firm(key, name, everywhere or here in offices or there in offices)
    return found


def _there(firms: list[int]) -> dict[Key, tuple[str, ...]]:
    """The lines of these firms that are there, with what they say besides."""
    found: dict[Key, tuple[str, ...]] = {}
    for start in range(0, len(firms), _AT_ONCE):
        rows = Offering.objects.filter(enterprise__in=firms[start : start + _AT_ONCE]).values_list(
            "enterprise_id", "kind", "online", "product_kind", "product_name", "model", "brand", "producer_id", *_KEPT
        )
        for row in rows:
            found[row[:8]] = tuple("" if value is None else str(value) for value in row[8:])
    return found


def _key(line: Line, firms: Mapping[str, _Firm]) -> Key:
    producer = firms[line["producer"]].key if line["producer"] else None
    what = (line["product_kind"], line["product_name"], line["model"], line["brand"])
    return (firms[line["credit_code"]].key, _KINDS[line["kind"]], _ONLINE[line["online"]], *what, producer)


def _judge(line: Line, key: Key, known: tuple[str, ...] | None, checked: Checked) -> None:
    """Say what becomes of a line that by itself is right."""
    before = dict(zip(_KEPT, known, strict=True)) if known is not None else {}
    stated = {name: line[name] for name in _KEPT if line[name]}
    other = {name: value for name, value in stated.items() if before.get(name) != value}
    if not line.is_good:
        checked.lines.append((line.number, WRONG, _text(line)))
    elif known is not None and not other:
        checked.lines.append((line.number, SAME, _text(line)))
    else:
        changes = other.items() if before else ()
        said = "；".join(f"{line.columns[name].label}：{before[name] or '—'} → {value}" for name, value in changes)
        checked.lines.append((line.number, CHANGED if before else NEW, f"{_text(line)} {said}".strip()))
        checked.what.append(FrameLine(key, before | stated))


def _count_gone(sources: set[str], seen: Collection[object], by: Doer, checked: Checked) -> None:
    """Say how many lines of the same sources the sheet does not name: nothing ends by being left out once."""
    if not sources:
        return
    lines = Offering.objects.on(sessions.today()).filter(source__in=sources)
    if by.post is not None:
        regions = standing.offices_of(by, "registers").values("region_id")
        lines = lines.filter(enterprise__actual_place__in=regions)
    key_of = ("enterprise_id", "kind", "online", "product_kind", "product_name", "model", "brand", "producer_id")
    gone = sum(key not in seen for key in lines.values_list(*key_of))
    if gone:
        words = Words(
            f"同一来源的 {gone} 行不在这张表里，保持不变；不再有效的请填写“有效期至”",
            f"{gone} lines of the same source are not in this sheet and stay: give those an end that are over",
        )
        named = "、".join(sorted(sources))
        checked.findings.append(Finding("", str(SOURCE.label), named, words, stops=False))


def take(what: list[FrameLine], _found: Any, _by: Doer) -> Taken:
    """Write the lines that are new or say something anew."""
    if not what:
        return Taken(0)
    there = _there(sorted({line.key[0] for line in what}))
    with connection.cursor() as cursor:
        rows = ((*line.key, *(line.kept.get(name) or None for name in _KEPT)) for line in what)
        stage(cursor, "frame_in", _STAGED, rows)
        cursor.execute(_WRITE, [sessions.today()])
        return Taken(cursor.rowcount, before=_before(what, there))


def _before(what: list[FrameLine], there: Mapping[Key, tuple[str, ...]]) -> dict[str, Any] | None:
    """``{new: [key], changed: [[*key, *kept]]}``; nothing where it is too much to keep."""
    known = [line.key for line in what if line.key in there]
    if len(known) > MOST_PUT_BACK:
        return None
    return {
        "new": [list(line.key) for line in what if line.key not in there],
        "changed": [[*key, *there[key]] for key in known],
    }


def undo(before: Mapping[str, Any], _by: Doer) -> int:
    """Take out the lines that came, and give the others back what they said."""
    blank = [None] * len(_KEPT)
    with connection.cursor() as cursor:
        stage(cursor, "frame_in", _STAGED, ([*key, *blank] for key in before["new"]))
        cursor.execute(_TAKE_OUT)
        gone = cursor.rowcount
        width = len(_STAGED) - len(_KEPT)
        rows = ([*row[:width], *(value or None for value in row[width:])] for row in before["changed"])
        stage(cursor, "frame_in", _STAGED, rows)
        cursor.execute(_WRITE, [sessions.today()])
        return gone + len(before["changed"])


_TAKE_OUT: Final = """
DELETE FROM parties_offering held USING frame_in gone
WHERE held.enterprise_id = gone.enterprise_id AND held.kind = gone.kind AND held.online = gone.online
  AND held.product_kind = gone.product_kind AND held.product_name = gone.product_name AND held.model = gone.model
  AND held.brand = gone.brand AND held.producer_id IS NOT DISTINCT FROM gone.producer_id
"""


_STAGED: Final = {
    "enterprise_id": "bigint",
    "kind": "text",
    "online": "boolean",
    "product_kind": "text",
    "product_name": "text",
    "model": "text",
    "brand": "text",
    "producer_id": "bigint",
    "standard": "text",
    "source": "text",
    "shop": "text",
    "until": "date",
}
"""The columns of a key, and of what is kept, in their order."""
_WRITE: Final = """
INSERT INTO parties_offering (
    enterprise_id, kind, online, product_kind, product_name, model, brand, producer_id, standard, source, shop, until,
    since
)
SELECT enterprise_id, kind, online, product_kind, product_name, model, brand, producer_id, coalesce(standard, ''),
    coalesce(source, ''), coalesce(shop, ''), until, %s
FROM frame_in
ON CONFLICT ON CONSTRAINT no_line_of_the_frame_twice DO UPDATE
SET standard = excluded.standard, source = excluded.source, shop = excluded.shop, until = excluded.until
"""

_EXAMPLES: Final = (
    {
        "credit_code": "91371302MA3C000014", "name": "（示例）兰山萤火玩具有限公司", "kind": "生产", "online": "否",
        "product_kind": "玩具", "product_name": "毛绒玩具", "model": "20cm", "brand": "萤火牌",
        "standard": "GB 6675.1-2014", "source": "生产企业名录",
    },
)  # fmt: skip


@imports(KIND)
def frame_kind() -> Kind:
    """Lines of the sampling frame."""
    return Kind(
        name=KIND,
        words=Words("抽样库", "sampling frame"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        undo=undo,
        in_parts=True,
        examples=_EXAMPLES,
    )
