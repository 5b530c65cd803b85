"""What the chapters say on the papers: each registers here what it knows, as it does with what follows an act.

``@contributes("sampling", "lead")`` names the groups of fields that a chapter fills in (a later chapter may add to the
group of an earlier one); ``@needed_if("order_withdrawal")`` says whether an act makes a letter necessary in this
dossier; ``@circle_of_parties("joined")`` and ``@circle_of_places("county", act=...)`` say whom a word means. The module
``papers`` of every chapter is loaded with the program. Who speaks for another text than the first names it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry, Party
from spotcheck.notices.history import History
from spotcheck.parties.models import Office
from spotcheck.rules.regulations import FIRST

Groups = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """The entry that issues a paper, with what there is to know about it."""

    entry: Entry
    history: History
    parties: list[Party]
    issuer: Office

    @property
    def sampled(self) -> Party | None:
        """The party at which was sampled."""
        return next((party for party in self.parties if party.role in Party.SAMPLED), None)


Contribution = Callable[[Occasion], Groups]
CONTRIBUTIONS: dict[str, dict[Contribution, frozenset[str]]] = defaultdict(dict)
"""What fills in the groups of the papers of a text, in the order of its chapters, each with those it may fill in."""

Condition = Callable[[Entry], bool]
NEEDED_IF: dict[tuple[str, str], Condition] = {}
"""When a letter is needed, by text and name; without a condition the act alone makes it necessary."""

Places = Callable[[Entry, Flow], Iterable[str]]
PLACES: dict[tuple[str, str, str], Places] = {}
"""The bureaus that a word of a text means, by the codes of their places: for one act, or (``""``) for all."""
Parties = Callable[[Entry], Iterable[Party]]
PARTIES: dict[tuple[str, str], Parties] = {}
"""The parties that a word of a text means."""


def contributes(*groups: str, text: str = FIRST) -> Callable[[Contribution], Contribution]:
    """Register what fills in these groups of fields."""

    def register(contribution: Contribution) -> Contribution:
        CONTRIBUTIONS[text][contribution] = frozenset(groups)
        return contribution

    return register


def needed_if(*letters: str, text: str = FIRST) -> Callable[[Condition], Condition]:
    """Register when these letters are needed: an act that may make one necessary does not always do so."""

    def register(condition: Condition) -> Condition:
        NEEDED_IF.update({(text, letter): condition for letter in letters})
        return condition

    return register


def circle_of_places(word: str, *, act: str = "", text: str = FIRST) -> Callable[[Places], Places]:
    """Register which bureaus a word means, for all acts or for this one only."""

    def register(meaning: Places) -> Places:
        PLACES[text, word, act] = meaning
        return meaning

    return register


def circle_of_parties(word: str, *, text: str = FIRST) -> Callable[[Parties], Parties]:
    """Register which parties a word means."""

    def register(meaning: Parties) -> Parties:
        PARTIES[text, word] = meaning
        return meaning

    return register


def is_needed(letter: str, entry: Entry) -> bool:
    """Whether this act makes this letter necessary in this dossier."""
    condition = NEEDED_IF.get((entry.matter.text().id, letter))
    return condition is None or condition(entry)
