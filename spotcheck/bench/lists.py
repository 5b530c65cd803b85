"""Lists: what a page of dossiers costs with few and with many that are stored, its first and its last, and a search.

The reader is the province, which sees all of them: no other list is longer.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db import connection

from spotcheck.bench.measuring import Figure, Result, in_turns
from spotcheck.bench.world import MIDNIGHT, Place
from spotcheck.casework import paging
from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.dossier_search import search
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.parties.actors import of_office
from spotcheck.parties.models import PROVINCE_CODE, Office

ROUNDS: Final = 40
OF_THE_SMALL: Final = 2.0
OF_THE_FIRST: Final = 1.5
MOST_STATEMENTS: Final = 15
LAST: Final = paging.Turn(before=paging.Place(date.min, 0))
"""The page before the end of everything: the last one."""
FIRST: Final = "first page"
WORD: Final = "a word that is nowhere"
NUMBER: Final = "a number"


def pages(small: Place, large: Place) -> Result:
    """The pages of the list in both worlds, in turns; their goals are ratios."""
    few, many = (_stored(place) for place in (small, large))
    result = Result("lists", f"the list of dossiers, {few:,} and {many:,} stored")
    asked = {FIRST: Wanted(), "last page": Wanted(turn=LAST), WORD: Wanted(words="找不到的")}
    calls: dict[str, Callable[[], object]] = {}
    for place, stored in ((small, few), (large, many)):
        with place.here():
            number = Dossier.objects.order_by("-pk").values_list("number", flat=True)[0]
        for name, wanted in (asked | {NUMBER: Wanted(words=number)}).items():
            calls[f"{name}, {stored:,}"] = _in(place, wanted)
    result.times = in_turns(calls, rounds=ROUNDS)
    medians = {name: times.median for name, times in result.times.items()}
    for name in (*asked, NUMBER):
        ratio = medians[f"{name}, {many:,}"] / medians[f"{name}, {few:,}"]
        key = name.replace(" ", "_")
        result.figures[key] = Figure(f"{name}, many stored : few", ratio, at_most=OF_THE_SMALL)
    last = medians[f"last page, {many:,}"] / medians[f"{FIRST}, {many:,}"]
    result.figures["last_to_first"] = Figure("last page : first, many stored", last, at_most=OF_THE_FIRST)
    counts = [_statements(place) for place in (small, large)]
    result.figures["statements"] = Figure("statements of a page", counts[1], at_most=MOST_STATEMENTS)
    result.figures["more_statements"] = Figure("statements, many stored − few", counts[1] - counts[0], at_most=0)
    return result


def _stored(place: Place) -> int:
    with place.here():
        return Dossier.objects.count()


def _in(place: Place, wanted: Wanted) -> Callable[[], object]:
    """A page of the list as the province asks for it, in that world."""

    def asked() -> object:
        with place.here(), clock.simulated(MIDNIGHT):
            return search(of_office(Office.objects.get(code=PROVINCE_CODE)), wanted)

    return asked


def _statements(place: Place) -> int:
    """How many statements the first page takes."""
    taken = 0

    def counted(execute: Any, *given: Any) -> Any:
        nonlocal taken
        taken += 1
        return execute(*given)

    with place.here(), connection.execute_wrapper(counted):
        _in(place, Wanted())()
    return taken
