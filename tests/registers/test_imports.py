"""The import machine with its first kind: rules of detail from sheets (Articles 9, 29)."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.files.models import StoredFile
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule, RuleItem
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.imports.running import NotRead
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import NotDone

DAY = date(2025, 3, 3)
KIND = KINDS["detail_rules"]
ABOVE = [["实施细则名称", "玩具实施细则"], ["版本", "1"], ["产品种类", "玩具"], ["实施日期", "2025-01-01"]]
HEAD = ["序号", "项目", "类别", "重要程度", "限值", "单位", "修约间隔", "比较方法", "强制"]
LINES = [
    ["1", "铅", "安全", "A", "≤90", "mg/kg", "", "", "是"],
    ["2", "抗拉强度", "性能", "B", "≥14×100", "MPa", "100", "修约值", "否"],
    ["3", "标志", "标签", "", "完整清晰", "/", "", "", ""],
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture(autouse=True)
def _day():
    with clock.simulated(DAY):
        yield


def workbook(lines, above=ABOVE, head=HEAD, formats=None):
    book = Workbook()
    page = book.active
    for line in [*above, [], head, *lines]:
        page.append(line)
    for address, shown in (formats or {}).items():
        page[address].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(lines, encoding, above=ABOVE):
    rows = [*above, [], HEAD, *lines]
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def looked(content, by=None):
    found = running.begin(KIND, name="细则.xlsx", content=content, by=by or Doer(account="ops"))
    by = by or Doer(account="ops")
    return found, running.look(found, by)


def findings(checked):
    return {(one.cell, one.column) for one in checked.findings if one.stops}


def test_a_workbook_becomes_a_draft_with_its_items_and_its_file(people):
    found, checked = looked(workbook(LINES), people.by("zhou"))
    assert checked.can_be_taken
    assert checked.counts == {"new": 3, "changed": 0, "same": 0, "error": 0}
    assert DetailRule.objects.count() == 0, "looking writes nothing"
    taken = running.take(found, by=people.by("zhou"))
    rule = DetailRule.objects.get()
    assert (taken.subject, taken.rows, rule.is_draft, rule.imported_by) == (rule, 4, True, people.user("zhou"))
    assert rule.source == StoredFile.objects.get()
    assert [(i.number, i.kind, i.importance, i.mandatory) for i in rule.items.all()] == [
        ("1", "safety", "A", True),
        ("2", "performance", "B", False),
        ("3", "label", "", True),
    ]
    assert rule.items.get(number="2").limit["interval"] == "100"
    line = Record.objects.get(kind="import.done")
    assert (line.subject_id, line.after["rows"]) == (str(found.pk), 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_however_it_was_saved(encoding):
    found, checked = looked(text(LINES, encoding))
    assert findings(checked) == set()
    running.take(found, by=Doer(account="ops"))
    assert RuleItem.objects.get(number="2").name == "抗拉强度"
    assert DetailRule.objects.get().source is None


def test_the_same_again_changes_nothing_and_other_content_replaces_the_draft():
    by = Doer(account="ops")
    running.take(looked(workbook(LINES))[0], by=by)
    again, checked = looked(text(LINES, "utf-8"))
    assert checked.counts["same"] == 3
    assert running.take(again, by=by).rows == 0
    assert DetailRule.objects.count() == 1
    running.take(looked(workbook(LINES[:2]))[0], by=by)
    assert [rule.withdrawn_at is None for rule in DetailRule.objects.order_by("pk")] == [False, True]
    assert Record.objects.filter(kind="import.done").count() == 2


def test_a_published_version_is_never_changed(people):
    by = Doer(account="ops")
    running.take(looked(workbook(LINES))[0], by=by)
    detail_rules.publish(DetailRule.objects.get(), by=people.posts["zhou"])
    found, checked = looked(workbook(LINES[:1]))
    assert findings(checked) == {("B2", "版本")}
    with pytest.raises(NotRead):
        running.take(found, by=by)


def test_what_is_wrong_is_said_cell_by_cell_and_nothing_is_taken():
    lines = [
        ["1", "铅", "安全", "C", "大约90", "mg/kg", "", "", "也许"],
        ["1", "铅", "别的", "", "≤0.05 g", "mg/kg", "", "", ""],
        ["", "", "性能", "", "≥14", "", "0.1", "", ""],
    ]
    found, checked = looked(workbook(lines))
    assert findings(checked) == {
        ("D7", "重要程度"), ("E7", "限值"), ("I7", "强制"), ("A8", "序号"), ("B8", "项目"), ("C8", "类别"),
        ("F8", "单位"), ("A9", "序号"), ("B9", "项目"), ("H9", "比较方法"),
    }  # fmt: skip
    assert all(one.words.zh and one.words.en for one in checked.findings)
    with pytest.raises(NotRead):
        running.take(found, by=Doer(account="ops"))
    assert DetailRule.objects.count() == 0


def test_numbers_have_the_zeros_of_their_format_or_are_a_finding():
    lines = [
        ["1", "铅", "安全", "", "≥7.40", "", 0.10, "修约值", ""],
        ["2", "镉", "安全", "", "≥7.4", "", 0.10, "修约值", ""],
    ]
    found, checked = looked(workbook(lines, formats={"G7": "0.00"}))
    assert findings(checked) == {("G8", "修约间隔")}
    lines[1][6] = "0.1"
    found, checked = looked(workbook(lines, formats={"G7": "0.00"}))
    running.take(found, by=Doer(account="ops"))
    assert RuleItem.objects.get(number="1").limit["interval"] == "0.10"


def test_formulas_and_unknown_columns_are_named():
    lines = [["1", "铅", "安全", "", "=1+1", "", "", "", ""]]
    _found, checked = looked(workbook(lines, head=[*HEAD[:-1], "心情"]))
    assert ("E7", "限值") in findings(checked)
    assert [one.column for one in checked.findings if not one.stops] == ["心情"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd0\xcf\x11\xe0old",
        b"PK\x03\x04no archive",
        "没有,表头\n1,2".encode(),
        text([HEAD, *LINES], "utf-8"),
        workbook(LINES, head=["序号", "类别", "限值", "单位"]),
    ],
)
def test_what_is_no_sheet_of_the_kind_is_refused_in_words(content):
    with pytest.raises(NotRead) as refused:
        looked(content)
    assert refused.value.text("zh-hans")
    assert Import.objects.count() == 0


def test_only_the_province_imports_rules(people):
    for name in ("wang", "liu", "jia"):
        with pytest.raises(NotDone):
            looked(workbook(LINES), people.by(name))
    found, _ = looked(workbook(LINES), people.by("zhou"))
    assert running.find(found.pk, people.by("zhou")) == found
    assert running.find(found.pk, people.by("wang")) is None


def test_the_template_can_be_filled_in_and_comes_back():
    content = running.template(KIND)
    cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
    assert any("限值" in row for row in cells)
    found, checked = looked(content)
    assert findings(checked) == set()
    running.take(found, by=Doer(account="ops"))
    assert DetailRule.objects.get().items.count() == 3


def test_the_command_reads_a_sheet_in(tmp_path, capsys):
    from spotcheck.cli import main

    command = main.load("import")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(text(LINES, "gb18030"))
    bad.write_bytes(text([["1", "铅", "安全", "", "大约90", "", "", "", ""]], "utf-8"))

    def run(*given):
        import argparse

        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        return command.run(parser.parse_args(given))

    assert run("detail_rules", str(bad)) == 1
    assert "E7 限值" in capsys.readouterr().err
    assert run("detail_rules", str(good), "--dry-run") == 0
    assert DetailRule.objects.count() == 0
    assert run("detail_rules", str(good)) == 0
    assert DetailRule.objects.count() == 1
    assert run("detail_rules", str(tmp_path / "none.csv")) == 2
    assert run("nothing", str(good)) == 2
    assert run("detail_rules", "--template", str(tmp_path / "t.xlsx")) == 0
