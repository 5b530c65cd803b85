"""The drawings beside the figures: a tile for each county by its city, and a bar for each month. Drawn on the server.

Lengths are pixels of a drawing that is :data:`WIDE` wide; it shrinks with its page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from spotcheck.casework.figure_cells import BY_OFFICE, Key
from spotcheck.casework.figures import Line, Number, Table
from spotcheck.parties.models import Office, Region

WIDE: Final = 1000
_NAMED: Final = 84
"""So wide is the column with the names of cities."""
SIDE: Final = 66
_GAP: Final = 4
_IN_A_ROW: Final = (WIDE - _NAMED) // (SIDE + _GAP)
MOST_MONTHS: Final = 24
HIGH: Final = 120
GOOD, FAIR = 95, 80
"""From so many per cent in time on a county is drawn as good, or as fair; they are ours."""
_SHORT: Final = 4
"""So many signs of a name fit into a tile."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One county: its square, and its line of the table."""

    x: int
    y: int
    short: str
    name: str
    tone: str
    line: Line

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + SIDE // 2

    @property
    def done(self) -> Number:
        """The number whose list a tile opens."""
        return next(number for number in self.line.numbers if number.column == "done")

    @property
    def words(self) -> str:
        """What the tile says without its colour."""
        if self.line.in_time is None:
            return _("%(name)s：没有已履行的职责") % {"name": self.name}
        told = {
            "name": self.name,
            "done": self.done.count,
            "late": self.line.of_column("late"),
            "rate": self.line.in_time,
        }
        return _("%(name)s：已履行 %(done)d，逾期 %(late)d，按期率 %(rate)d%%") % told


@dataclass(frozen=True, slots=True)
class Row:
    """The counties of one city."""

    name: str
    y: int
    tiles: list[Tile]


@dataclass(frozen=True, slots=True)
class Tiles:
    """All counties, and how high the drawing is."""

    rows: list[Row]
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: where it stands, and how high both parts are; the late one stands on the other."""

    x: float
    width: float
    in_time: float
    late: float
    label: str
    line: Line

    @property
    def top(self) -> float:
        """Where the part in time begins."""
        return HIGH - self.in_time

    @property
    def top_of_late(self) -> float:
        """Where the late part begins."""
        return self.top - self.late


def tiles(office: Office, lines: Iterable[Line], year: str) -> Tiles | None:
    """One square a county of a province or city; a county bureau has none."""
    if office.kind == Office.Kind.COUNTY:
        return None
    counties = Office.objects.filter(kind=Office.Kind.COUNTY, parent__isnull=False).select_related("parent")
    if office.kind == Office.Kind.CITY:
        counties = counties.filter(parent=office)
    by_code = {line.value: line for line in lines}
    known = list(counties.order_by("parent__code", "code"))
    codes = {code for one in known for code in (one.code, one.parent.code)}  # type: ignore[union-attr]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    rows: list[Row] = []
    y = 0
    for city in dict.fromkeys(one.parent for one in known):
        own = [one for one in known if one.parent == city]
        placed = []
        for place, one in enumerate(own):
            down, right = divmod(place, _IN_A_ROW)
            empty = Line(one.name, one.code, {}, Key(office.pk, year, BY_OFFICE, one.code))
            line = by_code.get(one.code, empty)
            at = (_NAMED + right * (SIDE + _GAP), y + down * (SIDE + _GAP))
            name = names.get(one.code, one.name)
            placed.append(Tile(*at, name[:_SHORT], name, _tone(line), line))
        rows.append(Row(names.get(city.code, city.name), y, placed))  # type: ignore[union-attr]
        y += (divmod(len(own) - 1, _IN_A_ROW)[0] + 1) * (SIDE + _GAP) + _GAP
    return Tiles(rows, y) if rows else None


def _tone(line: Line) -> str:
    if line.in_time is None:
        return "none"
    return "good" if line.in_time >= GOOD else "fair" if line.in_time >= FAIR else "poor"


def bars(months: Table) -> list[Bar]:
    """The duties done in the last months that have any, the oldest first."""
    lines = [line for line in months.lines if line.of_column("done")][:MOST_MONTHS][::-1]
    most = max((line.of_column("done") for line in lines), default=0)
    step = WIDE / max(len(lines), 1)
    return [
        Bar(
            x=place * step + step * 0.15,
            width=min(step * 0.7, SIDE),
            in_time=line.of_column("in_time") * HIGH / most,
            late=line.of_column("late") * HIGH / most,
            label=line.value[2:],
            line=line,
        )
        for place, line in enumerate(lines)
    ]
