"""The other provinces of GB/T 2260, for letters to their market authorities (Articles 32, 52)."""

from typing import Final

_MUNICIPALITIES: Final = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
_PROVINCES: Final = {
    "13": "河北省", "14": "山西省", "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "32": "江苏省", "33": "浙江省",
    "34": "安徽省", "35": "福建省", "36": "江西省", "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省",
    "46": "海南省", "51": "四川省", "52": "贵州省", "53": "云南省", "61": "陕西省", "62": "甘肃省", "63": "青海省",
}  # fmt: skip
_REGIONS: Final = {
    "15": "内蒙古自治区", "45": "广西壮族自治区", "54": "西藏自治区", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
}  # fmt: skip
NAMES: Final = _MUNICIPALITIES | _PROVINCES | _REGIONS
"""The provinces, regions and municipalities besides Shandong, by the first two digits of their codes."""
PROVINCES: Final = NAMES | {"37": "山东省"}
"""The same with Shandong."""


def authority(place: str) -> str:
    """The market authority of the province of a GB/T 2260 code; nothing for Shandong and for a code that is none."""
    name = NAMES.get(place[:2])
    return f"{name}市场监督管理{'委员会' if name == NAMES['12'] else '局'}" if name else ""
