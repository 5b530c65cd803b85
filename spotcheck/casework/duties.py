"""What waits for somebody without a number of days (reading R12), read off the charts.

A state is a duty of a word of the regulation when an act of that word leads out of it and ends no period
(what a period counts is on the worklist by its period). Acts that nothing waits for, corrections,
exceptions and changes of mind, make no duty of the states they start from. A state from which such an act may still
come is one in which the word waits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from spotcheck.docket.flow import MATTERS, ActSpec, act_named
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Post
from spotcheck.planning.states import TaskState
from spotcheck.rules.actors import ENTERPRISE
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import FIRST, REGULATIONS, derived, named, of_chart
from spotcheck.rules.service_targets import ServiceTarget

ONLY_WHEN_ASKED: Final = frozenset({("city", "objection"), ("technical_body", "recheck"), ("city", "denial")})
"""Words that have to do with a matter of this chart only once it has come to them; they do not wait for it before."""
OWNED: Final = {("province", "task"): (TaskState.TARGETS_DRAWN, TaskState.FIELD_WORK, TaskState.TESTING_DONE)}
"""Files that stay with the word that opened them while others work in them."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done about a matter: the acts, in the order of the law, and the target of the office."""

    acts: tuple[ActSpec, ...]
    target: ServiceTarget | None

    def choosing(self, names: Iterable[str] | None) -> "Duty":
        """The same duty with just these acts, when it is known which are called for."""
        if names is None:
            return self
        return Duty(tuple(act_of(name) for name in names), self.target)

    def of(self, actor: Actor, text: str) -> "Duty":
        """The same duty with those of its acts that one of the actor's words of this text does or records."""
        mine = set(words_of(actor, text))
        return Duty(tuple(act for act in self.acts if mine & {*act.actors, *act.recorded_by}), self.target)


def act_of(name: str) -> ActSpec:
    """The declaration of an act by its public name."""
    spec = act_named(name)
    assert spec is not None, name
    return spec


def chart_of(spec: ActSpec) -> str:
    """The chart that an act belongs to."""
    return spec.name.partition(".")[0]


def words_of(actor: Actor, text: str = FIRST) -> tuple[str, ...]:
    """The words of a text that this actor can be at all; which of them it is depends on the matter."""
    if actor.enterprise is not None:
        return (ENTERPRISE,)
    office = actor.office
    if office is None:
        return ()
    capacities = named(text).capacities.values()
    by_role = tuple(capacity.name for capacity in capacities if actor.role in capacity.posts)
    if not office.is_bureau:
        return by_role
    if actor.role in {None, Post.Role.OFFICER}:
        return tuple(capacity.name for capacity in capacities if office.kind in capacity.held_by)
    # A bureau may sample itself (Article 10); whoever does it for the bureau decides nothing else there.
    return by_role if actor.role == Post.Role.SAMPLER else ()


def decides(actor: Actor) -> bool:
    """Whether the actor acts for a bureau: it has periods to keep, and waits for those of others."""
    return any(
        named(text).capacities[word].bureau in _DECIDING for text in REGULATIONS for word in words_of(actor, text)
    )


_DECIDING: Final = ("organiser", "handler")


def _leads_on(spec: ActSpec, state: str) -> bool:
    """Whether an act takes a matter out of this state in the ordinary course of things."""
    return not spec.creates and not spec.words.exceptional and state in spec.source and spec.target != (state,)


def _ends_a_period(spec: ActSpec) -> bool:
    """Whether the act meets a period that counts for it; what is given up by it was counted for something else."""
    return bool(spec.closes) and not spec.abandons


def _charts(text: str) -> list[str]:
    """The charts of a text that have been built."""
    return [chart.name for chart in named(text).charts if chart.name in MATTERS]


@cache
def duties_of(text: str, word: str) -> dict[tuple[str, str], Duty]:
    """The states that are a duty of this word of a text, with what is to be done in them."""
    found: dict[tuple[str, str], list[ActSpec]] = defaultdict(list)
    for chart in _charts(text):
        for spec in MATTERS[chart].specs():
            if word not in spec.actors or _ends_a_period(spec):
                continue
            for state in spec.source:
                if _leads_on(spec, state):
                    found[chart, state].append(spec)
    return {place: Duty(tuple(acts), target_at(*place)) for place, acts in found.items()}


@cache
def target_at(chart: str, state: str) -> ServiceTarget | None:
    """The service target of the duty of this state, where the office has one. It is never called a deadline."""
    slugs = [spec.words.target for spec in MATTERS[chart].specs() if spec.words.target and _leads_on(spec, state)]
    return of_chart(chart).targets[slugs[0]] if slugs else None


def duty_at(actor: Actor, chart: str, state: str) -> Duty:
    """What this actor has to do about a matter in this state, whichever of its words means it."""
    acts: list[ActSpec] = []
    target = None
    text = of_chart(chart).id
    for word in words_of(actor, text):
        duty = duties_of(text, word).get((chart, state))
        if duty is not None:
            acts += [act for act in duty.acts if act not in acts]
            target = target or duty.target
    return Duty(tuple(acts), target)


@cache
def concerns(text: str, word: str) -> tuple[tuple[str, str], ...]:
    """The states in which a matter is one of this word of a text: it has something to do in it, now or later."""
    found = []
    for chart in _charts(text):
        specs = MATTERS[chart].specs()
        own = {s for spec in specs if word in spec.actors for s in spec.source if _leads_on(spec, s)}
        if (word, chart) not in ONLY_WHEN_ASKED:
            own = {state for state in CHARTS[chart].states if own & _ahead(chart, state)}
        found += [(chart, state) for state in sorted(own | set(OWNED.get((word, chart), ())))]
    return tuple(found)


@cache
def _ahead(chart: str, state: str) -> frozenset[str]:
    """This state and all that the chart can still come to from it in the ordinary course of things."""
    seen, new = {state}, {state}
    while new:
        here = new.pop()
        goals = {goal for spec in MATTERS[chart].specs() if _leads_on(spec, here) for goal in spec.target}
        new |= goals - seen
        seen |= goals
    return frozenset(seen)


@cache
def movers(chart: str, state: str) -> tuple[str, ...]:
    """The words whose act leads on from this state in the ordinary course of things."""
    specs = [spec for spec in MATTERS[chart].specs() if _leads_on(spec, state)]
    return tuple(dict.fromkeys(word for spec in specs for word in spec.actors if word != "system"))


@cache
def enders(text: str, rule: str, words: tuple[str, ...]) -> tuple[ActSpec, ...]:
    """The acts of these words of a text that end a period of this rule, or whose consequence does."""
    return tuple(
        spec
        for chart in _charts(text)
        for spec in MATTERS[chart].specs()
        if ((rule in spec.closes and not spec.abandons) or rule in spec.words.ends)
        and set(words) & set(spec.actors)
        and not spec.words.exceptional
    )


for _derived in (duties_of, target_at, concerns, _ahead, movers, enders):
    derived(_derived.cache_clear)
