"""Names in one line are told apart, one name spelt twice is one; numbers that address nothing say why."""

import pytest
from stdnum.cn import uscc

from spotcheck.rules import names, numbers
from spotcheck.rules.days import day_of


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张三、李四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]),
        ("张三\u3000李四", ["张三", "李四"]),
        ("张三/李四；王五;赵六,钱七，孙八|周九", ["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九"]),
        ("李\u3000四", ["李四"]),
        ("李\u3000四 张三", ["李四", "张三"]),
        ("欧阳 修", ["欧阳修"]),
        ("李 世民", ["李世民"]),
        ("John Smith、张三", ["John Smith", "张三"]),
        ("阿不都·热合曼 张三", ["阿不都·热合曼", "张三"]),
        ("张和平", ["张和平"]),
        ("张三（001） 李四", ["张三（001）", "李四"]),
        ("张三 （001）、李四", ["张三（001）", "李四"]),
        ("张三，张 三，张\u200b三", ["张三"]),
        (" 、 ", []),
        ("张三､李四｡王五。", ["张三", "李四", "王五"]),
        ("张三\\李四+王五＋赵六", ["张三", "李四", "王五", "赵六"]),
        ("张三，\n李四.", ["张三", "李四"]),
        ("1.张三 2.李四", ["张三", "李四"]),
        ("1. 张三\n2. 李四\n10．王五", ["张三", "李四", "王五"]),
        ("①张三②李四", ["张三", "李四"]),
        ("1、张三 2、李四", ["张三", "李四"]),
        ("J. Smith、张三", ["J. Smith", "张三"]),
        ("张三（001）、李四（002）", ["张三（001）", "李四（002）"]),
    ],
)
def test_names_are_told_apart(typed, found):
    assert names.split(typed) == found
    assert names.split(names.split(typed)) == found


def test_several_lines_are_several_texts():
    assert names.split(["张三、李四", "王五", "李 四"]) == ["张三", "李四", "王五"]


def test_persons_are_counted_by_the_normal_form_of_their_names():
    assert names.count(["张三", "张 三", "张\u3000三", ""]) == 1
    assert names.count(["Li Wei", "ＬＩ ＷＥＩ", "王五"]) == 2
    assert names.known_as("李 四", ["王五", "李四"]) == "李四"
    assert names.known_as("赵六", ["王五"]) == "赵六"


@pytest.mark.parametrize(
    "typed",
    [
        "12315",
        "0531-88888888",
        "０５３１－８８８８８８８８",
        "+86 138 0000 0000",
        "(0531)8888 8888转801",
        "0531-1、0531-22222",
    ],
)
def test_a_telephone_number_can_be_dialled(typed):
    assert numbers.telephone(typed) is None


@pytest.mark.parametrize("typed", ["无", "见名片", "12", "0531-88888888 张三", "1" * 20, "+", "138x"])
def test_what_cannot_be_dialled_is_no_telephone_number(typed):
    wrong = numbers.telephone(typed)
    assert wrong is not None
    assert "电话" in wrong.zh


def test_postcodes_codes_and_mail():
    assert numbers.postcode("２５０１００") is None
    assert numbers.postcode("25010") is not None
    head = "91370112MA3NUWE53"
    assert numbers.credit_code(f"{head[:8]} {head[8:]} {uscc.calc_check_digit(head)}") is None
    assert "GB 32100" in numbers.credit_code("913701120000000000").zh
    assert numbers.mail("chen@example.cn") is None
    for typed in ("chen", "chen@", "chen@example", "a b@example.cn", "陈@例"):
        assert numbers.mail(typed) is not None, typed


@pytest.mark.parametrize(
    "typed",
    ["2026-W17-1", "20260420", "2024-02-30", "２０２６-０４-２０", "2026-04-20T24:00", "2026-4-2", "", "26-04-20"],
)
def test_only_year_month_day_is_a_day(typed):
    assert day_of(typed) is None
