"""The columns of the lists of dossiers: what each says of a line, on screen and on the sheet alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spotcheck.casework.dossier_search import Found
from spotcheck.casework.privacy import Sight
from spotcheck.docket.wording import headed, listed


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what it says, and to whom it is offered."""

    name: str
    head: Any
    tell: Callable[[Found], str]
    offered: Callable[[Sight], bool] = lambda _sight: True


def _by_bureaus(sight: Sight) -> bool:
    return sight.asks_of_others


def _product(line: Found) -> str:
    return getattr(_sample(line), "product_name", "") or line.dossier.title


def _sample(line: Found) -> Any:
    return getattr(line.dossier, "sample_file", None)


_ALL: Final = (
    Column("number", gettext_lazy("编号"), lambda line: line.dossier.number),
    Column("product", gettext_lazy("产品"), _product),
    Column("model", gettext_lazy("规格型号"), lambda line: getattr(_sample(line), "product_model", "")),
    Column("brand", gettext_lazy("商标"), lambda line: getattr(_sample(line), "brand", "")),
    Column("kind", gettext_lazy("产品种类"), lambda line: line.dossier.product_kind),
    Column("parties", gettext_lazy("当事人"), lambda line: listed(line.parties), lambda sight: not sight.is_blind),
    Column("handler", gettext_lazy("后处理机关"), lambda line: listed(line.handlers), _by_bureaus),
    Column("owner", gettext_lazy("承办人"), lambda line: line.owner, lambda sight: sight.is_office),
    Column("stage", gettext_lazy("阶段"), lambda line: headed(line.stage)),
    Column("conclusion", gettext_lazy("检验结论"), lambda line: headed(line.conclusion), _by_bureaus),
    Column("check", gettext_lazy("抽查性质"), lambda line: str(line.dossier.get_check_kind_display())),
    Column("origin", gettext_lazy("来源"), lambda line: str(line.dossier.get_origin_display()), _by_bureaus),
    Column("opened", gettext_lazy("建立日期"), lambda line: line.dossier.opened_on.isoformat()),
    Column(
        "next",
        gettext_lazy("最近的期限"),
        lambda line: headed(line.next_clock.period.name) if line.next_clock else "",
    ),
    Column(
        "due",
        gettext_lazy("最后一日"),
        lambda line: line.next_clock.deadline.due_on.isoformat() if line.next_clock else "",
    ),
    Column("left", gettext_lazy("剩余"), lambda line: str(line.next_clock.remaining) if line.next_clock else ""),
    Column("late", gettext_lazy("曾逾期天数"), lambda line: str(line.late) if line.late else ""),
)
COLUMNS: Final = {column.name: column for column in _ALL}
ALWAYS: Final = "number"
USUAL: Final = ("number", "product", "model", "parties", "stage", "next", "due", "late")
"""What a sheet says when nobody has chosen columns."""


def offered_to(sight: Sight) -> list[Column]:
    """The columns that a reader can choose, in their order."""
    return [column for column in _ALL if column.offered(sight)]


def chosen(names: Iterable[str], sight: Sight) -> list[Column]:
    """The columns that are chosen, in their order, with the number before them; the usual ones of none."""
    wanted = set(names) | {ALWAYS} if names else set(USUAL)
    return [column for column in offered_to(sight) if column.name in wanted]


def cells(line: Found, columns: Iterable[Column]) -> list[str]:
    """What the columns say of a line."""
    return [column.tell(line) for column in columns]
