"""What a password must be, each rule with a sentence of its own in both languages.

At least twelve characters of three sorts, or sixteen of any; not the person's own name or number, nothing that
everybody tries first, none of the last five. It need not be changed as long as nobody else knows it, unless the
installation asks for it (``SPOTCHECK_PASSWORD_DAYS``).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spotcheck.docket import clock
from spotcheck.parties.models import User
from spotcheck.parties.pinyin import syllables
from spotcheck.signin.models import UsedPassword

SHORTEST: Final = 12
LONG_ENOUGH: Final = 16
SORTS: Final = 3
KEPT: Final = 5
DAY: Final = 24 * 60 * 60
_KINDS: Final = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")
_TELLING: Final = 4
"""So long a part of a name counts as the name."""
_SHORTEST_NAME: Final = 2
_USUAL: Final = (
    "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "qazwsx", "abcd1234", "woaini", "nihao", "mima", "shandong", "jinan",
    "qingdao", "jianguanju", "scjg", "spotcheck", "choujian", "admin", "password", "passw0rd", "welcome", "iloveyou",
    "1q2w", "2w3e", "3e4r", "4r5t", "5t6y", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "zaq1", "xsw2", "cde3",
    "qwer", "wert", "asdf", "zxcv", "rewq", "fdsa", "vcxz",
)  # fmt: skip
"""What is tried first: rows of the keyboard, pinyin, names of places and of this program."""
_BY_ITSELF: Final = SHORTEST - _TELLING
"""So many characters besides what is tried first are a password of their own."""
_READ: Final = 64
"""So many characters are looked through for words; whatever is longer is no common one."""
_UNSHIFTED: Final = str.maketrans("!@#$%^&*()", "1234567890")
_LETTERS: Final = str.maketrans("@4831!05$7", "aabeiiosst")
"""Signs that stand for the digit of their key, and signs and digits that stand for a letter."""
_RUN: Final = re.compile(r"(.)\1{3}|1314|520|0123|1234|2345|3456|4567|5678|6789|7890|abcd|19\d\d|20[0-3]\d")


def is_over(user: User) -> bool:
    """Whether a password is older than the installation allows; one of which nobody knows since when it holds is."""
    if not settings.PASSWORD_DAYS or not user.has_usable_password():
        return False
    since = user.used_passwords.order_by("-since").values_list("since", flat=True).first()
    return since is None or since < clock.later(clock.now(), -settings.PASSWORD_DAYS * DAY)


class LongAndMixed:
    """Twelve characters of three sorts, or sixteen."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what is short or of one sort."""
        sorts = sum(bool(re.search(kind, password)) for kind in _KINDS)
        if len(password) >= LONG_ENOUGH or (len(password) >= SHORTEST and sorts >= SORTS):
            return
        raise ValidationError(self.get_help_text(), code="password_too_weak")

    def get_help_text(self) -> str:
        """What is wanted."""
        return _("密码至少十二位，并含大写字母、小写字母、数字、符号中的三种；或者至少十六位。")


class NotOneself:
    """Neither the username nor the staff number, the telephone or the name, in characters or in pinyin."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what somebody who knows the person tries first."""
        if user is None:
            return
        told = [user.username, user.mobile, user.email.partition("@")[0]]
        if user.pk:
            told += user.staff_numbers.values_list("number", flat=True)
        told += _spelled(user.full_name)
        typed = password.lower()
        is_name = len(user.full_name) >= _SHORTEST_NAME and user.full_name.lower() in typed
        if is_name or any(len(one) >= _TELLING and one.lower() in typed for one in told):
            raise ValidationError(self.get_help_text(), code="password_tells_the_person")

    def get_help_text(self) -> str:
        """What is wanted."""
        return _("密码不得含有登录名、工号、手机号码、邮箱名、姓名或者姓名的拼音。")


def _spelled(name: str) -> list[str]:
    """A name in pinyin: surname first, and as it stands in English, given name first."""
    spelled = syllables(name)
    return ["".join(spelled), "".join([*spelled[1:], *spelled[:1]])]


class NotUsual:
    """Nothing of what is tried first, wherever it stands, unless the rest is long enough by itself.

    Tried first are our own list, and Django's list of common passwords grown as people make them long enough for a
    rule: said twice or three times, with a year, digits or signs before or behind, with signs for letters, shifted.
    """

    def __init__(self) -> None:
        self._listed = CommonPasswordValidator()

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse common passwords, also with something hung on."""
        typed = password.strip().lower()[:_READ]
        for read in {typed, typed.translate(_UNSHIFTED), typed.translate(_LETTERS)}:
            if self._is_usual(read):
                raise ValidationError(self.get_help_text(), code="password_too_usual")

    def _is_usual(self, read: str) -> bool:
        known = {part for part in _parts(read) if part in self._listed.passwords}
        rests = [_without(_USUAL, read), *(_without((one,), read) for one in known)]
        return any(_is_too_little(rest, read) for rest in rests)

    def get_help_text(self) -> str:
        """What is wanted."""
        return _("密码不得是常用密码、键盘上相邻的键、常用拼音或者年份加几个字符。")


def _parts(text: str) -> Iterator[str]:
    """Everything in a text that is long enough to be a word, the text included."""
    for begin in range(len(text)):
        for end in range(begin + _TELLING, len(text) + 1):
            yield text[begin:end]


def _without(words: Iterable[str], text: str) -> str:
    """A text without these words, and without runs and years."""
    for word in words:
        text = text.replace(word, "")
    return _RUN.sub("", text)


def _is_too_little(rest: str, text: str) -> bool:
    """Whether something is gone, and what is left is no password of its own: a number hung on is none."""
    return len(rest) < len(text) and (len(rest) < _BY_ITSELF or not any(map(str.isalpha, rest)))


class NotLately:
    """None of the last five."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password that the person has had."""
        if user is None or not user.pk:
            return
        had = [user.password, *user.used_passwords.order_by("-since").values_list("password", flat=True)[: KEPT - 1]]
        if any(check_password(password, one) for one in had if one):
            raise ValidationError(self.get_help_text(), code="password_used_lately")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Remember the hash of the one that holds now."""
        if user is None or not user.pk:
            return
        UsedPassword.objects.create(user=user, password=user.password, since=clock.now())
        kept = user.used_passwords.order_by("-since").values_list("pk", flat=True)[:KEPT]
        user.used_passwords.exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        """What is wanted."""
        return _("不得使用最近五次用过的密码。")
