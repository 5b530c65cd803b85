"""Whose turn it is in a matter: the lines of the register that are an actor's to do, and those that wait for others."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q

from spotcheck.casework.duties import concerns, duties_of, words_of
from spotcheck.casework.readiness import carried, lab_may_mail, not_yet, rests
from spotcheck.casework.whose import meant
from spotcheck.docket.calls import CALLS, NEVER
from spotcheck.parties.actors import Actor
from spotcheck.rules.regulations import REGULATIONS, Regulation, of_chart


def is_duty(actor: Actor, today: date) -> Q:
    """The lines in which this actor has something to do, as a condition on ``Track``."""
    found, charts = NEVER, _charts(actor, duties_of)
    for chart in dict.fromkeys([*charts, *CALLS]):
        asked = NEVER
        for word, states in charts.get(chart, {}).items():
            asked |= Q(state__in=states) & _is_for(word, chart, actor)
        held_up = not_yet(chart, actor, today) | rests(chart, actor, today)
        found |= Q(chart=chart) & (asked & ~held_up | _called_for(chart, actor))
    return found


def is_waiting(actor: Actor, today: date) -> Q:
    """The lines of matters that are the actor's, in which others have to act first."""
    found = NEVER
    duties = _charts(actor, duties_of)
    for chart, words in _charts(actor, concerns).items():
        concerned = NEVER
        for word, states in words.items():
            concerned |= Q(state__in=states) & _is_for(word, chart, actor)
        asked = Q(state__in={state for states in duties.get(chart, {}).values() for state in states})
        elsewhere = rests(chart, actor, today) | carried(chart, actor, today) | _called_for(chart, actor)
        found |= Q(chart=chart) & concerned & (~asked | not_yet(chart, actor, today)) & ~elsewhere
    return found


def _charts(actor: Actor, of: Callable[[str, str], Iterable[tuple[str, str]]]) -> dict[str, dict[str, list[str]]]:
    """The states of each chart that are those of the actor's words; words that mean the same are named once."""
    found: dict[str, dict[str, list[str]]] = {}
    for text in REGULATIONS.values():
        for word in words_of(actor, text.id):
            for chart, state in of(text.id, word):
                same = found.setdefault(chart, {}).setdefault(_first_alike(text, word), [])
                same += [state] if state not in same else []
    return found


def _first_alike(text: Regulation, word: str) -> str:
    """The first word of a text that means the same bodies as this one."""
    parts = text.capacities[word].parts
    return next(
        name for name, capacity in text.capacities.items() if name == word or (parts and capacity.parts == parts)
    )


def _is_for(word: str, chart: str, actor: Actor) -> Q:
    mine = meant(word, chart, actor)
    return mine & lab_may_mail() if (word, chart) == ("lab", "result_notice") else mine


def _called_for(chart: str, actor: Actor) -> Q:
    """The lines of a chart that call for an act of this actor which nothing waits for in the ordinary course."""
    found, mine = NEVER, words_of(actor, of_chart(chart).id)
    for word, lines in CALLS.get(chart, ()):
        if word in mine:
            found |= lines()
    return found
