"""Places by their names: what an officer types becomes the code of GB/T 2260 that an act wants."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from spotcheck.docket.wording import listed
from spotcheck.parties.models import Office, in_shandong
from spotcheck.parties.provinces import NAMES
from spotcheck.rules.folding import key, number

INSIDE, OUTSIDE = "inside", "outside"
_OF_BUREAUS: Final = (Office.Kind.CITY, Office.Kind.COUNTY)
_TITLE: Final = "市场监督管理局"
_LENGTH: Final = 6


@dataclass(frozen=True)
class Place:
    """A place as a form says it: in Shandong by its name, outside by its province and, where known, its code."""

    where: str = ""
    name: str = ""
    province: str = ""
    county: str = ""

    @classmethod
    def read(cls, name: str, sent: QueryDict) -> "Place":
        """Read the inputs of one question."""
        parts = ("where", "province", "county")
        return cls(name=sent.get(name, "").strip(), **{part: sent.get(f"{name}-{part}", "").strip() for part in parts})

    @property
    def is_outside(self) -> bool:
        """Whether another province is meant."""
        return self.where == OUTSIDE

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.province or self.county) if self.is_outside else not self.name

    @cached_property
    def found(self) -> tuple[str, str]:
        """The code of the place, or nothing and what is wrong with what was typed."""
        return _outside(self.province, self.county) if self.is_outside else _inside(self.name)

    @property
    def code(self) -> str:
        """The code of the place; nothing when there is no such place."""
        return self.found[0]

    @property
    def wrong(self) -> str:
        """What is wrong with what was typed."""
        return self.found[1]


def in_province() -> dict[str, str]:
    """The cities and counties of Shandong: their codes and full names (a county's begins with that of its city)."""
    bureaus = Office.objects.filter(kind__in=_OF_BUREAUS).order_by("code").values_list("code", "name")
    return {code: name.removesuffix(_TITLE) for code, name in bureaus if in_shandong(code)}


def provinces() -> list[tuple[str, str]]:
    """The other provinces: codes and names."""
    return sorted((f"{digits}0000", name) for digits, name in NAMES.items())


def name_of(code: str) -> str:
    """A place in words: in Shandong by its name, elsewhere by its province, with the code of a county."""
    if in_shandong(code):
        return in_province().get(code, code)
    province = NAMES.get(code[:2], "")
    return " ".join(part for part in (province, "" if code.endswith("0000") and province else code) if part)


def _inside(typed: str) -> tuple[str, str]:
    """A city or county by its full name, by that of its bureau, by the end of its name where that is but one, or by
    its code."""
    names = in_province()
    wanted = key(typed).removesuffix(_TITLE)
    if wanted in names:
        return wanted, ""
    exact = [code for code, name in names.items() if key(name) == wanted]
    ending = [code for code, name in names.items() if wanted and key(name).endswith(wanted)]
    found = exact or ending
    if len(found) == 1:
        return found[0], ""
    if found:
        return "", _("“%(typed)s”有几处：%(names)s，请写全。") % {
            "typed": typed,
            "names": listed(names[code] for code in found),
        }
    return "", _("省内没有“%(typed)s”这个市、县（市、区），请从列出的名称中选择。") % {"typed": typed}


def _outside(province: str, county: str) -> tuple[str, str]:
    """A province, or a county of it by its code."""
    if province[:2] not in NAMES or province != f"{province[:2]}0000":
        return "", _("请选择省份。")
    if not county:
        return province, ""
    county = number(county)
    is_code = len(county) == _LENGTH and county.isascii() and county.isdigit()
    if not is_code or county[:2] != province[:2]:
        return "", _("县（市、区）代码为六位数字，前两位与所选省份一致；不知道的可以不填。")
    return county, ""
