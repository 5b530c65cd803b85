"""Regulation: one text with everything that is said in its terms, and all texts by their ids.

Names of charts, of kinds of file, of flags and ids of rule sets belong to one text and are shared by none, so that an
act, a file or a period says by itself which text it belongs to. Articles, forms, letters, guards, capacities, codes of
periods and readings are counted by each text for itself: whoever wants one names the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from spotcheck.rules.actors import Capacity
from spotcheck.rules.acts import ACTS, FACTS, ActRecord
from spotcheck.rules.articles import Article
from spotcheck.rules.charts import CHARTS, Chart
from spotcheck.rules.forms import Form, Letter
from spotcheck.rules.guards import FLAGS, Flag, Guard
from spotcheck.rules.readings import Reading
from spotcheck.rules.rule_sets import RULE_SETS, RuleSet
from spotcheck.rules.service_targets import ServiceTarget
from spotcheck.rules.words import Words

FIRST: Final = "SD-2021-1"
"""The text that the program began with: what is kept without naming its text belongs to it."""


@dataclass(frozen=True, slots=True)
class PartBegins:
    """A part in a file that gives no sight of it at once: only when a matter has left the states in which it waits."""

    role: str
    chart: str
    label: str
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called, which kinds of office see all of them, whether files stand below it."""

    words: Words
    seen_by: tuple[str, ...] = ()
    holds: bool = False
    begins: tuple[PartBegins, ...] = ()
    """Whose part counts only from some step on."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What may be destroyed after its time: files of these kinds that came with acts of these charts.

    ``period`` says for how long they are kept at least; it begins with the acts that count it.
    """

    period: str
    charts: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """One text. ``templates`` is the folder of its papers."""

    id: str
    chapters: Mapping[int, Words]
    articles: Mapping[int, Article]
    files: Mapping[str, FileKind]
    charts: Sequence[Chart]
    acts: Sequence[ActRecord]
    guards: Mapping[str, Guard]
    """With those that the docket itself asks: ``by_whom``, ``rule_set_valid``, and of dates and of taking back."""
    capacities: Mapping[str, Capacity]
    rule_sets: Sequence[RuleSet]
    forms: Mapping[int, Form] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    templates: Path | None = None
    flags: Sequence[Flag] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    targets: Mapping[str, ServiceTarget] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The kinds of evidence that belong to the acts of a chart, the most frequent first."""
    keeping: Keeping | None = None
    """What may be destroyed after its time; without it nothing ever is."""
    counting: tuple[int, ...] = ()
    """The articles on how days are counted."""

    @cached_property
    def receipts(self) -> dict[int, str]:
        """The acts that record the receipt of a form, by its number."""
        return {act.receipt_of: act.name for act in self.acts if act.receipt_of is not None}


REGULATIONS: Final[dict[str, Regulation]] = {}
"""Every text by its id, in the order in which the program has come to know them."""
_FORGETTING: Final[list[Callable[[], Any]]] = []


def register(text: Regulation) -> None:
    """Make a text known; raises ``ValueError`` when a name that no two texts may share is taken."""
    for what, ours, theirs in _names(text):
        if taken := sorted(set(ours) & set(theirs)):
            raise ValueError(f"{text.id}: {what} of another regulation: {', '.join(taken)}")
    REGULATIONS[text.id] = text
    CHARTS.update({chart.name: chart for chart in text.charts})
    ACTS.update({act.name: act for act in text.acts})
    FACTS.update({(act.name, fact): words for act in text.acts for fact, words in act.facts.items()})
    FLAGS.update({flag.name: flag for flag in text.flags})
    RULE_SETS.update({rules.id: rules for rules in text.rule_sets})
    _forget()


@contextmanager
def known(text: Regulation) -> Iterator[Regulation]:
    """Know a text for a while: how a program with two texts behaves can be tried without shipping the second one."""
    register(text)
    try:
        yield text
    finally:
        del REGULATIONS[text.id]
        for chart in text.charts:
            del CHARTS[chart.name]
        for act in text.acts:
            del ACTS[act.name]
            for fact in act.facts:
                del FACTS[act.name, fact]
        for flag in text.flags:
            del FLAGS[flag.name]
        for rules in text.rule_sets:
            del RULE_SETS[rules.id]
        _forget()


def newest(text: Regulation) -> RuleSet:
    """The newest rule set of a text; whether it is in force on a day is another question."""
    return text.rule_sets[-1]


def derived(forget: Callable[[], Any]) -> None:
    """Have something called whenever a text has become known: the ``cache_clear`` of what is derived from all texts."""
    _FORGETTING.append(forget)


@cache
def of_chart(chart: str) -> Regulation:
    """The text that a chart belongs to; raises ``KeyError`` for a chart that no text has."""
    for text in REGULATIONS.values():
        if any(one.name == chart for one in text.charts):
            return text
    raise KeyError(chart)


def of_act(name: str) -> Regulation:
    """The text that an act of a chart belongs to, by its public name; that of the docket's own acts is the first."""
    chart = name.partition(".")[0]
    return of_chart(chart) if chart in CHARTS else REGULATIONS[FIRST]


def of_kind(kind: str) -> Regulation:
    """The text under which files of this kind are kept; raises ``KeyError`` for a kind that no text has."""
    for text in REGULATIONS.values():
        if kind in text.files:
            return text
    raise KeyError(kind)


def named(name: str) -> Regulation:
    """The text of this id; what was kept before texts were named belongs to the first one."""
    return REGULATIONS[name or FIRST]


def charts_of(kind: str) -> list[str]:
    """The charts that can stand in a file of this kind, in the order of its text."""
    return [chart.name for chart in of_kind(kind).charts if kind in chart.files]


derived(of_chart.cache_clear)


def _names(text: Regulation) -> Iterator[tuple[str, Sequence[str], Mapping[str, Any]]]:
    yield "a text", [text.id], REGULATIONS
    yield "charts", [chart.name for chart in text.charts], CHARTS
    yield "flags", [flag.name for flag in text.flags], FLAGS
    yield "rule sets", [rules.id for rules in text.rule_sets], RULE_SETS
    yield "kinds of file", list(text.files), {kind: 1 for other in REGULATIONS.values() for kind in other.files}


def _forget() -> None:
    for forget in _FORGETTING:
        forget()
