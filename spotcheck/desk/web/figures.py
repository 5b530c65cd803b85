"""The figures of a bureau: tables and drawings, what was late and why, and the sheet of all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.casework import figure_drawings, figures, late_duties
from spotcheck.casework.figure_cells import BY_MONTH, BY_OFFICE
from spotcheck.casework.figures import COLUMNS, DELAYS, Figures, Line
from spotcheck.casework.paging import Turn
from spotcheck.casework.privacy import Sight
from spotcheck.desk.web import listing
from spotcheck.look.page import at_post, page
from spotcheck.parties.models import Office

_ALL_LINES = listing.MOST_ROWS


@dataclass(frozen=True, slots=True)
class _OfYear:
    """What a sheet says was asked."""

    year: str

    def told(self) -> list[str]:
        return [_("%(year)s 年建立的案卷") % {"year": self.year}] if self.year else []


@require_GET
@at_post
def show(request: Any) -> HttpResponse:
    """The figures of the office, each number with its list."""
    office, year = _office(request), _year(request)
    found = figures.of_office(office, year)
    chosen = year if year in found.years else ""
    context = {
        "figures": found,
        "year": chosen,
        "heads": COLUMNS.values(),
        "delay_heads": DELAYS.values(),
        "tiles": figure_drawings.tiles(office, found.table(BY_OFFICE).lines, chosen),
        "bars": figure_drawings.bars(found.table(BY_MONTH)),
        "wide": figure_drawings.WIDE,
        "side": figure_drawings.SIDE,
        "good": figure_drawings.GOOD,
        "fair": figure_drawings.FAIR,
        "high": figure_drawings.HIGH,
    }
    return page(request, "desk/figures.html", context)


@require_GET
@at_post
def sheet(request: Any) -> HttpResponse:
    """All tables, line by line."""
    office, year = _office(request), _year(request)
    found = figures.of_office(office, year, _ALL_LINES)
    chosen = year if year in found.years else ""
    rows = list(_rows(found))
    delays = [label for name, label in DELAYS.items() if name not in COLUMNS]
    heads = [_("统计表"), _("项目"), *COLUMNS.values(), *delays, _("平均逾期天数")]
    return listing.taken(
        request,
        "figures",
        _("统计"),
        _OfYear(chosen),
        {"year": chosen} if chosen else {},
        count=len(rows),
        heads=[str(head) for head in heads],
        rows=rows,
    )


@require_GET
@at_post
def late(request: Any) -> HttpResponse:
    """What was done late, with the reasons."""
    _office(request)
    found = late_duties.page(request.actor, Turn.read(request.GET))
    return page(request, "desk/late_duties.html", {"found": found})


def _rows(found: Figures) -> Iterator[list[str]]:
    yield _row(_("合计"), "", found.whole)
    for table in found.tables:
        for line in table.lines:
            yield _row(str(table.title), line.name, line)


def _row(table: str, name: str, line: Line) -> list[str]:
    numbers = [line.of_column(column) for column in COLUMNS]
    numbers += [line.of_column(column) for column in DELAYS if column not in COLUMNS]
    mean = line.mean_delay
    return [table, name, *map(str, numbers), "" if mean is None else str(mean)]


def _year(request: Any) -> str:
    year: str = request.GET.get("year", "")
    return year if year.isascii() and year.isdigit() else ""


def _office(request: Any) -> Office:
    """The bureau whose figures they are; nobody else has any."""
    sight = Sight(request.actor)
    if not sight.asks_of_others:
        raise PermissionDenied
    office: Office = request.desk_post.office
    return office
