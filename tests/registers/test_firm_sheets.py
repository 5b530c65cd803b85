"""Enterprises and the sampling frame from sheets: checked line by line, taken whole or in part, the same twice nothing."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from openpyxl import load_workbook
from stdnum.cn import uscc

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Enterprise, EnterpriseName, Offering, Region
from spotcheck.parties.pinyin import fill, pinyin
from spotcheck.planning import candidates
from spotcheck.planning.candidates import Wish
from spotcheck.registers import tasks
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import asking, running
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.imports.running import NotRead
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import NotDone

DAY = date(2026, 3, 2)
OPS = Doer(account="ops")
HEAD = [
    "统一社会信用代码",
    "名称",
    "注册地行政区划代码",
    "实际经营地行政区划代码",
    "实际经营地址",
    "联系电话",
    "登记状态",
]
FRAME_HEAD = ["统一社会信用代码", "企业名称", "生产或者销售", "线上", "产品种类", "产品名称", "规格型号", "商标", "标称生产者代码", "来源",
              "有效期至"]  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture(autouse=True)
def _day():
    with clock.simulated(DAY):
        yield


def code(place, region="370102"):
    body = f"91{region}D{place:07d}0"
    return body + uscc.calc_check_digit(body)


def firm(place, name="", region="370102", **more):
    given = {"actual": "", "address": "", "phone": "", "status": ""} | more
    return [code(place, region), name or f"甲{place}玩具厂", region, given["actual"], given["address"], given["phone"],
            given["status"]]  # fmt: skip


def line(place, model="20cm", **more):
    given = {"kind": "生产", "online": "", "name": "", "producer": "", "source": "", "until": "", "brand": ""} | more
    return [code(place), given["name"], given["kind"], given["online"], "玩具", "毛绒玩具", model, given["brand"],
            given["producer"], given["source"], given["until"]]  # fmt: skip


def sheet(rows, head=HEAD, encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def workbook(rows, head=HEAD):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([head, *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def looked(content, kind="enterprises", by=OPS):
    found = running.begin(KINDS[kind], name="名录.csv", content=content, by=by)
    return found, running.look(found, by)


def taken(content, kind="enterprises", by=OPS, **options):
    found, _ = looked(content, kind, by)
    return running.take(found, by=by, **options)


def stopped(checked):
    return {(one.cell, one.words.zh) for one in checked.findings if one.stops}


@pytest.mark.parametrize("content", [sheet([firm(1)], encoding="gb18030"), sheet([firm(1)]), workbook([firm(1)])])
def test_a_firm_comes_in_and_the_same_sheet_again_changes_nothing(content):
    found, checked = looked(content)
    assert checked.counts == {"new": 1, "changed": 0, "same": 0, "error": 0}
    assert not Enterprise.objects.exists(), "looking writes nothing"
    assert running.take(found, by=OPS).rows == 1
    made = Enterprise.objects.get()
    assert (made.name, made.registered_place, made.actual_place, made.status) == (
        "甲1玩具厂",
        "370102",
        "370102",
        "open",
    )
    found, checked = looked(content)
    assert checked.counts["same"] == 1
    assert running.take(found, by=OPS).rows == 0
    assert [record.after["rows"] for record in Record.objects.filter(kind="import.done")] == [1]


def test_what_changes_is_said_field_by_field_and_a_former_name_is_kept():
    taken(sheet([firm(1, phone="0531-0123456"), firm(2)]))
    Enterprise.objects.filter(credit_code=code(1)).update(pinyin="jia", contact="李某")
    found, checked = looked(sheet([firm(1, "乙玩具厂", status="注销"), firm(2)]))
    assert checked.counts == {"new": 0, "changed": 1, "same": 1, "error": 0}
    assert "名称：甲1玩具厂 → 乙玩具厂；登记状态：open → cancelled" in checked.lines[0][2]
    assert running.take(found, by=OPS).rows == 1
    made = Enterprise.objects.get(credit_code=code(1))
    assert (made.name, made.status, made.phone, made.contact) == ("乙玩具厂", "cancelled", "0531-0123456", "李某")
    assert made.pinyin == "", "a worker writes how the new name is typed"
    assert [(old.name, old.until) for old in EnterpriseName.objects.all()] == [("甲1玩具厂", DAY)]


def test_every_fault_is_named_by_its_cell():
    rows = [
        firm(1),
        [code(2)[:-1] + "?", "乙", "370102", "", "", "", ""],
        firm(1),
        ["", "丙", "370102", "", "", "", ""],
        firm(3, region="370199"),
        firm(4, phone="二三四"),
        firm(5, status="跑路"),
        firm(6, "名" * 201),
        firm(7, "丁\ue000厂"),
    ]
    _found, checked = looked(sheet(rows))
    cells = {cell for cell, _ in stopped(checked)}
    assert cells == {"A3", "A4", "A5", "C6", "F7", "G8", "B9", "B10"}
    assert ("A4", "与第 2 行重复") in stopped(checked)
    assert checked.counts == {"new": 1, "changed": 0, "same": 0, "error": 8}


def test_a_code_that_a_spreadsheet_made_a_number_of_is_named():
    rows = [[913701020000000000, "甲", "370102", "", "", "", ""]]
    _found, checked = looked(workbook(rows))
    assert any(cell == "A2" and "变成了数字" in said for cell, said in stopped(checked))


def test_an_address_that_names_another_county_is_to_be_looked_at_and_stops_nothing():
    other = Region.objects.get(code="370103").name
    _found, checked = looked(sheet([firm(1, address=f"济南市{other}一号")]))
    assert checked.can_be_taken
    assert [(one.cell, one.stops) for one in checked.findings] == [("E2", False)]


def test_all_or_nothing_unless_only_the_good_lines_are_wanted():
    content = sheet([firm(1), firm(2, status="跑路"), firm(3)])
    found, _ = looked(content)
    with pytest.raises(NotRead):
        running.take(found, by=OPS)
    assert not Enterprise.objects.exists()
    assert running.take(found, by=OPS, only_good=True).rows == 2
    assert Record.objects.get(kind="import.done").after["left_out"] == 1
    assert KINDS["detail_rules"].in_parts is False


def test_the_sheet_comes_back_with_what_is_wrong_and_can_be_sent_again():
    found, _ = looked(sheet([firm(1), firm(2, status="跑路")]))
    page = load_workbook(io.BytesIO(running.answered(found, OPS))).active
    rows = list(page.iter_rows(values_only=True))
    assert list(rows[1])[-2:] == ["检查结果", "问题"]
    assert (rows[2][-2], rows[2][-1] or "") == ("新增", "")
    assert rows[3][-2] == "有误"
    assert "注销" in rows[3][-1]
    mended = running.answered(found, OPS)
    _again, checked = looked(mended)
    assert checked.counts["error"] == 1, "the same sheet as before, its two columns left out"
    assert {one.column for one in checked.findings if not one.stops} == {"检查结果", "问题"}


def test_who_keeps_the_data_of_a_county_imports_its_firms_and_no_others(people):
    content = sheet([firm(1), firm(2, region="371302")])
    _found, checked = looked(content, by=people.by("li.data"))
    assert {cell for cell, _ in stopped(checked)} == {"C3"}
    for name in ("wang", "li", "zhou", "shen"):
        with pytest.raises(NotDone):
            looked(content, by=people.by(name))
    assert looked(content, by=people.by("jia"))[1].can_be_taken


def test_a_long_sheet_is_looked_at_and_taken_by_a_worker(people, monkeypatch):
    monkeypatch.setitem(KINDS, "enterprises", replace(KINDS["enterprises"], short=1))
    by = people.by("jia")
    found, _ = looked(sheet([firm(1), firm(2, status="跑路")]), by=by)
    assert running.is_long(found)
    asking.ask_to_look(found)
    asking.ask_to_look(found)
    assert running.waiting() == [found.pk]
    tasks.go_on_with_import(str(found.pk))
    found.refresh_from_db()
    assert (found.stage, found.looked["counts"]["error"], found.looked["good"]) == ("looked", 1, True)
    assert not Enterprise.objects.exists()
    asking.ask_to_take(found, by=by)
    tasks.go_on_with_import(str(found.pk))
    found.refresh_from_db()
    assert found.stage == "refused", "one line is wrong, and the good ones alone were not wanted"
    assert "改正" in found.looked["refused"]["zh"]
    Import.objects.filter(pk=found.pk).update(stage="looked")
    asking.ask_to_take(found, by=by, only_good=True)
    tasks.go_on_with_import(str(found.pk))
    tasks.go_on_with_import(str(found.pk))
    found.refresh_from_db()
    assert (found.stage, found.counts["rows"]) == ("done", 1)
    assert Record.objects.get(kind="import.done").post == by.post


def test_a_right_that_has_ended_meanwhile_takes_nothing(people, monkeypatch):
    monkeypatch.setitem(KINDS, "enterprises", replace(KINDS["enterprises"], short=0))
    by = people.by("li.data")
    found, _ = looked(sheet([firm(1)]), by=by)
    asking.ask_to_look(found)
    tasks.go_on_with_import(str(found.pk))
    asking.ask_to_take(found, by=by)
    with clock.simulated(date(2027, 3, 2)):
        by.post.until = DAY
        by.post.save(update_fields=["until"])
        tasks.go_on_with_import(str(found.pk))
    found.refresh_from_db()
    assert found.stage == "refused"
    assert not Enterprise.objects.exists()


def test_names_are_found_as_they_are_typed():
    taken(sheet([firm(1, "单县乐陵玩具厂"), firm(2)]))
    assert fill() == 2
    assert Enterprise.objects.get(credit_code=code(1)).pinyin == "shanxianlaolingwanjuchang sxllwjc"
    assert fill() == 0
    assert pinyin("长清ABC") == "changqingABC cqABC"


def test_a_line_of_the_frame_never_stands_there_twice():
    taken(sheet([firm(1), firm(2)]))
    rows = [line(1), line(1, "30cm"), line(1), line(2, kind="销售", producer=code(1)), line(9), line(2, kind="租赁")]
    _found, checked = looked(sheet(rows, FRAME_HEAD), "frame")
    assert {cell for cell, _ in stopped(checked)} == {"A4", "A6", "C7"}
    content = sheet([rows[0], rows[1], rows[3]], FRAME_HEAD)
    assert taken(content, "frame").rows == 3
    assert taken(content, "frame").rows == 0
    assert Offering.objects.count() == 3
    assert Offering.objects.get(kind="seller").producer.credit_code == code(1)
    assert taken(sheet([line(1, until="2026-12-31")], FRAME_HEAD), "frame").rows == 1
    assert Offering.objects.count() == 3


def test_lines_that_a_list_does_not_name_any_more_are_counted_and_stay():
    taken(sheet([firm(1)]))
    taken(sheet([line(1, source="获证企业"), line(1, "30cm", source="获证企业")], FRAME_HEAD), "frame")
    _found, checked = looked(sheet([line(1, source="获证企业")], FRAME_HEAD), "frame")
    assert checked.can_be_taken
    assert ["同一来源的 1 行" in one.words.zh for one in checked.findings] == [True]


def test_who_is_out_of_business_and_what_is_over_is_not_drawn():
    taken(sheet([firm(1), firm(2, status="吊销"), firm(3)]))
    taken(
        sheet([line(1), line(2), line(3, until="2026-03-01"), line(3, "30cm", until="2026-03-02")], FRAME_HEAD), "frame"
    )
    preview = candidates.preview(Wish("玩具", "producer", "on_site", "", ""))
    assert [(one.firm, one.text.split()[-1]) for one in preview.lines] == [(code(1), "20cm"), (code(3), "30cm")]
    assert preview.over == 2
