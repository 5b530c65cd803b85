"""Files as spreadsheets write them, and what is said of those that cannot be read; addresses as sentences hold them."""

import codecs

import pytest

from spotcheck.rules.notice_files import NoticeRefused, parse_notice
from spotcheck.rules.texts import Unreadable, as_json, decoded, read

TEXT = "第一列,第二列\n山东，济南,〔2026〕1号\n"
ADDRESS = "https://www.example.gov.cn/zhengce/content_(2026).htm?id=7&x=1"
NOTICE = "{}\ndate,kind,statutory,name\n2027-01-01,off,yes,元旦\n2027-05-01,off,yes,劳动节\n2027-10-01,off,yes,国庆节\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_what_a_spreadsheet_writes_is_read(encoding):
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_utf_16_of_the_other_order_is_read_too():
    assert decoded(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"\0\0\0\0", "空的"),
        (b" \r\n", "空的"),
        (b"PK\x03\x04workbook", "工作簿"),
        (b"\xd0\xcf\x11\xe0old workbook", "工作簿"),
        (b"\xff\x81\xff", "GB 18030"),
        (b"a\0b", "不是文本"),
    ],
)
def test_what_is_no_text_says_what_to_do(content, says):
    with pytest.raises(Unreadable) as refused:
        decoded(content)
    assert says in refused.value.words.zh
    for word in ("codec", "0x", "decode"):
        assert word not in f"{refused.value.words.zh}{refused.value.words.en}"


def test_a_file_that_is_none_is_a_sentence(tmp_path):
    for path, says in (
        (tmp_path / "none", "没有这个文件"),
        (tmp_path, "文件夹"),
        (tmp_path / "a" / "b", "没有这个文件"),
    ):
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert says in refused.value.words.zh


@pytest.mark.parametrize("text", ["{", '{"a": ', "nonsense", "[" * 100_000, "1" * 5000])
def test_json_that_was_cut_off_is_a_sentence(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(Unreadable) as refused:
        as_json(path)
    assert str(path) in refused.value.words.zh


@pytest.mark.parametrize(
    "line",
    [
        "# source: {}",
        "# source: {},,,",
        '"# source: {}",,,',
        '# source: "{}"',
        "# 国务院办公厅关于节假日安排的通知（{}）。",
        "# 见{}，自发布之日起施行",
        "# source: <{}>",
        "# source: {}.",
        "# source: {}；",
        "# source: ({})",
        "# source: {}\t\t\t",
    ],
)
def test_the_address_of_a_notice_is_the_address(line):
    """Not with what a spreadsheet or a sentence puts behind it; a bracket of its own stays."""
    assert parse_notice(NOTICE.format(line.format(ADDRESS))).source == ADDRESS


def test_several_addresses_are_several():
    other = "https://www.example.gov.cn/other.htm"
    assert parse_notice(NOTICE.format(f"# source: {ADDRESS} ; {other},,")).sources == (ADDRESS, other)


def test_empty_columns_and_lines_of_a_spreadsheet_do_not_count():
    whole = parse_notice(NOTICE.format(f"# source: {ADDRESS}"))
    text = NOTICE.format(f"# source: {ADDRESS}").replace("\n", ",,\r\n") + ",,,,,\r\n"
    assert parse_notice(text) == whole
    assert parse_notice(NOTICE.format(f"# source: {ADDRESS}").replace(",", "\t").replace("DATE", "Date")) == whole


def test_a_column_too_many_is_refused_by_its_line():
    with pytest.raises(NoticeRefused, match="第3行"):
        parse_notice(NOTICE.format(f"# source: {ADDRESS}").replace("yes,元旦", "yes,元旦,备注", 1))
