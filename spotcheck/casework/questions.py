"""Which facts of an act its form asks for, when, and which of them the act cannot do without.

All of it is read off the acts themselves, so that no new act is forgotten: what stands with a fact is what ``perform``
holds every caller to (:mod:`spotcheck.docket.answers`), and whatever a guard wants in writing has to be written.
"""

from collections.abc import Mapping

from spotcheck.docket import answers
from spotcheck.docket.answers import Answer, asking_of
from spotcheck.docket.facts import OUTSIDE
from spotcheck.docket.flow import ActSpec


def is_raised(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the other answers of the form raise this question."""
    return answers.is_raised(spec, name, _of_the_form(answer))


def is_needed(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the act cannot do without this answer, as the form was answered."""
    return answers.is_needed(spec, name, _of_the_form(answer))


def is_always_needed(spec: ActSpec, name: str) -> bool:
    """Whether the answer is needed whatever else is answered, wherever it is asked for."""
    asking = asking_of(spec, name)
    is_excused = asking_of(spec, asking.instead).in_writing or isinstance(asking.needed, Mapping)
    return not is_excused and is_needed(spec, name, lambda _name: "")


def shown_when(spec: ActSpec, name: str) -> str:
    """When the page shows an input, as its script reads it: ``other=value``, ``|`` between values, ``&`` between."""
    parts = []
    for other, meant in asking_of(spec, name).only_when.items():
        values = answers.said(meant)
        place = "-where" if values == (OUTSIDE,) else ""
        parts.append(f"{other}{place}={'|'.join(values)}")
    return "&".join(parts)


def _of_the_form(answer: Answer) -> Answer:
    """The answers of a form, in which a place outside Shandong is told apart before it is named."""
    return lambda name: answer(f"{name}-where") or answer(name)
