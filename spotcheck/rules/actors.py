"""Capacity: a word of a regulation for who may do an act.

The words name capacities, not people. Which office a word means for a given party is decided where the party is
known (``docket.standing``), from what stands here: the county bureau of one county is the handler of the cases there
and of no others.
"""

from dataclasses import dataclass
from typing import Literal

from spotcheck.rules.words import Words

Bureau = Literal["organiser", "handler", "city", "county", "local"]
"""How a bureau is found: who organises, who handles the party, or who sits at a place (``local``: either level)."""
ENTERPRISE, SYSTEM = "enterprise", "system"
"""The two words that mean the same in every regulation: a party itself, and nobody."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """One capacity in which somebody acts; no two regulations need share their words.

    * ``bureau``: how the bureau that is meant is found;
    * ``parts``: as what a commissioned body takes part in a file, ``posts`` in which roles its people act;
    * ``in_turn``: of several bodies named one after another only the last is meant;
    * ``held_by``: the kinds of bureau that can be meant at all;
    """

    name: str
    label: Words
    meaning: Words
    bureau: Bureau | None = None
    parts: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    in_turn: bool = False
    held_by: tuple[str, ...] = ()
