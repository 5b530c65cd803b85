"""What people and offices are called by: written one way, told apart however they are typed, and fit for an address.

A username and the code of an office stand in addresses, and a staff number with the short name of its office is typed
at the entrance (``012@历下``): what could not be opened, or never be typed again, is not given.
"""

import re
from typing import Any, Final, TypeVar, cast
from unicodedata import normalize

from django.db.models import Model, QuerySet

from spotcheck.parties.folded import Fold
from spotcheck.parties.models import PROVINCE_CODE, Office, User
from spotcheck.rules import folding, numbers
from spotcheck.rules.characters import tidied

_USERNAME: Final = re.compile(r"[^\W_][\w.@+-]*")
_AT_THE_ENTRANCE: Final = re.compile(r"[^\W_][^\s@]*")
_Row = TypeVar("_Row", bound=Model)


def as_kept(typed: str) -> str:
    """A username, number, code or short name as it is kept: in half width, without what nobody sees."""
    return folding.number(tidied(typed))


def is_username(name: str) -> bool:
    """Whether a name can be a username: letters, digits and ``@ . + - _``, the first of them a letter or digit."""
    return bool(_USERNAME.fullmatch(name)) and normalize("NFKC", name) == name


def is_for_the_entrance(text: str) -> bool:
    """Whether a staff number or a short name can be typed before or behind the ``@`` of the entrance."""
    return bool(_AT_THE_ENTRANCE.fullmatch(text)) and normalize("NFKC", text) == text


def is_code(text: str) -> bool:
    """Whether a text can be the code of an office."""
    return numbers.of_file(text) is None


def one_at_a_time() -> None:
    """Let nobody else give a name before this transaction is over: who comes second hears that it is taken."""
    Office.objects.select_for_update(of=("self",)).get(code=PROVINCE_CODE)


def alike(rows: "QuerySet[_Row]", column: str, typed: str) -> "QuerySet[_Row]":
    """The rows in which a column is what was typed, whatever the case, width and invisible signs of either."""
    found: Any = rows.annotate(written_alike=Fold(column)).filter(written_alike=folding.fold(tidied(typed)))
    return cast("QuerySet[_Row]", found)


def person(typed: str) -> User | None:
    """The person with this username, however it is typed."""
    named = User.objects.filter(username=typed).first()
    return named or alike(User.objects.all(), "username", typed).order_by("pk").first()
