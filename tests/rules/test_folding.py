"""Folding: width, case, brackets, dashes, blanks and what nobody sees make no difference, here and in the database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.rules import characters, folding
from spotcheck.rules.characters import complaint, tidied

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=40)


def wide(text: str) -> str:
    """A text as a Chinese keyboard writes it in full width."""
    return text.translate(WIDE).replace(" ", "\u3000")


@pytest.mark.parametrize("brackets", ["[]", "（）", "()", "【】", "［］", "﹝﹞", "〔〕", "{}", "〖〗"])
def test_every_bracket_of_a_keyboard_is_the_same(brackets):
    typed = f"鲁市监质抽通{brackets[0]}2026{brackets[1]}1号"
    assert folding.fold(typed) == folding.fold("鲁市监质抽通〔2026〕1号")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ｙｏｎｇｋａｎｇ", "yongkang"),
        ("ＹＯＮＧｋａｎｇ", "yongkang"),
        ("ＳＤ－２０２６－００１", "SD-2026-001"),
        ("SD–2026—001", "SD-2026-001"),
        ("SD\u200b-2026\ufeff-001", "SD-2026-001"),
        ("永康\u3000食品", "永康 食品"),
        ("永康\u00a0 食品 ", "永康 食品"),
        ("⻔锁", "门锁"),
        ("⽂具", "文具"),
        ("BVR 2.5ｍｍ²", "bvr 2.5mm2"),
        ("２×１．５", "2*1.5"),
        ("“安”牌", "'安'牌"),
        ("ＢＶ，铜、铝", "bv,铜,铝"),
    ],
)
def test_a_keyboard_makes_no_difference(typed, meant):
    assert folding.fold(typed) == folding.fold(meant)


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    assert folding.fold(folding.fold(text)) == folding.fold(text)


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=30))
def test_full_width_is_half_width(text):
    assert folding.fold(wide(text)) == folding.fold(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("玩具 zqtl", ["玩具", "zqtl"]),
        ("  ", []),
        ("鲁市监质抽通 〔2026〕 1 号", ["鲁市监质抽通(2026)1号"]),
        ("鲁市监质抽通[2026]第001号", ["鲁市监质抽通(2026)1号"]),
        ("〔2026〕1", ["(2026)1"]),
        ("永康（2026 年）第 3 号", ["永康(2026)3号"]),
        ("913701 12MA3C XY7T8Q", ["91370112ma3cxy7t8q"]),
        ("电缆 9137 0112 MA3C XY7T 8Q", ["电缆", "91370112ma3cxy7t8q"]),
        ("2026 001", ["2026", "001"]),
        ("rectification order", ["rectification", "order"]),
    ],
)
def test_a_number_with_blanks_is_one_word(typed, words):
    assert folding.words_of(typed) == words


@pytest.mark.parametrize("typed", ["AB12-CD34", "ａｂ１２ｃｄ３４", " ab12 cd34 ", "AB12—CD34", "AB12\u200bCD34"])
def test_a_code_is_its_letters_and_digits(typed):
    assert folding.code(typed) == "AB12CD34"


def test_numbers_of_documents_are_written_as_the_standard_wants_them():
    typed = "鲁市监质抽通[2026]007号、鲁政复（２０２５）第１２ 号，见2026年（附件）1号样品"
    wanted = "鲁市监质抽通〔2026〕7号、鲁政复〔2025〕12号，见2026年（附件）1号样品"
    assert folding.document_number(typed) == wanted
    assert folding.document_number(wanted) == wanted


@given(TEXTS)
def test_tidying_leaves_nothing_unseen_and_does_so_once(text):
    tidy = tidied(text)
    assert tidied(tidy) == tidy
    assert not any(unicodedata.category(character) == "Cf" for character in tidy)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("李\u200b四", "李四"),
        ("\u202d13800000000\u202c", "13800000000"),
        ("李\u00a0四", "李 四"),
        ("\u3000\u3000首行缩进", "\u3000\u3000首行缩进"),
        ("⻔和⽂", "门和文"),
        ("上\v下", "上\n下"),
        ("e\u0301", "é"),
        ("ＡＢＣ公司", "ＡＢＣ公司"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_what_is_typed_is_kept_as_it_was_meant(typed, meant):
    assert tidied(typed) == meant


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("李\u200b四", "U+200B ZERO WIDTH SPACE"),
        ("李\ufeff四", "U+FEFF"),
        ("\u202e四李", "U+202E"),
        ("李\u00a0四", "U+00A0"),
        ("⽂文", "U+2F42"),
        ("甲\x07", "U+0007"),
        ("甲\ue000", "U+E000"),
        ("甲\ufffd", "U+FFFD"),
    ],
)
def test_what_is_not_tidy_is_named(text, named):
    says = complaint(text)
    assert says is not None
    assert named in says.zh
    assert named in says.en


def test_ordinary_texts_are_not_complained_about():
    assert complaint("山东永康食品有限公司（ＡＢＣ），\n\t地址：济南市\u3000历城区 2.5㎡ é 𬭎 😀") is None


@pytest.mark.django_db
@given(TEXTS)
def test_the_database_folds_as_we_do(text):
    from django.db import connection

    plain = text.replace("\0", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT spotcheck_fold(%s)", [plain])
        assert cursor.fetchone()[0] == folding.fold(plain)


def test_what_nearly_every_text_consists_of_is_left_as_it_is():
    """The short way of ``tidied`` and ``complaint`` gives what the long one would."""
    for number in (*range(0x20, 0x7F), *range(0x3001, 0x3018), *range(0x4E00, 0xA000), *range(0xFF01, 0xFF5F)):
        character = chr(number)
        assert characters.ORDINARY.fullmatch(character)
        assert characters._tidied(character) == character == unicodedata.normalize("NFC", character)
        assert characters._wrong(character) is None
    for number in (0x0, 0x9, 0xA, 0x7F, 0xA0, 0x200B, 0x2F00, 0x3000, 0xE000, 0xFFFD):
        assert not characters.ORDINARY.fullmatch(chr(number))


def test_what_nobody_sees_is_listed_as_it_is_told_one_by_one():
    found = [chr(code) for code in range(0x11000) if characters.is_unseen(chr(code))]
    assert characters.unseen_below(0x11000) == "".join(found)
