"""Invented firms: names, credit codes with their check digits, addresses and people.

The names are put together from words that no firm we know of carries, the telephone numbers begin with
a digit that no exchange has, and the roads are not in any town.
"""

from stdnum.cn import uscc

from spotcheck.demo import chance

_FIRST = (
    "萤火", "松烟", "云雀", "星砚", "麦浪", "竹影", "霜叶", "溪石", "月梭", "晴岚", "雁渡", "荻花", "柿霜", "陶埙",
    "青蓑", "石臼", "桐油", "蓝印", "纸鸢", "春篱", "秋蝉", "冬枣", "夏槐", "晓雾", "晚钟", "远帆", "近岸", "山雀",
    "木屐", "布谷", "蒲团", "茶寮",
)  # fmt: skip
_SECOND = "鹭铎槿桨篷笛灯梭鲤槐鸥坞笙瓦篙蓼荠荷麂獭"
_SURNAMES = "孟孙鲍蒲彭臧葛匡诸季曲逄庄褚柏翟卞管樊"
_GIVEN = (
    "怀瑾",
    "令仪",
    "知微",
    "景行",
    "若谷",
    "有年",
    "采薇",
    "嘉树",
    "鹤鸣",
    "思齐",
    "望舒",
    "维桢",
    "清和",
    "素履",
)
_ROADS = ("萤火路", "松烟街", "云雀大道", "麦浪路", "纸鸢巷", "蓝印街", "荻花路", "晴岚大道")
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

NAMES = len(_FIRST) * len(_SECOND)
"""How many different names there are."""


def word(place: int) -> str:
    """Return the invented word at this place; each place has its own."""
    mixed = place * 7919 % NAMES
    return _FIRST[mixed % len(_FIRST)] + _SECOND[mixed // len(_FIRST)]


def credit_code(region: str, place: int, *, shop: bool = False) -> str:
    """Return a unified social credit code: registry, region, organisation code and both check digits."""
    body = f"D{place:07d}"
    rest = 11 - sum(_ORGANISATION.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11
    check = {10: "X", 11: "0"}.get(rest, str(rest))
    head = f"{'92' if shop else '91'}{region}{body}{check}"
    return head + uscc.calc_check_digit(head)


def person(*key: object) -> str:
    """Return the name of an invented person."""
    return chance.pick(_SURNAMES, "surname", *key) + chance.pick(_GIVEN, "given", *key)


def address(region_name: str, *key: object) -> str:
    """Return an invented address in a county."""
    return f"{region_name}{chance.pick(_ROADS, 'road', *key)}{1 + chance.number(298, 'house', *key)}号"


def phone(*key: object) -> str:
    """Return a telephone number that nobody can have."""
    return f"0539-0{chance.number(10**6, 'phone', *key):06d}"
