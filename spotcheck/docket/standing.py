"""Standing: which of the regulation's actors somebody is, for one matter (Articles 6, 10, 42).

The words are the capacities of the text of the matter. A bureau is meant by a word when it is the bureau of the place
of the party concerned; a commissioned body when it was commissioned for the dossier.
"""

from typing import TYPE_CHECKING

from spotcheck.docket.models import Entry
from spotcheck.docket.sessions import parts_of
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, in_shandong
from spotcheck.parties.regions import city_of, is_city
from spotcheck.rules.actors import ENTERPRISE, SYSTEM

if TYPE_CHECKING:
    from spotcheck.docket.flow import ActSpec, Flow
    from spotcheck.parties.actors import Actor


def may(matter: "Flow", spec: "ActSpec", actor: "Actor") -> bool:
    """Say whether the actor is one of those who do this act, or who record it (guard ``by_whom``)."""
    words = (*spec.actors, *spec.recorded_by)
    if actor.word is not None:
        return actor.word in words
    return any(is_meant(word, matter, spec, actor) for word in words if word != SYSTEM)


def is_meant(word: str, matter: "Flow", spec: "ActSpec", actor: "Actor") -> bool:
    """Say whether one word of the regulation means this actor for this matter."""
    if word == ENTERPRISE:
        return actor.enterprise is not None and any(
            party.enterprise_id == actor.enterprise.pk for party in matter.about(word)
        )
    office = actor.office
    if office is None:
        return False
    capacity = matter.text().capacities[word]
    if capacity.parts:
        if actor.role is not None and actor.role not in capacity.posts:
            return False
        # A body commissioned for one party (Article 47) is nobody for the others.
        has_part = any(
            part.office_id == office.pk and part.role in capacity.parts and part.party_id in {None, matter.party_id}
            for part in parts_of(matter.dossier_id)
        )
        return has_part and not (capacity.in_turn and _was_replaced(word, matter, office.code))
    if actor.role not in {None, Post.Role.OFFICER} or not office.is_bureau:
        return False
    return office.code in bureaus_meant(word, matter, spec)


def _was_replaced(word: str, matter: "Flow", code: str) -> bool:
    """Whether another body was commissioned since: of several in turn only the last one is meant (38, 40, 47).

    Each retest and each visit has its own; what belongs to none of them concerns whoever has one still.
    """
    entries = Entry.objects.filter(dossier=matter.dossier_id, facts__has_key=word).order_by("sequence")
    newest = {label: facts[word] for label, facts in entries.values_list("label", "facts") if facts.get(word)}
    if matter.label in newest:
        return newest[matter.label] != code
    return bool(newest) and code not in newest.values()


def bureaus_meant(word: str, matter: "Flow", spec: "ActSpec") -> set[str]:
    """Return the codes of the bureaus that a word means for this matter and act; none where it means no bureau."""
    capacity = matter.text().capacities.get(word)
    match capacity and capacity.bureau:
        case "organiser":
            return {PROVINCE_CODE}
        case "handler":
            return handlers(matter, spec)
        case "city" | "county" | "local" as level:
            return _local(word, level, matter)
        case _:
            return set()


def _local(word: str, level: str, matter: "Flow") -> set[str]:
    """The bureaus of a level: at the places that the matter names, or all there are."""
    if matter.is_for_all:
        codes = Office.objects.filter(kind=level).values_list("code", flat=True)
        return {code for code in codes if in_shandong(code)}
    places = [place for place in matter.places(word) if in_shandong(place)]
    counties = {place for place in places if not is_city(place)}
    cities = {city_of(place) for place in places}
    return {"city": cities, "county": counties}.get(level, counties | cities)


def handlers(matter: "Flow", spec: "ActSpec") -> set[str]:
    """Return the bureaus that handle: that of the party's actual place, or those the matter itself names."""
    own = getattr(matter, "handling_bureaus", None)
    if own is not None:
        return own(spec)
    return {party.handler.code for party in matter.about("handler") if party.handler is not None}
