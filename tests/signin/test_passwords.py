"""What a password must be, said in both languages."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from spotcheck.parties.models import User
from spotcheck.signin import passwords

GOOD = [
    "Yz7#quiet-Lantern",
    "Dragon under two bridges",
    "Kq7-sunshine-w2Rb",
    "four words long enough",
    "Tr1ck-le.Stone",
    "梧桐树下三两只猫在打盹而雨还没有停",
]
BAD = {
    "short1!A": "password_too_weak",
    "onlylowercase": "password_too_weak",
    "123456789012": "password_too_weak",
    "Password2026!": "password_too_usual",
    "Qwerty123456!": "password_too_usual",
    "Woaini-1314520": "password_too_usual",
    "Shandong@2026": "password_too_usual",
    "Aaaa1111!!!!": "password_too_usual",
    "Sunshine2024!": "password_too_usual",
    "P@55w0rd!2024#": "password_too_usual",
    "!QAZ2wsx#EDC4rfv": "password_too_usual",
    "1q2w3e4r5t6y7u8i": "password_too_usual",
    "butterflybutterfly": "password_too_usual",
    "2024!Dragon!2024": "password_too_usual",
    "Wangfang-2x!7": "password_tells_the_person",
    "A.13800138000z": "password_tells_the_person",
}


@pytest.fixture
def user():
    return User(username="wangfang", full_name="王芳", mobile="13800138000")


@pytest.mark.parametrize("password", GOOD)
def test_good_ones(password, user):
    validate_password(password, user)


@pytest.mark.parametrize(("password", "code"), BAD.items())
def test_bad_ones(password, code, user):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert code in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", ["Liuxiaoyan-7!x", "Xiaoyanliu-7!x", "刘晓燕-7!xK2pqR"])
def test_the_name_is_no_password_in_characters_or_in_pinyin(password):
    """Whatever the username is; and somebody else may have it."""
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="0731", full_name="刘晓燕"))
    assert "password_tells_the_person" in [error.code for error in refused.value.error_list]
    validate_password(password, User(username="0732", full_name="王芳"))


@pytest.mark.parametrize("password", ["short", "Password2026!", "wangfang-wangfang"])
def test_every_sentence_is_in_the_language_asked_for(password, user):
    for language, foreign in (("en", "密"), ("zh-hans", "password")):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            validate_password(password, user)
        assert foreign not in " ".join(refused.value.messages).lower()


def grown(word: str) -> list[str]:
    """A common password as people make it long enough for a rule."""
    first = word[:1].upper() + word[1:]
    behind = ("2024!", "@1999", "!123456", "#8675309", "1!", "...")
    shifted = word.translate(str.maketrans("1234567890", "!@#$%^&*()") if word.isalnum() else {})
    return [
        word * 2,
        word * 3,
        first * 2 + "1!",
        f"2023!{first}",
        f"{shifted}.2024X",
        *(first + more for more in behind),
    ]


def test_thousands_of_common_ones_that_are_long_and_mixed_enough_are_refused():
    """Of those that are listed hardly any is long enough; what people make of them is."""
    listed = CommonPasswordValidator().passwords
    usual, long_enough = passwords.NotUsual(), passwords.LongAndMixed()
    tried = {one for word in sorted(listed)[::5] for one in (word, *grown(word)) if not refuses(long_enough, one)}
    assert len(tried) > 3 * 3000
    assert [one for one in tried if not refuses(usual, one)] == []


def refuses(rule, password) -> bool:
    try:
        rule.validate(password)
    except ValidationError:
        return True
    return False
