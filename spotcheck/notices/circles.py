"""To whom papers go and who is told, beyond those whom the regulation's actors mean (the circles of its text)."""

from collections.abc import Iterable
from typing import Final

from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry, Party
from spotcheck.docket.sessions import parties_of
from spotcheck.notices import commissioned
from spotcheck.notices.contributions import PARTIES, PLACES, circle_of_places
from spotcheck.parties.models import Office


def places(word: str, entry: Entry, matter: Flow) -> Iterable[str] | None:
    """The codes of the bureaus that a circle means; None when the word is an actor's."""
    text = matter.text().id
    meaning = PLACES.get((text, word, entry.act)) or PLACES.get((text, word, ""))
    return meaning(entry, matter) if meaning is not None else None


def parties(word: str, entry: Entry) -> Iterable[Party]:
    """The parties that a circle means."""
    return PARTIES[entry.matter.text().id, word](entry)


@circle_of_places("cities")
def _cities(entry: Entry, _matter: Flow) -> set[str]:
    """The city bureau of every party in Shandong."""
    return {party.city_code for party in parties_of(entry.dossier) if party.in_shandong}


@circle_of_places("other_province")
@circle_of_places("governments")
@circle_of_places("public")
def _no_bureau(_entry: Entry, _matter: Flow) -> tuple[str, ...]:
    """None of ours."""
    return ()


OUTSIDE: Final = frozenset({"other_province", "governments", "public"})
"""Circles that are no offices of ours: the paper names them, nobody of ours gets it."""


def replaced_body(entry: Entry) -> list[Office]:
    """The body whose commission ends with this act."""
    in_turn = [name for name, capacity in entry.matter.text().capacities.items() if capacity.in_turn]
    replaced = (commissioned.replaced(entry, name) for name in in_turn if name in entry.facts)
    return [office for office in replaced if office is not None]
