"""An import from the file to the rows: begun, looked at, taken.

Begun, a file is checked as files are (a workbook is kept), read, and what was read is kept as a row. Looking checks
it against what is there now and writes nothing of it. Taking does it in one transaction with its line in the book, or
not at all; the same file once more changes nothing. What has many lines is looked at and taken by a worker, woken at
once and again every minute, so that no page waits and no death of a process loses anything.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from xlsxwriter.utility import xl_col_to_name

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.files.checks.content import XLSX
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.reasons import FileRefused
from spotcheck.files.sheets import Sheet, written
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import heads as heads_of
from spotcheck.registers.imports import reading
from spotcheck.registers.imports.kinds import KINDS, Checked, Finding, Kind, Taken
from spotcheck.registers.imports.reading import Table, Unreadable
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import NotDone, refuse_if
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

LARGEST: Final = 50 * 1000 * 1000
"""Bytes of a file."""
MOST_SHOWN: Final = 1_000
"""So many lines and findings are kept of a look."""


class NotRead(Refused):
    """The file is none that can be imported; ``words`` say why."""

    status = 400
    kind = "not-read"

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.zh)

    def text(self, language: str) -> str:
        """Why, in one sentence."""
        return self.words.in_(language)


def kind_of(name: str) -> Kind | None:
    """A kind by its name."""
    return KINDS.get(name)


def begin(kind: Kind, *, name: str, content: bytes, by: Doer) -> Import:
    """Take a file in to be looked at. Raises :class:`NotRead`, and :class:`NotDone` for who may not."""
    let(kind, by)
    if len(content) > LARGEST:
        raise NotRead(Words("文件超过 50 MB", "the file is larger than 50 MB"))
    stored = None
    try:
        if content.startswith(b"PK"):
            stored = keep_bytes(content, at=sessions.now(), media_types=(XLSX,))
        read = reading.table(content, kind.columns, kind.about, heads_of.known(kind, by))
    except FileRefused as refused:
        raise NotRead(Words(refused.text("zh-hans"), refused.text("en"))) from refused
    except Unreadable as fault:
        raise NotRead(fault.words) from fault
    return Import.objects.create(
        kind=kind.name,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        stored=stored,
        read=read.as_json(),
        by=by.post,
        account=by.account[:100],
        begun_at=sessions.now(),
    )


def find(key: UUID, by: Doer) -> Import | None:
    """An import of somebody's office; of a command, for whoever runs one."""
    found = Import.objects.filter(pk=key).select_related("by__office", "stored").first()
    if found is None or kind_of(found.kind) is None or not KINDS[found.kind].may(by):
        return None
    same = by.post is None or found.by is None or found.by.office_id == by.post.office_id
    return found if same or _confirms(KINDS[found.kind], by) else None


def may_take(found: Import, by: Doer) -> bool:
    """Whether somebody may take an import: where a kind wants four eyes, another person than who brought it in."""
    kind = KINDS[found.kind]
    if kind.confirms is None:
        return True
    brought_it = found.by is not None and by.is_same_person(found.by.user)
    return _confirms(kind, by) and not brought_it


def to_confirm(kind: Kind, by: Doer) -> "QuerySet[Import]":
    """Imports of a kind that somebody else has brought in and that wait for this one, the newest first."""
    if not _confirms(kind, by) or by.post is None:
        return Import.objects.none()
    waits = Import.objects.filter(kind=kind.name, done_at=None).exclude(by__user=by.post.user_id)
    return waits.select_related("by__office", "by__user").order_by("-begun_at")


def _confirms(kind: Kind, by: Doer) -> bool:
    return kind.confirms is not None and kind.confirms(by)


def is_long(found: Import) -> bool:
    """Whether a worker looks at it and takes it."""
    return len(found.read["lines"]) > KINDS[found.kind].short


def look(found: Import, by: Doer) -> Checked:
    """What an import comes to as things are now; nothing is written."""
    kind, table = KINDS[found.kind], reading.from_json(found.read)
    brought = found.by if kind.confirms is not None and found.by is not None else None
    checked = kind.check(table, Doer(post=brought) if brought is not None else by)
    checked.findings += _lost_or_reckoned(kind, table)
    for head in table.left_out:
        words = Words(f"“{head}”列不认识，没有导入", f"the column '{head}' is not known and left out")
        checked.findings.append(Finding("", head, "", words, stops=False))
    if not table.lines:
        checked.findings.append(Finding("", "", "", Words("表里没有一行数据", "there is no line in the table")))
    return checked


def _lost_or_reckoned(kind: Kind, table: Table) -> Iterator[Finding]:
    """What a spreadsheet has made of numbers and codes."""
    names = {one.name: one for one in (*kind.columns, *kind.about)}
    of_lines = {xl_col_to_name(place): name for name, place in table.places.items()}
    marked = [(name, cell.address, "formula" if cell.formula else "lost") for name, cell in table.about.items()
              if cell.formula or cell.lost]  # fmt: skip
    marked += [(of_lines[address.rstrip("0123456789")], address, mark) for address, mark in table.marks.items()]
    for name, address, mark in marked:
        column = names[name]
        if mark == "formula":
            yield Finding(address, str(column.label), "", _FORMULA)
        elif column.code:
            yield Finding(address, str(column.label), "", _NUMBER)
        elif column.exact:
            yield Finding(address, str(column.label), "", _LOST)


_FORMULA: Final = Words("单元格是公式，请改为数值或者文字", "the cell is a formula: put its value there")
_NUMBER: Final = Words(
    "表格软件把代码变成了数字，位数可能已经丢失：请把单元格设为文本后重新填写",
    "the spreadsheet has turned the code into a number: make the cell a text and type it again",
)
_LOST: Final = Words(
    "单元格是数字，末尾的 0 可能已经丢失：请把单元格设为文本，或者按位数设置数字格式（如 0.00）",
    "the cell is a number and may have lost its zeros: make it a text, or give it the format of its places (0.00)",
)


