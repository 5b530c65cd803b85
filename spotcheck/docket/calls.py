"""Which act a line calls for, where its state alone does not say it: each chapter registers here what it knows.

``@chooses("rectification", FAILED)`` says of many lines of a chart in these states which acts they call for, in the
order of the law; ``@calls("retest", by="province")`` which lines call for an act that nothing waits for in the ordinary
course.
Everything is asked of a whole list at once: a fixed number of questions, and only of the kinds that are on it. The
module ``calls`` of every chapter is loaded with the program.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from django.db.models import Exists, OuterRef, Q

from spotcheck.docket.models import Track

Names: TypeAlias = tuple[str, ...]
"""Public names of acts, in the order of the law."""
Choose: TypeAlias = Callable[[Sequence[Any]], dict[int, Names]]
"""Of lines of the register which acts each calls for, by its key; nothing for one whose state says it."""
Call: TypeAlias = Callable[[], Q]
"""The lines that call for an act out of the ordinary course, as a condition on ``Track``."""

NEVER: Final = Q(pk__in=())


class Choice(NamedTuple):
    """Who chooses for the lines of a chart in these states."""

    chart: str
    states: Names
    choose: Choose


CHOICES: Final[list[Choice]] = []
CALLS: Final[dict[str, list[tuple[str, Call]]]] = {}
"""By chart the words whose act is called for, each with the condition."""


def chooses(chart: str, *states: str) -> Callable[[Choose], Choose]:
    """Register which acts lines of a chart in these states call for."""

    def register(choose: Choose) -> Choose:
        CHOICES.append(Choice(chart, tuple(str(state) for state in states), choose))
        return choose

    return register


def calls(chart: str, *, by: str) -> Callable[[Call], Call]:
    """Register which lines of a chart call for an act of this word that nothing waits for in the ordinary course."""

    def register(call: Call) -> Call:
        CALLS.setdefault(chart, []).append((by, call))
        return call

    return register


def chosen_acts(tracks: Iterable[Track]) -> dict[int, Names]:
    """Which acts a line calls for, by its key; nothing for a line whose state says it."""
    rows = list(tracks)
    found: dict[int, Names] = {}
    for chart, states, choose in CHOICES:
        if wanted := [track for track in rows if track.chart == chart and track.state in states]:
            found |= choose(wanted)
    return found


def beside(chart: str, **more: Any) -> Q:
    """Another line of the same dossier is like this."""
    return Q(Exists(Track.objects.filter(dossier=OuterRef("dossier"), chart=chart, **more)))


def matters_of(tracks: Iterable[Track]) -> set[int]:
    """The keys of the matters of these lines."""
    return {track.matter_id for track in tracks}
