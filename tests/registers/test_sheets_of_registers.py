"""Offices, bodies with certificates, people with posts and the catalogue from sheets: the same twice changes nothing."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from spotcheck.cli.main import main
from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Enterprise, Offering, Office, Post, ProductKind, Qualification, StaffNumber, User
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import heads, running, undoing
from spotcheck.registers.imports.kinds import KINDS, Checked
from spotcheck.registers.imports.running import NotRead
from spotcheck.registers.models import Import, Proposal
from spotcheck.registers.refusals import NotDone
from tests.registers.conftest import DAY, People
from tests.registers.test_firm_sheets import code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
OPS = Doer(account="ops")


def sheet(head: str, *rows: str) -> bytes:
    """Lines whose cells are parted by a stroke."""
    out = io.StringIO()
    csv.writer(out).writerows([line.split("|") for line in (head, *rows)])
    return out.getvalue().encode()


def looked(kind: str, content: bytes, by: Doer = OPS) -> Checked:
    return running.look(running.begin(KINDS[kind], name="表.csv", content=content, by=by), by)


def taken(kind: str, content: bytes, by: Doer = OPS) -> int:
    return running.take(running.begin(KINDS[kind], name="表.csv", content=content, by=by), by=by).rows


def said(checked: Checked) -> str:
    return "；".join(f"{one.column} {one.words.zh}" for one in checked.findings if one.stops)


def states(checked: Checked) -> list[str]:
    return [state for _, state, _ in checked.lines]


BODIES = "机构代码|机构名称|机构类别|证书种类|证书编号|有效期自|有效期至|产品种类|标准"


def test_a_body_comes_in_with_its_certificates_and_what_they_cover():
    content = sheet(
        BODIES,
        "SY-JY|松烟岭检验所|检验机构|CMA|2115|2024-01-01|2029-12-31|电线电缆|GB/T 5023.3-2008",
        "SY-JY|松烟岭检验所||CMA|2115|||玩具|",
        "YH-CY|萤火河抽样中心|抽样机构|||||",
    )
    checked = looked("bodies", content)
    assert (states(checked), said(checked)) == (["new", "changed", "new"], "")
    assert taken("bodies", content) == 2
    held = Qualification.objects.get(number="2115")
    assert (held.office.name, held.office.kind, held.valid_until) == ("松烟岭检验所", "laboratory", date(2029, 12, 31))
    assert sorted(str(line) for line in held.scope.all()) == ["玩具", "电线电缆 GB/T 5023.3-2008"]
    assert Office.objects.get(code="YH-CY").kind == "sampling_body"
    assert states(looked("bodies", content)) == ["same", "same", "same"]
    assert taken("bodies", content) == 0
    longer = sheet(BODIES, "SY-JY|松烟岭检验所||CMA|2115|2024-01-01|2031-12-31||")
    assert "有效期至：2029-12-31 → 2031-12-31" in looked("bodies", longer).lines[0][2]
    assert taken("bodies", longer) == 1
    held.refresh_from_db()
    assert (held.valid_until, held.scope.count()) == (date(2031, 12, 31), 2)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("370100|济南局||||||", "这是监管部门的代码"),
        ("X|某所|研究所||||||", "检验机构"),
        ("X|某所||CMA|1|2024-01-01|||", "须一并填写"),
        ("X|某所||CMA||2024-01-01|2025-01-01||", "须一并填写"),
        ("X|某所||ISO|1|2024-01-01|2025-01-01||", "CMA、CNAS"),
        ("X|某所||CMA|1|2025-01-01|2024-01-01||", "早于"),
        ("X|某所||CMA|1|2024-01-01|2025-01-01||GB 1", "须写产品种类"),
        ("X|||||||", "不能为空"),
    ],
)
def test_what_is_wrong_with_a_body_is_said_at_its_cell(row: str, why: str):
    content = sheet(BODIES, row)
    assert why in said(looked("bodies", content))
    with pytest.raises(NotRead):
        taken("bodies", content)
    assert not Office.objects.filter(code="X").exists()


def test_offices_get_the_names_that_the_sheet_says_and_exchange_short_ones(people: People):
    Office.objects.filter(code="370102").update(short_name="甲")
    Office.objects.filter(code="370103").update(short_name="乙")
    content = sheet("机构代码|机构名称|简称", "370102|历下分局|丙", "370103||丁", "370104||")
    assert states(looked("offices", content)) == ["changed", "changed", "same"]
    assert taken("offices", content, people.by("jia")) == 2
    assert (people.office("370102").name, people.office("370102").short_name) == ("历下分局", "丙")
    assert taken("offices", content, people.by("jia")) == 0
    assert Record.objects.filter(kind="office.change").count() == 2
    wrong = looked(
        "offices", sheet("机构代码|机构名称|简称", "999999|某局|", "370104||丁", "370104||戊"), people.by("jia")
    )
    assert "没有这个机构" in said(wrong)
    assert "简称已由" in said(wrong)
    assert "重复" in said(wrong)
    beside = looked("offices", sheet("机构代码|机构名称|简称", "370103|某局|"), people.by("li.data"))
    assert "不在本机构范围内" in said(beside)


PEOPLE = "机构代码|工号|登录名|姓名|手机|岗位|权限"


def test_people_come_in_with_numbers_and_posts_and_four_eyes_stay_four(people: People):
    content = sheet(
        PEOPLE,
        "370102|1001|he.jie|何洁|13800000000|监管人员|统筹案件",
        "370102|1002|he.min|何敏||抽样人员|抽样",
        "370102|1003|he.guan|何管||管理员|管理人员",
        "370102|1004|he.only|何无|||",
    )
    by = people.by("ji")
    checked = looked("people", content, by)
    assert (states(checked), said(checked)) == (["new"] * 4, "")
    assert taken("people", content, by) == 4
    assert set(Post.objects.filter(user__username__startswith="he.").values_list("user__username", "role")) == {
        ("he.jie", "officer"),
        ("he.min", "sampler"),
    }
    waiting = Proposal.objects.get(subject__username="he.guan")
    assert waiting.details["entitlements"] == ["manages"]
    jie = User.objects.get(username="he.jie")
    assert not jie.has_usable_password()
    assert StaffNumber.objects.get(user=jie).number == "1001"
    assert Record.objects.filter(kind="people.add").count() == 4
    again = looked("people", sheet(PEOPLE, "370102|1001|he.jie|何洁|13900000000|监管人员|统筹案件"), by)
    assert again.lines[0][1:] == ("changed", "he.jie 何洁 手机：13800000000 → 13900000000")
    assert states(looked("people", sheet(PEOPLE, "370102|1001|he.jie|何洁||监管人员|统筹案件"), by)) == ["same"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("000000|1|he|何||监管人员|", "没有这个机构代码"),
        ("370200|1|he|何||监管人员|", "不归这个岗位管理"),
        ("370102|1|he 1|何||监管人员|", "只用字母"),
        ("370102|1|he|何||检验人员|", "没有这种岗位"),
        ("370102|1|he|何||监管人员|签发报告", "不含所列权限"),
        ("370102|1|he|何||监管人员|飞行", "没有这种权限"),
        ("370102|1|he|何||管理员|", "须写明权限"),
        ("370102|1|he|何||管理员|管理人员、审计", "不得由同一人承担"),
        ("370102|1|wang|另一人||监管人员|", "属于另一个姓名"),
        ("370102|1||何||监管人员|", "不能为空"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_at_its_cell(people: People, row: str, why: str):
    assert why in said(looked("people", sheet(PEOPLE, row), people.by("ji")))


@pytest.mark.parametrize("username", ["..", "-he", "①"])
def test_a_username_that_no_address_can_hold_does_not_come_in(people: People, username: str):
    assert "以字母或者数字开头" in said(looked("people", sheet(PEOPLE, f"370102|1|{username}|何|||"), people.by("ji")))


def test_a_person_of_a_sheet_is_known_however_it_was_typed(people: People):
    by = people.by("ji")
    both = sheet(PEOPLE, "３７０１０２|A1|he.jie|何洁||监管人员|", "370102|Ａ1|ＨＥ.jie|何 洁|||")
    assert "与第 2 行重复" in said(looked("people", both, by))
    assert taken("people", sheet(PEOPLE, "３７０１０２|Ａ1|ｈｅ.jie|何洁||监管人员|统筹案件；"), by) == 1
    jie = User.objects.get(username="he.jie")
    assert StaffNumber.objects.get(user=jie).number == "A1"
    assert states(looked("people", sheet(PEOPLE, "370102|a1|HE.JIE|何　洁|||"), by)) == ["same"]
    assert "不再转用" in said(looked("people", sheet(PEOPLE, "370102|ａ1|someone|某人|||"), by))
    assert "不能" not in said(looked("people", sheet(PEOPLE, "370102|2|he.two|何二||抽样人员|抽样/统筹案件"), by))


def test_short_names_and_codes_are_one_however_they_were_typed(people: People):
    head = "机构代码|机构名称|简称"
    Office.objects.filter(code="370102").update(short_name="历A")
    assert "简称已由" in said(looked("offices", sheet(head, "370103||历Ａ"), people.by("jia")))
    assert "不含空格" in said(looked("offices", sheet(head, "370103||历 下"), people.by("jia")))
    assert states(looked("offices", sheet(head, "３７０１０２||历Ａ"), people.by("jia"))) == ["same"]


def test_a_number_is_never_passed_on(people: People):
    held = StaffNumber.objects.filter(office=people.office("370102")).select_related("user").first()
    assert held is not None
    row = f"370102|{held.number}|someone|某人||监管人员|"
    assert "不再转用" in said(looked("people", sheet(PEOPLE, row), people.by("ji")))


CATALOGUE = "产品代码|产品种类|上级代码|目录|开始日期|别名"


def test_the_catalogue_names_kinds_by_code_and_the_frame_keeps_to_them():
    content = sheet(CATALOGUE, "01|电工产品||目录2025||", "0101|电线电缆|01|目录2025|2025-01-01|电缆、电线")
    checked = looked("product_kinds", content)
    assert (states(checked), said(checked)) == (["new", "new"], "")
    assert taken("product_kinds", content) == 2
    assert taken("product_kinds", content) == 0
    cable = ProductKind.objects.get(code="0101")
    assert (cable.synonyms, cable.since, cable.parent_code) == (["电缆", "电线"], date(2025, 1, 1), "01")
    assert ProductKind.objects.get(code="01").since == DAY
    wrong = looked("product_kinds", sheet(CATALOGUE, "02|电线电缆||||", "03|玩具|99|||", "04|灯具|||某日|"))
    assert "另一个代码已用这个名称" in said(wrong)
    assert "没有这个上级代码" in said(wrong)
    assert "2026-03-05" in said(wrong)
    head = "统一社会信用代码|生产或者销售|产品种类|产品名称|规格型号"
    frame = looked("frame", sheet(head, "91370100MA3C1X2Y0A|生产|电 缆|软线|1", "91370100MA3C1X2Y0A|生产|灯具|灯|1"))
    hints = [one.words.zh for one in frame.findings if not one.stops]
    assert hints == ["产品目录里没有这个种类或者别名"]


def test_each_kind_is_imported_by_those_whose_it_is(people: People):
    may = {
        kind: {name for name in ("jia", "ji", "li.data", "yan", "zhou") if KINDS[kind].may(people.by(name))}
        for kind in ("bodies", "offices", "people", "product_kinds")
    }
    assert may == {
        "bodies": {"jia"},
        "offices": {"jia", "li.data"},
        "people": {"jia", "ji", "yan"},
        "product_kinds": {"jia"},
    }
    with pytest.raises(NotDone):
        running.begin(KINDS["bodies"], name="x", content=b"", by=people.by("li.data"))


@pytest.mark.parametrize("kind", ["bodies", "offices", "people", "product_kinds", "enterprises", "frame"])
def test_the_empty_sheet_of_a_kind_is_one_that_it_reads(tmp_path: Path, kind: str):
    out = tmp_path / "空表.xlsx"
    assert main(["import", kind, "--template", str(out)]) == 0
    found = running.begin(KINDS[kind], name="空表.xlsx", content=out.read_bytes(), by=OPS)
    assert len(found.read["lines"]) == len(KINDS[kind].examples)
    assert found.read["left_out"] == []


def begun(kind: str, content: bytes, by: Doer = OPS) -> Import:
    found = running.begin(KINDS[kind], name="表.csv", content=content, by=by)
    running.take(found, by=by)
    found.refresh_from_db()
    return found


FIRMS = "统一社会信用代码|名称|注册地行政区划代码|联系电话"
ONE, OTHER = code(1), code(2, "371302")


def test_an_import_is_taken_back_as_a_whole_and_the_last_one_first():
    first = begun("enterprises", sheet(FIRMS, f"{ONE}|甲厂|370102|0531-1111111"))
    with clock.simulated(date(2025, 3, 4)):
        second = begun("enterprises", sheet(FIRMS, f"{ONE}|甲厂|370103|0531-2222222", f"{OTHER}|乙厂|371302|"))
    with pytest.raises(NotDone, match="之后又导入过"):
        undoing.undo(first, by=OPS)
    assert undoing.undo(second, by=OPS) == 2
    kept = Enterprise.objects.get()
    assert (kept.name, kept.registered_place, kept.phone) == ("甲厂", "370102", "0531-1111111")
    second.refresh_from_db()
    assert (second.stage, undoing.is_offered(second)) == ("undone", False)
    with pytest.raises(NotDone, match="已经终止"):
        undoing.undo(second, by=OPS)
    assert undoing.undo(first, by=OPS) == 1
    assert not Enterprise.objects.exists()
    assert Record.objects.filter(kind="import.undone").count() == 2


def test_what_something_rests_on_is_not_taken_back():
    firms = begun("enterprises", sheet(FIRMS, f"{ONE}|甲厂|370102|"))
    lines = begun(
        "frame", sheet("统一社会信用代码|生产或者销售|产品种类|产品名称|规格型号", f"{ONE}|生产|玩具|毛绒玩具|1")
    )
    with pytest.raises(NotDone, match="已有案卷、抽样库"):
        undoing.undo(firms, by=OPS)
    assert Enterprise.objects.exists()
    assert undoing.undo(lines, by=OPS) == 1
    assert not Offering.objects.exists()
    assert undoing.undo(firms, by=OPS) == 1


def test_a_line_of_the_frame_gets_back_what_it_said_and_so_do_offices_and_kinds(people: People):
    begun("enterprises", sheet(FIRMS, f"{ONE}|甲厂|370102|"))
    head = "统一社会信用代码|生产或者销售|产品种类|产品名称|规格型号|有效期至"
    begun("frame", sheet(head, f"{ONE}|生产|玩具|毛绒玩具|1|2026-01-01"))
    with clock.simulated(date(2025, 3, 4)):
        later = begun("frame", sheet(head, f"{ONE}|生产|玩具|毛绒玩具|1|2027-01-01"))
    assert undoing.undo(later, by=OPS) == 1
    assert Offering.objects.get().until == date(2026, 1, 1)
    before = people.office("370102").name
    named = begun("offices", sheet("机构代码|机构名称|简称", "370102|历下分局|甲"))
    assert undoing.undo(named, by=OPS) == 1
    assert (people.office("370102").name, people.office("370102").short_name) == (before, "")
    begun("product_kinds", sheet(CATALOGUE, "01|电线电缆||||电缆"))
    with clock.simulated(date(2025, 3, 4)):
        kinds = begun("product_kinds", sheet(CATALOGUE, "01|电缆电线||||", "02|玩具||||"))
    assert undoing.undo(kinds, by=OPS) == 2
    assert ProductKind.objects.get().name == "电线电缆"


def test_after_seven_days_and_for_people_there_is_no_way_back(people: People):
    found = begun("enterprises", sheet(FIRMS, f"{ONE}|甲厂|370102|"))
    with clock.simulated(date(2025, 3, 11)), pytest.raises(NotDone, match="已超过七天"):
        undoing.undo(found, by=OPS)
    added = begun("people", sheet(PEOPLE, "370102|1|he|何|||"), people.by("ji"))
    assert not undoing.is_offered(added)
    with pytest.raises(NotDone):
        undoing.undo(added, by=people.by("ji"))


def test_the_command_takes_back_by_the_id_that_it_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.csv").write_bytes(sheet(FIRMS, f"{ONE}|甲厂|370102|"))
    assert main(["import", "enterprises", str(tmp_path / "a.csv")]) == 0
    key = capsys.readouterr().out.split()[-1]
    assert main(["import", "frame", "--undo", key]) == 2
    assert main(["import", "enterprises", "--undo", "x"]) == 2
    assert main(["import", "enterprises", "--undo", key]) == 0
    assert not Enterprise.objects.exists()
    assert main(["import", "enterprises", "--undo", key]) == 2
    assert "已经终止" in capsys.readouterr().err


def test_an_office_says_once_what_its_heads_mean(people: People):
    own = sheet("社会信用号|厂名|所在区划", f"{ONE}|甲厂|370102")
    by, beside = people.by("li.data"), people.by("jia")
    with pytest.raises(NotRead):
        looked("enterprises", own, by)
    for word, column in (("社会信用号：", "credit_code"), ("厂 名", "name"), ("所在区划", "registered_place")):
        heads.remember(KINDS["enterprises"], word, column, by=by)
    assert states(looked("enterprises", own, by)) == ["new"]
    with pytest.raises(NotRead):
        looked("enterprises", own, beside)
    heads.remember(KINDS["enterprises"], "厂名", "", by=by)
    with pytest.raises(NotRead):
        looked("enterprises", own, by)
    for word, column in (("", "name"), ("甲", "no such column")):
        with pytest.raises(NotDone):
            heads.remember(KINDS["enterprises"], word, column, by=by)
