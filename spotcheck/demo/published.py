"""The figures that were really published; nothing of the demo is made from them, its own are compared with them."""

from dataclasses import astuple, dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of a bulletin: firms and batches checked, and how many of them did not conform."""

    enterprises: int
    batches: int
    nonconforming_enterprises: int
    nonconforming_batches: int

    def as_row(self) -> tuple[str, ...]:
        """The four figures in the order of the bulletin."""
        return tuple(map(str, astuple(self)))


SOURCE: Final = Words(
    "临沂市市场监督管理局《2023年第二批产品质量监督抽查情况》（scjg.linyi.gov.cn/info/1590/19955.htm）",
    "Linyi Administration for Market Regulation, results of the second batch of product quality spot checks of 2023 "
    "(scjg.linyi.gov.cn/info/1590/19955.htm)",
)

PUBLISHED: Final = {
    "total": Figures(271, 360, 12, 14),
    "production": Figures(221, 233, 8, 9),
    "circulation": Figures(50, 127, 4, 5),
}

ROWS: Final = {
    "total": Words("合计", "total"),
    "production": Words("生产领域", "production"),
    "circulation": Words("流通领域", "circulation"),
}
"""How the rows are called."""
