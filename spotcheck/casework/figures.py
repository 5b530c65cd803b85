"""The figures of a bureau: tables of lines, each number with the list of dossiers that it counts."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Self

from django.utils.translation import gettext_lazy

from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.duty_filters import DUTIES, LATE, WITHIN, steps
from spotcheck.casework.figure_cells import BY_BODY, BY_MONTH, BY_OFFICE, BY_PRODUCT, BY_STEP, COUNTED, IN_ALL, Key
from spotcheck.casework.models import Figure
from spotcheck.docket.models import Beat
from spotcheck.docket.wording import headed
from spotcheck.parties.models import Office

KEPT: Final = "figures"
"""The beat of the last count."""
COLUMNS: Final = {
    "cases": gettext_lazy("案卷"),
    "open": gettext_lazy("未办结"),
    "done": gettext_lazy("已履行"),
    "in_time": gettext_lazy("按期"),
    "late": gettext_lazy("逾期"),
    "said": gettext_lazy("已说明理由"),
    "unsaid": gettext_lazy("未说明理由"),
    "overdue": gettext_lazy("尚未履行"),
    "rechecked": gettext_lazy("首次复查"),
    "passed": gettext_lazy("首次合格"),
}
"""The numbers of every table."""
DELAYS: Final = {"late": COLUMNS["late"]} | {name: DUTIES[name].label for name in LATE}
"""The numbers of the table of delays."""
LINKED: Final = tuple(COLUMNS | DELAYS)
_OF_A_DUTY: Final = frozenset({"done", "in_time", "late", "said", "unsaid", "overdue", *DELAYS})
_TABLES: Final = {
    BY_OFFICE: gettext_lazy("按履行机关"),
    BY_STEP: gettext_lazy("按法定环节"),
    BY_PRODUCT: gettext_lazy("按产品种类"),
    BY_BODY: gettext_lazy("按抽样、检验机构"),
    BY_MONTH: gettext_lazy("按案卷建立月份"),
}
MOST_LINES: Final = 200
"""So many lines of a table are shown; the sheet has all."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number, and what its list is asked."""

    column: str
    count: int
    query: dict[str, str]

    @property
    def head(self) -> Any:
        """What it counts, as it stands over its column."""
        return (COLUMNS | DELAYS)[self.column]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is about, and its numbers by their columns."""

    name: str = ""
    value: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    key: Key | None = None

    @classmethod
    def of(cls, row: Figure, name: str = "") -> Self:
        """A line as it is stored."""
        counts = {column: getattr(row, column) for column in COUNTED}
        counts["said"] = counts["late"] - counts["unsaid"]
        return cls(name, row.value, counts, Key(row.office_id, row.year, row.by, row.value))

    def of_column(self, column: str) -> int:
        """The number of a column."""
        return self.counts.get(column, 0)

    @property
    def numbers(self) -> list[Number]:
        """The numbers of every table."""
        return [self._number(column) for column in COLUMNS]

    @property
    def delays(self) -> list[Number]:
        """The numbers of the table of delays."""
        return [self._number(column) for column in DELAYS]

    @property
    def in_time(self) -> int | None:
        """Per cent of what was done that was done in time, rounded down; None where nothing was."""
        return _percent(self.of_column("in_time"), self.of_column("done"))

    @property
    def passed(self) -> int | None:
        """Per cent of the first rechecks that were passed."""
        return _percent(self.of_column("passed"), self.of_column("rechecked"))

    @property
    def mean_delay(self) -> float | None:
        """Days, the mean over the dossiers with a delay of the longest one of each."""
        late = self.of_column("late")
        return round(self.of_column("days") / late, 1) if late else None

    def _number(self, column: str) -> Number:
        asked = query(self.key, column) if self.key is not None else {}
        return Number(column, self.of_column(column), {name: str(value) for name, value in asked.items()})


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one sort; ``left_out`` so many that the page does not show."""

    by: str
    title: Any
    lines: list[Line]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bureau is shown of a year, or of all: the line of everything, tables, and when it was counted."""

    whole: Line
    tables: list[Table]
    years: list[str]
    at: datetime | None

    def table(self, by: str) -> Table:
        """One of the tables."""
        return next(table for table in self.tables if table.by == by)


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None


def query(key: Key, column: str) -> dict[str, Any]:
    """What the list behind a number is asked, by the names of its filters."""
    asked: dict[str, Any] = {"kind": "sample"} | _days_of(key)
    if key.by in {BY_PRODUCT, BY_BODY, BY_STEP}:
        asked[key.by] = key.value
    if key.by == BY_OFFICE:
        asked["charged"] = key.value
    elif key.by == BY_STEP or column in _OF_A_DUTY:
        asked["charged"] = WITHIN
    if column in _OF_A_DUTY:
        asked["duty"] = column
    more = {"open": ("progress", "open"), "rechecked": ("recheck", "concluded"), "passed": ("recheck", "passed")}
    return asked | dict([more[column]] if column in more else [])


def wanted(key: Key, column: str) -> Wanted:
    """The list behind a number."""
    return Wanted(**query(key, column))


def _days_of(key: Key) -> dict[str, date]:
    if key.by == BY_MONTH:
        year, month = map(int, key.value.split("-"))
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    elif key.year:
        first, last = date(int(key.year), 1, 1), date(int(key.year), 12, 31)
    else:
        return {}
    return {"opened_from": first, "opened_until": last}


def of_office(office: Office, year: str = "", most: int = MOST_LINES) -> Figures:
    """The figures of a bureau, of dossiers opened in a year (empty: in all); two statements and one for the day."""
    own = Figure.objects.filter(office=office)
    years = sorted(own.filter(by=IN_ALL).exclude(year="").values_list("year", flat=True), reverse=True)
    chosen = year if year in years else ""
    rows = list(own.filter(year=chosen).order_by("by", "value"))
    names = _names(rows)
    tables = []
    for by, title in _TABLES.items():
        lines = [Line.of(row, names.get((by, row.value), row.value)) for row in rows if row.by == by]
        lines.sort(key=lambda line: line.value if by in {BY_MONTH, BY_STEP} else "", reverse=by == BY_MONTH)
        tables.append(Table(by, title, lines[:most], max(len(lines) - most, 0)))
    whole = next((Line.of(row) for row in rows if row.by == IN_ALL), Line())
    beat = Beat.objects.filter(name=KEPT).first()
    return Figures(whole, tables, years, beat.at if beat is not None and beat.detail else None)


def _names(rows: list[Figure]) -> dict[tuple[str, str], str]:
    """What stands at the head of a line."""
    codes = {row.value for row in rows if row.by in {BY_OFFICE, BY_BODY}}
    offices = dict(Office.objects.filter(code__in=codes).values_list("code", "name"))
    named = {(by, code): name for code, name in offices.items() for by in (BY_OFFICE, BY_BODY)}
    return named | {(BY_STEP, kind): headed(words) for kind, words in steps().items()}
