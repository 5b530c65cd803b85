"""Papers with too much, too little, and with names that few fonts know."""

import re

import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfbase import ttfonts

from spotcheck.notices import typefaces
from spotcheck.notices.render import Marks, draw
from spotcheck.notices.templates import templates
from spotcheck.notices.typefaces import SURE, chain
from spotcheck.notices.typeset import NEVER_FIRST, NEVER_LAST, lines
from tests.notices.papers import KEYS, MARKS, drawn, name_of, sample
from tests.notices.reading import complaints_of_qpdf, pictures_of, text_of

NAME = "山东" + "超长企业名称" * 32 + "有限公司"


def plain(pdf: bytes) -> str:
    return compact(text_of(pdf))


def compact(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_sixty_items_flow_over_pages_with_their_head_on_each():
    data = sample(7)
    data["report"]["failed"] = [
        {"name": f"项目{n}", "limit": "≤1.0 mg/kg", "value": f"{n}.5", "unit": "mg/kg", "verdict": "不合格"}
        for n in range(1, 61)
    ]
    drawn = draw(templates()[7], data, MARKS)
    said = text_of(drawn.pdf)
    assert drawn.pages >= 4
    assert all(f"项目{n}\n" in said for n in (1, 30, 60))
    pages_with_items = [page for page in said.split("\f") if "mg/kg" in page]
    assert len(pages_with_items) >= 2
    assert all("实测值" in page for page in pages_with_items)
    assert f"第{drawn.pages}页" in said


def _answering(items: int) -> dict:
    """A retest of so many items that answers two other objections: three applicants stand on the notice."""
    data = sample(10)
    data["retest"]["results"] = [dict(data["retest"]["results"][0], name=f"项目{n}") for n in range(1, items + 1)]
    names = [f"第{place}申请人有限公司" for place in ("二", "三")]
    data["retest"]["others"] = [{"name": name, "role": "销售者"} for name in names]
    data["retest"]["answers"] = [{"name": name, "received_on": "2026-03-02", "items": "绝缘厚度"} for name in names]
    return data


@pytest.mark.parametrize("items", [1, 2, 3, 4, 15])
def test_a_sentence_that_leads_to_a_table_stands_on_its_page(items):
    """Three applicants, whatever the length of what stands above; where nothing binds them some of these fall apart."""
    pages = text_of(draw(templates()[10], _answering(items), MARKS).pdf).split("\f")
    (page,) = [page for page in map(compact, pages) if "下列异议的项目" in page]
    told = page.partition("下列异议的项目")[2]
    assert "以本次复检答复的其他异议" in told
    assert "第二申请人" in told


@pytest.mark.parametrize("key", [1, 4, 7, 11], ids=name_of)
def test_a_firm_with_a_name_of_two_hundred_characters(key, tmp_path):
    data = sample(key)
    for group in ("sampled", "party", "nominal"):
        if group in data:
            data[group]["name"] = NAME
    drawn = draw(templates()[key], data, MARKS)
    assert NAME in plain(drawn.pdf)
    assert complaints_of_qpdf(drawn.pdf, tmp_path) == ""


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_a_paper_with_nothing_known_leaves_room_to_write(key, tmp_path):
    drawn = draw(templates()[key], {"paper": {"number": "X1", "issuer": "甲局", "issued_on": "2026-01-05"}}, MARKS)
    assert drawn.pages
    assert "None" not in text_of(drawn.pdf)
    assert complaints_of_qpdf(drawn.pdf, tmp_path) == ""


def test_a_text_longer_than_a_page_is_cut_between_lines():
    data = sample(6)
    data["refusal"]["facts"] = "抽样人员说明来意后被拒绝𠅤" * 400
    drawn = draw(templates()[6], data, Marks(copies=("唯一联",)))
    assert drawn.pages >= 3
    assert plain(drawn.pdf).count("𠅤") == 400


def test_the_name_of_an_attachment_goes_on_below_its_own_beginning():
    """A letter lists what lies with it by number; the second line of a name is no line of the letter (Article 42)."""
    said = text_of(drawn("jurisdiction_transfer").pdf, "-layout").splitlines()
    [at] = [number for number, line in enumerate(said) if line.strip().startswith("2. 责令改正通知书")]
    [further] = [line for line in said[at + 1 : at + 4] if line.strip()][:1]
    assert further.strip().endswith("及送达凭证")
    assert _left(further) >= _left(said[at])


def _left(line: str) -> int:
    return len(line) - len(line.lstrip())


def test_rare_characters_are_printed_and_read_back():
    data = sample(7)
    data["party"]["legal_representative"] = "李𬭎"
    data["party"]["contact"] = "王䶮"
    data["party"]["actual_address"] = "㙍村、𠅤里、𪩘路"
    said = text_of(draw(templates()[7], data, MARKS).pdf)
    for words in ("李𬭎", "王䶮", "㙍村", "𠅤里", "𪩘路"):
        assert words in said


def test_a_character_that_no_face_has_stands_as_a_box_with_its_code_point():
    """Acts refuse it; what was once recorded is told all the same, for a notice must go out (Articles 33, 53)."""
    data = sample(7)
    data["party"]["name"] = "独角兽🦄厂"
    data["paper"]["to"] = "独角兽🦄厂"
    assert "独角兽□（U+1F984）厂" in text_of(draw(templates()[7], data, MARKS).pdf)


def test_a_text_for_which_no_font_is_opened_can_be_printed_by_any():
    sure = [chr(code) for code in range(0x10000) if SURE.fullmatch(chr(code))]
    have = chain("song")
    assert [c for c in sure if c not in "\r\n\t" and not any(ord(c) in font.face.charToGlyph for font in have)] == []


@pytest.mark.parametrize("key", [1, 4, 7, "custody_undertaking"], ids=name_of)
def test_the_two_dimensional_code_reads_as_the_address_of_the_paper(key, tmp_path):
    (page, *_) = pictures_of(drawn(key).pdf, tmp_path, dots=150)
    with Image.open(page) as seen:
        (code,) = zxingcpp.read_barcodes(seen)
    assert code.text == MARKS.url


def test_an_outline_made_of_parts_is_taken_from_the_mapped_file():
    """An accented letter is often put together of two outlines; ReportLab patches such a glyph."""
    data = sample(7)
    data["product"]["brand"] = "ÀÉÎÕÜ ǎěǐǒǔ"
    assert "ÀÉÎÕÜ ǎěǐǒǔ" in text_of(draw(templates()[7], data, MARKS).pdf)


def test_reportlab_still_needs_its_table_mended():
    """When this fails, upstream writes UTF-16 beyond the BMP: drop our own table and the pin below 5.2."""
    import importlib.util  # noqa: PLC0415

    spec = importlib.util.find_spec("reportlab.pdfbase.ttfonts")
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    assert "<2CB4E>" in fresh.makeToUnicodeCMap("F", [0x2CB4E])
    assert "<D872DF4E>" in ttfonts.makeToUnicodeCMap("F", [0x2CB4E])


def test_faces_do_not_share_a_postscript_name():
    names = [typefaces.face(role).face.name for role in typefaces.FILES]
    assert len(set(names)) == len(names)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "检验结果（GB/T 5023.3-2008、实施细则）；“合格”、《通知书》。" * 20
    for width in range(60, 460, 7):
        for role, size in (("song", 15.79), ("hei", 9.0)):
            set_ = [line.text for line in lines(text, role, size, width)]
            assert "".join(set_).replace(" ", "") == text.replace(" ", "")
            if width > 120:
                assert not [line for line in set_[1:] if line[0] in NEVER_FIRST]
                assert not [line for line in set_[:-1] if line[-1] in NEVER_LAST]


def test_twenty_eight_characters_make_a_line():
    set_ = lines("监" * 57, "fangsong", 156 / 28 * 72 / 25.4, 156 * 72 / 25.4)
    assert [len(line.text) for line in set_] == [28, 28, 1]