def take(found: Import, *, by: Doer, only_good: bool = False) -> Taken:
    """Do an import. Raises :class:`NotDone` for who may not, :class:`NotRead` where something stands in the way.

    ``only_good`` leaves out the lines with something wrong, for kinds that are taken in parts.
    """
    kind = KINDS[found.kind]
    let(kind, by)
    with session():
        held = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
        refuse_if(second_pair=not may_take(held, by))
        checked = look(held, by)
        if not (checked.can_be_taken or (only_good and kind.in_parts and checked.what)):
            raise NotRead(Words("还有需要改正的地方，没有导入", "there are things to be mended first"))
        taken = kind.take(checked.what, held, by)
        if held.done_at is None:
            counts = checked.counts | {"rows": taken.rows}
            Import.objects.filter(pk=held.pk).update(
                done_at=sessions.now(), counts=counts, stage=Import.Stage.DONE, looked={}, before=taken.before
            )
        if taken.rows:
            book.write(
                "import.done",
                by=by.post,
                user=by.user,
                subject=("import", str(held.pk)),
                after={"kind": kind.name, "rows": taken.rows, "sha256": held.sha256} | _left_out(checked, only_good),
                address=by.place,
            )
        return taken


def _left_out(checked: Checked, only_good: bool) -> dict[str, int]:
    left = checked.counts["error"]
    return {"left_out": left} if only_good and left else {}


def waiting() -> list[UUID]:
    """The imports in which work waits, the oldest first."""
    stages = (Import.Stage.LOOKING, Import.Stage.TAKING)
    return list(Import.objects.filter(stage__in=stages).order_by("begun_at").values_list("pk", flat=True))


def go_on(key: UUID) -> None:
    """Do what waits in an import, if nobody else does; what cannot be taken any more is refused with its reason."""
    with session():
        stages = (Import.Stage.LOOKING, Import.Stage.TAKING)
        rows = Import.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key, stage__in=stages)
        held = rows.first()
        if held is None:
            return
        by = Doer(post=held.taken_by or held.by, address=held.address, account=held.account)
        if held.stage == Import.Stage.LOOKING:
            changes = {"stage": Import.Stage.LOOKED, "looked": kept(look(held, by))}
            Import.objects.filter(pk=key).update(**changes)
            return
        try:
            with transaction.atomic():
                take(held, by=by, only_good=held.only_good)
        except Refused as refused:
            said = {"refused": {"zh": refused.text("zh-hans"), "en": refused.text("en")}}
            Import.objects.filter(pk=key).update(stage=Import.Stage.REFUSED, looked=held.looked | said)


def kept(checked: Checked) -> dict[str, Any]:
    """What a page shows of a look: ``{counts, stopping, good, lines, findings}``, of the last two the first 1,000."""
    return {
        "counts": checked.counts,
        "stopping": sum(one.stops for one in checked.findings),
        "good": bool(checked.what),
        "lines": checked.lines[:MOST_SHOWN],
        "findings": [one.as_json() for one in checked.findings[:MOST_SHOWN]],
        "more": max(0, len(checked.findings) - MOST_SHOWN),
    }


def answered(found: Import, by: Doer) -> bytes:
    """The sheet once more, with what becomes of every line and what is wrong with it: to be mended and sent again."""
    kind, table = KINDS[found.kind], reading.from_json(found.read)
    checked = look(found, by)
    states = {number: state for number, state, _text in checked.lines}
    wrong: dict[str, list[str]] = defaultdict(list)
    for finding in checked.findings:
        if finding.stops and finding.cell:
            number = finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            wrong[number].append(f"{finding.column}：{finding.words.in_(translation.get_language() or 'zh-hans')}")
    labels = {column.name: str(column.label) for column in kind.columns}
    heads = [*(labels[name] for name in table.places), *(str(words) for words in _ADDED)]
    rows = [
        [*texts, str(STATES[states[number]]) if number in states else "", "；".join(wrong[str(number)])]
        for number, texts in table.lines
    ]
    return written(Sheet(str(kind.words), heads, rows))


_ADDED: Final = (Words("检查结果", "What becomes of it"), Words("问题", "What is wrong"))
STATES: Final = {
    "new": Words("新增", "new"),
    "changed": Words("更改", "changed"),
    "same": Words("相同", "the same"),
    "error": Words("有误", "wrong"),
    "aside": Words("不导入", "left aside"),
}
"""What becomes of a line, in words."""


def template(kind: Kind) -> bytes:
    """An empty workbook of a kind with its examples, all cells texts."""
    names = [one.name for one in kind.columns]
    above = [[one.label.zh, kind.about_example.get(one.name, "")] for one in kind.about]
    rows = [[example.get(name, "") for name in names] for example in kind.examples]
    width = len(names)
    blank: list[str] = [""] * width
    lines = [*([*line, *blank][:width] for line in above), blank, [one.label.zh for one in kind.columns], *rows]
    return written(Sheet(kind.words.zh, ["说明：删去示例行后填写；所有单元格保持文本格式", *blank[1:]], lines))


def let(kind: Kind, by: Doer) -> None:
    if not kind.may(by):
        raise NotDone("imports")


def heads(kind: Kind) -> list[dict[str, Any]]:
    """The columns of a kind, for a page that says what to fill in."""
    return [{"name": one.name, "label": one.label, "needed": one.needed, "help": one.help} for one in kind.columns]
