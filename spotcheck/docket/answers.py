"""Which facts an act cannot do without: what was passed over is refused by the name of the fact.

What each fact is asked for stands with it (:class:`~spotcheck.docket.facts.Asking`), so every door holds to the same.
Where a guard looks at the fact, the guard says what is missing, by its own article.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from spotcheck.docket.facts import OUTSIDE, Answers, Asked, Asking, is_written
from spotcheck.docket.flow import ActSpec, Facts, Flow, Proposal
from spotcheck.docket.problems import Reason
from spotcheck.parties.models import in_shandong
from spotcheck.rules.acts import NO_FILE, Demand, fact_words
from spotcheck.rules.evidence import KINDS
from spotcheck.rules.words import Words

YES, NO = "1", "0"
"""How a yes and a no are said in a form; silence is neither."""

Answer = Callable[[str], str]
"""What was answered to a question, by the name of the fact; nothing when it was passed over."""


@cache
def askings(facts: type[Facts]) -> Mapping[str, Asking]:
    """How each fact of these is asked for, by its name."""
    return {name: made.asking for name, made in facts().fields.items() if isinstance(made, Asked)}


def asking_of(spec: ActSpec, name: str) -> Asking:
    """How one fact of an act is asked for; the remark, which every act has, is free."""
    return askings(spec.facts).get(name, _FREE)


_FREE: Final = Asking()


def is_raised(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the other answers raise this question; what was typed before they were changed does not count."""
    return _holds(asking_of(spec, name).only_when, answer)


def is_needed(spec: ActSpec, name: str, answer: Answer) -> bool:
    """Whether the act cannot do without this answer: a guard wants it in writing, or somebody later rests on it."""
    asking = asking_of(spec, name)
    if asking.instead:
        return not answer(asking.instead)
    if isinstance(asking.needed, Mapping):
        return _holds(asking.needed, answer)
    return asking.needed or asking.decisive or (is_to_be_written(spec, name) and not stands_in(spec, name))


def is_to_be_written(spec: ActSpec, name: str) -> bool:
    """Whether the act itself or a guard of it looks at what this text says, so that a bare yes is none."""
    asking = asking_of(spec, name)
    return asking.in_writing and (bool(asking.needed) or any(name in need.asks for need in spec.requirements))


def stands_in(spec: ActSpec, name: str) -> bool:
    """Whether this answer may be given instead of another one, so that it is not needed itself."""
    return any(asking.instead == name for asking in askings(spec.facts).values())


def passed_over(matter: Flow, proposal: Proposal, beside: Iterable[Reason]) -> list[Reason]:
    """Return a reason for each fact without which the act cannot be done and which nobody has stated.

    ``beside`` are the reasons of the guards, which say by their own articles what they miss.
    """
    spec, told = proposal.spec, {name for reason in beside for name in reason.facts}
    return [
        _missing(spec, name)
        for name, asking in askings(spec.facts).items()
        if (asking.needed or asking.decisive) and name not in told
        if is_silent(asking, proposal[name]) and is_called_for(matter, proposal, name)
    ]


def not_handed_in(proposal: Proposal) -> list[Reason]:
    """Return a reason for each file that the articles want with the act, at a door, and that nothing stands for."""
    spec = proposal.spec
    if not proposal.needs_files or is_written(proposal[NO_FILE]):
        return []
    come = {one.kind for one in proposal.evidence}
    return [
        _no_file(spec, demand)
        for demand in spec.words.obligatory
        if come.isdisjoint(demand.kinds)
        and not any(is_written(proposal[name]) for name in demand.instead)
        and _holds(demand.only_when, _stated(proposal))
    ]


def is_called_for(matter: Flow, proposal: Proposal, name: str) -> bool:
    """Whether this act, in this matter and with these other facts, cannot do without the fact."""
    spec, only_of = proposal.spec, asking_of(proposal.spec, name).only_of
    if not (is_needed(spec, name, _stated(proposal)) and is_raised(spec, name, _stated(proposal))):
        return False
    return only_of is None or only_of(matter, proposal.on)


def is_silent(asking: Asking, stated: Any) -> bool:
    """Whether a fact says nothing; a no is an answer, an empty list is none."""
    if isinstance(stated, str):
        return not (is_written(stated) if asking.in_writing else stated.strip())
    return stated is None or (isinstance(stated, list | set | dict) and not stated)


def said(meant: str | bool | tuple[str | bool, ...]) -> tuple[str, ...]:
    """The answers that a condition means, as a form says them."""
    return tuple(_text(one) for one in (meant if isinstance(meant, tuple) else (meant,)))


def _holds(condition: Answers, answer: Answer) -> bool:
    """Whether the answers are as a condition says; no condition always holds."""
    return all(_is_one_of(answer(name), said(meant)) for name, meant in condition.items())


def _is_one_of(given: str, meant: tuple[str, ...]) -> bool:
    if meant == (OUTSIDE,):
        return given == OUTSIDE or (given.isdigit() and not in_shandong(given))
    return given in meant


def _stated(proposal: Proposal) -> Answer:
    return lambda name: _text(proposal[name])


def _text(stated: Any) -> str:
    """A stated fact as a form says it."""
    if isinstance(stated, bool):
        return YES if stated else NO
    return str(stated).strip() if stated is not None else ""


def _no_file(spec: ActSpec, demand: Demand) -> Reason:
    what = kinds_in_words(demand)
    other = [*demand.instead] or [NO_FILE]
    label = _label(spec, other[0])
    return Reason(
        "handed_in",
        demand.articles,
        Words(f"没有提交{what.zh}", f"no {what.en} was handed in"),
        Words(f"提交{what.zh}，或者写明“{label.zh}”", f"hand it in, or state “{label.en}”"),
        tuple(other),
    )


def kinds_in_words(demand: Demand) -> Words:
    """The kinds of a demand, the last joined by an or."""
    names = [KINDS[kind].words for kind in demand.kinds]
    return Words("或者".join(name.zh for name in names), " or ".join(name.en for name in names))


def _label(spec: ActSpec, name: str) -> Words:
    words = fact_words(spec.name, name)
    assert words is not None, f"{spec.name}.{name} has no words"
    return words.label


def _missing(spec: ActSpec, name: str) -> Reason:
    label = _label(spec, name)
    return Reason(
        "answered",
        spec.articles,
        Words(f"没有写明“{label.zh}”", f"“{label.en}” is not stated"),
        Words(f"写明“{label.zh}”", f"state “{label.en}”"),
        (name,),
    )
